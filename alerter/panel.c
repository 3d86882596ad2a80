#include "alerter/panel.h"

#include "alerter/parts.h"
#include "base/stat.h"
#include "base/str.h"

static const struct stat_row rows[M_OWN + COURIER_METRICS] = {
    [M_RECEIVED] = {"verdicts_received_total", STAT_COUNTER, "Verdicts read."},
    [M_BAD] = {"messages_bad_total", STAT_COUNTER, "Malformed ones dropped."},
    [M_STALE] = {"verdicts_stale_total", STAT_COUNTER, "Known already, or newer."},
    [M_REVISED] = {"verdicts_written_total", STAT_COUNTER, "New or revised."},
    [M_DONE] = {"done_total", STAT_COUNTER, "Final verdicts answered to ingest."},
    [M_COMMITS] = {"commits_total", STAT_COUNTER, "Transactions of the ledger."},
    [M_STUCK] = {"ledger_failures_total", STAT_COUNTER, "Turns that failed."},
    [M_OWN + COURIER_STARTED] = {"sends_started_total", STAT_COUNTER,
                                 "Requests and entries begun."},
    [M_OWN + COURIER_SENT] = {"alerts_sent_total", STAT_COUNTER, "Alerts arrived."},
    [M_OWN + COURIER_EDITED] = {"alerts_edited_total", STAT_COUNTER, "Edits arrived."},
    [M_OWN + COURIER_RETRIED] = {"sends_retried_total", STAT_COUNTER,
                                 "Sends that surely failed and go again."},
    [M_OWN + COURIER_LIMITED] = {"sends_limited_total", STAT_COUNTER,
                                 "Sends the sink asked to wait for."},
    [M_OWN +
        COURIER_FAILED] = {"alerts_failed_total", STAT_COUNTER, "Deliveries given up."},
    [M_OWN + COURIER_UNCLEAR] = {"sends_unclear_total", STAT_COUNTER,
                                 "Sends whose end is not known."},
    [M_OWN + COURIER_LATE] = {"alerts_late_total", STAT_COUNTER,
                              "Alerts sent long after publication."},
};

void
panel_stats(void *self, struct jsonw *w)
{
    struct alerter *a = self;
    int64_t values[M_OWN + COURIER_METRICS];
    struct outbox_counts n;
    int64_t age;

    memcpy(values, a->m, sizeof a->m);
    memcpy(values + M_OWN, courier_metrics(a->courier),
           COURIER_METRICS * sizeof values[0]);
    stat_write(w, rows, values, STR_LEN(rows));
    outbox_count(a->outbox, NULL, &n);
    age = n.oldest_ms > 0 ? clock_wall_ms(&a->p->clock) - n.oldest_ms : 0;
    jw_array(w, "queues");
    stat_queue(w, "deliveries",
               n.by_state[DELIVERY_PENDING] + n.by_state[DELIVERY_SENDING],
               age > 0 ? age : 0, a->sent_per_s);
    stat_queue(w, "scored", (int64_t)a->n_batch, 0, a->received_per_s);
    stat_queue(w, "done", (int64_t)sender_depth(a->done),
               sender_oldest_ms(a->done, clock_boot_ms(&a->p->clock)), 0);
    jw_end(w);
    courier_stats(a->courier, w);
    ledger_books(a->ledger, w);
    jw_bool(w, "stuck", a->stuck);
}

int
panel_command(void *self, const char *command, const char *args, struct jsonw *w,
              struct control_token **token, struct why *why)
{
    struct alerter *a = self;
    int n;

    (void)token;
    if (!str_eq(command, "retry"))
        return why_set(why, ERR_NOT_FOUND, "unknown command %s", command);
    if (str_empty(args))
        return why_set(why, ERR_SYNTAX, "retry needs the id of a candidate");
    n = outbox_again(a->outbox, args, clock_wall_ms(&a->p->clock));
    if (n < 0)
        return why_set(why, n, "%s", ledger_error(a->ledger));
    jw_int(w, "retried", n);
    alerter_wake(a);
    return 0;
}

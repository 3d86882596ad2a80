#include "alerter/alerter.h"

#include "alerter/courier.h"
#include "alerter/ledger.h"
#include "alerter/outbox.h"
#include "base/stat.h"
#include "base/str.h"
#include "wire/sender.h"

enum {
    BATCH = COURIER_TURN, /* messages a transaction */
    BAD_MOST = 64,        /* malformed ones dropped a turn */
    DONE_FULL = 4096,     /* answers kept before reading stops */
    RETRY_MS = 1000,      /* while the ledger cannot be written */
    DRAIN_SENDER_S = 2,   /* for the last `done`; ingest asks again for others */
    DAY_MS = 24 * 3600 * 1000,
    PRUNE_EVERY_S = 600
};

enum metric {
    M_RECEIVED,
    M_BAD,
    M_STALE,
    M_REVISED,
    M_DONE,
    M_COMMITS,
    M_STUCK,
    M_OWN
};

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

struct alerter {
    struct proc *p;
    struct ledger *ledger;
    struct outbox *outbox;
    struct courier *courier;
    struct sender *done;
    void *scored;
    struct timer *timer; /* the next turn */
    struct msg batch[BATCH];
    struct entry entries[BATCH];
    bool bad[BATCH]; /* not to be recorded */
    size_t n_batch;
    bool stuck, draining;
    int64_t drain_ms; /* boot clock: when the last `done` is given up */
    int64_t prune_ms; /* boot clock */
    int64_t m[M_OWN];
    int64_t last_sent, last_received;
    double sent_per_s, received_per_s;
};

static int64_t
boot(const struct alerter *a)
{
    return clock_boot_ms(&a->p->clock);
}

/* ---- a turn --------------------------------------------------------------------- */

static bool
may_read(const struct alerter *a)
{
    return !a->stuck && !a->draining && !sender_is_full(a->done);
}

static void
bad_message(struct alerter *a, const char *why)
{
    a->m[M_BAD]++;
    log_warn(a->p->log, "MSG-BAD", kv_str("socket", "scored"), kv_str("why", why));
}

static void
read_batch(struct alerter *a)
{
    struct why why;

    for (int bad = 0; a->n_batch < BATCH && bad < BAD_MOST;) {
        struct msg *m = &a->batch[a->n_batch];
        int rc = net_recv(a->scored, NULL, m, &why);
        if (rc == ERR_AGAIN)
            return;
        if (rc == 0 && m->type == MSG_scored) {
            a->bad[a->n_batch++] = false;
            a->m[M_RECEIVED]++;
            continue;
        }
        bad_message(a, rc == 0 ? "not a verdict" : why.text);
        if (rc == 0)
            msg_free(m);
        bad++;
    }
}

static int
take(struct alerter *a, size_t i)
{
    const struct msg_scored *s = a->batch[i].body;
    int64_t at = clock_wall_ms(&a->p->clock);
    int rc;

    if (a->bad[i])
        return 0;
    rc = ledger_take(a->ledger, s, at, &a->entries[i]);
    if (rc != 0 && rc != ERR_DB) {
        a->bad[i] = true;
        bad_message(a, "neither alert nor reject, or a bad id");
        return 0;
    }
    return rc == 0 && a->entries[i].fresh
               ? courier_revise(a->courier, s, &a->entries[i])
               : rc;
}

static int
write_turn(struct alerter *a)
{
    int rc = ledger_begin(a->ledger);

    for (size_t i = 0; rc == 0 && i < a->n_batch; i++)
        rc = take(a, i);
    if (rc == 0)
        rc = courier_settle(a->courier);
    if (rc == 0)
        rc = courier_claim(a->courier);
    return rc == 0 ? ledger_commit(a->ledger) : rc;
}

static void
answer(struct alerter *a, const struct msg_scored *s, const struct entry *e)
{
    struct msg_done done = {
        .id = s->id, .verdict = e->verdict, .reason = e->reason, .cycle = s->cycle};

    a->m[e->fresh ? M_REVISED : M_STALE]++;
    if (e->fresh)
        log_write(a->p->log, e->alert ? LOG_INFO : LOG_DEBUG,
                  e->alert ? "ALERT" : "REJECT",
                  KV_LIST(kv_str("id", s->id), kv_int("cycle", s->cycle),
                          kv_str("ticker", s->ticker), kv_num("score", s->score),
                          kv_str("reason", s->reason), kv_int("epoch", s->epoch),
                          kv_int("revision", s->revision)));
    if (!s->final)
        return;
    a->m[M_DONE]++;
    if (sender_put(a->done, MSG_done, &done) != 0)
        log_error(a->p->log, "DONE-UNSAID", kv_str("id", s->id));
}

static void
end_batch(struct alerter *a)
{
    for (size_t i = 0; i < a->n_batch; i++) {
        if (!a->bad[i])
            answer(a, a->batch[i].body, &a->entries[i]);
        msg_free(&a->batch[i]);
    }
    a->n_batch = 0;
}

static int on_scored(void *self);

static void
watch(struct alerter *a)
{
    if (!may_read(a))
        loop_unwatch_socket(a->p->loop, a->scored);
    else if (loop_watch_socket(a->p->loop, a->scored, LOOP_IN, on_scored, a) != 0)
        log_error(a->p->log, "WATCH-FAILED", kv_str("socket", "scored"));
}

static void
stop_reading(struct alerter *a, int rc)
{
    const char *what = ledger_full(a->ledger) ? "disk full" : ledger_error(a->ledger);

    ledger_rollback(a->ledger);
    courier_undo(a->courier);
    a->m[M_STUCK]++;
    log_error(a->p->log, "LEDGER-STUCK", kv_str("err", err_str(rc)),
              kv_str("why", what), kv_int("held", (int64_t)a->n_batch));
    a->stuck = true;
    watch(a);
    timer_set(a->timer, boot(a) + RETRY_MS);
}

static void
go_on(struct alerter *a)
{
    bool was_stuck = a->stuck;

    a->m[M_COMMITS]++;
    a->stuck = false; /* before anything asks for another turn */
    if (was_stuck)
        log_info(a->p->log, "LEDGER-OK");
    courier_go(a->courier); /* before `done`, for which nobody waits */
    end_batch(a);
    courier_schedule(a->courier);
    if (was_stuck || sender_is_full(a->done))
        watch(a);
}

/* What cannot be settled because the ledger is stuck is unclear to the next start. */
static void
quit_when_idle(struct alerter *a)
{
    bool over = boot(a) >= a->drain_ms;
    bool idle = a->n_batch == 0 && courier_is_idle(a->courier);
    bool said = sender_depth(a->done) == 0;

    if (a->draining && ((idle && (said || over)) || (a->stuck && over)))
        proc_quit(a->p);
}

static int
turn(struct alerter *a)
{
    int rc = write_turn(a);

    if (rc == 0)
        go_on(a);
    else
        stop_reading(a, rc);
    quit_when_idle(a);
    return 0;
}

static int
on_scored(void *self)
{
    struct alerter *a = self;

    if (may_read(a))
        read_batch(a);
    return turn(a);
}

static int
on_timer(void *self)
{
    return turn(self);
}

static int
on_room(void *self)
{
    watch(self);
    return 0;
}

static void
on_wake(void *self)
{
    struct alerter *a = self;

    if (!a->stuck) /* else the retry is set already */
        timer_set(a->timer, boot(a));
}

/* ---- what proc asks ------------------------------------------------------------ */

static void
write_queue(struct jsonw *w, const char *name, int64_t depth, int64_t oldest_ms,
            double rate_per_s)
{
    jw_object(w, NULL);
    jw_str(w, "name", name);
    jw_int(w, "depth", depth);
    jw_num(w, "oldest_s", (double)oldest_ms / 1000);
    jw_num(w, "rate_per_s", rate_per_s);
    jw_end(w);
}

static void
on_stats(void *self, struct jsonw *w)
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
    write_queue(w, "deliveries",
                n.by_state[DELIVERY_PENDING] + n.by_state[DELIVERY_SENDING],
                age > 0 ? age : 0, a->sent_per_s);
    write_queue(w, "scored", (int64_t)a->n_batch, 0, a->received_per_s);
    write_queue(w, "done", (int64_t)sender_depth(a->done),
                sender_oldest_ms(a->done, boot(a)), 0);
    jw_end(w);
    courier_stats(a->courier, w);
    ledger_books(a->ledger, w);
    jw_bool(w, "stuck", a->stuck);
}

static void
prune(struct alerter *a)
{
    int64_t keep = a->p->conf.alerter.keep_days * DAY_MS;
    int n;

    if (boot(a) < a->prune_ms || a->stuck)
        return;
    n = ledger_prune(a->ledger, clock_wall_ms(&a->p->clock) - keep);
    if (n < 0)
        log_error(a->p->log, "PRUNE-FAILED", kv_str("why", ledger_error(a->ledger)));
    else if (n > 0)
        log_info(a->p->log, "PRUNED", kv_int("verdicts", n));
    if (n < LEDGER_PRUNE_MOST)
        a->prune_ms = boot(a) + PRUNE_EVERY_S * 1000;
}

static void
tidy(struct alerter *a)
{
    if (!a->stuck && ledger_tidy(a->ledger) != 0)
        log_error(a->p->log, "TIDY-FAILED", kv_str("why", ledger_error(a->ledger)));
}

static void
on_second(void *self)
{
    struct alerter *a = self;
    int64_t sent = courier_metrics(a->courier)[COURIER_SENT];

    a->sent_per_s = (double)(sent - a->last_sent);
    a->received_per_s = (double)(a->m[M_RECEIVED] - a->last_received);
    a->last_sent = sent;
    a->last_received = a->m[M_RECEIVED];
    prune(a);
    tidy(a);
    if (!a->stuck)
        courier_schedule(a->courier); /* the wall clock may have been moved */
    quit_when_idle(a);
}

static int
on_command(void *self, const char *command, const char *args, struct jsonw *w,
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
    on_wake(a);
    return 0;
}

static void
on_drain(void *self)
{
    struct alerter *a = self;

    a->draining = true;
    a->drain_ms = boot(a) + DRAIN_SENDER_S * 1000;
    courier_drain(a->courier);
    watch(a);
    quit_when_idle(a);
}

static void
on_reload(void *self)
{
    struct alerter *a = self;
    struct conf fresh;
    struct buf errors;
    const char *path = str_empty(a->p->conf.path) ? NULL : a->p->conf.path;

    buf_init(&errors, 64 << 10);
    if (proc_load_conf(&fresh, path, NULL, 0, &errors) == 0)
        courier_reload(a->courier, &fresh);
    else
        log_error(a->p->log, "RELOAD-FAILED", kv_str("why", buf_str(&errors)));
    conf_free(&fresh);
    buf_free(&errors);
    log_info(a->p->log, "RELOADED");
    on_wake(a);
}

/* ---- opening ------------------------------------------------------------------- */

static const struct stage_ops ops = {
    .stats = on_stats,
    .command = on_command,
    .second = on_second,
    .drain = on_drain,
    .reload = on_reload,
};

static int
open_books(struct alerter *a, struct why *why)
{
    char path[CONF_TEXT + 32];
    int rc, n;

    if (!proc_data_path(&a->p->conf, "ledger.db", path, sizeof path))
        return why_set(why, ERR_TOO_BIG, "catalyst.data_dir: too long");
    if ((rc = ledger_open(&a->ledger, path, why)) != 0 ||
        (rc = outbox_open(&a->outbox, a->ledger, why)) != 0)
        return rc;
    n = outbox_recover(a->outbox, clock_wall_ms(&a->p->clock));
    if (n < 0)
        return why_set(why, n, "%s", ledger_error(a->ledger));
    if (n > 0)
        log_warn(a->p->log, "FOUND-SENDING", kv_int("unclear", n));
    return 0;
}

static int
open_sockets(struct alerter *a, struct why *why)
{
    void *done;
    int rc;

    if ((rc = net_connect(a->p->net, EP_DONE, &done, why)) != 0 ||
        (rc = sender_new(&a->done, a->p->loop, done, DONE_FULL, on_room, a)) != 0)
        return rc;
    return net_bind(a->p->net, EP_SCORED, &a->scored, why);
}

int
alerter_open(struct alerter **out, struct proc *p, struct why *why)
{
    struct alerter *a = calloc(1, sizeof *a);
    struct courier_setup setup;
    int rc;

    *out = a;
    if (!a || !(a->timer = timer_new(p->loop, on_timer, a)))
        return why_set(why, ERR_NOMEM, "%s", err_str(ERR_NOMEM));
    a->p = p;
    if ((rc = open_books(a, why)) != 0)
        return rc;
    setup = (struct courier_setup){p, a->ledger, a->outbox, on_wake, a};
    if ((rc = courier_open(&a->courier, &setup, why)) != 0 ||
        (rc = open_sockets(a, why)) != 0)
        return rc;
    proc_serve(p, &ops, a);
    watch(a);
    on_wake(a);
    return 0;
}

void
alerter_close(struct alerter **out)
{
    struct alerter *a = *out;

    if (!a)
        return;
    courier_close(&a->courier);
    sender_free(&a->done);
    outbox_close(&a->outbox);
    ledger_close(&a->ledger);
    timer_free(&a->timer);
    for (size_t i = 0; i < a->n_batch; i++)
        msg_free(&a->batch[i]);
    free(a);
    *out = NULL;
}

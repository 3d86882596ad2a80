#include "alerter/courier_load.h"

#include "wire/proc.h"

void
courier_tell(struct courier *c, const struct delivery *d)
{
    struct msg_delivery event = {
        .id = d->id, .sink = d->sink, .state = delivery_state_name(d->state)};

    proc_event(c->s.proc, MSG_delivery, &event);
}

static void
count(struct courier *c, const struct load *l)
{
    static const enum courier_metric by_result[] = {
        [SINK_SENT] = COURIER_SENT,      [SINK_LIMITED] = COURIER_LIMITED,
        [SINK_AGAIN] = COURIER_RETRIED,  [SINK_UNCLEAR] = COURIER_UNCLEAR,
        [SINK_REFUSED] = COURIER_FAILED, [SINK_GONE] = COURIER_RETRIED,
    };
    enum courier_metric m = by_result[l->outcome.result];

    if (m == COURIER_SENT && l->delivery.state == DELIVERY_SENT)
        m = COURIER_EDITED;
    if (m == COURIER_RETRIED && l->after.state == DELIVERY_FAILED)
        m = COURIER_FAILED;
    c->metrics[m]++;
    c->metrics[COURIER_LATE] += m == COURIER_SENT && l->after.late;
}

static void
write_line(struct courier *c, const struct load *l)
{
    static const struct {
        const char *id;
        enum log_level level;
    } lines[] = {
        [SINK_SENT] = {"ALERT-SENT", LOG_INFO},
        [SINK_LIMITED] = {"SINK-LIMITED", LOG_WARN},
        [SINK_AGAIN] = {"SEND-AGAIN", LOG_WARN},
        [SINK_UNCLEAR] = {"SEND-UNCLEAR", LOG_WARN},
        [SINK_REFUSED] = {"SEND-REFUSED", LOG_ERROR},
        [SINK_GONE] = {"SEND-OFF", LOG_WARN},
    };
    enum sink_result r = l->outcome.result;
    bool edited = r == SINK_SENT && l->delivery.state == DELIVERY_SENT;

    log_write(c->s.proc->log, lines[r].level, edited ? "ALERT-EDITED" : lines[r].id,
              KV_LIST(kv_str("id", l->after.id), kv_int("cycle", l->cycle),
                      kv_str("ticker", l->ticker), kv_str("sink", l->after.sink),
                      kv_str("state", delivery_state_name(l->after.state)),
                      kv_int("attempts", l->after.attempts),
                      kv_int("edits", l->after.edits), kv_str("why", l->after.error)));
}

void
courier_report(struct courier *c, const struct load *l)
{
    count(c, l);
    write_line(c, l);
    courier_tell(c, &l->after);
}

/* ---- stats --------------------------------------------------------------------- */

static void
write_counts(struct jsonw *w, const struct outbox_counts *n)
{
    for (int i = 0; i < DELIVERY_STATES; i++)
        jw_int(w, delivery_state_name((enum delivery_state)i), n->by_state[i]);
    jw_int(w, "unclear", n->unclear);
}

void
courier_stats(struct courier *c, struct jsonw *w)
{
    struct outbox_counts n;

    jw_array(w, "sinks");
    for (size_t i = 0; i < c->n_sinks; i++) {
        const struct sink *s = &c->sinks[i];
        outbox_count(c->s.outbox, s->name, &n);
        jw_object(w, NULL);
        jw_str(w, "name", s->name);
        jw_str(w, "kind", s->row->kind);
        jw_str(w, "edit", sink_edit_name(s->row->edit));
        jw_bool(w, "off", s->off);
        jw_int(w, "in_flight", s->in_flight);
        jw_int(w, "wait_ms",
               discord_limit_wait(&s->limit, clock_boot_ms(&c->s.proc->clock)));
        write_counts(w, &n);
        jw_end(w);
    }
    jw_end(w);
    outbox_count(c->s.outbox, NULL, &n);
    jw_object(w, "deliveries");
    write_counts(w, &n);
    jw_end(w);
}

const int64_t *
courier_metrics(const struct courier *c)
{
    return c->metrics;
}

#include "enricher/collector/cycle.h"

#include "base/str.h"
#include "enricher/collector/answer.h"

struct cycle *
cycle_find(struct collector *c, int64_t number)
{
    for (int i = 0; i < CYCLES_KEPT; i++)
        if (c->cycles[i].number == number && number > 0)
            return &c->cycles[i];
    return NULL;
}

/* A new place, or the oldest one: cycles may overlap, but not by sixteen. */
static struct cycle *
make(struct collector *c, int64_t number)
{
    struct cycle *y = cycle_find(c, number);

    if (y != NULL || number <= 0)
        return y;
    y = &c->cycles[0];
    for (int i = 1; i < CYCLES_KEPT; i++)
        if (c->cycles[i].number < y->number)
            y = &c->cycles[i];
    *y = (struct cycle){.number = number, .expected = -1};
    return y;
}

void
cycle_begin(struct collector *c, const struct msg_cycle_begin *b)
{
    struct cycle *y = make(c, b->cycle);

    c->deaths_cycle = 0;
    if (y == NULL)
        return;
    (void)str_copy(y->session, sizeof y->session, b->session);
    y->open = true;
}

bool
cycle_is_open(const struct collector *c)
{
    for (int i = 0; i < CYCLES_KEPT; i++)
        if (c->cycles[i].open)
            return true;
    return false;
}

/* ---- ending -------------------------------------------------------------------- */

static double
seconds(int64_t from_ms, int64_t to_ms)
{
    return to_ms > from_ms ? (double)(to_ms - from_ms) / 1000.0 : 0.0;
}

static void
say_complete(struct collector *c, const struct cycle *y)
{
    static const char *const ids[] = {
        [METRIC_FLOAT] = "batch_float_complete",
        [METRIC_VWAP] = "batch_vwap_complete",
        [METRIC_RVOL] = "batch_rvol_complete",
        [METRIC_PRICE] = "batch_price_complete",
    };

    for (int i = 0; i < METRIC_COUNT; i++)
        log_info(c->proc->log, ids[i], kv_int("cycle", y->number),
                 kv_int("tickers", y->gone), kv_int("success", y->ok[i]),
                 kv_num("elapsed", seconds(y->first_ms, y->ok_ms[i])));
    log_info(c->proc->log, "batch_enrichment_complete", kv_int("cycle", y->number),
             kv_int("tickers", y->gone), kv_int("complete", y->complete),
             kv_int("partial", y->partial), kv_int("requests", y->requests),
             kv_num("elapsed", seconds(y->first_ms, y->last_ms)));
}

static void
close_if_over(struct collector *c, struct cycle *y)
{
    struct msg_cycle_total total = {.cycle = y->number,
                                    .candidates = y->gone,
                                    .complete = y->complete,
                                    .partial = y->partial,
                                    .requests = y->requests,
                                    .elapsed_ms = y->last_ms - y->first_ms};

    if (y->closed || y->expected < 0 || y->gone < y->expected)
        return;
    y->closed = true;
    if (y->gone > 0)
        say_complete(c, y);
    if (sender_put(c->done, MSG_cycle_total, &total) != 0)
        c->stats[CS_NO_MEMORY]++; /* only a report is lost */
    if (y->gone > 0)
        c->last = *y;
}

void
cycle_end(struct collector *c, const struct msg_cycle_end *e)
{
    struct cycle *y = make(c, e->cycle);

    if (y == NULL)
        return;
    y->expected = e->candidates;
    y->open = false;
    if (!y->announced && e->candidates > 0)
        log_info(c->proc->log, "batch_enrichment_start", kv_int("cycle", y->number),
                 kv_int("tickers", e->candidates));
    y->announced = true;
    close_if_over(c, y);
}

void
cycle_accepted(struct collector *c, int64_t number)
{
    struct cycle *y = make(c, number);

    if (y == NULL)
        return;
    if (y->accepted++ == 0)
        y->first_ms = clock_boot_ms(&c->proc->clock);
}

void
cycle_metric_in(struct collector *c, int64_t number, enum metric_id id)
{
    struct cycle *y = cycle_find(c, number);

    if (y != NULL)
        y->ok_ms[id] = clock_boot_ms(&c->proc->clock);
}

void
cycle_gone(struct collector *c, int64_t number,
           const struct msg_metric metrics[METRIC_COUNT])
{
    struct cycle *y = cycle_find(c, number);
    int64_t now = clock_boot_ms(&c->proc->clock);
    bool complete = true;

    if (y == NULL)
        return;
    for (int i = 0; i < METRIC_COUNT; i++) {
        bool has_value = answer_has_value(&metrics[i]);

        if (has_value) {
            y->ok[i]++;
        } else if (!str_eq(metrics[i].status, status_name(STATUS_EMPTY))) {
            complete = false;
        }
    }
    y->gone++;
    y->last_ms = now;
    if (complete)
        y->complete++;
    else
        y->partial++;
    close_if_over(c, y);
}

void
cycle_write(const struct cycle *y, struct jsonw *w)
{
    static const char *const ok[] = {
        [METRIC_FLOAT] = "float_ok",
        [METRIC_VWAP] = "vwap_ok",
        [METRIC_RVOL] = "rvol_ok",
        [METRIC_PRICE] = "price_ok",
    };

    jw_int(w, "cycle", y->number);
    jw_str(w, "session", y->session);
    jw_int(w, "candidates", y->gone);
    jw_int(w, "complete", y->complete);
    jw_int(w, "partial", y->partial);
    jw_int(w, "requests", y->requests);
    jw_num(w, "elapsed_s", seconds(y->first_ms, y->last_ms));
    for (int i = 0; i < METRIC_COUNT; i++)
        jw_int(w, ok[i], y->ok[i]);
}

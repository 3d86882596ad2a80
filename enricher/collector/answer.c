#include "enricher/collector/answer.h"

#include "base/str.h"

#include <math.h>

/* One fact as a metric sees it. */
struct reading {
    double value;
    enum status status;
    const char *why;
    const char *source;
    int64_t as_of_ms;
};

/* A ticker's question, at the moment it is answered. */
struct question {
    const struct collector *c;
    const struct known *n;
    struct moment moment;
    struct offer offer;
    enum session asked, now; /* sessions */
};

bool
answer_has_value(const struct msg_metric *m)
{
    return str_eq(m->status, status_name(STATUS_OK)) ||
           str_eq(m->status, status_name(STATUS_STALE));
}

/* What a source is doing for a ticker, the most telling last. */
enum doing { NOTHING, FAILED, WAITS, FLIES };

static enum doing
doing_of(const struct known *n, size_t source)
{
    const struct ask *a = n->asks[source];

    if (a != NULL)
        return a->job != NULL && a->job->holder != NULL ? FLIES : WAITS;
    return n->failures[source].until_ms > 0 ? FAILED : NOTHING;
}

/* Nobody has taken the ask yet, or not again. */
static void
explain_wait(const struct collector *c, const struct known *n, size_t source,
             struct reading *r)
{
    const struct group *g = c->lanes[source].group;
    int64_t now_us = clock_boot_us(&c->proc->clock);
    const char *why = limit_why(&g->limit, now_us);

    r->status = STATUS_LIMITED;
    r->why = !str_empty(why)                       ? why
             : !credential_lets(&c->lanes[source]) ? "waited for a crumb"
                                                   : "waited for an enricher";
    if (limit_is_paused(&g->limit, now_us / 1000) && g->trouble_why[0] != '\0') {
        /* kept off the upstream: what it did is the cause */
        r->status = g->trouble;
        r->why = g->trouble_why;
    }
    if (c->n_crew == 0) {
        r->status = STATUS_NO_ENRICHER;
        r->why = "no enricher is running";
    } else if (n->asks[source]->tries > 0) {
        r->status = n->failures[source].status;
        r->why = known_failed_why(n, (int)source);
    }
}

/* What is being done for the fact by those who have not said yet that they have none,
 * and the source that tells most of it. */
static enum doing
effort(const struct known *n, enum fact_id id, uint32_t tried, size_t *source)
{
    enum doing most = NOTHING;

    for (size_t i = 0; i < n_sources; i++) {
        const struct source *s = sources[i];
        fact_set has = s->gives | s->gives_off | s->spare | s->spare_off;

        if ((has & FACT(id)) == 0 || tried >> i & 1 || doing_of(n, i) <= most)
            continue;
        most = doing_of(n, i);
        *source = i;
    }
    return most;
}

/* Why there is no value: what its sources are doing about it. */
static void
explain(const struct collector *c, const struct known *n, enum doing most,
        size_t source, struct reading *r)
{
    r->status = STATUS_ERROR;
    r->why = "no source gives it now";
    if (most == NOTHING)
        return;
    r->source = sources[source]->name;
    if (most == WAITS) {
        explain_wait(c, n, source, r);
    } else if (most == FLIES) {
        r->status = STATUS_TIMEOUT;
        r->why = "no answer within the deadline";
    } else {
        r->status = n->failures[source].status;
        r->why = known_failed_why(n, (int)source);
    }
}

/* "There is none" is said when all have said so; a spare is all there is when nobody is
 * at work on a better one. */
static bool
is_settled(const struct question *q, const struct slot *s, enum fact_id id,
           enum doing most)
{
    bool is_proper = (q->offer.gives[s->source] & FACT(id)) != 0;

    if (s->state == SLOT_EMPTY)
        return most == NOTHING || plan_is_unknown(q->n, &q->moment);
    return is_proper || most < WAITS;
}

static struct reading
ask_fact(const struct question *q, enum fact_id id)
{
    const struct slot *s = &q->n->slots[id];
    bool is_told = known_answers(q->n, id, &q->moment);
    struct reading r = {.why = "", .source = ""};
    size_t source = 0;
    enum doing most = effort(q->n, id, is_told ? s->tried : 0, &source);

    if (s->state != SLOT_NONE) {
        r.source = sources[s->source]->name;
        r.as_of_ms = s->as_of_ms;
    }
    if (is_told && is_settled(q, s, id, most)) {
        r.status = s->state == SLOT_OK ? STATUS_OK : STATUS_EMPTY;
        r.value = s->state == SLOT_OK ? s->value : 0;
        r.why = slot_why(s);
        return r;
    }
    explain(q->c, q->n, most, source, &r);
    if (known_is_stale(q->n, id,
                       q->moment.wall_ms)) { /* it beats nothing, and says so */
        r.status = STATUS_STALE;
        r.value = s->value;
        r.source = sources[s->source]->name;
    }
    return r;
}

static bool
has_value(const struct reading *r)
{
    return r->status == STATUS_OK || r->status == STATUS_STALE;
}

/* The metric's status from the fact it hangs on; true when there is a value to work
 * with. */
static bool
take(struct msg_metric *m, const struct reading *r)
{
    m->status = status_name(r->status);
    m->why = r->why;
    m->source = r->source;
    m->as_of_ms = r->as_of_ms;
    return has_value(r);
}

/* What is made of two facts is stale when one is. */
static void
take_stale(struct msg_metric *m, const struct reading *r)
{
    if (r->status == STATUS_STALE)
        (void)take(m, r);
}

static void
set_empty(struct msg_metric *m, const char *why)
{
    m->status = status_name(STATUS_EMPTY);
    m->why = why;
    m->value = 0;
}

static void
set_band(struct msg_metric *m, struct band b)
{
    m->klass = b.klass;
    m->multiplier = b.multiplier;
}

static void
set_detail(struct msg_metric *m, const char *name, double value)
{
    if (!isfinite(value))
        return;
    m->detail_name = name;
    m->detail = value;
}

/* ---- the four metrics, a row each
 * ---------------------------------------------------- */

/* Bars carry volume in the regular session only.  A document of it counts after the
 * close, too; what nobody asked for before the open is not missed. */
static bool
is_off(const struct question *q, bool has_all)
{
    return q->asked != SESSION_REGULAR || (q->now != SESSION_REGULAR && !has_all);
}

static void
answer_float(const struct question *q, struct msg_metric *m)
{
    struct reading shares = ask_fact(q, FACT_FLOAT_SHARES);
    struct reading shorted = ask_fact(q, FACT_SHORT_FLOAT);

    if (!take(m, &shares))
        return;
    m->value = shares.value;
    set_band(m, float_band(shares.value));
    if (has_value(&shorted))
        set_detail(m, "short_float_pct", shorted.value);
}

static void
answer_vwap(const struct question *q, struct msg_metric *m)
{
    struct reading vwap = ask_fact(q, FACT_SESSION_VWAP);
    struct reading last = ask_fact(q, FACT_LAST_PRICE);
    double distance;

    if (is_off(q, has_value(&vwap))) {
        set_empty(m, WHY_SESSION);
        return;
    }
    if (!take(m, &vwap))
        return;
    m->value = vwap.value;
    if (!has_value(&last) || !(vwap.value > 0))
        return;
    take_stale(m, &last);
    distance = (last.value - vwap.value) / vwap.value * 100.0;
    set_band(m, vwap_band(distance));
    set_detail(m, "distance_pct", distance);
}

static enum rvol_curve
curve_of(const struct question *q)
{
    return str_eq(q->c->proc->conf.collector.rvol_curve, "flat") ? RVOL_FLAT : RVOL_U;
}

/* The clock of the document counts, not ours: its volume is of that minute. */
static void
carry_on(const struct question *q, const struct reading *volume, double average,
         struct msg_metric *m)
{
    int64_t open_ms, close_ms;
    struct rvol r;
    int rc;

    if (!calendar_regular(volume->as_of_ms, &open_ms, &close_ms)) {
        set_empty(m, WHY_SESSION);
        return;
    }
    rc = rvol_intraday(volume->value, average, calendar_hours_open(volume->as_of_ms),
                       (double)(close_ms - open_ms) / 3600e3, curve_of(q), &r);
    if (rc != 0) {
        set_empty(m, rc == ERR_AGAIN ? "the first 15 minutes of the session"
                     : average < RVOL_MIN_AVG_VOLUME
                         ? "average volume below 100,000 shares"
                         : "no volume yet");
        return;
    }
    m->value = r.rvol;
    set_band(m, rvol_band(r.rvol));
    set_detail(m, "day_estimate", r.day_estimate);
}

static void
answer_rvol(const struct question *q, struct msg_metric *m)
{
    struct reading volume = ask_fact(q, FACT_DAY_VOLUME);
    struct reading average = ask_fact(q, FACT_AVG_VOLUME);

    if (is_off(q, has_value(&volume) && has_value(&average))) {
        set_empty(m, WHY_SESSION);
        return;
    }
    if (!take(m, &average))
        return;
    set_detail(m, "avg_volume", average.value); /* a gate asks for it, rvol or not */
    if (!take(m, &volume))
        return;
    take_stale(m, &average);
    carry_on(q, &volume, average.value, m);
}

static void
answer_price(const struct question *q, struct msg_metric *m)
{
    struct reading last = ask_fact(q, FACT_LAST_PRICE);
    struct reading prev = ask_fact(q, FACT_PREV_CLOSE);

    if (!take(m, &last))
        return;
    m->value = last.value;
    m->klass = "";
    if (has_value(&prev) && known_same_document(&q->n->slots[FACT_LAST_PRICE],
                                                &q->n->slots[FACT_PREV_CLOSE]))
        set_detail(m, "change_pct", price_change_pct(last.value, prev.value));
}

static const struct {
    const char *name, *unit;
    fact_set facts;
    void (*fill)(const struct question *q, struct msg_metric *m);
} rows[METRIC_COUNT] = {
    [METRIC_FLOAT] = {"float", "shares", FACT(FACT_FLOAT_SHARES), answer_float},
    [METRIC_VWAP] = {"vwap", "USD", FACT(FACT_SESSION_VWAP) | FACT(FACT_LAST_PRICE),
                     answer_vwap},
    [METRIC_RVOL] = {"rvol", "ratio", FACT(FACT_DAY_VOLUME) | FACT(FACT_AVG_VOLUME),
                     answer_rvol},
    [METRIC_PRICE] = {"price", "USD", FACT(FACT_LAST_PRICE) | FACT(FACT_PREV_CLOSE),
                      answer_price},
};

const char *
answer_name(enum metric_id id)
{
    return rows[id].name;
}

fact_set
answer_facts(enum metric_id id)
{
    return rows[id].facts;
}

void
answer_metrics(struct collector *c, const struct known *n, int64_t asked_ms,
               int64_t since_ms, struct msg_metric out[METRIC_COUNT])
{
    int64_t now = clock_wall_ms(&c->proc->clock);
    struct question q = {.c = c,
                         .n = n,
                         .moment = {.wall_ms = now, .since_ms = since_ms},
                         .asked = calendar_session(asked_ms),
                         .now = calendar_session(now)};

    collector_offer(c, asked_ms, &q.offer);
    for (int i = 0; i < METRIC_COUNT; i++) {
        out[i] = (struct msg_metric){.name = rows[i].name,
                                     .unit = rows[i].unit,
                                     .why = "",
                                     .klass = "UNKNOWN",
                                     .multiplier = 1.0,
                                     .detail_name = "",
                                     .source = ""};
        rows[i].fill(&q, &out[i]);
    }
}

#include "enricher/collector/limit.h"

void
limit_init(struct limit *l, int max_in_flight, double rate_per_s, int burst)
{
    *l = (struct limit){.rate_per_s = rate_per_s > 0 ? rate_per_s : 0,
                        .burst = burst > 0 ? burst : 1};
    learn_init(&l->learn, max_in_flight, 0, false);
}

static int64_t
interval_us(const struct limit *l)
{
    return l->rate_per_s > 0 ? (int64_t)(1e6 / l->rate_per_s) : 0;
}

/* Rounded up: a request a millisecond early would break the rate.  Where there is none
 * nothing is rounded, else it would be one a millisecond. */
static int64_t
rate_next_ms(const struct limit *l)
{
    int64_t slack_us = interval_us(l) * (l->burst - 1);

    if (l->rate_per_s <= 0)
        return 0;
    return (l->tat_us - slack_us + 999) / 1000;
}

int64_t
limit_next_ms(const struct limit *l)
{
    int64_t next = rate_next_ms(l), open = breaker_next_ms(&l->breaker);

    if (l->held || l->in_flight >= l->learn.level)
        return INT64_MAX;
    return next > open ? next : open;
}

struct permit
limit_take(struct limit *l, int64_t now_us)
{
    if (l->tat_us < now_us)
        l->tat_us = now_us;
    l->tat_us += interval_us(l);
    l->in_flight++;
    breaker_sent(&l->breaker, now_us);
    return (struct permit){.nth = l->in_flight, .sent_us = now_us};
}

void
limit_give(struct limit *l)
{
    if (l->in_flight > 0)
        l->in_flight--;
}

static struct sample
sample_of(const struct limit *l, const struct permit *p, int64_t now_us)
{
    return (struct sample){.nth = p->nth,
                           .in_flight = l->in_flight + 1,
                           .sent_us = p->sent_us,
                           .now_us = now_us};
}

bool
limit_answered(struct limit *l, const struct permit *p, int64_t now_us)
{
    struct sample s = sample_of(l, p, now_us);
    bool closes = breaker_answered(&l->breaker, p->sent_us);

    l->answered_us = now_us;
    if (closes)
        learn_resume(&l->learn, now_us);
    else if (!l->breaker.open)
        learn_accepted(&l->learn, &s);
    return closes;
}

/* Refused with nobody else about, nor answered since: it is not the crowd. */
static bool
is_alone(const struct limit *l, const struct permit *p)
{
    return l->in_flight == 0 && l->answered_us < p->sent_us;
}

bool
limit_failed(struct limit *l, const struct permit *p, const struct refusal *r,
             int64_t now_us)
{
    struct sample s = sample_of(l, p, now_us);
    struct failing f = {.sent_us = p->sent_us,
                        .now_us = now_us,
                        .first_ms = r->first_ms,
                        .retry_after_ms = r->retry_after_ms,
                        .opens = r->blocked || (r->crowded && is_alone(l, p))};
    bool keeps_off = breaker_failed(&l->breaker, &f);

    if (r->crowded && !keeps_off)
        learn_refused(&l->learn, &s);
    return keeps_off;
}

void
limit_lost(struct limit *l, const struct permit *p)
{
    breaker_lost(&l->breaker, p->sent_us);
}

bool
limit_is_paused(const struct limit *l, int64_t now_ms)
{
    return !l->held && (l->breaker.open || l->breaker.until_ms > now_ms);
}

bool
limit_is_shut(const struct limit *l, int64_t now_ms)
{
    return l->breaker.until_ms > now_ms + LIMIT_PATIENCE_MS;
}

void
limit_reopen(struct limit *l, int64_t now_us)
{
    bool was_open = l->breaker.open;

    l->breaker = (struct breaker){0};
    if (was_open)
        learn_resume(&l->learn, now_us);
}

const char *
limit_why(const struct limit *l, int64_t now_us)
{
    if (l->held)
        return "paused by operator";
    if (l->breaker.until_ms > now_us / 1000)
        return l->breaker.open ? "upstream keeps failing" : "refused by upstream";
    if (l->breaker.open && l->breaker.probing)
        return "one request tries the upstream";
    if (l->in_flight >= l->learn.level)
        return "in flight limit";
    if (rate_next_ms(l) > now_us / 1000)
        return "rate limit";
    return "";
}

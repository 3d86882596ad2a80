#include "enricher/collector/limit.h"

void
limit_init(struct limit *l, int max_in_flight, double rate_per_s, int burst)
{
    *l = (struct limit){.max_in_flight = max_in_flight > 0 ? max_in_flight : 1,
                        .rate_per_s = rate_per_s > 0 ? rate_per_s : 0,
                        .burst = burst > 0 ? burst : 1};
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
limit_next_ms(const struct limit *l, int64_t now_us)
{
    int64_t next = rate_next_ms(l);

    (void)now_us;
    if (l->held || l->in_flight >= l->max_in_flight)
        return INT64_MAX;
    return next > l->paused_until_ms ? next : l->paused_until_ms;
}

void
limit_take(struct limit *l, int64_t now_us)
{
    if (l->tat_us < now_us)
        l->tat_us = now_us;
    l->tat_us += interval_us(l);
    l->in_flight++;
}

void
limit_give(struct limit *l)
{
    if (l->in_flight > 0)
        l->in_flight--;
}

void
limit_refused(struct limit *l, int64_t now_ms, int64_t retry_after_ms, int64_t first_ms)
{
    int64_t pause = retry_after_ms;

    if (pause < 0 && now_ms < l->paused_until_ms)
        return; /* it was sent before the pause: one refusal, not many */
    if (pause < 0) {
        pause = l->backoff_ms > first_ms ? l->backoff_ms : first_ms;
        l->backoff_ms =
            pause * 2 < LIMIT_BACKOFF_MAX_MS ? pause * 2 : LIMIT_BACKOFF_MAX_MS;
    }
    if (now_ms + pause > l->paused_until_ms)
        l->paused_until_ms = now_ms + pause;
}

void
limit_clean(struct limit *l)
{
    l->backoff_ms = 0;
}

const char *
limit_why(const struct limit *l, int64_t now_us)
{
    if (l->held)
        return "paused by operator";
    if (l->paused_until_ms > now_us / 1000)
        return "refused by upstream";
    if (l->in_flight >= l->max_in_flight)
        return "in flight limit";
    if (rate_next_ms(l) > now_us / 1000)
        return "rate limit";
    return "";
}

#include "ingest/pulse.h"

int64_t
pulse_backoff(int64_t n, int64_t first_ms, int64_t most_ms)
{
    int64_t ms = first_ms;

    while (n-- > 0 && ms < most_ms)
        ms *= 2;
    return ms < most_ms ? ms : most_ms;
}

static void
rest(struct pulse *p, int64_t until_ms)
{
    if (until_ms > p->rest_ms)
        p->rest_ms = until_ms;
}

enum pulse_change
pulse_failed(struct pulse *p, bool refused, const struct pulse_rule *rule,
             int64_t now_ms)
{
    bool was_down = p->down;

    p->failures++;
    p->errors++;
    p->refusals = refused ? p->refusals + 1 : 0;
    if (p->refusals > PULSE_REFUSALS_FREE)
        rest(p, now_ms + pulse_backoff(p->refusals - PULSE_REFUSALS_FREE - 1,
                                       rule->rest_ms, PULSE_REST_MAX_MS));
    p->down = p->failures >= rule->down_after;
    return p->down && !was_down ? PULSE_WENT_DOWN : PULSE_SAME;
}

enum pulse_change
pulse_good(struct pulse *p)
{
    bool was_down = p->down;

    p->failures = p->refusals = p->rest_ms = 0;
    p->down = false;
    p->goods++;
    return was_down ? PULSE_CAME_UP : PULSE_SAME;
}

void
pulse_pause(struct pulse *p, int64_t pause_ms, int64_t now_ms)
{
    if (pause_ms > 0)
        rest(p, now_ms + (pause_ms < PULSE_PARDON_MS ? pause_ms : PULSE_PARDON_MS));
}

bool
pulse_may_ask(const struct pulse *p, int64_t now_ms)
{
    return now_ms >= p->rest_ms;
}

const char *
pulse_name(const struct pulse *p)
{
    if (p->down)
        return "down";
    if (p->failures > 0)
        return "failing";
    if (p->empty)
        return "empty";
    return p->goods > 0 ? "ok" : "never";
}

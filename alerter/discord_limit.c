#include "alerter/discord_limit.h"

#include "base/str.h"

#include <math.h>
#include <stddef.h>

enum { SECONDS_MOST = 1000, WAIT_MOST_S = 24 * 3600 };

static int64_t
seconds_to_ms(double value)
{
    if (!isfinite(value) || value <= 0)
        return 0;
    if (value > SECONDS_MOST)
        value /= 1000;
    if (value > WAIT_MOST_S)
        value = WAIT_MOST_S;
    return (int64_t)ceil(value * 1000 - 1e-6); /* 0.8 s is 800 ms, not 801 */
}

static int64_t
text_to_ms(const char *text)
{
    double value;

    if (str_empty(text) || str_f64(text, &value) != 0)
        return 0;
    return seconds_to_ms(value);
}

static int64_t
longer(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

int64_t
discord_limit_asked(const struct discord_headers *h, bool is_429)
{
    int64_t ms = text_to_ms(h->reset_after);
    int64_t left;

    if (is_429)
        ms = longer(ms,
                    longer(text_to_ms(h->retry_after), seconds_to_ms(h->body_after)));
    else if (str_empty(h->remaining) || str_i64(h->remaining, &left) != 0 || left > 0)
        return 0;
    return ms > 0 ? ms + DISCORD_LIMIT_MARGIN_MS : 0;
}

int64_t
discord_limit_wait(const struct discord_limit *l, int64_t now_ms)
{
    return l->next_ms > now_ms ? l->next_ms - now_ms : 0;
}

int64_t
discord_limit_reserve(struct discord_limit *l, int64_t now_ms)
{
    int64_t wait = discord_limit_wait(l, now_ms);

    l->next_ms = now_ms + wait + l->spacing_ms;
    return wait;
}

void
discord_limit_hold(struct discord_limit *l, int64_t now_ms, int64_t wait_ms)
{
    l->next_ms = longer(l->next_ms, now_ms + wait_ms);
}

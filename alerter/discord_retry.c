#include "alerter/discord_retry.h"

#include <stdbool.h>

static int64_t
doubled(int64_t first_ms, int64_t times, int64_t most_ms)
{
    int64_t ms = first_ms;

    while (times-- > 0 && ms < most_ms)
        ms *= 2;
    return ms < most_ms ? ms : most_ms;
}

/* A figure that was obeyed several times and still led to a 429 is not the whole
 * truth (a limit of the channel, a unit misread): then the wait grows by itself. */
static int64_t
limited_wait(const struct discord_retry *r, int64_t asked_ms)
{
    int64_t before = r->limited - 1;
    int64_t own;

    if (asked_ms > 0 && r->limited <= DISCORD_LIMITED_TRUST)
        return asked_ms;
    if (asked_ms > 0)
        before -= DISCORD_LIMITED_TRUST;
    own = doubled(DISCORD_LIMITED_MS, before, DISCORD_LIMITED_MOST_MS);
    return own > asked_ms ? own : asked_ms;
}

static bool
is_gone(int status)
{
    return status == 401 || status == 403 || status == 404;
}

enum discord_step
discord_retry_next(struct discord_retry *r, int status, int64_t asked_ms,
                   int64_t *wait_ms)
{
    *wait_ms = 0;
    if (status == 429) {
        r->limited++;
        *wait_ms = limited_wait(r, asked_ms);
        return DISCORD_WAIT;
    }
    r->limited = 0;
    if (status >= 200 && status < 300)
        return DISCORD_SENT;
    if (is_gone(status))
        return DISCORD_OFF;
    if (status >= 300 && status < 500)
        return DISCORD_FAILED;
    if (++r->tries >= r->max_tries)
        return DISCORD_FAILED;
    *wait_ms = doubled(DISCORD_BACKOFF_MS, r->tries - 1, DISCORD_BACKOFF_MOST_MS);
    return DISCORD_RETRY;
}

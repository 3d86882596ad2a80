/* discord_limit - when the next request to a webhook may start
 *
 * Pure arithmetic on milliseconds of the boot clock.  Two rules: requests are at
 * least `spacing_ms` apart, and each waiting sender has its own slot, so that waiters
 * never burst together; and what the service asks for is waited for in full.
 */
#ifndef CATALYST_ALERTER_DISCORD_LIMIT_H
#define CATALYST_ALERTER_DISCORD_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

enum {
    DISCORD_LIMIT_MARGIN_MS = 50 /* added to every wait: clocks differ */
};

struct discord_limit {
    int64_t spacing_ms; /* 0: none */
    int64_t next_ms;    /* no request may start before; 0: at any time */
};

/* What an answer says of the limits.  Text as it came, NULL or "" when absent. */
struct discord_headers {
    const char *reset_after; /* X-RateLimit-Reset-After: seconds, may have a fraction */
    const char *retry_after; /* Retry-After: seconds */
    const char *remaining;   /* X-RateLimit-Remaining: requests left */
    double body_after;       /* retry_after of the JSON body in seconds; 0: none */
};

/* ms that the answer asks to wait, margin included; 0 when it asks for nothing.
 *
 * The longest of what it names, because the header of one bucket does not know of
 * the limit of the channel.  On other answers than 429 only when no request is left.
 * A value above 1000 is read as milliseconds: old versions of the API gave them.
 */
int64_t discord_limit_asked(const struct discord_headers *h, bool is_429);

/* Reserves the next slot: ms from now until the request may start, 0 for at once. */
int64_t discord_limit_reserve(struct discord_limit *l, int64_t now_ms);

/* ms until a slot is free, without taking it. */
int64_t discord_limit_wait(const struct discord_limit *l, int64_t now_ms);

/* Nothing starts before now + wait.  Never shortens what was asked before. */
void discord_limit_hold(struct discord_limit *l, int64_t now_ms, int64_t wait_ms);

#endif

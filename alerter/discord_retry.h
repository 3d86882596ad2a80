/* discord_retry - what to do after an answer
 *
 * Pure: a sequence of statuses in, the next step out.  The same rule serves a first
 * POST, its repetition after a restart, and an edit.
 *
 *   2xx              sent
 *   429              wait as long as asked; never uses up a try
 *   5xx, no answer   try again with back-off, `max_tries` in all
 *   401 403 404      the webhook is gone: switch the sink off, keep the delivery
 *   other 3xx, 4xx   failed for good: the same body would be refused again
 */
#ifndef CATALYST_ALERTER_DISCORD_RETRY_H
#define CATALYST_ALERTER_DISCORD_RETRY_H

#include <stdint.h>

enum discord_step {
    DISCORD_SENT,
    DISCORD_WAIT,   /* limited: again after *wait_ms, the whole sink waits */
    DISCORD_RETRY,  /* again after *wait_ms, this delivery only */
    DISCORD_FAILED, /* for good */
    DISCORD_OFF     /* no more requests to this webhook until someone looks */
};

enum {
    DISCORD_LIMITED_MS = 1000, /* a 429 that names no time, doubled each time */
    DISCORD_LIMITED_MOST_MS = 60000,
    DISCORD_LIMITED_TRUST = 3, /* 429s in a row whose own figure is believed */
    DISCORD_BACKOFF_MS = 500,  /* after the first failure, doubled each time */
    DISCORD_BACKOFF_MOST_MS = 60000
};

struct discord_retry {
    int64_t max_tries;
    int64_t tries;   /* answers that used one up so far */
    int64_t limited; /* 429s in a row */
};

/* status 0: no answer, and surely nothing was sent.  asked_ms: what a 429 asks for
 * (discord_limit_asked), 0 when nothing.  *wait_ms is set for WAIT and RETRY, else 0.
 */
enum discord_step discord_retry_next(struct discord_retry *r, int status,
                                     int64_t asked_ms, int64_t *wait_ms);

#endif

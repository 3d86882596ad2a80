/* breaker - keeps off an upstream that only fails
 *
 * Closed: all may go.  Open: nothing goes until its pause is over, then exactly one
 * request, the probe; its answer closes the breaker, its failure doubles the pause.
 * Pure: the caller brings the times (boot clock).
 */
#ifndef CATALYST_BREAKER_H
#define CATALYST_BREAKER_H

#include <stdbool.h>
#include <stdint.h>

enum {
    BREAKER_FAILURES = 5, /* in a row that open it, if */
    BREAKER_ROUNDS = 2,   /* some of them were sent after the first was known */
    BREAKER_FIRST_MS = 1000,
    BREAKER_MOST_MS = 60000 /* longest pause that is not the upstream's own word */
};

struct breaker {
    bool open;
    bool probing;     /* the one request is out */
    int failures;     /* since the last answer */
    int rounds;       /* of failures: each was sent after the one before was known */
    int64_t round_us; /* when the last round began */
    int64_t probe_us; /* when the probe was sent */
    int64_t until_ms; /* nothing goes before, open or closed */
    int64_t pause_ms; /* of the next opening without a word from upstream; 0: first */
};

/* A request failed: refused, broken off, timed out. */
struct failing {
    int64_t sent_us;
    int64_t now_us;
    int64_t first_ms;       /* pause, if this is the first */
    int64_t retry_after_ms; /* < 0: the upstream named none */
    bool opens;             /* it alone is reason enough: a challenge page */
};

/* When a request may go, in boot milliseconds; INT64_MAX: when the probe has ended. */
int64_t breaker_next_ms(const struct breaker *b);

/* A request goes; of an open one it is the probe. */
void breaker_sent(struct breaker *b, int64_t now_us);

/* The request of that time ended without a word from the upstream. */
void breaker_lost(struct breaker *b, int64_t sent_us);

/* An answer, be it "no such ticker".  True when it closed the breaker. */
bool breaker_answered(struct breaker *b, int64_t sent_us);

/* True when it opened the breaker, or kept it open.  A Retry-After is waited for in
 * full even when it stays closed. */
bool breaker_failed(struct breaker *b, const struct failing *f);

#endif

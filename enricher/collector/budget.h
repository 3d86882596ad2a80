/* budget - how many requests may be repeated
 *
 * A tenth of the requests of the last minute, and a few in any case; so an upstream
 * that breaks gets a little more traffic, not three times as much.  The rest before a
 * repetition is drawn with full jitter, so that what failed together does not come back
 * together.
 *
 * A hedge repeats what may still be answered.  It is the last to have its share: only
 * while all that is asked twice, whatever the reason, stays below a twentieth.  Pure:
 * the caller brings time and randomness.
 */
#ifndef CATALYST_BUDGET_H
#define CATALYST_BUDGET_H

#include "base/prng.h"

#include <stdbool.h>

enum {
    BUDGET_SHARE = 10, /* one in so many requests */
    BUDGET_FLOOR = 5,  /* repetitions in a window, however few the requests */
    HEDGE_SHARE = 20,  /* asked once for each that is asked twice, hedges included */
    HEDGE_FLOOR = 2,   /* asked twice in a window, however few the requests */
    BUDGET_SLOT_MS = 5000,
    BUDGET_SLOTS = 12,    /* the window: a minute */
    BUDGET_REST_MS = 250, /* longest rest before the first repetition; doubles */
    BUDGET_REST_MOST_MS = 8000
};

struct budget {
    int64_t slot; /* number of the current one since boot */
    int requests[BUDGET_SLOTS], repeats[BUDGET_SLOTS];
};

/* One has ended, or is repeated with no need of leave. */
void budget_request(struct budget *b, int64_t now_ms);
void budget_repeated(struct budget *b, int64_t now_ms);

/* True, and counted, when one more may be repeated now. */
bool budget_retry(struct budget *b, int64_t now_ms);

/* True, and counted in both, when one may be repeated that can still be answered.  all:
 * the requests of all groups and all that is asked twice; own: of its group, whose
 * tenth holds for hedges, too. */
bool budget_hedge(struct budget *all, struct budget *own, int64_t now_ms);

/* How long to rest before the n-th repetition (1, 2...): 0 to a bound that doubles. */
int64_t budget_rest_ms(struct prng *random, int nth);

#endif

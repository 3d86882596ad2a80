/* learn - how many requests an upstream takes at once
 *
 * Grows fast until the first refusal, then goes back to what was accepted at that
 * moment, holds that for some round trips, and tries a little more.  A round trip is
 * over when a request that was sent after its beginning, with all permits in use, was
 * answered: no clock, no estimate of latency.
 *
 * Pure: the caller brings the times (any clock that only grows, in microseconds).
 */
#ifndef CATALYST_LEARN_H
#define CATALYST_LEARN_H

#include <stdbool.h>
#include <stdint.h>

enum {
    LEARN_FIRST = 8,      /* at once, of an upstream never asked before */
    LEARN_HOLD = 4,       /* round trips before more is tried; doubles */
    LEARN_HOLD_MOST = 24, /* and at least */
    LEARN_APART = 128,    /* requests between two tries: refusals stay under 1 % */
    LEARN_STEP_MOST = 8
};

struct learn {
    int most;         /* never more: max_in_flight */
    int level;        /* may be in flight now, 1 to most */
    int base;         /* the last level that went well: worth keeping on disk */
    int goal;         /* the fast growth ends here */
    int step;         /* of this try, or of the next one */
    int hold;         /* round trips before the next try */
    int trips;        /* round trips that went well at this level */
    bool fast;        /* growing with each answer */
    bool tries;       /* level is base + step, on trial */
    bool tight;       /* was refused once: the upstream has a limit of its own */
    int64_t since_us; /* what was sent before says nothing about this level */
};

/* What one answered request tells. */
struct sample {
    int nth;       /* in flight when it was sent, itself included */
    int in_flight; /* now, itself included */
    int64_t sent_us;
    int64_t now_us;
};

/* known > 0: the base of an earlier life, and whether it was tight.  A tight one is
 * taken at its word: more is tried only after the longest hold. */
void learn_init(struct learn *l, int most, int known, bool tight);

/* Answered, with whatever document. */
void learn_accepted(struct learn *l, const struct sample *s);

/* Refused because of how many are in flight, as far as anybody can tell. */
void learn_refused(struct learn *l, const struct sample *s);

/* The refusals had another reason, and it has passed: what was learned before them is
 * true again, but is gone back to by fast growth, not at once. */
void learn_resume(struct learn *l, int64_t now_us);

#endif

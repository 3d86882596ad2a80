/* limit - what one group of upstreams allows, over all enrichers
 *
 * A number of requests in flight, as learned and never above max_in_flight; a rate with
 * a burst (GCRA: one theoretical arrival time, no buckets to refill); and a breaker for
 * an upstream that only fails.  Pure: the caller brings the time.
 */
#ifndef CATALYST_LIMIT_H
#define CATALYST_LIMIT_H

#include "enricher/collector/breaker.h"
#include "enricher/collector/learn.h"

struct limit {
    double rate_per_s; /* 0: no rate limit */
    int burst;         /* requests that may come at once, > 0 */
    int in_flight;
    int64_t tat_us;      /* theoretical arrival time of the next request */
    int64_t answered_us; /* when the last answer came */
    struct learn learn;
    struct breaker breaker;
    bool held; /* by the operator: catalyst pause GROUP */
};

enum { LIMIT_PATIENCE_MS = 2000 };

/* A request from its permit to its end; kept by who sent it. */
struct permit {
    int nth;         /* in flight when it was taken, itself included */
    int64_t sent_us; /* 0: taken over from an earlier life */
};

/* How it failed. */
struct refusal {
    bool crowded;           /* perhaps because of how many are in flight: 429, 503 */
    bool blocked;           /* a challenge page: the whole group keeps off */
    int64_t retry_after_ms; /* < 0: the upstream named none */
    int64_t first_ms;       /* pause, if it is to be the first */
};

void limit_init(struct limit *l, int max_in_flight, double rate_per_s, int burst);

/* When the next request may go, in boot milliseconds: now or earlier means at once;
 * INT64_MAX means only when one in flight has ended or the operator lets it. */
int64_t limit_next_ms(const struct limit *l);

/* Takes and gives back a permit: given back when the request is over at the upstream,
 * which may be before its answer is understood. */
struct permit limit_take(struct limit *l, int64_t now_us);
void limit_give(struct limit *l);

/* One ended: with an answer ("no such ticker" is one), refused or broken off, or
 * without a word from the upstream.  Called after limit_give.  True from the first when
 * the group is open for all again, from the second when it keeps off now. */
bool limit_answered(struct limit *l, const struct permit *p, int64_t now_us);
bool limit_failed(struct limit *l, const struct permit *p, const struct refusal *r,
                  int64_t now_us);
void limit_lost(struct limit *l, const struct permit *p);

/* The upstream has refused or failed, and nothing goes until it may be asked again. */
bool limit_is_paused(const struct limit *l, int64_t now_ms);

/* Nothing goes for longer than it is worth waiting, LIMIT_PATIENCE_MS. */
bool limit_is_shut(const struct limit *l, int64_t now_ms);

/* The operator knows better: all may go at once. */
void limit_reopen(struct limit *l, int64_t now_us);

/* One word for the operator: why nothing more goes now; "" when something may. */
const char *limit_why(const struct limit *l, int64_t now_us);

#endif

/* limit - what one group of upstreams allows, over all enrichers
 *
 * A number of requests in flight, and a rate with a burst (GCRA: one theoretical
 * arrival time, no buckets to refill).  Pure: the caller brings the time.
 */
#ifndef CATALYST_LIMIT_H
#define CATALYST_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

struct limit {
    int max_in_flight; /* > 0 */
    double rate_per_s; /* 0: no rate limit */
    int burst;         /* requests that may come at once, > 0 */
    int in_flight;
    int64_t tat_us; /* theoretical arrival time of the next request */
    int64_t paused_until_ms;
    int64_t backoff_ms; /* of the next pause without a Retry-After */
    bool held;          /* by the operator: catalyst pause GROUP */
};

enum {
    LIMIT_BACKOFF_MS = 1000, /* first pause after a refusal that names no time */
    LIMIT_BACKOFF_MAX_MS = 60000,
    LIMIT_BLOCKED_MS = 15000 /* first pause after a challenge page */
};

void limit_init(struct limit *l, int max_in_flight, double rate_per_s, int burst);

/* When the next request may go, in boot milliseconds: now or earlier means at once;
 * INT64_MAX means only when one in flight has ended or the operator lets it. */
int64_t limit_next_ms(const struct limit *l, int64_t now_us);

/* Takes and gives back a permit. */
void limit_take(struct limit *l, int64_t now_us);
void limit_give(struct limit *l);

/* The upstream refused: nothing goes before retry_after_ms (< 0: it named none; then
 * each refusal doubles the pause, from `first_ms`, until limit_clean). */
void limit_refused(struct limit *l, int64_t now_ms, int64_t retry_after_ms,
                   int64_t first_ms);
void limit_clean(struct limit *l);

/* One word for the operator: why nothing more goes now; "" when something may. */
const char *limit_why(const struct limit *l, int64_t now_us);

#endif

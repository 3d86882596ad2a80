/* hist - log-linear histogram of durations
 *
 * 16 linear steps in each power of two: a quantile is good to 1/16 of its value.
 * Values below 0 count as 0.  No allocation, O(1) to add.
 */
#ifndef CATALYST_BASE_HIST_H
#define CATALYST_BASE_HIST_H

#include <stdint.h>

enum { HIST_BUCKETS = 16 * 44 };

struct hist {
    uint64_t count;
    int64_t sum;
    int64_t most;
    uint32_t buckets[HIST_BUCKETS];
};

void hist_clear(struct hist *h);
void hist_add(struct hist *h, int64_t value);
int64_t hist_quantile(const struct hist *h, double q); /* 0 when empty; 0 <= q <= 1 */

#endif

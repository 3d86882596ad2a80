#include "base/hist.h"

#include <math.h>
#include <stddef.h>

enum { HIST_STEPS = 16, HIST_STEP_BITS = 4 };

void
hist_clear(struct hist *h)
{
    *h = (struct hist){0};
}

/* Below 16 a bucket is one value; above, each power of two has 16 of them. */
static size_t
bucket_of(int64_t value)
{
    int top;
    size_t i;

    if (value < HIST_STEPS)
        return (size_t)value;
    top = 63 - __builtin_clzll((unsigned long long)value);
    i = (size_t)(top - HIST_STEP_BITS + 1) * HIST_STEPS;
    i += (size_t)(value >> (top - HIST_STEP_BITS)) & (HIST_STEPS - 1);
    return i < HIST_BUCKETS ? i : HIST_BUCKETS - 1;
}

/* The middle of a bucket. */
static int64_t
value_of(size_t bucket)
{
    size_t shift;

    if (bucket < 2 * HIST_STEPS)
        return (int64_t)bucket;
    shift = bucket / HIST_STEPS - 1;
    return (int64_t)(((HIST_STEPS + bucket % HIST_STEPS) * 2 + 1) << shift) / 2;
}

void
hist_add(struct hist *h, int64_t value)
{
    if (value < 0)
        value = 0;
    h->buckets[bucket_of(value)]++;
    h->count++;
    h->sum += value;
    if (value > h->most)
        h->most = value;
}

int64_t
hist_quantile(const struct hist *h, double q)
{
    uint64_t rank = (uint64_t)ceil(q * (double)h->count);
    uint64_t seen = 0;
    size_t i = 0;

    if (h->count == 0)
        return 0;
    if (rank == 0)
        rank = 1;
    while (i < HIST_BUCKETS - 1 && (seen += h->buckets[i]) < rank)
        i++;
    if (i == HIST_BUCKETS - 1 || value_of(i) > h->most)
        return h->most;
    return value_of(i);
}

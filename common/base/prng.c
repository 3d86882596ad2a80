#include "base/prng.h"

#include <assert.h>

uint64_t
prng_u64(struct prng *p)
{
    uint64_t z = (p->state += 0x9E3779B97F4A7C15u);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint64_t
prng_below(struct prng *p, uint64_t n)
{
    uint64_t x, uneven;

    assert(n > 0);
    uneven = -n % n; /* 2^64 mod n: the draws that would favour small results */
    do
        x = prng_u64(p);
    while (x < uneven);
    return x % n;
}

double
prng_unit(struct prng *p)
{
    return (double)(prng_u64(p) >> 11) * 0x1p-53;
}

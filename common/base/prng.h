/* prng - splitmix64, for jitter and for tests that print their seed */
#ifndef CATALYST_BASE_PRNG_H
#define CATALYST_BASE_PRNG_H

#include <stdint.h>

struct prng {
    uint64_t state;
};

uint64_t prng_u64(struct prng *p);
uint64_t prng_below(struct prng *p, uint64_t n); /* 0 <= x < n; n > 0 */
double prng_unit(struct prng *p);                /* 0 <= x < 1 */

#endif

#include "base/hash.h"

#include "base/str.h"

#include <xxhash.h>

uint64_t
hash64(const void *bytes, size_t n)
{
    return XXH3_64bits(bytes, n);
}

uint64_t
hash64_str(const char *text)
{
    return XXH3_64bits(text, strlen(text));
}

uint64_t
hash64_seeded(const void *bytes, size_t n, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes, n, seed);
}

void
hash128_hex(const void *bytes, size_t n, char out[33])
{
    XXH128_hash_t h = XXH3_128bits(bytes, n);

    (void)str_fmt(out, 33, "%016llx%016llx", (unsigned long long)h.high64,
                  (unsigned long long)h.low64);
}

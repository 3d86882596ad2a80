#include "base/hash.h"

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

/* Eight bytes as 16 digits, the highest first. */
static void
put_hex(uint64_t v, char out[16])
{
    static const char digits[] = "0123456789abcdef";

    for (int i = 15; i >= 0; i--, v >>= 4)
        out[i] = digits[v & 15];
}

void
hash128_hex(const void *bytes, size_t n, char out[33])
{
    XXH128_hash_t h = XXH3_128bits(bytes, n);

    put_hex(h.high64, out);
    put_hex(h.low64, out + 16);
    out[32] = '\0';
}

/* hash - fast and fixed hashes (XXH3) */
#ifndef CATALYST_BASE_HASH_H
#define CATALYST_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash64(const void *bytes, size_t n);
uint64_t hash64_str(const char *text);

/* The same under a secret seed: for tables whose keys come from outside. */
uint64_t hash64_seeded(const void *bytes, size_t n, uint64_t seed);

/* 128 bits as 32 lower-case hex digits, terminated: names for content. */
void hash128_hex(const void *bytes, size_t n, char out[33]);

#endif

/* arena - many small texts that are freed together
 *
 * For what is read once and dropped as a whole: a copy costs no call to malloc, and
 * nothing is freed alone.
 */
#ifndef CATALYST_BASE_ARENA_H
#define CATALYST_BASE_ARENA_H

#include <stddef.h>

struct arena {
    struct arena_block *last; /* owned, with those before it; NULL: empty */
};

/* A copy of s[n] with a NUL behind, the arena's; NULL when there is no memory. */
char *arena_keep(struct arena *a, const char *s, size_t n);

/* Frees all texts; safe on a zeroed struct, which it leaves. */
void arena_free(struct arena *a);

#endif

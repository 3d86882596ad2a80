#include "base/arena.h"

enum { BLOCK_BYTES = 32 * 1024 }; /* of texts; one that is longer has a block alone */

struct arena_block {
    struct arena_block *former;
    size_t used, size;
    char bytes[];
};

static struct arena_block *
block_new(struct arena_block *former, size_t least)
{
    size_t size = least > BLOCK_BYTES ? least : BLOCK_BYTES;
    struct arena_block *b = malloc(sizeof *b + size);

    if (b == NULL)
        return NULL;
    b->former = former;
    b->used = 0;
    b->size = size;
    return b;
}

char *
arena_keep(struct arena *a, const char *s, size_t n)
{
    struct arena_block *b = a->last;
    char *text;

    if (b == NULL || b->size - b->used <= n) {
        if ((b = block_new(a->last, n + 1)) == NULL)
            return NULL;
        a->last = b;
    }
    text = b->bytes + b->used;
    memcpy(text, s, n);
    text[n] = '\0';
    b->used += n + 1;
    return text;
}

void
arena_free(struct arena *a)
{
    while (a->last != NULL) {
        struct arena_block *b = a->last;

        a->last = b->former;
        free(b);
    }
}

/* heap - binary heap of pointers that know their place
 *
 * Each element embeds a `size_t` that the heap keeps up to date, so that it can be
 * removed or moved in O(log n) without a search.
 */
#ifndef CATALYST_BASE_HEAP_H
#define CATALYST_BASE_HEAP_H

#include <stdbool.h>
#include <stddef.h>

struct heap;

#define HEAP_OUT ((size_t)-1) /* the place of an element that is in no heap */

/* before(a, b) is true if a comes out first; place(x) points at x's own size_t. */
struct heap *
heap_new(bool (*before)(const void *a, const void *b), size_t *(*place)(void *x));
void heap_free(struct heap **h);

size_t heap_len(const struct heap *h);
void *heap_first(const struct heap *h);        /* NULL when empty */
int heap_add(struct heap *h, void *x);         /* 0 or ERR_NOMEM */
void *heap_pop(struct heap *h);                /* NULL when empty */
void heap_remove(struct heap *h, void *x);     /* no-op when x is out */
void heap_moved(struct heap *h, void *x);      /* x's rank changed */
void *heap_at(const struct heap *h, size_t i); /* i < heap_len, heap order */

#endif

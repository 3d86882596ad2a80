#include "base/heap.h"

#include "base/err.h"

#include <assert.h>

struct heap {
    bool (*before)(const void *a, const void *b);
    size_t *(*place)(void *x);
    void **list;
    size_t len;
    size_t cap;
};

struct heap *
heap_new(bool (*before)(const void *a, const void *b), size_t *(*place)(void *x))
{
    struct heap *h = calloc(1, sizeof *h);

    if (h == NULL)
        return NULL;
    h->before = before;
    h->place = place;
    return h;
}

void
heap_free(struct heap **h)
{
    if (*h == NULL)
        return;
    free((*h)->list);
    free(*h);
    *h = NULL;
}

size_t
heap_len(const struct heap *h)
{
    return h->len;
}

void *
heap_first(const struct heap *h)
{
    return h->len > 0 ? h->list[0] : NULL;
}

void *
heap_at(const struct heap *h, size_t i)
{
    assert(i < h->len);
    return h->list[i];
}

static void
heap_set(struct heap *h, size_t i, void *x)
{
    h->list[i] = x;
    *h->place(x) = i;
}

static void
heap_rise(struct heap *h, size_t i)
{
    void *x = h->list[i];

    while (i > 0 && h->before(x, h->list[(i - 1) / 2])) {
        heap_set(h, i, h->list[(i - 1) / 2]);
        i = (i - 1) / 2;
    }
    heap_set(h, i, x);
}

static void
heap_sink(struct heap *h, size_t i)
{
    void *x = h->list[i];

    for (size_t child; (child = 2 * i + 1) < h->len; i = child) {
        if (child + 1 < h->len && h->before(h->list[child + 1], h->list[child]))
            child++;
        if (!h->before(h->list[child], x))
            break;
        heap_set(h, i, h->list[child]);
    }
    heap_set(h, i, x);
}

int
heap_add(struct heap *h, void *x)
{
    if (h->len == h->cap) {
        size_t cap = h->cap == 0 ? 16 : h->cap * 2;
        void **list = reallocarray(h->list, cap, sizeof *list);

        if (list == NULL)
            return ERR_NOMEM;
        h->list = list;
        h->cap = cap;
    }
    h->list[h->len++] = x;
    heap_rise(h, h->len - 1);
    return 0;
}

/* Also true to its word for an x whose place was never set. */
static bool
heap_holds(const struct heap *h, void *x)
{
    size_t i = *h->place(x);

    return i < h->len && h->list[i] == x;
}

void
heap_moved(struct heap *h, void *x)
{
    if (!heap_holds(h, x))
        return;
    heap_rise(h, *h->place(x));
    heap_sink(h, *h->place(x));
}

void
heap_remove(struct heap *h, void *x)
{
    size_t i = *h->place(x);
    void *last;

    if (!heap_holds(h, x))
        return;
    last = h->list[--h->len];
    *h->place(x) = HEAP_OUT;
    if (last == x)
        return;
    heap_set(h, i, last);
    heap_moved(h, last);
}

void *
heap_pop(struct heap *h)
{
    void *x = heap_first(h);

    if (x != NULL)
        heap_remove(h, x);
    return x;
}

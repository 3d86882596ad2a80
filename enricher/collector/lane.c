#include "enricher/collector/lane.h"

#include "base/str.h"

static bool
ask_before(const void *a, const void *b)
{
    const struct ask *x = a, *y = b;

    return x->rank != y->rank ? x->rank > y->rank : x->queued_ms < y->queued_ms;
}

static size_t *
ask_place(void *a)
{
    return &((struct ask *)a)->place;
}

int
lane_open(struct lane *l, struct collector *c, int source)
{
    const struct source *s = sources[source];
    int64_t most = c->proc->conf.collector.batch_max;

    *l = (struct lane){
        .index = source, .source = s, .conf = conf_source(&c->proc->conf, s->name)};
    l->batch = s->batch_max < JOB_TICKERS ? s->batch_max : JOB_TICKERS;
    if (most > 0 && most < l->batch)
        l->batch = (int)most;
    for (size_t i = 0; i < c->n_groups; i++)
        if (str_eq(c->groups[i].name, s->group))
            l->group = &c->groups[i];
    if (l->group == NULL || l->conf == NULL)
        return ERR_CONFIG;
    l->asks = heap_new(ask_before, ask_place);
    return l->asks == NULL ? ERR_NOMEM : 0;
}

void
lane_close(struct lane *l)
{
    struct ask *a;

    while (l->asks != NULL && (a = heap_pop(l->asks)) != NULL)
        lane_end(l, a);
    heap_free(&l->asks);
}

/* Older asks gain a second of news for half a second of waiting: nothing starves, and
 * the order of two asks never changes, so the heap stays a heap. */
static int64_t
aged(int64_t rank, int64_t queued_ms)
{
    return rank - 2 * queued_ms;
}

static int
enqueue(struct lane *l, struct ask *a, int64_t now_ms)
{
    if (heap_len(l->asks) == 0)
        l->since_ms = now_ms;
    return heap_add(l->asks, a);
}

int
lane_ask(struct lane *l, struct known *n, int64_t rank, int64_t cycle, int64_t now_ms)
{
    struct ask *a = n->asks[l->index];

    if (a != NULL) {
        rank = aged(rank, a->queued_ms);
        if (rank > a->rank) {
            a->rank = rank;
            heap_moved(l->asks, a);
        }
        return 0;
    }
    if ((a = calloc(1, sizeof *a)) == NULL)
        return ERR_NOMEM;
    *a = (struct ask){.known = n,
                      .source = l->index,
                      .rank = aged(rank, now_ms),
                      .queued_ms = now_ms,
                      .place = HEAP_OUT,
                      .cycle = cycle};
    if (enqueue(l, a, now_ms) != 0) {
        free(a);
        return ERR_NOMEM;
    }
    n->asks[l->index] = a;
    return 0;
}

struct ask *
lane_adopt(struct lane *l, struct known *n)
{
    struct ask *a = n->asks[l->index] != NULL ? NULL : calloc(1, sizeof *a);

    if (a == NULL)
        return NULL;
    *a = (struct ask){.known = n, .source = l->index, .place = HEAP_OUT};
    n->asks[l->index] = a;
    return a;
}

void
lane_again(struct lane *l, struct ask *a, int64_t now_ms)
{
    a->job = NULL;
    if (enqueue(l, a, now_ms) != 0)
        lane_end(l, a); /* its candidates go on without it at their deadline */
}

void
lane_end(struct lane *l, struct ask *a)
{
    if (l->asks != NULL)
        heap_remove(l->asks, a);
    a->known->asks[l->index] = NULL;
    free(a);
}

int64_t
lane_ready_ms(const struct lane *l, const struct collector *c, int64_t now_ms)
{
    size_t n = l->asks == NULL ? 0 : heap_len(l->asks);
    int64_t ready;

    if (n == 0)
        return INT64_MAX;
    if (n >= (size_t)l->batch)
        return now_ms;
    ready = l->since_ms + c->proc->conf.collector.linger_ms;
    return c->behind_until_ms > ready ? c->behind_until_ms : ready;
}

size_t
lane_take(struct lane *l, struct ask **out)
{
    size_t n = 0;
    struct ask *a;

    while (n < (size_t)l->batch && (a = heap_pop(l->asks)) != NULL) {
        if (LIST_EMPTY(&a->known->waiters))
            lane_end(l, a);
        else
            out[n++] = a;
    }
    return n;
}

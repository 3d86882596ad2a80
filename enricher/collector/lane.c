#include "enricher/collector/lane.h"

#include "base/str.h"
#include "enricher/collector/cycle.h"

static bool
ask_before(const void *a, const void *b)
{
    const struct ask *x = a, *y = b;

    return x->rank != y->rank ? x->rank > y->rank : x->queued_ms < y->queued_ms;
}

static bool
ready_before(const void *a, const void *b)
{
    return ((const struct ask *)a)->ready_ms < ((const struct ask *)b)->ready_ms;
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
    TAILQ_INIT(&l->flying);
    l->batch = s->batch_max < JOB_TICKERS ? s->batch_max : JOB_TICKERS;
    if (most > 0 && most < l->batch)
        l->batch = (int)most;
    for (size_t i = 0; i < c->n_groups; i++)
        if (str_eq(c->groups[i].name, s->group))
            l->group = &c->groups[i];
    if (l->group == NULL || l->conf == NULL)
        return ERR_CONFIG;
    l->asks = heap_new(ask_before, ask_place);
    l->resting = heap_new(ready_before, ask_place);
    return l->asks == NULL || l->resting == NULL ? ERR_NOMEM : 0;
}

bool
lane_has_key(const struct lane *l)
{
    return l->source->auth == NULL || !str_empty(l->conf->key);
}

void
lane_close(struct lane *l)
{
    struct ask *a;

    while (l->asks != NULL && (a = heap_pop(l->asks)) != NULL)
        lane_end(l, a);
    while (l->resting != NULL && heap_len(l->resting) > 0)
        lane_end(l, heap_first(l->resting));
    heap_free(&l->asks);
    heap_free(&l->resting);
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
            if (!a->resting)
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
    struct ask *a = n->asks[l->index];

    if (a != NULL && a->job != NULL)
        return NULL;
    if (a != NULL) { /* its candidate was here before the hello of its holder */
        heap_remove(a->resting ? l->resting : l->asks, a);
        a->resting = false;
        return a;
    }
    if ((a = calloc(1, sizeof *a)) == NULL)
        return NULL;
    *a = (struct ask){.known = n, .source = l->index, .place = HEAP_OUT};
    n->asks[l->index] = a;
    return a;
}

void
lane_again(struct lane *l, struct ask *a, int64_t now_ms, int64_t rest_ms)
{
    int rc;

    a->job = NULL;
    if (rest_ms <= 0) {
        rc = enqueue(l, a, now_ms);
    } else {
        a->ready_ms = now_ms + rest_ms;
        a->resting = true;
        rc = heap_add(l->resting, a);
    }
    if (rc != 0)
        lane_end(l, a); /* its candidates go on without it at their deadline */
}

int64_t
lane_wake(struct lane *l, int64_t now_ms)
{
    struct ask *a;

    while ((a = heap_first(l->resting)) != NULL && a->ready_ms <= now_ms) {
        (void)heap_pop(l->resting);
        a->resting = false;
        if (enqueue(l, a, now_ms) != 0)
            lane_end(l, a);
    }
    return a == NULL ? INT64_MAX : a->ready_ms;
}

size_t
lane_depth(const struct lane *l)
{
    return l->asks == NULL ? 0 : heap_len(l->asks) + heap_len(l->resting);
}

void
lane_end(struct lane *l, struct ask *a)
{
    heap_remove(a->resting ? l->resting : l->asks, a);
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
    ready = l->since_ms;
    if (cycle_is_open(c)) /* another feed may answer at the same moment */
        ready += c->proc->conf.collector.linger_ms;
    return c->behind_until_ms > ready ? c->behind_until_ms : ready;
}

bool
lane_is_wanted(struct lane *l)
{
    struct ask *a;

    while ((a = heap_first(l->asks)) != NULL && LIST_EMPTY(&a->known->waiters))
        lane_end(l, a);
    return a != NULL;
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
    l->flow.total += (int64_t)n;
    return n;
}

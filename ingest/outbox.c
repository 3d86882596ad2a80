#include "ingest/outbox.h"

#include "base/heap.h"
#include "base/map.h"
#include "base/str.h"
#include "ingest/counts.h"

enum {
    RETRY_MS = 1000, /* after a database error */
    COMING = 40      /* tickers named in advance: as many as two pages hold */
};

/* One candidate that is out. */
struct out {
    char id[STORE_ID];
    size_t place;     /* in the heap */
    int64_t due_ms;   /* boot clock: sent again then */
    int64_t delay_ms; /* the wait that ends then */
    int64_t sent_ms;  /* wall clock of the last sending */
    int64_t attempt;  /* of the last sending */
};

struct outbox {
    struct outbox_env env;
    struct map *outs; /* id to struct out */
    struct heap *due; /* the same, the earliest first */
    struct timer *timer;
    int64_t window;
    int64_t good;       /* done since the window last changed */
    int64_t waiting;    /* units in the store */
    int64_t blocked_ms; /* boot clock: no database work before */
    bool unsure;        /* what is out may not be marked so */
    bool broken;        /* a statement failed within begin and end */
};

static bool
due_before(const void *a, const void *b)
{
    return ((const struct out *)a)->due_ms < ((const struct out *)b)->due_ms;
}

static size_t *
due_place(void *x)
{
    return &((struct out *)x)->place;
}

static void
gauges(struct outbox *o)
{
    o->env.counts[COUNT_WAITING] = o->waiting;
    o->env.counts[COUNT_OUT] = (int64_t)map_len(o->outs);
    o->env.counts[COUNT_WINDOW] = o->window;
}

/* The timer shows the next that is due, or the end of a pause. */
static void
arm(struct outbox *o)
{
    const struct out *first = heap_first(o->due);
    int64_t at = first == NULL ? INT64_MAX : first->due_ms;

    if (o->blocked_ms > 0 && o->blocked_ms < at)
        at = o->blocked_ms;
    if (at == INT64_MAX)
        timer_clear(o->timer);
    else
        timer_set(o->timer, at);
    gauges(o);
}

/* Nothing can be written: wait a moment, and do not trust the marks. */
static void
block(struct outbox *o, const char *where)
{
    o->blocked_ms = clock_boot_ms(o->env.clock) + RETRY_MS;
    o->unsure = true;
    o->env.counts[COUNT_DB_ERRORS]++;
    log_error(o->env.log, store_full(o->env.store) ? "DISK-FULL" : "DB-ERROR",
              kv_str("where", where), kv_str("why", store_error(o->env.store)));
}

/* ---- what is out --------------------------------------------------------------- */

static struct out *
track(struct outbox *o, const char *id)
{
    struct out *x = map_get(o->outs, id);

    if (x != NULL)
        return x;
    if ((x = calloc(1, sizeof(*x))) == NULL)
        return NULL;
    (void)str_copy(x->id, sizeof(x->id), id);
    x->place = HEAP_OUT;
    x->delay_ms = o->env.resend_ms;
    x->due_ms = clock_boot_ms(o->env.clock) + x->delay_ms;
    if (map_put(o->outs, id, x, NULL) == 0 && heap_add(o->due, x) == 0)
        return x;
    (void)map_take(o->outs, id);
    free(x);
    return NULL;
}

static bool
untrack(struct outbox *o, const char *id)
{
    struct out *x = map_take(o->outs, id);

    if (x == NULL)
        return false;
    heap_remove(o->due, x);
    free(x);
    return true;
}

static void
untrack_all(struct outbox *o)
{
    struct out *x;

    while ((x = heap_first(o->due)) != NULL)
        (void)untrack(o, x->id);
}

/* ---- sending ------------------------------------------------------------------- */

/* What waits behind the window, so that a page that goes anyway can take it along.  A
 * hint: without it nothing is lost. */
struct coming {
    char tickers[COMING][STORE_TICKER];
    struct msg_ticker list[COMING];
};

static void
say_coming(struct outbox *o, struct coming *coming, struct msg_candidate *c)
{
    int n = o->waiting > 0 ? store_coming(o->env.store, coming->tickers, COMING) : 0;

    for (int i = 0; i < n; i++)
        coming->list[i].ticker = coming->tickers[i];
    c->coming = coming->list;
    c->n_coming = n > 0 ? (size_t)n : 0;
}

static int
publish(struct outbox *o, const struct waiting *w, struct out *x, int64_t behind)
{
    struct msg m;
    struct msg_candidate *c, stored;
    struct coming coming;
    struct why why;
    int rc = msg_unpack_kept(MSG_candidate, w->body, w->body_len, &m, &why);

    if (rc != 0) { /* a damaged row: it stays out */
        log_error(o->env.log, "OUTBOX-BAD", kv_str("id", w->id),
                  kv_str("why", why.text));
        return rc;
    }
    c = m.body;
    c->sent_ms = clock_wall_ms(o->env.clock);
    c->attempt = x->attempt;
    c->behind = behind;
    x->sent_ms = c->sent_ms;
    stored = *c;
    if (behind == 0)
        say_coming(o, &coming, c);
    rc = o->env.publish(o->env.self, c, x->attempt == 0);
    *c = stored; /* what msg_free frees */
    o->env.counts[x->attempt == 0 ? COUNT_PUBLISHED : COUNT_RESENT]++;
    msg_free(&m);
    return rc;
}

/* How many more may go out now. */
static int64_t
room(const struct outbox *o)
{
    int64_t n = o->window - (int64_t)map_len(o->outs);

    return n < o->waiting ? n : o->waiting;
}

static int
send_next(struct outbox *o)
{
    struct waiting w;
    struct out *x;
    int rc = store_next(o->env.store, clock_wall_ms(o->env.clock), &w);

    if (rc <= 0) {
        o->waiting = rc == 0 ? 0 : o->waiting;
        return rc;
    }
    o->waiting--;
    if ((x = track(o, w.id)) == NULL)
        return 1; /* out of memory: it is out in the store, and recalled at a start */
    x->attempt = w.sent;
    (void)publish(o, &w, x, room(o)); /* reported there; the resend tries again */
    return 1;
}

/* After a failed transaction the store may hold as waiting what is out. */
static int
mark_all(struct outbox *o)
{
    size_t cursor = 0;
    const char *id;
    void *x;
    int rc = 0;

    while (rc == 0 && map_next(o->outs, &cursor, &id, &x))
        rc = store_mark_out(o->env.store, id, ((struct out *)x)->sent_ms);
    return rc;
}

static bool
is_blocked(struct outbox *o)
{
    if (o->blocked_ms > clock_boot_ms(o->env.clock))
        return true;
    o->blocked_ms = 0;
    return false;
}

void
outbox_pump(struct outbox *o)
{
    int rc;

    if (!is_blocked(o) && (o->unsure || room(o) > 0)) {
        rc = store_begin(o->env.store);
        if (rc == 0 && o->unsure)
            rc = mark_all(o);
        while (rc >= 0 && room(o) > 0 && o->env.has_room(o->env.self))
            rc = send_next(o);
        if (rc >= 0)
            rc = store_commit(o->env.store);
        if (rc >= 0) {
            o->unsure = false;
        } else {
            block(o, "pump");
            store_rollback(o->env.store);
        }
    }
    arm(o);
}

/* Sends an out one once more and puts its next time later. */
static int
resend(struct outbox *o, struct out *x, enum count counted)
{
    struct waiting w;
    int64_t twice = x->delay_ms * 2;
    int rc = store_again(o->env.store, x->id, &w);

    x->delay_ms = twice < o->env.resend_max_ms ? twice : o->env.resend_max_ms;
    x->due_ms = clock_boot_ms(o->env.clock) + x->delay_ms;
    heap_moved(o->due, x);
    if (rc != 1)
        return rc;
    x->attempt++;
    if (counted == COUNT_AGAIN)
        o->env.counts[COUNT_AGAIN]++;
    log_info(o->env.log, "RESEND", kv_str("id", x->id), kv_int("attempt", x->attempt));
    return publish(o, &w, x, 0) == 0;
}

static int
on_timer(void *self)
{
    struct outbox *o = self;
    int64_t now = clock_boot_ms(o->env.clock);
    bool stuck = o->env.queued(o->env.self) > 0;
    struct out *x;

    while ((x = heap_first(o->due)) != NULL && x->due_ms <= now) {
        if (stuck) { /* the first copy has not left yet: another would not help */
            x->due_ms = now + o->env.resend_ms;
            heap_moved(o->due, x);
        } else if (resend(o, x, COUNT_RESENT) == 0) {
            (void)untrack(o, x->id); /* not out any more */
        }
    }
    outbox_pump(o);
    return 0;
}

/* ---- answers ------------------------------------------------------------------- */

int
outbox_begin(struct outbox *o)
{
    o->broken = is_blocked(o) || store_begin(o->env.store) < 0;
    return o->broken ? ERR_DB : 0;
}

static void
grow(struct outbox *o)
{
    if (++o->good < o->window)
        return;
    o->good = 0;
    o->window = o->window * 2 < o->env.window_max ? o->window * 2 : o->env.window_max;
}

/* What cannot be written is not forgotten: it stays out and comes again. */
int
outbox_done(struct outbox *o, const struct msg_done *m)
{
    int rc;

    if (o->broken)
        return ERR_DB;
    rc = store_done(o->env.store, m->id, m->verdict, m->reason,
                    clock_wall_ms(o->env.clock));
    if (rc < 0)
        o->broken = true;
    if (rc <= 0) {
        o->env.counts[COUNT_DONE_UNKNOWN] += rc == 0;
        return rc;
    }
    o->env.counts[COUNT_DONE]++;
    if (!untrack(o, m->id) && rc == 1 && o->waiting > 0)
        o->waiting--;
    grow(o);
    return rc;
}

void
outbox_end(struct outbox *o)
{
    if (!o->broken && store_commit(o->env.store) < 0)
        o->broken = true;
    if (o->broken && !is_blocked(o)) {
        block(o, "done");
        store_rollback(o->env.store);
    }
    outbox_pump(o);
}

int
outbox_again(struct outbox *o, const char *id)
{
    struct out *x = map_get(o->outs, id);
    int rc = x == NULL ? 0 : resend(o, x, COUNT_AGAIN);

    arm(o);
    return rc == 1;
}

/* ---- recalls ------------------------------------------------------------------- */

static void
recall(struct outbox *o, bool blame)
{
    char dead[STORE_ID];
    int64_t n = store_recall(o->env.store, blame, OUTBOX_ATTEMPTS,
                             clock_wall_ms(o->env.clock), dead);

    if (n < 0) {
        block(o, "recall");
        return;
    }
    untrack_all(o);
    o->env.counts[COUNT_RECALLED] += n;
    if (*dead != '\0') {
        o->env.counts[COUNT_DEAD]++;
        log_error(o->env.log, "DEAD", kv_str("id", dead), kv_str("reason", "poison"));
        o->env.died(o->env.self, dead);
    }
    o->waiting += n;
}

/* True if the one that is out alone had left before the stage started. */
static bool
is_to_blame(struct outbox *o, int64_t at_ms)
{
    const struct out *x = heap_first(o->due);

    return map_len(o->outs) == 1 && x->sent_ms < at_ms &&
           o->env.queued(o->env.self) == 0;
}

/* What was sent after the stage began is in the new process, not in the lost one. */
static int64_t
sent_before(struct outbox *o, int64_t at_ms)
{
    size_t cursor = 0;
    const char *id;
    void *x;
    int64_t n = 0;

    while (map_next(o->outs, &cursor, &id, &x))
        n += ((struct out *)x)->sent_ms <= at_ms;
    return n;
}

void
outbox_started(struct outbox *o, const char *stage, int64_t at_ms)
{
    int64_t lost = sent_before(o, at_ms);

    log_info(o->env.log, "STAGE-STARTED", kv_str("stage", stage),
             kv_int("out", (int64_t)map_len(o->outs)), kv_int("again", lost));
    if (lost == 0)
        return;
    o->window = o->window > 1 ? o->window / 2 : 1;
    o->good = 0;
    recall(o, is_to_blame(o, at_ms));
    outbox_pump(o);
}

/* ---- life ---------------------------------------------------------------------- */

int
outbox_new(struct outbox **out, const struct outbox_env *env, int64_t waiting)
{
    struct outbox *o = calloc(1, sizeof(*o));

    *out = NULL;
    if (o == NULL)
        return ERR_NOMEM;
    o->env = *env;
    o->window = env->window_start;
    o->waiting = waiting;
    o->outs = map_new((size_t)env->window_max);
    o->due = heap_new(due_before, due_place);
    o->timer = timer_new(env->loop, on_timer, o);
    if (o->outs == NULL || o->due == NULL || o->timer == NULL) {
        outbox_free(&o);
        return ERR_NOMEM;
    }
    recall(o, true);
    o->waiting = waiting - (env->counts[COUNT_DEAD] > 0);
    gauges(o);
    *out = o;
    return 0;
}

void
outbox_free(struct outbox **op)
{
    struct outbox *o = *op;

    if (o == NULL)
        return;
    if (o->outs != NULL && o->due != NULL) {
        if (map_len(o->outs) > 0)
            recall(o, false);
        untrack_all(o);
    }
    map_free(&o->outs, NULL);
    heap_free(&o->due);
    timer_free(&o->timer);
    free(o);
    *op = NULL;
}

void
outbox_added(struct outbox *o, int64_t n)
{
    o->waiting += n;
    gauges(o);
}

size_t
outbox_out(const struct outbox *o)
{
    return map_len(o->outs);
}

int64_t
outbox_pending(const struct outbox *o)
{
    return o->waiting + (int64_t)map_len(o->outs);
}

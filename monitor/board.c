#include "monitor/board.h"

#include "base/str.h"

static void
row_clear(struct board_proc *p)
{
    json_free(&p->stats);
    *p = (struct board_proc){.heard_ms = 0};
}

void
board_free(struct board *b)
{
    for (size_t i = 0; i < b->n_procs; i++)
        row_clear(&b->procs[i]);
    *b = (struct board){.n_procs = 0};
}

/* The row of the process, a new one, or NULL when the board is full. */
static struct board_proc *
row_of(struct board *b, const char *stage, const char *name)
{
    struct board_proc *p;

    for (size_t i = 0; i < b->n_procs; i++) {
        p = &b->procs[i];
        if (str_eq(p->stage, stage) && str_eq(p->name, name))
            return p;
    }
    if (b->n_procs == BOARD_PROCS)
        return NULL;
    p = &b->procs[b->n_procs++];
    str_copy(p->stage, sizeof p->stage, stage);
    str_copy(p->name, sizeof p->name, name);
    return p;
}

static struct board_queue *
queue_of(struct board_proc *p, const char *name)
{
    struct board_queue *q;

    for (size_t i = 0; i < p->n_queues; i++)
        if (str_eq(p->queues[i].name, name))
            return &p->queues[i];
    if (p->n_queues == BOARD_QUEUES)
        return NULL;
    q = &p->queues[p->n_queues++];
    *q = (struct board_queue){.depth = 0};
    str_copy(q->name, sizeof q->name, name);
    return q;
}

/* A queue moves when it is empty, when it says so, when it became shorter, or when its
 * oldest entry is another one. */
static bool
moves(const struct board_queue *was, int64_t depth, double oldest_s, double rate)
{
    return depth <= 0 || rate > 0 || depth < was->depth || oldest_s < was->oldest_s;
}

static void
queue_note(struct board_queue *q, const struct json *row, int64_t now_ms)
{
    int64_t depth = json_i64(json_get(row, "depth"), 0);
    double oldest_s = json_f64(json_get(row, "oldest_s"), 0);

    if (moves(q, depth, oldest_s, json_f64(json_get(row, "rate_per_s"), 0)))
        q->stuck_ms = 0;
    else if (q->stuck_ms == 0)
        q->stuck_ms = now_ms;
    q->depth = depth;
    q->oldest_s = oldest_s;
}

static void
queues_note(struct board_proc *p, int64_t now_ms)
{
    const struct json *list = json_get(p->stats, "queues");

    for (size_t i = 0; i < json_len(list); i++) {
        const struct json *row = json_at(list, i);
        char name[32];
        struct board_queue *q;

        str_copy(name, sizeof name, json_text(json_get(row, "name"), "?"));
        if ((q = queue_of(p, name)) == NULL)
            continue;
        queue_note(q, row, now_ms);
    }
}

static int
document(const char *text, struct json **out, struct why *why)
{
    size_t n = strlen(text);

    if (n > BOARD_STATS_MAX)
        return why_set(why, ERR_TOO_BIG, "%zu bytes of stats", n);
    if ((*out = json_parse(text, n, why)) == NULL)
        return ERR_SYNTAX;
    if (!json_is_object(*out)) {
        json_free(out);
        return why_set(why, ERR_TYPE, "stats are not an object");
    }
    if (str_empty(json_text(json_get(*out, "stage"), ""))) {
        json_free(out);
        return why_set(why, ERR_MISSING, "stats without a stage");
    }
    return 0;
}

int
board_heard(struct board *b, const char *text, int64_t now_ms, struct why *why)
{
    struct json *stats = NULL;
    struct board_proc *p;
    char stage[sizeof p->stage];
    char name[sizeof p->name];
    int64_t pid;
    int rc;

    if ((rc = document(text, &stats, why)) != 0) {
        b->bad++;
        return rc;
    }
    /* Cut to the row's size before the look-up, or a long name never finds itself. */
    str_copy(stage, sizeof stage, json_text(json_get(stats, "stage"), ""));
    str_copy(name, sizeof name, json_text(json_get(stats, "name"), stage));
    if ((p = row_of(b, stage, name)) == NULL) {
        b->dropped++;
        json_free(&stats);
        return why_set(why, ERR_TOO_BIG, "more than %d processes", BOARD_PROCS);
    }
    pid = json_i64(json_get(stats, "pid"), 0);
    if (p->pid != pid)
        p->n_queues = 0;
    p->pid = pid;
    p->heard_ms = now_ms;
    json_free(&p->stats);
    p->stats = stats;
    queues_note(p, now_ms);
    b->heard++;
    return 0;
}

void
board_age(struct board *b, int64_t now_ms)
{
    for (size_t i = 0; i < b->n_procs;) {
        struct board_proc *p = &b->procs[i];

        if (now_ms - p->heard_ms < BOARD_FORGET_MS) {
            i++;
            continue;
        }
        row_clear(p);
        *p = b->procs[--b->n_procs];
        if (i < b->n_procs)
            b->procs[b->n_procs] = (struct board_proc){.heard_ms = 0};
    }
}

void
board_count(struct board *b, enum tally_kind kind, const char *a, const char *bb,
            int64_t us)
{
    struct board_tally want = {.kind = kind};
    struct board_tally *t = NULL;

    str_copy(want.a, sizeof want.a, a);
    str_copy(want.b, sizeof want.b, bb);
    for (size_t i = 0; i < b->n_tallies && t == NULL; i++) {
        struct board_tally *at = &b->tallies[i];

        if (at->kind == kind && str_eq(at->a, want.a) && str_eq(at->b, want.b))
            t = at;
    }
    if (t == NULL && b->n_tallies == BOARD_TALLIES) {
        b->dropped++;
        return;
    }
    if (t == NULL) {
        t = &b->tallies[b->n_tallies++];
        *t = want;
    }
    t->n++;
    t->us += us > 0 ? us : 0;
}

const struct board_proc *
board_stage(const struct board *b, const char *stage)
{
    const struct board_proc *last = NULL;

    for (size_t i = 0; i < b->n_procs; i++) {
        const struct board_proc *p = &b->procs[i];

        if (str_eq(p->stage, stage) && (last == NULL || p->heard_ms > last->heard_ms))
            last = p;
    }
    return last;
}

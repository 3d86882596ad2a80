#include "judge.h"

#include "base/err.h"
#include "base/map.h"
#include "base/str.h"

/* What is known of one target. */
struct target {
    int open;
    uint64_t asked;
};

struct judge {
    FILE *log;
    struct tally tallies[GROUP_COUNT];
    struct map *targets; /* struct target by target */
    struct map *asked;   /* struct target by "kind TICKER" */
    struct record *kept; /* ring of JUDGE_KEPT */
    uint64_t seq;
};

static const char *const group_names[GROUP_COUNT] = {
    "finviz", "yahoo", "edgar", "feeds", "webhook", "symbols", "tiingo"};

const char *
group_name(enum group g)
{
    return g < GROUP_COUNT ? group_names[g] : "none";
}

int
group_find(const char *name)
{
    for (int i = 0; i < GROUP_COUNT; i++)
        if (str_eq(name, group_names[i]))
            return i;
    return -1;
}

struct judge *
judge_new(FILE *log)
{
    struct judge *j = calloc(1, sizeof *j);

    if (j == NULL)
        return NULL;
    j->log = log;
    j->targets = map_new(JUDGE_TARGETS);
    j->asked = map_new(JUDGE_TARGETS);
    j->kept = calloc(JUDGE_KEPT, sizeof *j->kept);
    if (j->targets == NULL || j->asked == NULL || j->kept == NULL)
        judge_free(&j);
    return j;
}

static void
forget(struct record *r)
{
    free(r->target);
    free(r->tickers);
    memset(r, 0, sizeof *r);
}

static void
forget_all(struct judge *j)
{
    for (size_t i = 0; j->kept != NULL && i < JUDGE_KEPT; i++)
        forget(&j->kept[i]);
}

void
judge_free(struct judge **j)
{
    if (*j == NULL)
        return;
    forget_all(*j);
    free((*j)->kept);
    map_free(&(*j)->targets, free);
    map_free(&(*j)->asked, free);
    free(*j);
    *j = NULL;
}

void
judge_set_limit(struct judge *j, enum group g, int most_in_flight)
{
    j->tallies[g].limit = most_in_flight;
}

int
judge_limit(const struct judge *j, enum group g)
{
    return j->tallies[g].limit;
}

/* The entry of a key, made when absent; NULL when the table is full. */
static struct target *
entry(struct map *m, const char *key)
{
    struct target *t = map_get(m, key);

    if (t != NULL)
        return t;
    t = calloc(1, sizeof *t);
    if (t != NULL && map_put(m, key, t, NULL) != 0) {
        free(t);
        return NULL;
    }
    return t;
}

static void
count_tickers(struct judge *j, struct tally *t, const struct record *r)
{
    const char *cursor = r->tickers, *piece;
    size_t n;

    while ((piece = str_piece(&cursor, ",", &n)) != NULL) {
        char key[80];
        struct target *seen;

        str_fmt(key, sizeof key, "%s %.*s", r->kind, (int)(n < 32 ? n : 32), piece);
        if ((seen = entry(j->asked, key)) == NULL)
            continue;
        if (seen->asked++ == 0)
            t->tickers++;
        else
            t->repeats++;
    }
}

static void
count_arrival(struct judge *j, struct record *r)
{
    struct tally *t = &j->tallies[r->group];
    struct target *known = entry(j->targets, r->target);

    tally_arrive(t, r->arrival_us, &r->arrival);
    if (known != NULL) {
        r->duplicate = known->open > 0;
        r->nth = known->asked++;
        known->open++;
        t->duplicates += r->duplicate;
    }
    count_tickers(j, t, r);
}

void
judge_set_rate(struct judge *j, enum group g, int per_s)
{
    j->tallies[g].rate_limit = per_s;
}

int
judge_rate(const struct judge *j, enum group g)
{
    return j->tallies[g].rate_limit;
}

void
judge_set_phases(struct judge *j, enum group g, const struct phases *p)
{
    j->tallies[g].phases = *p;
}

bool
judge_has_phases(const struct judge *j, enum group g)
{
    return j->tallies[g].phases.n > 0;
}

struct record *
judge_arrive(struct judge *j, enum group g, const char *kind, const char *target,
             const char *tickers, int64_t now_us)
{
    struct record *r = calloc(1, sizeof *r);

    if (r == NULL)
        return NULL;
    r->group = g;
    r->kind = kind;
    r->target = strdup(target);
    r->tickers = strdup(tickers);
    r->arrival_us = now_us;
    if (r->target == NULL || r->tickers == NULL) {
        forget(r);
        free(r);
        return NULL;
    }
    count_arrival(j, r);
    return r;
}

static void
write_record(const struct record *r, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jw_object(&w, NULL);
    jw_int(&w, "seq", (int64_t)r->seq);
    jw_str(&w, "group", group_name(r->group));
    jw_str(&w, "kind", r->kind);
    jw_str(&w, "target", r->target);
    jw_str(&w, "tickers", r->tickers);
    jw_int(&w, "arrival_us", r->arrival_us);
    jw_int(&w, "end_us", r->end_us);
    jw_int(&w, "service_us", r->end_us - r->arrival_us);
    jw_int(&w, "planned_us", r->planned_us);
    jw_int(&w, "status", r->status);
    jw_int(&w, "in_flight", r->arrival.in_flight);
    jw_int(&w, "limit", r->arrival.limit);
    jw_str(&w, "outcome", r->outcome);
    jw_str(&w, "fault", r->fault);
    jw_bool(&w, "violation", r->arrival.violation);
    jw_bool(&w, "too_fast", r->arrival.too_fast);
    jw_bool(&w, "refused", r->refused);
    jw_bool(&w, "unmannerly", r->unmannerly);
    jw_bool(&w, "duplicate", r->duplicate);
    jw_end(&w);
    buf_addc(out, '\n');
}

static void
log_record(struct judge *j, const struct record *r)
{
    struct buf line;

    if (j->log == NULL)
        return;
    buf_init(&line, 64 << 10);
    write_record(r, &line);
    (void)fputs(buf_str(&line), j->log); /* best effort: /judge has it too */
    (void)fflush(j->log);
    buf_free(&line);
}

static void
count_end(struct judge *j, const struct record *r, bool answered)
{
    struct target *known = map_get(j->targets, r->target);
    const struct ending e = {
        .arrival_us = r->arrival_us,
        .end_us = r->end_us,
        .answered = answered,
        /* 404 is how the upstreams say that a ticker is unknown: an answer */
        .failed = r->fault != NULL || (r->status >= 400 && r->status != 404),
        .faulty = r->fault != NULL,
        .refused = r->refused,
        .unmannerly = r->unmannerly,
        .compressed = r->compressed,
        .connected = r->connected,
    };

    tally_end(&j->tallies[r->group], &e);
    if (known != NULL && known->open > 0)
        known->open--;
}

void
judge_end(struct judge *j, struct record **record, int64_t now_us, int status,
          bool answered)
{
    struct record *r = *record, *slot;

    r->end_us = now_us;
    r->status = answered || r->fault != NULL ? status : 0;
    r->outcome = r->fault != NULL ? "fault" : answered ? "answered" : "closed";
    r->seq = ++j->seq;
    count_end(j, r, answered);
    log_record(j, r);
    slot = &j->kept[(r->seq - 1) % JUDGE_KEPT];
    forget(slot);
    *slot = *r; /* the strings go along */
    free(r);
    *record = NULL;
}

static void
clear_counts(struct map *m)
{
    size_t cursor = 0;
    const char *key;
    void *value;

    while (map_next(m, &cursor, &key, &value)) {
        struct target *t = value;

        t->asked = 0;
        if (t->open == 0)
            free(map_take(m, key));
    }
}

void
judge_reset(struct judge *j)
{
    for (int g = 0; g < GROUP_COUNT; g++)
        tally_reset(&j->tallies[g]);
    clear_counts(j->targets);
    clear_counts(j->asked);
    forget_all(j);
}

void
judge_write(const struct judge *j, struct jsonw *w, int64_t now_us)
{
    jw_int(w, "now_us", now_us);
    jw_int(w, "last_seq", (int64_t)j->seq);
    jw_object(w, "groups");
    for (int g = 0; g < GROUP_COUNT; g++)
        tally_write(&j->tallies[g], group_names[g], w);
    jw_end(w);
}

void
judge_requests(const struct judge *j, uint64_t since, struct buf *out)
{
    if (j->seq > JUDGE_KEPT && since < j->seq - JUDGE_KEPT)
        since = j->seq - JUDGE_KEPT;
    for (uint64_t seq = since + 1; seq <= j->seq; seq++) {
        const struct record *r = &j->kept[(seq - 1) % JUDGE_KEPT];

        if (r->seq == seq) /* else a reset took it */
            write_record(r, out);
    }
}

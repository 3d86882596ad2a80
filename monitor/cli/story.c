#include "monitor/cli/story.h"

#include "base/str.h"

/* Column i of a row goes to a text member or a number. */
struct column {
    size_t offset;
    size_t size; /* of the text; 0: an int64_t */
};

#define TEXT(type, m)                                                                  \
    {                                                                                  \
        offsetof(struct type, m), sizeof(((struct type *)0)->m)                        \
    }
#define NUMBER(type, m)                                                                \
    {                                                                                  \
        offsetof(struct type, m), 0                                                    \
    }

static const struct column unit_columns[] = {
    TEXT(story, id),
    TEXT(story, item),
    TEXT(story, ticker),
    TEXT(story, feed),
    TEXT(story, title),
    TEXT(story, link),
    TEXT(story, state),
    TEXT(story, reason),
    TEXT(story, rule),
    TEXT(story, matched),
    TEXT(story, outcome),
    NUMBER(story, cycle),
    NUMBER(story, published_ms),
    NUMBER(story, seen_ms),
    NUMBER(story, sent_ms),
    NUMBER(story, done_ms),
    NUMBER(story, attempts),
};

static const char unit_sql[] =
    "SELECT id, item, ticker, feed, title, link, state, reason, rule, matched, verdict,"
    " cycle, published_ms, seen_ms, sent_ms, done_ms, attempts FROM unit"
    " WHERE id = ?1 OR item = ?1 OR ticker = upper(?1)"
    " ORDER BY seen_ms DESC LIMIT ?2";

static const struct column verdict_columns[] = {
    TEXT(story, id),
    TEXT(story, item),
    TEXT(story, ticker),
    TEXT(story, feed),
    TEXT(story, title),
    TEXT(story, link),
    NUMBER(story, published_ms),
    NUMBER(story, seen_ms),
    NUMBER(story, ledger_ms),
};

static const char verdict_sql[] =
    "SELECT id, item, ticker, feed, title, link, published_ms, seen_ms, ledger_ms, body"
    " FROM verdict WHERE id = ?1 OR item = ?1 OR ticker = upper(?1)"
    " ORDER BY seen_ms DESC LIMIT ?2";

static const struct column delivery_columns[] = {
    TEXT(story_delivery, sink),       TEXT(story_delivery, state),
    TEXT(story_delivery, error),      NUMBER(story_delivery, attempts),
    NUMBER(story_delivery, first_ms), NUMBER(story_delivery, updated_ms),
    NUMBER(story_delivery, late),     NUMBER(story_delivery, edits),
};

static const char delivery_sql[] =
    "SELECT sink, state, error, attempts, first_ms, updated_ms, late, edits"
    " FROM delivery WHERE id = ?1 ORDER BY sink LIMIT ?2";

static void
fill(void *into, const struct column *columns, size_t n, struct db_stmt *row)
{
    for (size_t i = 0; i < n; i++) {
        char *at = (char *)into + columns[i].offset;

        if (columns[i].size > 0) {
            (void)str_copy(at, columns[i].size, db_text(row, (int)i));
        } else {
            int64_t value = db_int(row, (int)i);

            memcpy(at, &value, sizeof value);
        }
    }
}

static struct db_stmt *
query(struct db *db, const char *sql, const char *word, size_t most, struct why *why)
{
    struct db_stmt *s = db_prepare(db, sql, why);

    if (s != NULL) {
        db_bind_text(s, 1, word);
        db_bind_int(s, 2, (int64_t)most);
    }
    return s;
}

static struct story *
add(struct stories *s, size_t most)
{
    struct story *list;

    if (s->n >= most)
        return NULL;
    if ((list = reallocarray(s->list, s->n + 1, sizeof *list)) == NULL)
        return NULL;
    s->list = list;
    s->list[s->n] = (struct story){.has_unit = false};
    return &s->list[s->n++];
}

static struct story *
find(struct stories *s, const char *id)
{
    for (size_t i = 0; i < s->n; i++)
        if (str_eq(s->list[i].id, id))
            return &s->list[i];
    return NULL;
}

static int
add_units(struct stories *out, struct db *db, const char *word, size_t most,
          struct why *why)
{
    struct db_stmt *row = query(db, unit_sql, word, most, why);
    struct story *s;
    int rc;

    if (row == NULL)
        return ERR_DB;
    while ((rc = db_step(row)) == 1 && (s = add(out, most)) != NULL) {
        fill(s, unit_columns, STR_LEN(unit_columns), row);
        s->has_unit = true;
    }
    db_reset(row);
    return rc < 0 ? why_set(why, rc, "ingest.db: %s", db_error(db)) : 0;
}

static int
add_deliveries(struct story *s, struct db *db, struct why *why)
{
    struct db_stmt *row = query(db, delivery_sql, s->id, STORY_DELIVERIES, why);
    int rc;

    if (row == NULL)
        return ERR_DB;
    while ((rc = db_step(row)) == 1 && s->n_deliveries < STORY_DELIVERIES)
        fill(&s->deliveries[s->n_deliveries++], delivery_columns,
             STR_LEN(delivery_columns), row);
    db_reset(row);
    return rc < 0 ? why_set(why, rc, "ledger.db: %s", db_error(db)) : 0;
}

static void
take_verdict(struct story *s, struct db_stmt *row)
{
    size_t n;
    const void *body = db_blob(row, (int)STR_LEN(verdict_columns), &n);

    fill(s, verdict_columns, STR_LEN(verdict_columns), row);
    s->has_verdict = true;
    msg_free(&s->scored);
    (void)msg_unpack_kept(MSG_scored, body, n, &s->scored, NULL); /* else: left empty */
}

static int
add_verdicts(struct stories *out, struct db *db, const char *word, size_t most,
             struct why *why)
{
    struct db_stmt *row = query(db, verdict_sql, word, most, why);
    int rc;

    if (row == NULL)
        return ERR_DB;
    while ((rc = db_step(row)) == 1) {
        struct story *s = find(out, db_text(row, 0));

        if (s == NULL)
            s = add(out, most);
        if (s != NULL)
            take_verdict(s, row);
    }
    db_reset(row);
    if (rc < 0)
        return why_set(why, rc, "ledger.db: %s", db_error(db));
    for (size_t i = 0; i < out->n && rc == 0; i++)
        rc = add_deliveries(&out->list[i], db, why);
    return rc;
}

static int
newest(const void *a, const void *b)
{
    const struct story *x = a, *y = b;

    return (x->seen_ms < y->seen_ms) - (x->seen_ms > y->seen_ms);
}

int
stories_find(struct stories *out, const struct shelf *shelf, const char *word,
             size_t most, struct why *why)
{
    int rc = 0;

    *out = (struct stories){0, NULL};
    if (most > STORIES_MAX)
        most = STORIES_MAX;
    if (shelf->ingest != NULL)
        rc = add_units(out, shelf->ingest, word, most, why);
    if (rc == 0 && shelf->ledger != NULL)
        rc = add_verdicts(out, shelf->ledger, word, most, why);
    if (rc != 0)
        stories_free(out);
    else if (out->n > 1)
        qsort(out->list, out->n, sizeof *out->list, newest);
    return rc;
}

void
stories_free(struct stories *s)
{
    for (size_t i = 0; i < s->n; i++)
        msg_free(&s->list[i].scored);
    free(s->list);
    *s = (struct stories){0, NULL};
}

const struct msg_scored *
story_scored(const struct story *s)
{
    return s->scored.type == MSG_scored ? s->scored.body : NULL;
}

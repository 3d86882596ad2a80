#include "ingest/store.h"

#include "base/buf.h"
#include "base/str.h"
#include "ingest/schema.h"
#include "wire/db.h"

enum {
    BODY_MAX = 1 << 20, /* bytes; no message is larger */
    DAY_MS = 86400000
};

struct store {
    struct db *db;
    struct db_stmt *q[QUERIES];
    struct buf body; /* of the unit given out last */
};

int
store_open(struct store **out, const char *path, struct why *why)
{
    struct store *s = calloc(1, sizeof(*s));
    int rc = s == NULL ? ERR_NOMEM : 0;

    *out = NULL;
    if (rc == 0) {
        buf_init(&s->body, BODY_MAX);
        rc = db_open(&s->db, path, DB_WRITE, schema_migrations, schema_versions, why);
    }
    for (size_t i = 0; rc == 0 && i < QUERIES; i++)
        if ((s->q[i] = db_prepare(s->db, schema_queries[i], why)) == NULL)
            rc = ERR_DB;
    if (rc != 0)
        store_close(&s);
    *out = s;
    return rc;
}

void
store_close(struct store **s)
{
    if (*s == NULL)
        return;
    db_close(&(*s)->db);
    buf_free(&(*s)->body);
    free(*s);
    *s = NULL;
}

bool
store_full(const struct store *s)
{
    return db_full(s->db);
}

int
store_room(struct store *s)
{
    int rc = db_run(s->q[Q_ROOM]);

    if (rc == 0)
        rc = db_run(s->q[Q_ROOM_BACK]);
    if (rc == 0)
        db_forgive(s->db);
    return rc;
}

const char *
store_error(const struct store *s)
{
    return db_error(s->db);
}

int
store_begin(struct store *s)
{
    return db_begin(s->db);
}

int
store_commit(struct store *s)
{
    return db_commit(s->db);
}

void
store_rollback(struct store *s)
{
    db_rollback(s->db);
}

int
store_sync(struct store *s)
{
    return db_sync(s->db);
}

int
store_tidy(struct store *s)
{
    return db_tidy(s->db);
}

/* True if the query that was bound has a row. */
static bool
any(struct db_stmt *q)
{
    bool yes = db_step(q) == 1;

    if (yes)
        db_reset(q);
    return yes;
}

/* ---- seen ----------------------------------------------------------------------- */

bool
store_seen(struct store *s, const char *id)
{
    db_bind_text(s->q[Q_SEEN], 1, id);
    return any(s->q[Q_SEEN]);
}

int
store_seen_add(struct store *s, const char *id, int64_t now_ms)
{
    db_bind_text(s->q[Q_SEEN_ADD], 1, id);
    db_bind_int(s->q[Q_SEEN_ADD], 2, now_ms);
    return db_run(s->q[Q_SEEN_ADD]);
}

int
store_seen_still(struct store *s, const char *id, int64_t now_ms)
{
    struct db_stmt *q = s->q[Q_SEEN_STILL];

    db_bind_text(q, 1, id);
    db_bind_int(q, 2, now_ms);
    db_bind_int(q, 3, now_ms - DAY_MS);
    return db_run(q);
}

bool
store_seen_any(struct store *s)
{
    return any(s->q[Q_SEEN_ANY]);
}

/* ---- items ---------------------------------------------------------------------- */

int
store_item_add(struct store *s, const char *id, int64_t seen_ms, const char *json)
{
    db_bind_text(s->q[Q_ITEM_ADD], 1, id);
    db_bind_int(s->q[Q_ITEM_ADD], 2, seen_ms);
    db_bind_text(s->q[Q_ITEM_ADD], 3, json);
    return db_run(s->q[Q_ITEM_ADD]);
}

/* ---- stories -------------------------------------------------------------------- */

int
store_story_add(struct store *s, const char *ticker, const char *item, int64_t at_ms,
                const struct story *story)
{
    struct db_stmt *q = s->q[Q_STORY_ADD];

    db_bind_text(q, 1, ticker);
    db_bind_int(q, 2, at_ms);
    db_bind_text(q, 3, item);
    db_bind_int(q, 4, story->kind);
    db_bind_text(q, 5, story->title);
    db_bind_int(q, 6, (int64_t)story->text);
    db_bind_int(q, 7, story->words);
    return db_run(q);
}

int
store_stories(struct store *s, const char *ticker, int64_t since_ms, store_story_fn *fn,
              void *self)
{
    struct db_stmt *q = s->q[Q_STORIES];
    bool stop = false;
    int rc;

    db_bind_text(q, 1, ticker);
    db_bind_int(q, 2, since_ms);
    db_bind_int(q, 3, STORE_STORIES);
    while ((rc = db_step(q)) == 1 && !stop) {
        struct story story = {.kind = (enum story_kind)db_int(q, 2),
                              .text = (uint64_t)db_int(q, 4),
                              .words = db_int(q, 5)};

        (void)str_copy(story.title, sizeof(story.title), db_text(q, 3));
        stop = fn(self, db_text(q, 0), db_text(q, 1), &story);
    }
    db_reset(q);
    return rc < 0 ? rc : 0;
}

/* ---- feeds ---------------------------------------------------------------------- */

int
store_feed(struct store *s, const char *name, const char *url, struct feed_state *out)
{
    struct db_stmt *q = s->q[Q_FEED];
    int rc;

    *out = (struct feed_state){0};
    db_bind_text(q, 1, name);
    db_bind_text(q, 2, url);
    if ((rc = db_step(q)) != 1)
        return rc;
    (void)str_copy(out->etag, sizeof(out->etag), db_text(q, 0));
    (void)str_copy(out->last_modified, sizeof(out->last_modified), db_text(q, 1));
    (void)str_copy(out->body_hash, sizeof(out->body_hash), db_text(q, 2));
    (void)str_copy(out->crash_hash, sizeof(out->crash_hash), db_text(q, 3));
    out->crashes = db_int(q, 4);
    out->items_last = db_int(q, 5);
    out->ok_ms = db_int(q, 6);
    out->newest_ms = db_int(q, 7);
    db_reset(q);
    return 0;
}

int
store_feed_put(struct store *s, const char *name, const char *url,
               const struct feed_state *f)
{
    struct db_stmt *q = s->q[Q_FEED_PUT];
    const char *text[] = {name,         url,          f->etag, f->last_modified,
                          f->body_hash, f->crash_hash};
    const int64_t n[] = {f->crashes, f->items_last, f->ok_ms, f->newest_ms};
    int at = 1;

    for (size_t i = 0; i < STR_LEN(text); i++)
        db_bind_text(q, at++, text[i]);
    for (size_t i = 0; i < STR_LEN(n); i++)
        db_bind_int(q, at++, n[i]);
    return db_run(q);
}

/* ---- units ----------------------------------------------------------------------- */

int
store_unit_add(struct store *s, const struct unit *u)
{
    struct db_stmt *q = s->q[Q_UNIT_ADD];
    const char *text[] = {u->id,     u->item, u->ticker,  u->feed,  u->state,
                          u->reason, u->rule, u->matched, u->title, u->link};
    const int64_t n[] = {u->cycle, u->seen_ms, u->published_ms, u->watched};
    int at = 1;

    for (size_t i = 0; i < STR_LEN(text); i++)
        db_bind_text(q, at++, text[i] == NULL ? "" : text[i]);
    for (size_t i = 0; i < STR_LEN(n); i++)
        db_bind_int(q, at++, n[i]);
    if (u->body != NULL)
        db_bind_blob(q, at, u->body, u->body_len);
    else
        db_bind_text(q, at, NULL);
    return db_run(q);
}

/* The body is copied: the row is written to while its owner still reads it. */
static int
take_waiting(struct store *s, struct db_stmt *q, struct waiting *out)
{
    const void *body;
    size_t n;
    int rc = db_step(q);

    if (rc != 1)
        return rc;
    (void)str_copy(out->id, sizeof(out->id), db_text(q, 0));
    out->sent = db_int(q, 1);
    out->cycle = db_int(q, 2);
    body = db_blob(q, 3, &n);
    buf_clear(&s->body);
    rc = buf_add(&s->body, body, n);
    db_reset(q);
    out->body = s->body.data;
    out->body_len = n;
    return rc == 0 ? 1 : rc;
}

int
store_next(struct store *s, int64_t now_ms, struct waiting *out)
{
    int rc, sent;

    if ((rc = take_waiting(s, s->q[Q_NEXT], out)) != 1)
        return rc;
    sent = store_mark_out(s, out->id, now_ms);
    return sent < 0 ? sent : 1;
}

int
store_coming(struct store *s, char (*out)[STORE_TICKER], int most)
{
    struct db_stmt *q = s->q[Q_COMING];
    int rc, n = 0;

    db_bind_int(q, 1, most);
    while ((rc = db_step(q)) == 1 && n < most)
        n += str_copy(out[n], STORE_TICKER, db_text(q, 0));
    db_reset(q);
    return rc < 0 ? rc : n;
}

int
store_again(struct store *s, const char *id, struct waiting *out)
{
    db_bind_text(s->q[Q_AGAIN], 1, id);
    return take_waiting(s, s->q[Q_AGAIN], out);
}

static int64_t
finish(struct db_stmt *q, const struct db *db, const char *const text[3],
       int64_t now_ms)
{
    int rc;

    for (int i = 0; i < 3; i++)
        db_bind_text(q, i + 1, text[i]);
    db_bind_int(q, 4, now_ms);
    rc = db_run(q);
    return rc < 0 ? rc : db_changes(db);
}

int
store_done(struct store *s, const char *id, const char *verdict, const char *reason,
           int64_t now_ms)
{
    const char *text[3] = {id, verdict, reason};
    int64_t n = finish(s->q[Q_DONE], s->db, text, now_ms);

    if (n != 0)
        return (int)n;
    n = finish(s->q[Q_DONE_DEAD], s->db, text, now_ms);
    return n > 0 ? STORE_WAS_DEAD : (int)n;
}

int
store_mark_out(struct store *s, const char *id, int64_t now_ms)
{
    db_bind_text(s->q[Q_SENT], 1, id);
    db_bind_int(s->q[Q_SENT], 2, now_ms);
    return db_run(s->q[Q_SENT]);
}

static int
blame(struct store *s, int attempts_max, int64_t now_ms, char *dead)
{
    int rc;

    db_bind_int(s->q[Q_BLAME], 1, attempts_max);
    db_bind_int(s->q[Q_BLAME], 2, now_ms);
    if ((rc = db_run(s->q[Q_BLAME])) < 0)
        return rc;
    db_bind_int(s->q[Q_BLAMED], 1, now_ms);
    if ((rc = db_step(s->q[Q_BLAMED])) == 1) {
        (void)str_copy(dead, STORE_ID, db_text(s->q[Q_BLAMED], 0));
        db_reset(s->q[Q_BLAMED]);
    }
    return rc < 0 ? rc : 0;
}

int64_t
store_recall(struct store *s, bool count_it, int attempts_max, int64_t now_ms,
             char *dead)
{
    int64_t n = 0;
    int rc;

    *dead = '\0';
    if ((rc = store_begin(s)) < 0)
        return rc;
    if (count_it)
        rc = blame(s, attempts_max, now_ms, dead);
    if (rc == 0 && (rc = db_run(s->q[Q_RECALL])) == 0)
        n = db_changes(s->db);
    if (rc == 0)
        rc = store_commit(s);
    if (rc < 0)
        store_rollback(s);
    return rc < 0 ? rc : n;
}

/* ---- books --------------------------------------------------------------------- */

int
store_counts(struct store *s, store_count_fn *fn, void *self)
{
    struct db_stmt *q = s->q[Q_COUNTS];
    int rc;

    while ((rc = db_step(q)) == 1)
        fn(self, db_text(q, 0), db_text(q, 1), db_int(q, 2));
    return rc;
}

int
store_forget(struct store *s, int64_t before_ms, int64_t most)
{
    static const enum query steps[] = {Q_FORGET_TOTALS, Q_FORGET_UNITS, Q_FORGET_SEEN,
                                       Q_FORGET_ITEMS, Q_FORGET_STORIES};
    int rc = db_begin(s->db);

    for (size_t i = 0; rc == 0 && i < STR_LEN(steps); i++) {
        db_bind_int(s->q[steps[i]], 1, before_ms);
        db_bind_int(s->q[steps[i]], 2, most);
        rc = db_run(s->q[steps[i]]);
    }
    if (rc == 0)
        rc = db_commit(s->db);
    if (rc < 0)
        db_rollback(s->db);
    return rc;
}

int
store_cycle(struct store *s, int64_t *out)
{
    int rc = db_run(s->q[Q_CYCLE_UP]);

    if (rc < 0 || (rc = db_step(s->q[Q_CYCLE])) != 1)
        return rc < 0 ? rc : ERR_DB;
    *out = db_int(s->q[Q_CYCLE], 0);
    db_reset(s->q[Q_CYCLE]);
    return 0;
}

int
store_dead(struct store *s, store_dead_fn *fn, void *self)
{
    struct db_stmt *q = s->q[Q_DEAD];
    int rc;

    while ((rc = db_step(q)) == 1) {
        struct unit u = {
            .id = db_text(q, 0),
            .item = db_text(q, 1),
            .ticker = db_text(q, 2),
            .feed = db_text(q, 3),
            .state = db_text(q, 4),
            .reason = db_text(q, 5),
            .rule = db_text(q, 6),
            .matched = db_text(q, 7),
            .title = db_text(q, 8),
            .link = db_text(q, 9),
            .cycle = db_int(q, 10),
            .seen_ms = db_int(q, 11),
            .published_ms = db_int(q, 12),
        };
        fn(self, &u);
    }
    return rc;
}

#include "alerter/ledger.h"

#include "alerter/delivery.h"
#include "alerter/ledger_schema.h"
#include "base/str.h"
#include "wire/db.h"

enum query {
    Q_ENTRY,
    Q_PUT,
    Q_BODY,
    Q_OLD,
    Q_TO_TOTALS,
    Q_DROP,
    Q_FORGET,
    Q_BOOKS,
    Q_N
};

struct ledger {
    struct db *db;
    struct db_stmt *q[Q_N];
    struct buf body;
};

static const char *const queries[Q_N] = {
    [Q_ENTRY] = "SELECT epoch, revision, final, verdict, reason, face FROM verdict"
                " WHERE id = ?",
    [Q_PUT] =
        "INSERT INTO verdict(id, item, ticker, cycle, feed, kind, title, link, verdict,"
        " reason, score, sentiment, categories, epoch, revision, final, published_ms,"
        " seen_ms, sent_ms, accepted_ms, joined_ms, scored_ms, ledger_ms, body, face)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
        " ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25) ON CONFLICT(id) DO UPDATE SET"
        " cycle = ?4, title = ?7, link = ?8, verdict = ?9, reason = ?10, score = ?11,"
        " sentiment = ?12, categories = ?13, epoch = ?14, revision = ?15, final = ?16,"
        " published_ms = ?17, sent_ms = ?19, accepted_ms = ?20, joined_ms = ?21,"
        " scored_ms = ?22, ledger_ms = ?23, body = ?24, face = ?25",
    [Q_BODY] = "SELECT body FROM verdict WHERE id = ?",
    [Q_OLD] = "INSERT INTO temp.old(id) SELECT v.id FROM verdict v"
              " WHERE v.ledger_ms < ?1 AND NOT EXISTS(SELECT 1 FROM delivery d"
              " WHERE d.id = v.id AND d.state IN ('pending', 'sending')) LIMIT ?2",
    [Q_TO_TOTALS] = "INSERT INTO totals SELECT verdict, reason, count(*) FROM verdict"
                    " WHERE id IN (SELECT id FROM temp.old) GROUP BY 1, 2"
                    " ON CONFLICT(verdict, reason) DO UPDATE SET n = n + excluded.n",
    [Q_DROP] = "DELETE FROM delivery WHERE id IN (SELECT id FROM temp.old)",
    [Q_FORGET] = "DELETE FROM verdict WHERE id IN (SELECT id FROM temp.old)",
    [Q_BOOKS] = "SELECT verdict, reason, sum(n) FROM (SELECT * FROM tally UNION ALL"
                " SELECT * FROM totals) GROUP BY 1, 2 HAVING sum(n) > 0 ORDER BY 1, 2",
};

/* ---- opening ------------------------------------------------------------------- */

int
ledger_open(struct ledger **out, const char *path, struct why *why)
{
    struct ledger *l = calloc(1, sizeof *l);
    int rc;

    *out = NULL;
    if (!l)
        return why_set(why, ERR_NOMEM, "%s", err_str(ERR_NOMEM));
    buf_init(&l->body, MSG_MAX_BYTES);
    rc = db_open(&l->db, path, DB_WRITE, ledger_migrations, ledger_migrations_len, why);
    if (rc == 0)
        rc = db_exec(l->db, "CREATE TEMP TABLE old(id TEXT PRIMARY KEY)", why);
    for (size_t i = 0; rc == 0 && i < Q_N; i++)
        if (!(l->q[i] = db_prepare(l->db, queries[i], why)))
            rc = ERR_DB;
    *out = l;
    if (rc != 0)
        ledger_close(out);
    return rc;
}

void
ledger_close(struct ledger **l)
{
    if (!*l)
        return;
    db_close(&(*l)->db);
    buf_free(&(*l)->body);
    free(*l);
    *l = NULL;
}

int
ledger_begin(struct ledger *l)
{
    return db_begin(l->db);
}

int
ledger_commit(struct ledger *l)
{
    return db_commit(l->db);
}

void
ledger_rollback(struct ledger *l)
{
    db_rollback(l->db);
}

int
ledger_sync(struct ledger *l)
{
    return db_sync(l->db);
}

int
ledger_tidy(struct ledger *l)
{
    return db_tidy(l->db);
}

const char *
ledger_error(const struct ledger *l)
{
    return db_error(l->db);
}

bool
ledger_full(const struct ledger *l)
{
    return db_full(l->db);
}

struct db *
ledger_db(struct ledger *l)
{
    return l->db;
}

/* ---- verdicts ------------------------------------------------------------------ */

static void
read_entry(struct db_stmt *q, struct entry *e)
{
    e->epoch = db_int(q, 0);
    e->revision = db_int(q, 1);
    e->final = db_int(q, 2) != 0;
    str_copy(e->verdict, sizeof e->verdict, db_text(q, 3));
    str_copy(e->reason, sizeof e->reason, db_text(q, 4));
    str_copy(e->face, sizeof e->face, db_text(q, 5));
    e->alert = str_eq(e->verdict, "alert");
}

int
ledger_entry(struct ledger *l, const char *id, struct entry *out)
{
    struct db_stmt *q = l->q[Q_ENTRY];
    int rc;

    *out = (struct entry){.fresh = false};
    db_bind_text(q, 1, id);
    rc = db_step(q);
    if (rc == 1)
        read_entry(q, out);
    db_reset(q);
    return rc == 1 ? 0 : rc == 0 ? ERR_NOT_FOUND : rc;
}

static void
bind_text(struct db_stmt *q, const struct msg_scored *s)
{
    const struct {
        int place;
        const char *text;
    } rows[] = {{1, s->id},      {2, s->item},       {3, s->ticker}, {5, s->feed},
                {6, s->kind},    {7, s->title},      {8, s->link},   {9, s->verdict},
                {10, s->reason}, {13, s->categories}};

    for (size_t i = 0; i < STR_LEN(rows); i++)
        db_bind_text(q, rows[i].place, rows[i].text);
}

static void
bind_numbers(struct db_stmt *q, const struct msg_scored *s, int64_t now_ms)
{
    const struct {
        int place;
        int64_t number;
    } rows[] = {{4, s->cycle},      {14, s->epoch},        {15, s->revision},
                {16, s->final},     {17, s->published_ms}, {18, s->seen_ms},
                {19, s->sent_ms},   {20, s->accepted_ms},  {21, s->joined_ms},
                {22, s->scored_ms}, {23, now_ms}};

    for (size_t i = 0; i < STR_LEN(rows); i++)
        db_bind_int(q, rows[i].place, rows[i].number);
    db_bind_num(q, 11, s->score);
    db_bind_num(q, 12, s->sentiment);
}

static int
put(struct ledger *l, const struct msg_scored *s, int64_t now_ms, const char *face)
{
    struct db_stmt *q = l->q[Q_PUT];
    int rc;

    buf_clear(&l->body);
    if ((rc = msg_pack(MSG_scored, s, &l->body)) != 0)
        return rc;
    bind_text(q, s);
    bind_numbers(q, s, now_ms);
    db_bind_blob(q, 24, l->body.data, l->body.len);
    db_bind_text(q, 25, face);
    return db_run(q);
}

static bool
is_sound(const struct msg_scored *s)
{
    bool named = !str_empty(s->id) && strlen(s->id) < DELIVERY_ID &&
                 strlen(s->reason) < LEDGER_REASON;

    return named && (str_eq(s->verdict, "alert") || str_eq(s->verdict, "reject"));
}

static bool
is_higher(const struct msg_scored *s, const struct entry *e)
{
    return s->epoch > e->epoch || (s->epoch == e->epoch && s->revision > e->revision);
}

int
ledger_take(struct ledger *l, const struct msg_scored *s, int64_t now_ms,
            struct entry *out)
{
    int rc;

    if (!is_sound(s))
        return ERR_RANGE;
    rc = ledger_entry(l, s->id, out);
    if (rc == 0 && !is_higher(s, out))
        return 0;
    if (rc != 0 && rc != ERR_NOT_FOUND)
        return rc;
    out->fresh = true;
    out->final = s->final;
    out->epoch = s->epoch;
    out->revision = s->revision;
    out->alert = str_eq(s->verdict, "alert");
    str_copy(out->verdict, sizeof out->verdict, s->verdict);
    str_copy(out->reason, sizeof out->reason, s->reason);
    alert_face(s, out->face);
    return put(l, s, now_ms, out->face);
}

int
ledger_message(struct ledger *l, const char *id, struct msg *out)
{
    struct db_stmt *q = l->q[Q_BODY];
    const void *bytes;
    size_t n;
    int rc;

    *out = (struct msg){.body = NULL};
    db_bind_text(q, 1, id);
    rc = db_step(q);
    if (rc == 1) {
        bytes = db_blob(q, 0, &n);
        rc = msg_unpack_kept(MSG_scored, bytes, n, out, NULL);
    } else if (rc == 0) {
        rc = ERR_NOT_FOUND;
    }
    db_reset(q);
    return rc;
}

/* ---- retention and books -------------------------------------------------------- */

int
ledger_prune(struct ledger *l, int64_t before_ms)
{
    static const enum query steps[] = {Q_OLD, Q_TO_TOTALS, Q_DROP, Q_FORGET};
    int rc = db_begin(l->db);
    int64_t n = 0;

    if (rc == 0)
        rc = db_exec(l->db, "DELETE FROM temp.old", NULL);
    db_bind_int(l->q[Q_OLD], 1, before_ms);
    db_bind_int(l->q[Q_OLD], 2, LEDGER_PRUNE_MOST);
    for (size_t i = 0; rc == 0 && i < STR_LEN(steps); i++) {
        rc = db_run(l->q[steps[i]]);
        n = db_changes(l->db);
    }
    if (rc == 0)
        rc = db_commit(l->db);
    if (rc != 0)
        db_rollback(l->db);
    return rc == 0 ? (int)n : rc;
}

void
ledger_books(struct ledger *l, struct jsonw *w)
{
    struct db_stmt *q = l->q[Q_BOOKS];
    int64_t alerted = 0, rejected = 0;

    jw_object(w, "books");
    jw_object(w, "reasons");
    while (db_step(q) == 1) {
        if (str_eq(db_text(q, 0), "alert")) {
            alerted += db_int(q, 2);
            continue;
        }
        rejected += db_int(q, 2);
        jw_int(w, db_text(q, 1), db_int(q, 2));
    }
    jw_end(w);
    jw_int(w, "alerted", alerted);
    jw_int(w, "rejected", rejected);
    jw_int(w, "total", alerted + rejected);
    jw_end(w);
}

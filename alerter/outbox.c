#include "alerter/outbox.h"

#include "alerter/ledger.h"
#include "base/str.h"
#include "wire/db.h"

enum query {
    Q_GET,
    Q_PUT,
    Q_NEXT,
    Q_DUE,
    Q_MIDWAY,
    Q_OF,
    Q_COUNT,
    Q_UNCLEAR,
    Q_OLDEST,
    Q_N
};

struct outbox {
    struct ledger *ledger;
    struct db_stmt *q[Q_N];
};

#define COLUMNS                                                                        \
    "id, sink, state, attempts, message_id, first_ms, updated_ms, error, late, edits," \
    " edit, tries, limited, unclear, news_ms, due_ms, face"

static const char *const queries[Q_N] = {
    [Q_GET] = "SELECT " COLUMNS " FROM delivery WHERE id = ? AND sink = ?",
    [Q_PUT] = "INSERT INTO delivery(" COLUMNS ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
              " ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) ON CONFLICT(id, sink) DO"
              " UPDATE SET state = ?3, attempts = ?4, message_id = ?5, updated_ms = ?7,"
              " error = ?8, late = ?9, edits = ?10, edit = ?11, tries = ?12,"
              " limited = ?13, unclear = ?14, due_ms = ?16, face = ?17",
    [Q_NEXT] = "SELECT " COLUMNS " FROM delivery WHERE sink = ? AND due_ms <= ?"
               " AND (state = 'pending' OR edit = 1) ORDER BY news_ms DESC LIMIT 1",
    [Q_DUE] = "SELECT min(due_ms) FROM delivery WHERE sink = ?"
              " AND (state = 'pending' OR edit = 1)",
    [Q_MIDWAY] = "SELECT " COLUMNS " FROM delivery"
                 " WHERE (state = 'sending' OR edit = 2) LIMIT 1",
    [Q_OF] = "SELECT " COLUMNS " FROM delivery WHERE id = ?"
             " AND state IN ('failed', 'in_doubt') LIMIT 1",
    [Q_COUNT] = "SELECT state, sum(n) FROM sink_tally WHERE sink = ?1 OR ?1 IS NULL"
                " GROUP BY state",
    [Q_UNCLEAR] = "SELECT total(unclear) FROM delivery WHERE unclear > 0"
                  " AND (sink = ?1 OR ?1 IS NULL)",
    [Q_OLDEST] = "SELECT min(first_ms) FROM delivery"
                 " WHERE state IN ('pending', 'sending') AND (sink = ?1 OR ?1 IS NULL)",
};

int
outbox_open(struct outbox **out, struct ledger *l, struct why *why)
{
    struct outbox *o = calloc(1, sizeof *o);
    int rc = 0;

    *out = o;
    if (!o)
        return why_set(why, ERR_NOMEM, "%s", err_str(ERR_NOMEM));
    o->ledger = l;
    for (size_t i = 0; rc == 0 && i < Q_N; i++)
        if (!(o->q[i] = db_prepare(ledger_db(l), queries[i], why)))
            rc = ERR_DB;
    if (rc != 0)
        outbox_close(out);
    return rc;
}

void
outbox_close(struct outbox **o)
{
    free(*o);
    *o = NULL;
}

/* ---- rows ---------------------------------------------------------------------- */

static void
read_row(struct db_stmt *q, struct delivery *d)
{
    *d = (struct delivery){
        .state = delivery_state_parse(db_text(q, 2)),
        .attempts = db_int(q, 3),
        .first_ms = db_int(q, 5),
        .updated_ms = db_int(q, 6),
        .late = db_int(q, 8) != 0,
        .edits = db_int(q, 9),
        .edit = (enum delivery_edit)db_int(q, 10),
        .tries = db_int(q, 11),
        .limited = db_int(q, 12),
        .unclear = db_int(q, 13),
        .news_ms = db_int(q, 14),
        .due_ms = db_int(q, 15),
    };
    str_copy(d->id, sizeof d->id, db_text(q, 0));
    str_copy(d->sink, sizeof d->sink, db_text(q, 1));
    str_copy(d->message_id, sizeof d->message_id, db_text(q, 4));
    str_copy(d->error, sizeof d->error, db_text(q, 7));
    str_copy(d->face, sizeof d->face, db_text(q, 16));
}

/* Runs a query of one row. */
static int
one(struct db_stmt *q, struct delivery *d)
{
    int rc = db_step(q);

    if (rc == 1)
        read_row(q, d);
    db_reset(q);
    return rc == 1 ? 0 : rc == 0 ? ERR_NOT_FOUND : rc;
}

int
outbox_put(struct outbox *o, const struct delivery *d)
{
    struct db_stmt *q = o->q[Q_PUT];
    const int64_t numbers[] = {d->edit,    d->tries,   d->limited,
                               d->unclear, d->news_ms, d->due_ms};

    db_bind_text(q, 1, d->id);
    db_bind_text(q, 2, d->sink);
    db_bind_text(q, 3, delivery_state_name(d->state));
    db_bind_int(q, 4, d->attempts);
    db_bind_text(q, 5, d->message_id);
    db_bind_int(q, 6, d->first_ms);
    db_bind_int(q, 7, d->updated_ms);
    db_bind_text(q, 8, d->error);
    db_bind_int(q, 9, d->late);
    db_bind_int(q, 10, d->edits);
    for (size_t i = 0; i < STR_LEN(numbers); i++)
        db_bind_int(q, 11 + (int)i, numbers[i]);
    db_bind_text(q, 17, d->face);
    return db_run(q);
}

int
outbox_get(struct outbox *o, const char *id, const char *sink, struct delivery *d)
{
    db_bind_text(o->q[Q_GET], 1, id);
    db_bind_text(o->q[Q_GET], 2, sink);
    return one(o->q[Q_GET], d);
}

int
outbox_next(struct outbox *o, const char *sink, int64_t now_ms, struct delivery *d)
{
    db_bind_text(o->q[Q_NEXT], 1, sink);
    db_bind_int(o->q[Q_NEXT], 2, now_ms);
    return one(o->q[Q_NEXT], d);
}

int64_t
outbox_due(struct outbox *o, const char *sink)
{
    struct db_stmt *q = o->q[Q_DUE];
    int64_t due = INT64_MAX;

    db_bind_text(q, 1, sink);
    if (db_step(q) == 1 && !db_is_null(q, 0))
        due = db_int(q, 0);
    db_reset(q);
    return due;
}

/* ---- transactions of their own -------------------------------------------------- */

static int
finish(struct outbox *o, int rc, int n)
{
    if (rc == 0)
        rc = ledger_commit(o->ledger);
    if (rc != 0)
        ledger_rollback(o->ledger);
    return rc == 0 ? n : rc;
}

int
outbox_recover(struct outbox *o, int64_t now_ms)
{
    struct delivery d;
    int n = 0;
    int rc = ledger_begin(o->ledger);

    while (rc == 0 && (rc = one(o->q[Q_MIDWAY], &d)) == 0) {
        n += d.state == DELIVERY_SENDING;
        delivery_found(&d, now_ms);
        rc = outbox_put(o, &d);
    }
    return finish(o, rc == ERR_NOT_FOUND ? 0 : rc, n);
}

int
outbox_again(struct outbox *o, const char *id, int64_t now_ms)
{
    struct db_stmt *q = o->q[Q_OF];
    struct delivery d;
    int n = 0;
    int rc = ledger_begin(o->ledger);

    db_bind_text(q, 1, id);
    while (rc == 0 && (rc = one(q, &d)) == 0) {
        n += delivery_again(&d, now_ms);
        rc = outbox_put(o, &d);
        db_bind_text(q, 1, id);
    }
    return finish(o, rc == ERR_NOT_FOUND ? 0 : rc, n);
}

/* ---- counts -------------------------------------------------------------------- */

static int64_t
single(struct db_stmt *q, const char *sink)
{
    int64_t n = 0;

    db_bind_text(q, 1, sink);
    if (db_step(q) == 1)
        n = db_int(q, 0);
    db_reset(q);
    return n;
}

void
outbox_count(struct outbox *o, const char *sink, struct outbox_counts *out)
{
    struct db_stmt *q = o->q[Q_COUNT];

    *out = (struct outbox_counts){.unclear = single(o->q[Q_UNCLEAR], sink),
                                  .oldest_ms = single(o->q[Q_OLDEST], sink)};
    db_bind_text(q, 1, sink);
    while (db_step(q) == 1)
        out->by_state[delivery_state_parse(db_text(q, 0))] += db_int(q, 1);
}

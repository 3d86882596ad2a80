#include "enricher/collector/archive.h"

#include "base/str.h"
#include "wire/db.h"

#define EPOCH_BEGAN_S INT64_C(1767225600) /* 2026-01-01 */

enum statement { WRITE_FACT, WRITE_TICKER, FORGET_FACTS, FORGET_TICKER, STATEMENTS };

struct archive {
    struct db *db;
    struct db_stmt *statements[STATEMENTS];
    int64_t epoch;
    int rc; /* of the transaction so far */
};

static const char *const texts[STATEMENTS] = {
    [WRITE_FACT] = "INSERT OR REPLACE INTO fact VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
    [WRITE_TICKER] = "INSERT OR REPLACE INTO ticker VALUES(?, ?)",
    [FORGET_FACTS] = "DELETE FROM fact WHERE ticker = ?",
    [FORGET_TICKER] = "DELETE FROM ticker WHERE ticker = ?",
};

static const char *const migrations[] = {
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;"
    "INSERT INTO meta VALUES('epoch', 0);"
    "CREATE TABLE fact(ticker TEXT NOT NULL, fact TEXT NOT NULL, state INTEGER NOT NULL,"
    " value REAL NOT NULL, as_of_ms INTEGER NOT NULL, got_ms INTEGER NOT NULL,"
    " source TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY(ticker, fact))"
    " STRICT, WITHOUT ROWID;",
    "CREATE TABLE ticker(ticker TEXT PRIMARY KEY, wanted_ms INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "INSERT INTO ticker SELECT ticker, max(got_ms) FROM fact GROUP BY ticker;",
    "CREATE TABLE learned(name TEXT PRIMARY KEY, base INTEGER NOT NULL,"
    " tight INTEGER NOT NULL) STRICT, WITHOUT ROWID;",
    "CREATE TABLE credential(name TEXT PRIMARY KEY, cookie TEXT NOT NULL,"
    " crumb TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE filing(name TEXT PRIMARY KEY, got_ms INTEGER NOT NULL,"
    " text TEXT NOT NULL) STRICT, WITHOUT ROWID;",
};

/* ---- opening ------------------------------------------------------------------- */

static int
failed(const struct archive *a, struct why *why)
{
    return why_set(why, db_is_damaged(a->db) ? ERR_DAMAGED : ERR_DB, "%s",
                   db_error(a->db));
}

/* Runs a statement with one number; its first column, 0 without one, goes to *out. */
static int
run_with(struct archive *a, const char *sql, int64_t number, int64_t *out,
         struct why *why)
{
    struct db_stmt *s = db_prepare(a->db, sql, why);
    int rc;

    if (s == NULL)
        return failed(a, why);
    db_bind_int(s, 1, number);
    if ((rc = db_step(s)) == 1 && out != NULL)
        *out = db_int(s, 0);
    return rc < 0 || db_run(s) < 0 ? failed(a, why) : 0;
}

/* The ledger acts on a higher epoch only.  So that a lost file does not begin again
 * with old ones, it begins with the minutes since 2026; leases have room until 2041. */
static int
next_epoch(struct archive *a, int64_t now_ms, struct why *why)
{
    int64_t minutes = (now_ms - EPOCH_BEGAN_S * 1000) / 60000;

    return run_with(a,
                    "UPDATE meta SET value = max(value + 1, ?) WHERE name = 'epoch'"
                    " RETURNING value",
                    minutes, &a->epoch, why);
}

/* What is too old, and what is too much. */
static int
tidy(struct archive *a, int64_t now_ms, struct why *why)
{
    int64_t keep_ms = now_ms - (int64_t)KNOWN_KEEP_S * 1000;
    const struct {
        const char *sql;
        int64_t number;
    } steps[] = {
        {"DELETE FROM fact WHERE got_ms < ?", keep_ms},
        {"DELETE FROM ticker WHERE wanted_ms < ?"
         " AND ticker NOT IN (SELECT ticker FROM fact)",
         keep_ms},
        {"DELETE FROM ticker WHERE ticker NOT IN"
         " (SELECT ticker FROM ticker ORDER BY wanted_ms DESC LIMIT ?)",
         KNOWN_TICKERS},
        {"DELETE FROM fact WHERE ?1 AND ticker NOT IN (SELECT ticker FROM ticker)", 1},
    };
    int rc = 0;

    for (size_t i = 0; i < STR_LEN(steps) && rc == 0; i++)
        rc = run_with(a, steps[i].sql, steps[i].number, NULL, why);
    return rc;
}

static void
read_ticker(const struct archive_reader *r, struct db_stmt *s)
{
    r->ticker(r->self, db_text(s, 0), db_int(s, 1));
}

static void
read_fact(const struct archive_reader *r, struct db_stmt *s)
{
    int id = fact_find(db_text(s, 1)), source = source_index(db_text(s, 6));
    struct figure fact = {.state = db_int(s, 2) == SLOT_OK ? SLOT_OK : SLOT_EMPTY,
                          .value = db_num(s, 3),
                          .as_of_ms = db_int(s, 4),
                          .got_ms = db_int(s, 5),
                          .source = source,
                          .why = db_text(s, 7)};

    if (id < 0 || source < 0) /* a row of another version: it ages away */
        return;
    r->fact(r->self, db_text(s, 0), (enum fact_id)id, &fact);
}

static int
read_all(struct archive *a, const struct archive_reader *r, struct why *why)
{
    static const struct {
        const char *sql;
        void (*row)(const struct archive_reader *r, struct db_stmt *s);
    } tables[] = {
        {"SELECT ticker, wanted_ms FROM ticker ORDER BY wanted_ms", read_ticker},
        {"SELECT ticker, fact, state, value, as_of_ms, got_ms, source, why FROM fact",
         read_fact},
    };
    int rc = 0;

    for (size_t i = 0; i < STR_LEN(tables) && rc == 0; i++) {
        struct db_stmt *s = db_prepare(a->db, tables[i].sql, why);

        if (s == NULL)
            return failed(a, why);
        while ((rc = db_step(s)) == 1)
            tables[i].row(r, s);
    }
    return rc < 0 ? failed(a, why) : 0;
}

int
archive_open(struct archive **out, const char *path, int64_t now_ms,
             const struct archive_reader *r, struct why *why)
{
    struct archive *a = calloc(1, sizeof *a);
    int rc;

    *out = a;
    if (a == NULL)
        return ERR_NOMEM;
    rc = db_open(&a->db, path, DB_WRITE, migrations, STR_LEN(migrations), why);
    if (rc != 0 || (rc = next_epoch(a, now_ms, why)) != 0 ||
        (rc = tidy(a, now_ms, why)) != 0 || (rc = read_all(a, r, why)) != 0)
        return rc;
    for (int i = 0; i < STATEMENTS; i++)
        if ((a->statements[i] = db_prepare(a->db, texts[i], why)) == NULL)
            return failed(a, why);
    return 0;
}

void
archive_close(struct archive **ap)
{
    struct archive *a = *ap;

    *ap = NULL;
    if (a == NULL)
        return;
    db_close(&a->db);
    free(a);
}

struct db *
archive_db(struct archive *a)
{
    return a->db;
}

int64_t
archive_epoch(const struct archive *a)
{
    return a->epoch;
}

/* ---- writing ------------------------------------------------------------------- */

static void
run(struct archive *a, enum statement id)
{
    int rc = db_run(a->statements[id]);

    if (a->rc == 0)
        a->rc = rc;
}

void
archive_begin(struct archive *a)
{
    a->rc = db_begin(a->db);
}

void
archive_write(struct archive *a, const struct known *n)
{
    struct db_stmt *t = a->statements[WRITE_TICKER], *f = a->statements[WRITE_FACT];

    db_bind_text(t, 1, n->ticker);
    db_bind_int(t, 2, n->wanted_ms);
    run(a, WRITE_TICKER);
    for (int id = 0; id < FACT_COUNT && a->rc == 0; id++) {
        const struct slot *s = &n->slots[id];

        if (s->state == SLOT_NONE || s->saved)
            continue;
        db_bind_text(f, 1, n->ticker);
        db_bind_text(f, 2, fact_rows[id].name);
        db_bind_int(f, 3, s->state);
        db_bind_num(f, 4, s->value);
        db_bind_int(f, 5, s->as_of_ms);
        db_bind_int(f, 6, s->got_ms);
        db_bind_text(f, 7, sources[s->source]->name);
        db_bind_text(f, 8, slot_why(s));
        run(a, WRITE_FACT);
    }
}

void
archive_forget(struct archive *a, const char *ticker)
{
    db_bind_text(a->statements[FORGET_FACTS], 1, ticker);
    run(a, FORGET_FACTS);
    db_bind_text(a->statements[FORGET_TICKER], 1, ticker);
    run(a, FORGET_TICKER);
}

int
archive_end(struct archive *a)
{
    if (a->rc == 0)
        a->rc = db_commit(a->db);
    if (a->rc < 0)
        db_rollback(a->db);
    return a->rc < 0 ? ERR_DB : 0;
}

const char *
archive_error(const struct archive *a)
{
    return db_error(a->db);
}

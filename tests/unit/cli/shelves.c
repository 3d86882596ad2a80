#include "tests/unit/cli/shelves.h"

#include "base/str.h"
#include "wire/msg.h"

#include <check.h>
#include <ftw.h>
#include <unistd.h>

static const char ingest_sql[] =
    "CREATE TABLE unit(id TEXT PRIMARY KEY, item TEXT, ticker TEXT, feed TEXT,"
    " state TEXT, reason TEXT, rule TEXT, matched TEXT, cycle INT, seen_ms INT,"
    " published_ms INT, sent_ms INT, attempts INT, done_ms INT, verdict TEXT,"
    " title TEXT, link TEXT, body BLOB);"
    "CREATE TABLE totals(state TEXT, reason TEXT, n INT);";

static const char ledger_sql[] =
    "CREATE TABLE verdict(id TEXT PRIMARY KEY, item TEXT, ticker TEXT, cycle INT,"
    " feed TEXT, kind TEXT, title TEXT, link TEXT, verdict TEXT, reason TEXT,"
    " score REAL, sentiment REAL, categories TEXT, epoch INT, revision INT, final INT,"
    " published_ms INT, seen_ms INT, sent_ms INT, accepted_ms INT, joined_ms INT,"
    " scored_ms INT, ledger_ms INT, body BLOB);"
    "CREATE TABLE delivery(id TEXT, sink TEXT, state TEXT, attempts INT,"
    " message_id TEXT, first_ms INT, updated_ms INT, error TEXT, late INT, edits INT);"
    "CREATE TABLE totals(verdict TEXT, reason TEXT, n INT);";

static struct db *
make(const char *dir, const char *file, const char *sql)
{
    char path[CONF_TEXT + 64];
    struct db *db = NULL;
    struct why why = {""};

    str_fmt(path, sizeof path, "%s/%s", dir, file);
    ck_assert_msg(db_open(&db, path, DB_WRITE, &sql, 1, &why) == 0, "%s", why.text);
    return db;
}

void
shelves_open(struct shelves *s)
{
    *s = (struct shelves){.ingest = NULL};
    str_copy(s->conf.catalyst.data_dir, CONF_TEXT, "/tmp/catalyst-cli-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(s->conf.catalyst.data_dir));
    str_copy(s->conf.catalyst.run_dir, CONF_TEXT, s->conf.catalyst.data_dir);
}

void
shelves_fill(struct shelves *s)
{
    s->ingest = make(s->conf.catalyst.data_dir, "ingest.db", ingest_sql);
    s->ledger = make(s->conf.catalyst.data_dir, "ledger.db", ledger_sql);
}

static int
drop(const char *path, const struct stat *st, int flag, struct FTW *at)
{
    (void)st, (void)flag, (void)at;
    return remove(path);
}

void
shelves_close(struct shelves *s)
{
    if (s->ingest != NULL)
        db_close(&s->ingest);
    if (s->ledger != NULL)
        db_close(&s->ledger);
    ck_assert_int_eq(nftw(s->conf.catalyst.data_dir, drop, 8, FTW_DEPTH | FTW_PHYS), 0);
}

void
shelves_unit(struct shelves *s, const char *id, const char *state, const char *reason,
             int64_t seen_ms)
{
    char item[64], ticker[32];
    const char *slash = strchr(id, '/');
    struct db_stmt *q = db_prepare(
        s->ingest,
        "INSERT INTO unit(id, item, ticker, feed, state, reason, rule, matched, cycle,"
        " seen_ms, published_ms, sent_ms, attempts, done_ms, verdict, title, link)"
        " VALUES(?1, ?2, ?3, 'wire', ?4, ?5, 'rule', 'text', 1, ?6, 1, ?6, 0, 0, '',"
        " 'Title', 'https://x.invalid/')",
        NULL);

    str_copyn(item, sizeof item, id, (size_t)(slash - id));
    str_copy(ticker, sizeof ticker, slash + 1);
    db_bind_text(q, 1, id);
    db_bind_text(q, 2, item);
    db_bind_text(q, 3, ticker);
    db_bind_text(q, 4, state);
    db_bind_text(q, 5, reason);
    db_bind_int(q, 6, seen_ms);
    ck_assert_int_eq(db_run(q), 0);
}

static void
pack(const char *id, const char *verdict, const char *reason, struct buf *out)
{
    struct msg_metric metric = {.name = "float",
                                .status = "ok",
                                .value = 4e6,
                                .unit = "shares",
                                .klass = "MICRO_FLOAT",
                                .multiplier = 1.3,
                                .source = "finviz-screener"};
    struct msg_evidence evidence[] = {
        {"signal", "keyword.fda", "\"fda approval\"", 1.4, 1.4},
        {"gate", "score_low", "passed", 1.4, 1.4}};
    struct msg_scored m = {.id = id,
                           .verdict = verdict,
                           .reason = reason,
                           .score = 1.4,
                           .scored_ms = 5000,
                           .accepted_ms = 3000,
                           .joined_ms = 4000,
                           .sent_ms = 2500,
                           .final = true,
                           .metrics = &metric,
                           .n_metrics = 1,
                           .evidence = evidence,
                           .n_evidence = 2};

    buf_init(out, MSG_MAX_BYTES);
    ck_assert_int_eq(msg_pack(MSG_scored, &m, out), 0);
}

void
shelves_verdict(struct shelves *s, const char *id, const char *verdict,
                const char *reason, int64_t ledger_ms)
{
    char item[64];
    const char *slash = strchr(id, '/');
    struct buf body;
    struct db_stmt *q = db_prepare(
        s->ledger,
        "INSERT INTO verdict(id, item, ticker, feed, title, link, verdict, reason,"
        " score, published_ms, seen_ms, ledger_ms, body) VALUES(?1, ?2, ?3, 'wire',"
        " 'Title', 'https://x.invalid/', ?4, ?5, 1.4, 1, 2000, ?6, ?7)",
        NULL);

    pack(id, verdict, reason, &body);
    str_copyn(item, sizeof item, id, (size_t)(slash - id));
    db_bind_text(q, 1, id);
    db_bind_text(q, 2, item);
    db_bind_text(q, 3, slash + 1);
    db_bind_text(q, 4, verdict);
    db_bind_text(q, 5, reason);
    db_bind_int(q, 6, ledger_ms);
    db_bind_blob(q, 7, body.data, body.len);
    ck_assert_int_eq(db_run(q), 0);
    buf_free(&body);
}

void
shelves_sql(struct db *db, const char *sql)
{
    struct why why = {""};

    ck_assert_msg(db_exec(db, sql, &why) == 0, "%s", why.text);
}

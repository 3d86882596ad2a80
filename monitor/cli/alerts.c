/* catalyst alerts, catalyst dead: what went out, and what was given up. */
#include "base/str.h"
#include "monitor/cli/cli.h"
#include "monitor/cli/listing.h"
#include "monitor/cli/shelf.h"

enum { ROWS_DEFAULT = 20 };

static const char alerts_sql[] =
    "SELECT v.id, v.ledger_ms, v.ticker, v.score, v.title, v.feed, v.link, v.categories,"
    " v.sentiment, v.cycle, v.published_ms, v.seen_ms, v.revision,"
    " (SELECT group_concat(sink || '=' || state, ' ') FROM delivery d WHERE d.id = v.id)"
    " FROM verdict v WHERE v.verdict = 'alert' AND v.ledger_ms >= ?1"
    " ORDER BY v.ledger_ms DESC, v.id LIMIT ?2";

static const struct listing_column alerts_columns[] = {
    {"id", NULL, LIST_TEXT},
    {"ledger_ms", "at (UTC)", LIST_TIME},
    {"ticker", "ticker", LIST_TEXT},
    {"score", ">score", LIST_NUM},
    {"title", "title", LIST_TEXT},
    {"feed", NULL, LIST_TEXT},
    {"link", NULL, LIST_TEXT},
    {"categories", NULL, LIST_TEXT},
    {"sentiment", NULL, LIST_NUM},
    {"cycle", NULL, LIST_INT},
    {"published_ms", NULL, LIST_TIME},
    {"seen_ms", NULL, LIST_TIME},
    {"revision", NULL, LIST_INT},
    {"deliveries", "deliveries", LIST_TEXT},
    {.key = NULL},
};

static const char dead_sql[] =
    "SELECT id, seen_ms, ticker, reason, rule, title, feed, link, attempts, cycle"
    " FROM unit WHERE state = 'dead' AND seen_ms >= ?1"
    " ORDER BY seen_ms DESC, id LIMIT ?2";

static const struct listing_column dead_columns[] = {
    {"id", "id", LIST_TEXT},
    {"seen_ms", "seen (UTC)", LIST_TIME},
    {"ticker", "ticker", LIST_TEXT},
    {"reason", "reason", LIST_TEXT},
    {"rule", NULL, LIST_TEXT},
    {"title", "title", LIST_TEXT},
    {"feed", NULL, LIST_TEXT},
    {"link", NULL, LIST_TEXT},
    {"attempts", NULL, LIST_INT},
    {"cycle", NULL, LIST_INT},
    {.key = NULL},
};

static int64_t
list(struct cli *cli, struct db *db, const char *sql,
     const struct listing_column *columns, struct buf *out)
{
    struct why why = {""};
    struct db_stmt *rows;

    if (db == NULL) { /* nothing has happened yet */
        if (cli->json)
            buf_adds(out, "[]\n");
        return 0;
    }
    if ((rows = db_prepare(db, sql, &why)) == NULL) {
        (void)cli_fail(cli, CLI_NO, "%s", why.text);
        return ERR_DB;
    }
    db_bind_int(rows, 1, cli->since_ms);
    db_bind_int(rows, 2, cli->count > 0 ? cli->count : ROWS_DEFAULT);
    return listing_write(rows, columns, cli->json, clock_wall_ms(&cli->clock), out);
}

static int
run(struct cli *cli, bool dead)
{
    struct shelf shelf;
    struct why why = {""};
    struct buf out;
    int64_t n;

    if (shelf_open(&shelf, &cli->conf, &why) != 0)
        return cli_fail(cli, CLI_NO, "%s", why.text);
    buf_init(&out, CLI_OUT_MAX);
    if (dead)
        n = list(cli, shelf.ingest, dead_sql, dead_columns, &out);
    else
        n = list(cli, shelf.ledger, alerts_sql, alerts_columns, &out);
    if (n == 0 && !cli->json)
        buf_adds(&out, dead ? "nothing was given up\n" : "no alerts\n");
    if (n >= 0)
        n = cli_print(&out);
    buf_free(&out);
    shelf_close(&shelf);
    return n == 0 ? CLI_OK : CLI_NO;
}

int
alerts_run(struct cli *cli)
{
    return run(cli, false);
}

int
dead_run(struct cli *cli)
{
    return run(cli, true);
}

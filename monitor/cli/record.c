/* catalyst record: what came in, as JSON lines that `catalyst replay` reads. */
#include "base/json.h"
#include "base/str.h"
#include "monitor/cli/cli.h"
#include "monitor/cli/shelf.h"
#include "monitor/graft.h"
#include "wire/msg.h"

enum { FLUSH_BYTES = 1 << 20 };

static const char items_sql[] =
    "SELECT id, json FROM item WHERE seen_ms >= ?1 ORDER BY seen_ms, id";
static const char verdicts_sql[] = "SELECT ticker, body FROM verdict WHERE item = ?1";

static void
write_metric(const struct msg_metric *m, struct jsonw *w)
{
    jw_object(w, m->name);
    jw_str(w, "status", m->status);
    jw_num(w, "value", m->value);
    jw_str(w, "unit", m->unit);
    jw_str(w, "class", m->klass);
    jw_num(w, "multiplier", m->multiplier);
    jw_num(w, "detail", m->detail);
    jw_str(w, "detail_name", m->detail_name);
    jw_str(w, "source", m->source);
    jw_int(w, "as_of_ms", m->as_of_ms);
    jw_str(w, "why", m->why);
    jw_end(w);
}

/* The metrics that one verdict was made with; a body of another version has none. */
static void
write_verdict(struct db_stmt *row, struct jsonw *w)
{
    size_t n;
    const void *body = db_blob(row, 1, &n);
    struct msg m = {0};
    struct why why;

    if (body == NULL || msg_unpack_kept(MSG_scored, body, n, &m, &why) != 0)
        return;
    jw_object(w, db_text(row, 0));
    for (size_t i = 0; i < ((const struct msg_scored *)m.body)->n_metrics; i++)
        write_metric(&((const struct msg_scored *)m.body)->metrics[i], w);
    jw_end(w);
    msg_free(&m);
}

static void
write_item(struct db_stmt *item, struct db_stmt *verdicts, struct buf *out)
{
    const char *text = db_text(item, 1);
    struct why why;
    struct json *j = json_parse(text, strlen(text), &why);
    struct jsonw w;

    if (j == NULL)
        return;
    jsonw_init(&w, out);
    jw_object(&w, NULL);
    graft_members(&w, j);
    jw_object(&w, "metrics");
    if (verdicts != NULL) {
        db_bind_text(verdicts, 1, db_text(item, 0));
        while (db_step(verdicts) == 1)
            write_verdict(verdicts, &w);
    }
    jw_end(&w);
    jw_end(&w);
    buf_addc(out, '\n');
    json_free(&j);
}

static int
write_all(struct cli *cli, struct shelf *shelf, struct buf *out)
{
    struct why why = {""};
    struct db_stmt *items = db_prepare(shelf->ingest, items_sql, &why);
    struct db_stmt *verdicts =
        shelf->ledger == NULL ? NULL : db_prepare(shelf->ledger, verdicts_sql, &why);
    int rc = 0;

    if (items == NULL || (shelf->ledger != NULL && verdicts == NULL))
        return cli_fail(cli, CLI_NO, "%s", why.text);
    db_bind_int(items, 1, cli->since_ms);
    while ((rc = db_step(items)) == 1) {
        write_item(items, verdicts, out);
        if (out->len >= FLUSH_BYTES && cli_print(out) != CLI_OK)
            return CLI_NO;
    }
    if (rc < 0)
        return cli_fail(cli, CLI_NO, "%s", db_error(shelf->ingest));
    return cli_print(out);
}

int
record_run(struct cli *cli)
{
    struct shelf shelf;
    struct why why = {""};
    struct buf out;
    int rc;

    if (shelf_open(&shelf, &cli->conf, &why) != 0)
        return cli_fail(cli, CLI_NO, "%s", why.text);
    buf_init(&out, CLI_OUT_MAX);
    rc = shelf.ingest == NULL ? CLI_OK : write_all(cli, &shelf, &out);
    buf_free(&out);
    shelf_close(&shelf);
    return rc;
}

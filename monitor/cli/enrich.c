/* catalyst enrich: float, VWAP, relative volume and price of tickers, now. */
#include "base/str.h"
#include "monitor/cli/ask.h"
#include "monitor/cli/cli.h"
#include "monitor/cli/table.h"
#include "monitor/graft.h"

enum {
    ARGS_MAX = 64 * 1024, /* bytes of all tickers together */
    TICKER_MAX = 64,
    GRACE_MS = 2000 /* beyond the collector's own deadline */
};

static int
join_words(const struct cli *cli, struct buf *args)
{
    for (size_t i = 0; i < cli->n_words; i++) {
        const char *word = cli->words[i];

        if (str_empty(word))
            continue;
        if (strlen(word) > TICKER_MAX || strpbrk(word, " \t\r\n") != NULL)
            return cli_fail(cli, CLI_USAGE, "\"%.80s\" is no ticker", word);
        if (args->len > 0)
            buf_addc(args, ' ');
        buf_adds(args, word);
    }
    if (args->err != 0)
        return cli_fail(cli, CLI_USAGE, "too many tickers for one question");
    return 0;
}

/* "14.58B", "8.40M", "228.40" */
static const char *
figure(double value, char out[32])
{
    if (value >= 1e9)
        str_fmt(out, 32, "%.2fB", value / 1e9);
    else if (value >= 1e6)
        str_fmt(out, 32, "%.2fM", value / 1e6);
    else
        str_fmt(out, 32, "%.2f", value);
    return out;
}

static void
print_metric(struct table *t, const struct json *m)
{
    const char *status = json_text(json_get(m, "status"), "?");
    const char *klass = json_text(json_get(m, "class"), "");
    const char *why = json_text(json_get(m, "why"), "");
    double value = json_f64(json_get(m, "value"), 0);
    char text[32];

    if (!str_eq(status, "ok") && !str_eq(status, "stale"))
        table_cell(t, "%s%s%.40s%s", status, *why ? " (" : "", why, *why ? ")" : "");
    else
        table_cell(t, "%s %s%s", figure(value, text), klass,
                   str_eq(status, "stale") ? " (stale)" : "");
}

static void
print_answer(const struct json *answer, struct buf *out)
{
    static const char *const heads[] = {"ticker", "float", "vwap",
                                        "rvol",   "price", NULL};
    struct table t;
    void *cursor = NULL;
    const char *ticker;
    const struct json *metrics;

    table_init(&t, heads);
    while (json_each(answer, &cursor, &ticker, &metrics)) {
        table_cell(&t, "%s", ticker);
        for (size_t i = 1; heads[i] != NULL; i++)
            print_metric(&t, json_member(metrics, heads[i]));
    }
    table_print(&t, out);
    table_free(&t);
}

static int
write_answer(const struct cli *cli, const struct json *answer)
{
    struct buf out;
    struct jsonw w;
    int rc;

    buf_init(&out, CLI_OUT_MAX);
    jsonw_init(&w, &out);
    if (cli->json) {
        graft_json(&w, NULL, answer);
        buf_addc(&out, '\n');
    } else {
        print_answer(answer, &out);
    }
    rc = cli_print(&out);
    buf_free(&out);
    return rc;
}

static int
ask(const struct cli *cli, const char *args)
{
    struct question q = {"collector", "enrich", args};
    struct ask_times times = {CLI_ASK_MS, cli->conf.collector.deadline_ms + GRACE_MS};
    struct answer a;
    struct why why = {""};
    int rc;

    if (ask_all(&cli->conf, &q, 1, times, &a, &why) != 0)
        return cli_fail(cli, CLI_SILENT, "%s", why.text);
    if (a.rc != 0)
        rc = cli_fail(cli, CLI_SILENT, "collector: %s", answer_error(&a));
    else if (!a.ok)
        rc = cli_fail(cli, CLI_NO, "%s", answer_error(&a));
    else
        rc = write_answer(cli, a.json);
    answers_free(&a, 1);
    return rc;
}

int
enrich_run(struct cli *cli)
{
    struct buf args;
    int rc;

    buf_init(&args, ARGS_MAX);
    rc = join_words(cli, &args);
    if (rc == 0 && args.len == 0) {
        (void)printf("%s", cli->json ? "{}\n" : "");
        rc = fflush(stdout) == 0 ? CLI_OK : CLI_NO;
    } else if (rc == 0) {
        rc = ask(cli, buf_str(&args));
    }
    buf_free(&args);
    return rc;
}

/* catalyst replay: recorded items through the same code, and what would have alerted.
 */
#include "base/map.h"
#include "base/str.h"
#include "monitor/cli/ask.h"
#include "monitor/cli/cli.h"
#include "monitor/cli/recording.h"
#include "monitor/cli/rehearsal.h"
#include "monitor/cli/table.h"
#include "monitor/cli/when.h"

enum {
    TICKERS_MAX = 20000, /* that are asked for live */
    TICKERS_TURN = 200,  /* in one question */
    REASONS_MAX = 64,
    BAD_TOLD = 10, /* lines whose fault is told one by one */
    GRACE_MS = 2000
};

struct tally {
    char reason[48];
    int64_t n;
};

struct replay {
    struct cli *cli;
    struct weights sets[REHEARSAL_SETS];
    size_t n_sets;
    struct rehearsal *rehearsal;
    struct map *live; /* ticker to its metrics; NULL: what was recorded only */
    struct json *answers[TICKERS_MAX / TICKERS_TURN];
    size_t n_answers;
    int64_t lines, bad, candidates, alerts, changed;
    struct tally reasons[REASONS_MAX];
    size_t n_reasons;
    struct buf *out;
    struct jsonw json;
    struct table table;
};

/* ---- counting ------------------------------------------------------------------ */

static void
count_reason(struct replay *r, const char *reason)
{
    size_t i = 0;

    while (i < r->n_reasons && !str_eq(r->reasons[i].reason, reason))
        i++;
    if (i == REASONS_MAX)
        return;
    if (i == r->n_reasons)
        (void)str_copy(r->reasons[r->n_reasons++].reason, sizeof r->reasons[i].reason,
                       reason);
    r->reasons[i].n++;
}

static const char *
word(const struct verdict *v)
{
    return v->alert ? "alert" : v->reason;
}

/* ---- telling ------------------------------------------------------------------- */

static void
tell_row(struct replay *r, const struct rehearsed *u)
{
    char at[WHEN_SIZE], title[120];

    str_utf8_clean(title, sizeof title, u->title);
    table_cell(&r->table, "%s",
               when_time(u->seen_ms, clock_wall_ms(&r->cli->clock), at));
    table_cell(&r->table, "%s", u->ticker);
    for (size_t i = 0; i < u->n; i++) {
        table_cell(&r->table, "%+.3f", u->verdicts[i].score);
        if (u->n > 1)
            table_cell(&r->table, "%s", word(&u->verdicts[i]));
    }
    table_cell(&r->table, "%.80s", title);
}

static void
tell_json(struct replay *r, const struct rehearsed *u)
{
    static const char *const keys[REHEARSAL_SETS] = {"verdict", "other"};

    jw_object(&r->json, NULL);
    jw_str(&r->json, "id", u->id);
    jw_str(&r->json, "ticker", u->ticker);
    jw_str(&r->json, "feed", u->feed);
    jw_str(&r->json, "title", u->title);
    jw_str(&r->json, "link", u->link);
    jw_int(&r->json, "seen_ms", u->seen_ms);
    for (size_t i = 0; i < u->n; i++) {
        jw_object(&r->json, keys[i]);
        verdict_json(&u->verdicts[i], &r->json);
        jw_end(&r->json);
    }
    jw_end(&r->json);
}

/* With one set of weights the alerts are told, with two what they judge apart. */
static void
on_judged(void *self, const struct rehearsed *u)
{
    struct replay *r = self;
    bool is_told;

    if (u->n == 0) {
        count_reason(r, u->reason);
        return;
    }
    r->candidates++;
    r->alerts += u->verdicts[0].alert;
    if (!u->verdicts[0].alert)
        count_reason(r, u->verdicts[0].reason);
    is_told =
        u->n == 1 ? u->verdicts[0].alert : u->verdicts[0].alert != u->verdicts[1].alert;
    r->changed += u->n > 1 && is_told;
    if (is_told && r->cli->json)
        tell_json(r, u);
    else if (is_told)
        tell_row(r, u);
}

static bool
on_line(void *self, const char *where, const char *line, size_t n)
{
    struct replay *r = self;
    struct why why = {""};
    int rc = line == NULL ? why_set(&why, ERR_TOO_BIG, "longer than %d bytes",
                                    RECORDING_LINE_MAX)
                          : rehearsal_line(r->rehearsal, line, n, &why);

    r->lines++;
    if (rc == 0)
        return true;
    if (++r->bad <= BAD_TOLD)
        (void)cli_fail(r->cli, CLI_NO, "%s: %s", where, why.text);
    return true;
}

/* ---- live metrics -------------------------------------------------------------- */

static const struct json *
live_metrics(void *self, const char *ticker)
{
    const struct replay *r = self;

    for (size_t i = 0; i < r->n_answers; i++) {
        const struct json *m = json_member(r->answers[i], ticker);

        if (m != NULL)
            return m;
    }
    return NULL;
}

/* First walk: which tickers there will be candidates of. */
static void
note_ticker(void *self, const struct rehearsed *u)
{
    struct replay *r = self;

    if (u->n > 0)
        (void)map_put(r->live, u->ticker, r, NULL); /* beyond the bound: unknown */
}

static int
ask_some(struct replay *r, const char *args)
{
    const struct conf *conf = &r->cli->conf;
    struct question q = {"collector", "enrich", args};
    struct ask_times times = {CLI_ASK_MS, conf->collector.deadline_ms + GRACE_MS};
    struct answer a;
    struct why why = {""};

    if (ask_all(conf, &q, 1, times, &a, &why) != 0)
        return cli_fail(r->cli, CLI_SILENT, "%s", why.text);
    if (a.rc != 0 || !a.ok) {
        (void)cli_fail(r->cli, CLI_SILENT, "collector: %s", answer_error(&a));
        answers_free(&a, 1);
        return CLI_SILENT;
    }
    r->answers[r->n_answers++] = a.json;
    a.json = NULL;
    answers_free(&a, 1);
    return CLI_OK;
}

static int
ask_tickers(struct replay *r)
{
    struct buf args;
    const char *ticker;
    void *value;
    size_t cursor = 0, n = 0, left = map_len(r->live);
    int rc = CLI_OK;

    buf_init(&args, 1 << 16);
    while (rc == CLI_OK && map_next(r->live, &cursor, &ticker, &value)) {
        buf_adds(&args, args.len > 0 ? " " : "");
        buf_adds(&args, ticker);
        left--;
        if (++n < TICKERS_TURN && left > 0)
            continue;
        rc = ask_some(r, buf_str(&args));
        buf_clear(&args);
        n = 0;
    }
    buf_free(&args);
    return rc;
}

/* ---- the run ------------------------------------------------------------------- */

static int
walk(struct replay *r, bool is_first)
{
    struct rehearsal_env env = {
        .conf = &r->cli->conf,
        .sets = r->sets,
        .n_sets = is_first ? 1 : r->n_sets,
        .judged = is_first ? note_ticker : on_judged,
        .metrics = is_first || r->live == NULL ? NULL : live_metrics,
        .self = r,
    };
    struct why why = {""};
    int rc = rehearsal_open(&r->rehearsal, &env, &why);

    r->lines = r->bad = 0;
    if (rc == 0) {
        rc = recording_read(r->cli->words[0], on_line, r, &why);
        rehearsal_close(&r->rehearsal);
    }
    return rc == 0 ? CLI_OK : cli_fail(r->cli, CLI_USAGE, "%s", why.text);
}

static int
run_live(struct replay *r)
{
    int rc;

    if (!r->cli->live)
        return CLI_OK;
    if ((r->live = map_new(TICKERS_MAX)) == NULL)
        return cli_fail(r->cli, CLI_NO, "%s", err_str(ERR_NOMEM));
    rc = walk(r, true);
    return rc == CLI_OK ? ask_tickers(r) : rc;
}

static void
close_json(struct replay *r)
{
    jw_end(&r->json);
    jw_int(&r->json, "lines", r->lines);
    jw_int(&r->json, "bad", r->bad);
    jw_int(&r->json, "candidates", r->candidates);
    jw_int(&r->json, "alerts", r->alerts);
    if (r->n_sets > 1)
        jw_int(&r->json, "changed", r->changed);
    jw_object(&r->json, "rejected");
    for (size_t i = 0; i < r->n_reasons; i++)
        jw_int(&r->json, r->reasons[i].reason, r->reasons[i].n);
    jw_end(&r->json);
    jw_end(&r->json);
    buf_addc(r->out, '\n');
}

static void
close_table(struct replay *r)
{
    table_print(&r->table, r->out);
    if (r->table.n > 0)
        buf_addc(r->out, '\n');
    buf_addf(r->out, "  %lld lines, %lld candidates, %lld alerts", (long long)r->lines,
             (long long)r->candidates, (long long)r->alerts);
    if (r->n_sets > 1)
        buf_addf(r->out, ", %lld judged otherwise", (long long)r->changed);
    if (r->bad > 0)
        buf_addf(r->out, ", %lld lines that cannot be read", (long long)r->bad);
    buf_addc(r->out, '\n');
    for (size_t i = 0; i < r->n_reasons; i++)
        buf_addf(r->out, "  %8lld  %s\n", (long long)r->reasons[i].n,
                 r->reasons[i].reason);
}

static int
run(struct replay *r)
{
    static const char *const heads[] = {"seen", "ticker", ">score", "title", NULL};
    static const char *const diff_heads[] = {"seen",    "ticker",  ">first", "verdict",
                                             ">second", "verdict", "title",  NULL};
    int rc = run_live(r);

    if (rc != CLI_OK)
        return rc;
    table_init(&r->table, r->n_sets > 1 ? diff_heads : heads);
    jsonw_init(&r->json, r->out);
    if (r->cli->json) {
        jw_object(&r->json, NULL);
        jw_array(&r->json, r->n_sets > 1 ? "changes" : "list");
    }
    if ((rc = walk(r, false)) == CLI_OK) {
        if (r->cli->json)
            close_json(r);
        else
            close_table(r);
        rc = cli_print(r->out);
    }
    table_free(&r->table);
    return rc == CLI_OK && r->bad > 0 ? CLI_NO : rc;
}

/* The weights in force, or the two that are to be compared. */
static int
load_sets(struct replay *r)
{
    const struct cli *cli = r->cli;
    const char *paths[REHEARSAL_SETS] = {cli->conf.classifier.weights};
    struct why why = {""};

    if (cli->n_words != (cli->diff ? 1 + REHEARSAL_SETS : 1))
        return cli_fail(cli, CLI_USAGE, "want FILE|DIR, or --diff FILE|DIR OLD NEW");
    r->n_sets = cli->diff ? REHEARSAL_SETS : 1;
    for (size_t i = 0; cli->diff && i < REHEARSAL_SETS; i++)
        paths[i] = cli->words[1 + i];
    for (size_t i = 0; i < r->n_sets; i++)
        if (weights_load(paths[i], &r->sets[i], &why) != 0)
            return cli_fail(cli, CLI_USAGE, "%s", why.text);
    return CLI_OK;
}

int
replay_run(struct cli *cli)
{
    struct replay *r = calloc(1, sizeof *r);
    struct buf out;
    int rc;

    if (r == NULL)
        return cli_fail(cli, CLI_NO, "%s", err_str(ERR_NOMEM));
    buf_init(&out, CLI_OUT_MAX);
    r->cli = cli;
    r->out = &out;
    if ((rc = load_sets(r)) == CLI_OK)
        rc = run(r);
    for (size_t i = 0; i < r->n_answers; i++)
        json_free(&r->answers[i]);
    if (r->live != NULL)
        map_free(&r->live, NULL);
    buf_free(&out);
    free(r);
    return rc;
}

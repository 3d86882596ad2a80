/* catalyst explain: the sum line by line, the gate, what matched, the deliveries. */
#include "base/str.h"
#include "monitor/cli/cli.h"
#include "monitor/cli/story.h"
#include "monitor/cli/table.h"
#include "monitor/cli/when.h"

/* ---- for a person -------------------------------------------------------------- */

static void
print_head(const struct story *s, int64_t now_ms, struct buf *out)
{
    char published[WHEN_SIZE], seen[WHEN_SIZE], title[STORY_TEXT], link[STORY_TEXT];

    str_utf8_clean(title, sizeof title, s->title);
    str_utf8_clean(link, sizeof link, s->link);
    buf_addf(out, "%s  %s\n", str_empty(s->ticker) ? "-" : s->ticker, title);
    buf_addf(out, "  id         %s\n  feed       %s, published %s, seen %s\n", s->id,
             s->feed, when_time(s->published_ms, now_ms, published),
             when_time(s->seen_ms, now_ms, seen));
    if (!str_empty(link))
        buf_addf(out, "  link       %s\n", link);
}

static void
print_unit(const struct story *s, struct buf *out)
{
    char rule[sizeof s->rule], matched[sizeof s->matched];

    if (!s->has_unit)
        return;
    str_utf8_clean(rule, sizeof rule, s->rule);
    str_utf8_clean(matched, sizeof matched, s->matched);
    buf_addf(out, "  ingest     %s%s%s", s->state, str_empty(s->reason) ? "" : ": ",
             s->reason);
    if (!str_empty(rule))
        buf_addf(out, " (%s)", rule);
    buf_addc(out, '\n');
    if (!str_empty(matched))
        buf_addf(out, "  matched    \"%s\"\n", matched);
    if (s->attempts > 1)
        buf_addf(out, "  attempts   %lld\n", (long long)s->attempts);
}

static void
print_sum(const struct msg_scored *m, struct buf *out)
{
    static const char *const heads[] = {"kind",   "name",    ">value",
                                        ">score", "because", NULL};
    struct table t;

    table_init(&t, heads);
    for (size_t i = 0; i < m->n_evidence; i++) {
        const struct msg_evidence *e = &m->evidence[i];

        table_cell(&t, "%s", e->kind);
        table_cell(&t, "%s", e->name);
        table_cell(&t, "%+.3f", e->value);
        table_cell(&t, "%+.3f", e->score);
        table_cell(&t, "%s", e->text);
    }
    table_print(&t, out);
    table_free(&t);
}

static void
print_metrics(const struct msg_scored *m, struct buf *out)
{
    static const char *const heads[] = {"metric", ">value", "unit", "status",
                                        "class",  ">times", "from", NULL};
    struct table t;

    table_init(&t, heads);
    for (size_t i = 0; i < m->n_metrics; i++) {
        const struct msg_metric *e = &m->metrics[i];

        table_cell(&t, "%s", e->name);
        table_cell(&t, "%.10g", e->value);
        table_cell(&t, "%s", e->unit);
        table_cell(&t, "%s%s%s%s", e->status, str_empty(e->why) ? "" : " (", e->why,
                   str_empty(e->why) ? "" : ")");
        table_cell(&t, "%s", e->klass);
        table_cell(&t, "%.2f", e->multiplier);
        table_cell(&t, "%s", e->source);
    }
    table_print(&t, out);
    table_free(&t);
}

static void
print_verdict(const struct story *s, struct buf *out)
{
    const struct msg_scored *m = story_scored(s);

    if (!s->has_verdict)
        return;
    if (m == NULL) {
        buf_adds(out, "  verdict    its evidence cannot be read\n");
        return;
    }
    buf_addf(out,
             "  verdict    %s%s%s, score %+.3f, sentiment %+.2f, revision %lld%s\n",
             m->verdict, str_empty(m->reason) ? "" : ": ", m->reason, m->score,
             m->sentiment, (long long)m->revision, m->final ? " (final)" : "");
    if (!str_empty(m->categories))
        buf_addf(out, "  categories %s\n", m->categories);
    buf_addc(out, '\n');
    print_sum(m, out);
    if (m->n_metrics > 0)
        buf_addc(out, '\n');
    print_metrics(m, out);
}

static void
print_deliveries(const struct story *s, int64_t now_ms, struct buf *out)
{
    static const char *const heads[] = {"sink",  "state", ">attempts", ">edits",
                                        "since", "error", NULL};
    struct table t;
    char since[WHEN_SIZE];

    table_init(&t, heads);
    for (size_t i = 0; i < s->n_deliveries; i++) {
        const struct story_delivery *d = &s->deliveries[i];

        table_cell(&t, "%s", d->sink);
        table_cell(&t, "%s%s", d->state, d->late ? " (late)" : "");
        table_cell(&t, "%lld", (long long)d->attempts);
        table_cell(&t, "%lld", (long long)d->edits);
        table_cell(&t, "%s", when_time(d->updated_ms, now_ms, since));
        table_cell(&t, "%s", d->error);
    }
    if (t.n > 0)
        buf_addc(out, '\n');
    table_print(&t, out);
    table_free(&t);
}

static void
print_story(const struct story *s, int64_t now_ms, struct buf *out)
{
    print_head(s, now_ms, out);
    print_unit(s, out);
    print_verdict(s, out);
    print_deliveries(s, now_ms, out);
}

/* ---- as JSON ------------------------------------------------------------------- */

static void
json_unit(const struct story *s, struct jsonw *w)
{
    if (!s->has_unit) {
        jw_null(w, "ingest");
        return;
    }
    jw_object(w, "ingest");
    jw_str(w, "state", s->state);
    jw_str(w, "reason", s->reason);
    jw_str(w, "rule", s->rule);
    jw_str(w, "matched", s->matched);
    jw_str(w, "verdict", s->outcome);
    jw_int(w, "cycle", s->cycle);
    jw_int(w, "attempts", s->attempts);
    jw_int(w, "sent_ms", s->sent_ms);
    jw_int(w, "done_ms", s->done_ms);
    jw_end(w);
}

static void
json_deliveries(const struct story *s, struct jsonw *w)
{
    jw_array(w, "deliveries");
    for (size_t i = 0; i < s->n_deliveries; i++) {
        const struct story_delivery *d = &s->deliveries[i];

        jw_object(w, NULL);
        jw_str(w, "sink", d->sink);
        jw_str(w, "state", d->state);
        jw_int(w, "attempts", d->attempts);
        jw_int(w, "edits", d->edits);
        jw_bool(w, "late", d->late != 0);
        jw_int(w, "first_ms", d->first_ms);
        jw_int(w, "updated_ms", d->updated_ms);
        jw_str(w, "error", d->error);
        jw_end(w);
    }
    jw_end(w);
}

static void
json_story(const struct story *s, struct jsonw *w)
{
    jw_object(w, NULL);
    jw_str(w, "id", s->id);
    jw_str(w, "item", s->item);
    jw_str(w, "ticker", s->ticker);
    jw_str(w, "feed", s->feed);
    jw_str(w, "title", s->title);
    jw_str(w, "link", s->link);
    jw_int(w, "published_ms", s->published_ms);
    jw_int(w, "seen_ms", s->seen_ms);
    json_unit(s, w);
    if (story_scored(s) != NULL)
        msg_json(MSG_scored, story_scored(s), w, "verdict");
    else
        jw_null(w, "verdict");
    json_deliveries(s, w);
    jw_end(w);
}

static void
write_all(const struct cli *cli, const struct stories *found, struct buf *out)
{
    int64_t now_ms = clock_wall_ms(&cli->clock);
    struct jsonw w;

    if (!cli->json) {
        for (size_t i = 0; i < found->n; i++) {
            if (i > 0)
                buf_addc(out, '\n');
            print_story(&found->list[i], now_ms, out);
        }
        return;
    }
    jsonw_init(&w, out);
    jw_array(&w, NULL);
    for (size_t i = 0; i < found->n; i++)
        json_story(&found->list[i], &w);
    jw_end(&w);
    buf_addc(out, '\n');
}

int
explain_run(struct cli *cli)
{
    struct shelf shelf;
    struct stories found;
    struct why why = {""};
    struct buf out;
    size_t most = cli->count > 0 ? (size_t)cli->count : 3;
    int rc = shelf_open(&shelf, &cli->conf, &why);

    if (rc == 0) {
        rc = stories_find(&found, &shelf, cli->words[0], most, &why);
        shelf_close(&shelf);
    }
    if (rc != 0)
        return cli_fail(cli, CLI_NO, "%s", why.text);
    buf_init(&out, CLI_OUT_MAX);
    write_all(cli, &found, &out);
    rc = cli_print(&out);
    buf_free(&out);
    if (found.n == 0)
        rc = cli_fail(cli, CLI_NO, "nothing is known of \"%s\"", cli->words[0]);
    stories_free(&found);
    return rc;
}

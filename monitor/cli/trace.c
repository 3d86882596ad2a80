/* catalyst trace: when each stage saw a candidate. */
#include "base/str.h"
#include "monitor/cli/cli.h"
#include "monitor/cli/story.h"
#include "monitor/cli/table.h"
#include "monitor/cli/when.h"

struct step {
    const char *key;  /* in JSON, with its unit */
    const char *what; /* for a person */
    int64_t at_ms;
};

enum { STEPS = 9 };

/* In the order in which they happen; 0 for what has not. */
static void
steps_of(const struct story *s, struct step *out)
{
    static const struct msg_scored none = {.id = ""};
    const struct msg_scored *m = story_scored(s) ? story_scored(s) : &none;
    int64_t sent = m->sent_ms ? m->sent_ms : s->sent_ms;
    int64_t delivered = 0;

    for (size_t i = 0; i < s->n_deliveries; i++)
        if (str_eq(s->deliveries[i].state, "sent"))
            delivered = s->deliveries[i].updated_ms;
    const struct step steps[STEPS] = {
        {"published_ms", "published by the feed", s->published_ms},
        {"seen_ms", "seen by ingest", s->seen_ms},
        {"sent_ms", "sent on by ingest", sent},
        {"accepted_ms", "accepted by the collector", m->accepted_ms},
        {"joined_ms", "joined by the collector", m->joined_ms},
        {"scored_ms", "scored by the classifier", m->scored_ms},
        {"ledger_ms", "written by the alerter", s->ledger_ms},
        {"delivered_ms", "last delivery sent", delivered},
        {"done_ms", "heard done by ingest", s->done_ms},
    };
    memcpy(out, steps, sizeof steps);
}

static void
print_trace(const struct story *s, int64_t now_ms, struct buf *out)
{
    static const char *const heads[] = {"step", ">at (UTC)", ">after", NULL};
    struct step steps[STEPS];
    struct table t;
    int64_t last = 0;
    char at[WHEN_SIZE];

    steps_of(s, steps);
    buf_addf(out, "%s\n", s->id);
    table_init(&t, heads);
    for (size_t i = 0; i < STEPS; i++) {
        table_cell(&t, "%s", steps[i].what);
        table_cell(&t, "%s", when_time(steps[i].at_ms, now_ms, at));
        if (steps[i].at_ms != 0 && last != 0)
            table_cell(&t, "%+lld ms", (long long)(steps[i].at_ms - last));
        else
            table_cell(&t, "-");
        last = steps[i].at_ms != 0 ? steps[i].at_ms : last;
    }
    table_print(&t, out);
    table_free(&t);
}

static void
json_trace(const struct story *s, struct jsonw *w)
{
    struct step steps[STEPS];

    steps_of(s, steps);
    jw_object(w, NULL);
    jw_str(w, "id", s->id);
    for (size_t i = 0; i < STEPS; i++)
        jw_int(w, steps[i].key, steps[i].at_ms);
    jw_end(w);
}

static void
write_all(const struct cli *cli, const struct stories *found, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    if (cli->json)
        jw_array(&w, NULL);
    for (size_t i = 0; i < found->n; i++) {
        if (cli->json)
            json_trace(&found->list[i], &w);
        else
            print_trace(&found->list[i], clock_wall_ms(&cli->clock), out);
    }
    if (cli->json)
        jw_end(&w);
    if (cli->json)
        buf_addc(out, '\n');
}

int
trace_run(struct cli *cli)
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

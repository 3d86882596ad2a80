#include "monitor/cli/census.h"

#include "base/str.h"
#include "monitor/cli/cli.h"
#include "monitor/graft.h"

static int
take_books(struct census *c, const struct conf *conf, struct why *why)
{
    struct shelf shelf;
    int rc = shelf_open(&shelf, conf, why);

    if (rc != 0)
        return rc;
    rc = balance_count(&c->books, &shelf, why);
    if (rc == 0)
        rc = ages_count(c->ages, &shelf, c->at_ms, why);
    shelf_close(&shelf);
    return rc;
}

int
census_take(struct census *c, const struct conf *conf, int64_t now_ms, struct why *why)
{
    struct ask_times times = {CLI_ASK_MS, CLI_ASK_MS};

    *c = (struct census){.at_ms = now_ms};
    if ((c->n = ask_every(conf, "stats", times, c->answers, why)) < 0)
        return c->n;
    c->has_books = take_books(c, conf, &c->books_why) == 0;
    return 0;
}

void
census_free(struct census *c)
{
    answers_free(c->answers, (size_t)c->n);
    c->n = 0;
}

bool
census_complete(const struct census *c)
{
    for (int i = 0; i < c->n; i++)
        if (c->answers[i].rc != 0)
            return false;
    return true;
}

const struct json *
census_of(const struct census *c, const char *stage)
{
    for (int i = 0; i < c->n; i++)
        if (c->answers[i].rc == 0 && str_eq(c->answers[i].stage, stage))
            return c->answers[i].json;
    return NULL;
}

/* ---- as JSON
 * ------------------------------------------------------------------------- */

static void
json_stages(const struct census *c, struct jsonw *w)
{
    jw_object(w, "stages");
    for (int i = 0; i < c->n; i++)
        if (c->answers[i].rc == 0)
            graft_json(w, c->answers[i].stage, c->answers[i].json);
    jw_end(w);
    jw_array(w, "silent");
    for (int i = 0; i < c->n; i++)
        if (c->answers[i].rc != 0)
            jw_str(w, NULL, c->answers[i].stage);
    jw_end(w);
}

static void
json_queues(const struct census *c, struct jsonw *w)
{
    jw_array(w, "queues");
    for (int i = 0; i < c->n; i++) {
        const struct json *list = json_get(c->answers[i].json, "queues");

        for (size_t k = 0; k < json_len(list); k++) {
            jw_object(w, NULL);
            jw_str(w, "stage", c->answers[i].stage);
            graft_members(w, json_at(list, k));
            jw_end(w);
        }
    }
    jw_end(w);
}

static void
json_books(const struct census *c, struct jsonw *w)
{
    jw_object(w, "books");
    if (c->has_books)
        balance_json(&c->books, w);
    else
        jw_str(w, "error", c->books_why.text);
    jw_end(w);
    jw_object(w, "ages");
    if (c->has_books)
        ages_json(c->ages, w);
    jw_end(w);
}

void
census_json(const struct census *c, struct buf *out)
{
    static const char *const lifted[] = {"mode", "epoch", "groups", "enrichers",
                                         "cycle"};
    const struct json *collector = census_of(c, "collector");
    struct jsonw w;

    jsonw_init(&w, out);
    jw_object(&w, NULL);
    jw_int(&w, "at_ms", c->at_ms);
    json_stages(c, &w);
    json_queues(c, &w);
    for (size_t i = 0; i < STR_LEN(lifted); i++)
        graft_json(&w, lifted[i], json_get(collector, lifted[i]));
    json_books(c, &w);
    jw_end(&w);
    buf_addc(out, '\n');
}

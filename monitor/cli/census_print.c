/* The census as tables for a person. */
#include "base/str.h"
#include "monitor/cli/census.h"
#include "monitor/cli/table.h"
#include "monitor/cli/when.h"

static int64_t
whole(const struct json *row, const char *key)
{
    return json_i64(json_member(row, key), 0);
}

static double
real(const struct json *row, const char *key)
{
    return json_f64(json_member(row, key), 0);
}

static const char *
text(const struct json *row, const char *key)
{
    return json_text(json_member(row, key), "");
}

static void
print_cycle(const struct census *c, struct buf *out)
{
    const struct json *collector = census_of(c, "collector");
    const struct json *cycle = json_member(collector, "cycle");
    char at[WHEN_SIZE];

    buf_addf(out, "catalyst at %s UTC", when_time(c->at_ms, c->at_ms, at));
    if (collector != NULL)
        buf_addf(out, ", %s, epoch %lld", text(collector, "mode"),
                 (long long)whole(collector, "epoch"));
    if (whole(cycle, "cycle") > 0) /* none has ended yet */
        buf_addf(out,
                 "\ncycle %lld (%s): %lld candidates, %lld complete, %lld partial,"
                 " %lld requests, %.2f s",
                 (long long)whole(cycle, "cycle"), text(cycle, "session"),
                 (long long)whole(cycle, "candidates"),
                 (long long)whole(cycle, "complete"),
                 (long long)whole(cycle, "partial"),
                 (long long)whole(cycle, "requests"), real(cycle, "elapsed_s"));
    buf_adds(out, "\n\n");
}

/* Which listing the tickers are found in, and how old its files are. */
static void
print_symbols(const struct json *ingest, struct buf *out)
{
    const struct json *symbols = json_member(ingest, "symbols");
    const struct json *files = json_member(symbols, "files");

    if (symbols == NULL)
        return;
    buf_addf(out, "symbols: %s set, %lld known", text(symbols, "set"),
             (long long)whole(symbols, "listed"));
    for (size_t i = 0; i < json_len(files); i++) {
        const struct json *f = json_at(files, i);

        if (whole(f, "rows") > 0)
            buf_addf(out, ", %s %lld rows %.1f h old", text(f, "name"),
                     (long long)whole(f, "rows"), real(f, "age_h"));
    }
    buf_adds(out, "\n");
}

static void
print_stages(const struct census *c, struct buf *out)
{
    static const char *const heads[] = {"stage", ">pid", ">up", "state", NULL};
    struct table t;
    char up[WHEN_SIZE];

    table_init(&t, heads);
    for (int i = 0; i < c->n; i++) {
        const struct answer *a = &c->answers[i];

        table_cell(&t, "%s", a->stage);
        if (a->rc != 0) {
            table_cell(&t, "-");
            table_cell(&t, "-");
            table_cell(&t, "NO ANSWER: %s", answer_error(a));
            continue;
        }
        table_cell(&t, "%lld", (long long)whole(a->json, "pid"));
        table_cell(&t, "%s", when_span(real(a->json, "uptime_s"), up));
        table_cell(&t, "%s",
                   json_bool(json_member(a->json, "draining"), false) ? "draining"
                                                                      : "ok");
    }
    table_print(&t, out);
    table_free(&t);
}

static void
print_queues(const struct census *c, struct buf *out)
{
    static const char *const heads[] = {"queue",   "stage", ">depth",
                                        ">oldest", ">/s",   NULL};
    struct table t;
    char age[WHEN_SIZE];

    table_init(&t, heads);
    for (int i = 0; i < c->n; i++) {
        const struct json *list = json_get(c->answers[i].json, "queues");

        for (size_t k = 0; k < json_len(list); k++) {
            const struct json *q = json_at(list, k);

            table_cell(&t, "%s", text(q, "name"));
            table_cell(&t, "%s", c->answers[i].stage);
            table_cell(&t, "%lld", (long long)whole(q, "depth"));
            table_cell(&t, "%s",
                       whole(q, "depth") > 0 ? when_span(real(q, "oldest_s"), age)
                                             : "-");
            table_cell(&t, "%.1f", real(q, "rate_per_s"));
        }
    }
    table_print(&t, out);
    table_free(&t);
}

static void
print_groups(const struct json *list, struct buf *out)
{
    static const char *const heads[] = {
        "group",    ">flying",     ">learned",  ">limit",    ">rate/s",
        ">wait",    ">p50",        ">p95",      ">requests", ">errors",
        ">refused", ">cache hits", "waits for", NULL};
    struct table t;

    table_init(&t, heads);
    for (size_t i = 0; i < json_len(list); i++) {
        const struct json *g = json_at(list, i);

        table_cell(&t, "%s", text(g, "name"));
        table_cell(&t, "%lld", (long long)whole(g, "in_flight"));
        table_cell(&t, "%lld", (long long)whole(g, "learned"));
        table_cell(&t, "%lld", (long long)whole(g, "limit"));
        table_cell(&t, "%.4g", real(g, "rate_per_s"));
        table_cell(&t, "%lld", (long long)whole(g, "waiting"));
        table_cell(&t, "%.0fms", real(g, "p50_ms"));
        table_cell(&t, "%.0fms", real(g, "p95_ms"));
        table_cell(&t, "%lld", (long long)whole(g, "requests"));
        table_cell(&t, "%lld", (long long)whole(g, "errors"));
        table_cell(&t, "%lld", (long long)whole(g, "refusals"));
        table_cell(&t, "%lld", (long long)whole(g, "cache_hits"));
        table_cell(&t, "%s", text(g, "why"));
    }
    table_print(&t, out);
    table_free(&t);
}

static void
print_feeds(const struct json *list, int64_t at_ms, struct buf *out)
{
    static const char *const heads[] = {"feed",     "health", ">items", ">errors",
                                        ">last ok", "why",    NULL};
    struct table t;
    char age[WHEN_SIZE];

    table_init(&t, heads);
    for (size_t i = 0; i < json_len(list); i++) {
        const struct json *f = json_at(list, i);
        int64_t ok_ms = whole(f, "ok_ms");

        table_cell(&t, "%s", text(f, "name"));
        table_cell(&t, "%s", text(f, "health"));
        table_cell(&t, "%lld", (long long)whole(f, "items"));
        table_cell(&t, "%lld", (long long)whole(f, "errors"));
        table_cell(&t, "%s",
                   ok_ms > 0 ? when_span((double)(at_ms - ok_ms) / 1e3, age) : "-");
        table_cell(&t, "%s", text(f, "why"));
    }
    table_print(&t, out);
    table_free(&t);
}

static void
print_enrichers(const struct json *list, struct buf *out)
{
    static const char *const heads[] = {"enricher", "host",  ">pid",   ">credit",
                                        ">leases",  ">done", ">heard", NULL};
    struct table t;

    table_init(&t, heads);
    for (size_t i = 0; i < json_len(list); i++) {
        const struct json *e = json_at(list, i);

        table_cell(&t, "%s", text(e, "name"));
        table_cell(&t, "%s", text(e, "host"));
        table_cell(&t, "%lld", (long long)whole(e, "pid"));
        table_cell(&t, "%lld", (long long)whole(e, "credit"));
        table_cell(&t, "%lld", (long long)whole(e, "leases"));
        table_cell(&t, "%lld", (long long)whole(e, "done"));
        table_cell(&t, "%lldms", (long long)whole(e, "last_heard_ms"));
    }
    table_print(&t, out);
    table_free(&t);
}

void
census_print(const struct census *c, struct buf *out)
{
    const struct json *collector = census_of(c, "collector");

    print_cycle(c, out);
    print_stages(c, out);
    buf_addc(out, '\n');
    print_feeds(json_member(census_of(c, "ingest"), "feeds"), c->at_ms, out);
    buf_addc(out, '\n');
    print_queues(c, out);
    print_symbols(census_of(c, "ingest"), out);
    buf_addc(out, '\n');
    print_groups(json_member(collector, "groups"), out);
    buf_addc(out, '\n');
    print_enrichers(json_member(collector, "enrichers"), out);
    buf_addc(out, '\n');
    if (!c->has_books) {
        buf_addf(out, "  books: %s\n", c->books_why.text);
        return;
    }
    ages_print(c->ages, out);
    buf_addc(out, '\n');
    balance_print(&c->books, out);
}

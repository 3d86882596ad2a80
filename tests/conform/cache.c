/* The fact cache: what is fresh, and who is asked in which order. */
#include "base/str.h"
#include "base/text.h"
#include "enricher/collector/plan.h"
#include "tests/conform/conform.h"

#include <ftw.h>
#include <math.h>
#include <unistd.h>

#define FLOATS FACT(FACT_FLOAT_SHARES)

/* A time that cannot be read is none: in the cache there is nothing then. */
void
conform_cache_freshness(const struct json *input, struct jsonw *out)
{
    const struct json *age = json_member(input, "age_seconds");
    struct clock clock = {0};
    struct moment now = {.wall_ms = clock_wall_ms(&clock), .since_ms = INT64_MAX};
    struct life life = {
        .shares_s = (int64_t)(json_f64(json_member(input, "ttl_hours"), 0) * 3600)};
    struct known n = {.ticker = "AAPL"};
    struct slot *slot = &n.slots[FACT_FLOAT_SHARES];
    bool is_dated = true;

    if (json_is_number(age))
        slot->got_ms = now.wall_ms - (int64_t)(json_f64(age, 0) * 1000);
    else
        is_dated = text_time(json_text(json_member(input, "cached_at"), ""),
                             &slot->got_ms) == 0;
    slot->state = is_dated ? SLOT_OK : SLOT_NONE;
    slot->life = life_span(&life, FACT_FLOAT_SHARES, NULL, slot->got_ms);
    jw_bool(out, NULL, known_answers(&n, FACT_FLOAT_SHARES, &now));
}

/* ---- the chain of sources of a float -------------------------------------------- */

/* Three links there and three here, if of other upstreams: what is compared is that
 * they are asked in their order, and that the first with a value wins. */
static const struct {
    const char *source, *name;
} theirs[] = {
    {"finviz-screener", "finviz"},
    {"finviz-quote", "yfinance"},
    {"yahoo-summary", "tiingo"},
};

struct chain {
    struct known_set *set;
    struct known *known;
    struct moment now;
    struct offer offer;
    const char *called[STR_LEN(theirs)];
    size_t n_called;
};

static const char *
name_of(int source)
{
    for (size_t i = 0; i < STR_LEN(theirs); i++)
        if (str_eq(sources[source]->name, theirs[i].source))
            return theirs[i].name;
    return "";
}

/* One answer, as the collector takes it in. */
static void
take_answer(struct chain *c, int source, const struct json *said)
{
    struct figure fact = {.state = SLOT_EMPTY,
                          .source = source,
                          .got_ms = c->now.wall_ms,
                          .as_of_ms = c->now.wall_ms,
                          .why = "no figure"};
    double shares = json_f64(json_member(said, "float_shares"), NAN);
    struct facts facts = {0};

    if (!json_bool(json_member(said, "success"), false)) {
        known_failed(c->known, source, STATUS_ERROR, "no document");
        c->known->failures[source].until_ms = c->now.boot_ms + KNOWN_FAILED_MS;
        return;
    }
    facts_add(&facts, c->known->ticker, FACT_FLOAT_SHARES, shares, 0);
    if (facts.list[0].status == FACT_OK) {
        fact.state = SLOT_OK;
        fact.value = facts.list[0].value;
    }
    known_put(c->set, c->known, FACT_FLOAT_SHARES, &fact, &c->offer, INT64_MAX);
}

static void
ask_all(struct chain *c, const struct json *input)
{
    fact_set missing;
    uint32_t chosen;

    while ((missing = plan_missing(&c->offer, c->known, FLOATS, &c->now)) != 0 &&
           (chosen = plan_cover(&c->offer, c->known, missing, &c->now)) != 0) {
        for (int i = 0; i < (int)n_sources; i++) {
            const char *name = name_of(i);

            if ((chosen >> i & 1) == 0)
                continue;
            if (c->n_called == 0 || !str_eq(c->called[c->n_called - 1], name))
                c->called[c->n_called++] = name;
            take_answer(c, i, json_member(input, name));
        }
    }
}

static void
write_chain(const struct chain *c, struct jsonw *out)
{
    const struct slot *slot = &c->known->slots[FACT_FLOAT_SHARES];
    bool is_known = slot->state == SLOT_OK;
    struct band band = float_band(is_known ? slot->value : NAN);

    jw_object(out, NULL);
    jw_str(out, "source", is_known ? name_of(slot->source) : c->called[0]);
    jw_num(out, "float_shares", is_known ? slot->value : NAN);
    jw_str(out, "float_class", band.klass);
    jw_num(out, "multiplier", band.multiplier);
    jw_bool(out, "success", is_known);
    jw_array(out, "sources_called");
    for (size_t i = 0; i < c->n_called; i++)
        jw_str(out, NULL, c->called[i]);
    jw_end(out);
    jw_end(out);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

void
conform_float_chain(const struct json *input, struct jsonw *out)
{
    char dir[] = "/tmp/catalyst-conform-XXXXXX", path[64];
    struct life life = {.shares_s = 86400, .quote_s = 60};
    struct clock clock = {0};
    struct chain c = {.now = {.wall_ms = clock_wall_ms(&clock),
                              .boot_ms = clock_boot_ms(&clock),
                              .since_ms = INT64_MAX}};
    struct why why = {""};
    uint32_t usable = 0;

    if (mkdtemp(dir) == NULL)
        return;
    for (size_t i = 0; i < n_sources; i++)
        if (!str_empty(name_of((int)i)))
            usable |= 1u << i;
    plan_offer(&c.offer, SESSION_REGULAR, usable);
    str_fmt(path, sizeof path, "%s/collector.db", dir);
    if (known_open(&c.set, path, &clock, NULL, &life, &why) == 0 &&
        (c.known = known_of(c.set, "AAPL")) != NULL) {
        ask_all(&c, input);
        write_chain(&c, out);
    }
    known_close(&c.set);
    (void)nftw(dir, remove_one, 4, FTW_DEPTH | FTW_PHYS); /* only in our /tmp */
}

/* The planner asks for what is missing, along each fact's chain, and for nothing twice.
 */
#include "enricher/collector/plan.h"

#include "base/prng.h"
#include "base/str.h"

#include <check.h>

Suite *plan_suite(void);

enum { SEED = 20261124, ROUNDS = 4000, LIFE_MS = 60000 };

static uint32_t
bit(const char *name)
{
    int i = source_index(name);

    ck_assert_msg(i >= 0, "no source %s", name);
    return 1u << i;
}

/* Of all sources but the one that wants a key. */
static struct offer
offer_of(enum session session)
{
    struct offer o;

    plan_offer(&o, session, ~bit("tiingo-iex"));
    return o;
}

static struct moment
at(int64_t ms)
{
    return (struct moment){.wall_ms = ms, .boot_ms = ms, .since_ms = INT64_MAX};
}

static fact_set
missing_at(const struct offer *o, const struct known *n, fact_set needs, int64_t ms)
{
    struct moment now = at(ms);

    return plan_missing(o, n, needs, &now);
}

/* Who is asked for all that is missing of what the session needs. */
static uint32_t
asked(const struct known *n, enum session session, uint32_t usable)
{
    struct offer o;
    struct moment now = at(2000);

    plan_offer(&o, session, usable);
    return plan_cover(&o, n, plan_missing(&o, n, plan_needs(session), &now), &now);
}

static void
tell(struct known *n, enum fact_id id, const char *source, enum slot_state state)
{
    struct slot *s = &n->slots[id];

    s->state = s->state == SLOT_OK ? SLOT_OK : state;
    s->got_ms = 1000;
    s->life = (struct span){1000 + LIFE_MS, 1000 + LIFE_MS};
    if (state == SLOT_OK)
        s->source = source_index(source);
    else
        s->tried |= bit(source);
}

static void
tell_all(struct known *n, const char *source, bool is_unknown)
{
    const struct source *s = source_find(source);

    for (int id = 0; id < FACT_COUNT; id++) {
        if (((s->gives | s->spare) & FACT(id)) == 0)
            continue;
        tell(n, (enum fact_id)id, source, SLOT_EMPTY);
        n->slots[id].unknown |= is_unknown ? bit(source) : 0;
    }
}

START_TEST(a_cold_ticker_needs_screener_and_chart)
{
    struct known n = {.ticker = "AAPL"};

    ck_assert_uint_eq(asked(&n, SESSION_REGULAR, UINT32_MAX),
                      bit("finviz-screener") | bit("yahoo-chart"));
}
END_TEST

START_TEST(outside_the_session_screener_and_quote_are_enough)
{
    struct known n = {.ticker = "AAPL"};

    ck_assert_uint_eq(asked(&n, SESSION_AFTER, UINT32_MAX),
                      bit("finviz-screener") | bit("yahoo-quote"));
    /* without a crumb the screener's last close is better than nothing */
    ck_assert_uint_eq(asked(&n, SESSION_AFTER, ~bit("yahoo-quote")),
                      bit("finviz-screener"));
}
END_TEST

START_TEST(what_is_fresh_is_not_asked_again)
{
    struct offer o = offer_of(SESSION_REGULAR);
    struct known n = {.ticker = "AAPL"};

    for (int id = 0; id < FACT_COUNT; id++)
        n.slots[id] =
            (struct slot){.state = SLOT_OK, .got_ms = 1000, .life = {3000, 3000}};
    n.slots[FACT_FLOAT_SHARES].source = source_index("finviz-screener");
    n.slots[FACT_AVG_VOLUME].source = source_index("finviz-screener");
    ck_assert_uint_eq(missing_at(&o, &n, plan_needs(SESSION_REGULAR), 2000), 0);
    ck_assert_uint_ne(missing_at(&o, &n, plan_needs(SESSION_REGULAR), 3000), 0);
}
END_TEST

START_TEST(an_entry_from_the_future_is_stale)
{
    struct offer o = offer_of(SESSION_REGULAR);
    struct known n = {.slots[FACT_LAST_PRICE] = {
                          .state = SLOT_OK, .got_ms = 5000, .life = {9000, 9000}}};

    ck_assert_uint_ne(missing_at(&o, &n, FACT(FACT_LAST_PRICE), 4999), 0);
    ck_assert_uint_eq(missing_at(&o, &n, FACT(FACT_LAST_PRICE), 5000), 0);
}
END_TEST

START_TEST(a_float_goes_from_screener_to_page_to_summary)
{
    static const char *const chain[] = {"finviz-screener", "finviz-quote",
                                        "yahoo-summary"};
    struct known n = {.ticker = "AAPL"};

    tell(&n, FACT_LAST_PRICE, "yahoo-chart", SLOT_OK);
    tell(&n, FACT_SESSION_VWAP, "yahoo-chart", SLOT_OK);
    tell(&n, FACT_DAY_VOLUME, "yahoo-chart", SLOT_OK);
    tell(&n, FACT_AVG_VOLUME, "finviz-screener", SLOT_OK);
    for (size_t i = 0; i < STR_LEN(chain); i++) {
        ck_assert_uint_eq(asked(&n, SESSION_REGULAR, UINT32_MAX), bit(chain[i]));
        tell(&n, FACT_FLOAT_SHARES, chain[i], SLOT_EMPTY);
    }
    ck_assert_uint_eq(asked(&n, SESSION_REGULAR, UINT32_MAX), 0);
}
END_TEST

START_TEST(an_average_prefers_a_document_that_is_asked_for_anyway)
{
    struct known n = {.ticker = "AAPL"};

    tell(&n, FACT_FLOAT_SHARES, "finviz-screener", SLOT_OK);
    tell(&n, FACT_SESSION_VWAP, "yahoo-chart", SLOT_OK);
    tell(&n, FACT_DAY_VOLUME, "yahoo-chart", SLOT_OK);
    tell(&n, FACT_LAST_PRICE, "yahoo-chart", SLOT_OK);
    ck_assert_uint_eq(asked(&n, SESSION_REGULAR, UINT32_MAX), bit("finviz-screener"));
    n.slots[FACT_LAST_PRICE] = (struct slot){0};
    tell(&n, FACT_LAST_PRICE, "yahoo-chart", SLOT_EMPTY);
    ck_assert_uint_eq(asked(&n, SESSION_REGULAR, UINT32_MAX), bit("yahoo-quote"));
    n.slots[FACT_LAST_PRICE] = (struct slot){0};
    tell(&n, FACT_LAST_PRICE, "yahoo-chart", SLOT_OK);
    tell(&n, FACT_AVG_VOLUME, "finviz-screener", SLOT_EMPTY);
    ck_assert_uint_eq(asked(&n, SESSION_REGULAR, UINT32_MAX), bit("yahoo-quote"));
    tell(&n, FACT_AVG_VOLUME, "yahoo-quote", SLOT_EMPTY);
    ck_assert_uint_eq(asked(&n, SESSION_REGULAR, UINT32_MAX), bit("finviz-quote"));
}
END_TEST

START_TEST(a_document_on_its_way_is_waited_for)
{
    struct known n = {.ticker = "AAPL"};

    n.asks[source_index("finviz-quote")] = (void *)&n; /* only whether there is one */
    ck_assert_uint_eq(asked(&n, SESSION_REGULAR, UINT32_MAX),
                      bit("finviz-quote") | bit("yahoo-chart"));
}
END_TEST

START_TEST(a_spare_answers_only_when_nobody_gives_better)
{
    struct offer o = offer_of(SESSION_REGULAR);
    struct known n = {.ticker = "AAPL"};
    fact_set price = FACT(FACT_LAST_PRICE);

    tell(&n, FACT_LAST_PRICE, "finviz-screener", SLOT_OK);
    ck_assert_uint_eq(missing_at(&o, &n, price, 2000), price);
    n.failures[source_index("yahoo-chart")].until_ms = 5000;
    ck_assert_uint_eq(missing_at(&o, &n, price, 2000), price);
    tell(&n, FACT_LAST_PRICE, "yahoo-quote", SLOT_EMPTY);
    ck_assert_uint_eq(missing_at(&o, &n, price, 2000), 0);
    ck_assert_uint_eq(missing_at(&o, &n, price, 5000), price); /* it may be back */
    n = (struct known){.ticker = "AAPL"};
    tell(&n, FACT_LAST_PRICE, "yahoo-chart", SLOT_EMPTY);
    tell(&n, FACT_LAST_PRICE, "yahoo-quote", SLOT_EMPTY);
    ck_assert_uint_eq(plan_cover(&o, &n, price, &(struct moment){2000, 2000, 0}),
                      bit("finviz-screener"));
}
END_TEST

START_TEST(one_who_does_not_know_a_ticker_does_not_end_the_search)
{
    struct known n = {.ticker = "ZZZZ"};

    tell_all(&n, "finviz-screener", true);
    ck_assert_uint_eq(asked(&n, SESSION_REGULAR, UINT32_MAX),
                      bit("finviz-quote") | bit("yahoo-chart"));
    tell_all(&n, "finviz-quote", true); /* the same upstream says it twice */
    ck_assert_uint_eq(asked(&n, SESSION_REGULAR, ~bit("yahoo-quote")),
                      bit("yahoo-chart") | bit("yahoo-summary"));
}
END_TEST

START_TEST(two_upstreams_who_do_not_know_it_do)
{
    struct known n = {.ticker = "ZZZZ"};

    tell_all(&n, "finviz-screener", true);
    tell_all(&n, "yahoo-chart", true);
    ck_assert_uint_eq(asked(&n, SESSION_REGULAR, UINT32_MAX), 0);
    tell(&n, FACT_AVG_VOLUME, "finviz-quote", SLOT_OK); /* somebody does know it */
    ck_assert_uint_ne(asked(&n, SESSION_REGULAR, UINT32_MAX), 0);
}
END_TEST

START_TEST(a_source_that_failed_is_passed_over_for_a_while)
{
    struct offer o = offer_of(SESSION_REGULAR);
    struct known n = {.ticker = "AAPL"};

    n.failures[source_index("yahoo-chart")].until_ms = 5000;
    ck_assert_uint_eq(missing_at(&o, &n, FACT(FACT_SESSION_VWAP), 4999), 0);
    ck_assert_uint_ne(missing_at(&o, &n, FACT(FACT_SESSION_VWAP), 5000), 0);
}
END_TEST

/* ---- laws ----------------------------------------------------------------------- */

static fact_set
some_facts(struct prng *r)
{
    return (fact_set)(prng_u64(r) & prng_u64(r)) & (FACT(FACT_COUNT) - 1);
}

/* A world by chance: who has what, who can be asked, what is known of the ticker. */
static void
by_chance(struct prng *r, struct offer *o, struct known *n)
{
    static const enum slot_state states[] = {SLOT_NONE, SLOT_NONE, SLOT_EMPTY, SLOT_OK};

    *o = (struct offer){.usable = (uint32_t)(prng_u64(r) | prng_u64(r))};
    *n = (struct known){.ticker = "AAPL"};
    for (size_t i = 0; i < n_sources; i++) {
        o->gives[i] = some_facts(r);
        o->spare[i] = some_facts(r) & ~o->gives[i];
        n->failures[i].until_ms = prng_below(r, 5) == 0 ? 5000 : 0;
        n->asks[i] = prng_below(r, 5) == 0 ? (void *)n : NULL;
    }
    for (int id = 0; id < FACT_COUNT; id++)
        n->slots[id] = (struct slot){.state = states[prng_below(r, STR_LEN(states))],
                                     .source = (int)prng_below(r, n_sources),
                                     .tried = (uint32_t)(prng_u64(r) & prng_u64(r)),
                                     .got_ms = 1000,
                                     .life = {prng_below(r, 4) == 0 ? 1500 : 9000, 0}};
}

/* May this source be asked for the fact, by the words of the rule? */
static bool
can_give(const struct offer *o, const struct known *n, size_t i, int id, bool spare)
{
    const struct slot *s = &n->slots[id];
    bool says_none =
        s->state != SLOT_NONE && s->life.fresh_ms > 2000 && (s->tried >> i & 1) != 0;
    fact_set has = spare ? o->spare[i] : o->gives[i];

    return (o->usable >> i & 1) != 0 && (has & FACT(id)) != 0 &&
           n->failures[i].until_ms <= 2000 && !says_none;
}

static uint32_t
who_can_give(const struct offer *o, const struct known *n, int id)
{
    uint32_t proper = 0, spare = 0;

    for (size_t i = 0; i < n_sources; i++) {
        proper |= can_give(o, n, i, id, false) ? 1u << i : 0;
        spare |= can_give(o, n, i, id, true) ? 1u << i : 0;
    }
    return proper != 0 ? proper : spare;
}

START_TEST(all_that_can_be_had_is_asked_for_and_nobody_in_vain)
{
    struct prng r = {SEED + (uint64_t)_i};

    for (int round = 0; round < ROUNDS; round++) {
        struct moment now = at(2000);
        struct offer o;
        struct known n;
        fact_set needs = some_facts(&r), missing;
        uint32_t chosen, useful = 0;

        by_chance(&r, &o, &n);
        missing = plan_missing(&o, &n, needs, &now);
        chosen = plan_cover(&o, &n, missing, &now);
        ck_assert_uint_eq(missing & ~needs, 0);
        for (int id = 0; id < FACT_COUNT; id++) {
            uint32_t may = who_can_give(&o, &n, id), at_it = may & chosen;

            if ((missing & FACT(id)) == 0)
                continue;
            ck_assert_msg(at_it != 0, "fact %d is asked of nobody (seed %d, round %d)",
                          id, SEED + _i, round);
            if ((at_it & (at_it - 1)) == 0)
                useful |= at_it; /* it cannot be left out */
        }
        ck_assert_msg(useful == chosen, "%x is asked, %x would do (seed %d, round %d)",
                      chosen, useful, SEED + _i, round);
    }
}
END_TEST

START_TEST(nothing_is_missing_that_has_an_answer_or_none_to_be_had)
{
    struct prng r = {SEED + 100 + (uint64_t)_i};

    for (int round = 0; round < ROUNDS; round++) {
        struct offer o;
        struct known n;
        fact_set missing;

        by_chance(&r, &o, &n);
        missing = missing_at(&o, &n, FACT(FACT_COUNT) - 1, 2000);
        for (int id = 0; id < FACT_COUNT; id++) {
            const struct slot *s = &n.slots[id];
            bool is_good = s->state == SLOT_OK && s->life.fresh_ms > 2000 &&
                           (o.gives[s->source] & FACT(id)) != 0;
            bool is_missing = (missing & FACT(id)) != 0;

            if (is_good || who_can_give(&o, &n, id) == 0)
                ck_assert_msg(!is_missing, "fact %d (seed %d, round %d)", id,
                              SEED + 100 + _i, round);
            else if (s->state != SLOT_OK)
                ck_assert_msg(is_missing, "fact %d (seed %d, round %d)", id,
                              SEED + 100 + _i, round);
        }
    }
}
END_TEST

Suite *
plan_suite(void)
{
    Suite *s = suite_create("plan");
    TCase *t = tcase_create("plan");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_cold_ticker_needs_screener_and_chart);
    tcase_add_test(t, outside_the_session_screener_and_quote_are_enough);
    tcase_add_test(t, what_is_fresh_is_not_asked_again);
    tcase_add_test(t, an_entry_from_the_future_is_stale);
    tcase_add_test(t, a_float_goes_from_screener_to_page_to_summary);
    tcase_add_test(t, an_average_prefers_a_document_that_is_asked_for_anyway);
    tcase_add_test(t, a_document_on_its_way_is_waited_for);
    tcase_add_test(t, a_spare_answers_only_when_nobody_gives_better);
    tcase_add_test(t, one_who_does_not_know_a_ticker_does_not_end_the_search);
    tcase_add_test(t, two_upstreams_who_do_not_know_it_do);
    tcase_add_test(t, a_source_that_failed_is_passed_over_for_a_while);
    tcase_add_loop_test(t, all_that_can_be_had_is_asked_for_and_nobody_in_vain, 0, 5);
    tcase_add_loop_test(t, nothing_is_missing_that_has_an_answer_or_none_to_be_had, 0,
                        5);
    suite_add_tcase(s, t);
    return s;
}

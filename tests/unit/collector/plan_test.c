/* The planner asks for what is missing, and for nothing twice. */
#include "base/str.h"
#include "enricher/collector/plan.h"

#include <check.h>

Suite *plan_suite(void);

static uint32_t
source_bit(const char *name)
{
    for (size_t i = 0; i < n_sources; i++)
        if (str_eq(sources[i]->name, name))
            return 1u << i;
    ck_abort_msg("no source %s", name);
}

static struct offer
offer_of(enum session session)
{
    struct offer o;

    plan_offer(&o, session, source_bit("finviz-screener") | source_bit("yahoo-chart"));
    return o;
}

/* Everything that is missing at that time of both clocks. */
static fact_set
missing_at(const struct offer *o, const struct known *n, fact_set needs, int64_t ms)
{
    struct moment now = {.wall_ms = ms, .boot_ms = ms, .since_ms = INT64_MAX};

    return plan_missing(o, n, needs, &now);
}

START_TEST(a_cold_ticker_needs_screener_and_chart)
{
    struct offer o = offer_of(SESSION_REGULAR);
    struct known n = {.ticker = "AAPL"};
    fact_set missing;

    missing = missing_at(&o, &n, plan_needs(SESSION_REGULAR), 1000);
    ck_assert_uint_eq(missing, plan_needs(SESSION_REGULAR));
    ck_assert_uint_eq(plan_cover(&o, &n, missing, 1000),
                      source_bit("finviz-screener") | source_bit("yahoo-chart"));
}
END_TEST

START_TEST(outside_the_session_one_screener_row_is_enough)
{
    struct offer o = offer_of(SESSION_AFTER);
    struct known n = {.ticker = "AAPL"};
    fact_set missing;

    missing = missing_at(&o, &n, plan_needs(SESSION_AFTER), 1000);
    ck_assert_uint_eq(plan_cover(&o, &n, missing, 1000), source_bit("finviz-screener"));
}
END_TEST

START_TEST(what_is_fresh_is_not_asked_again)
{
    struct offer o = offer_of(SESSION_REGULAR);
    struct known n = {.ticker = "AAPL"};

    for (int id = 0; id < FACT_COUNT; id++)
        n.slots[id] =
            (struct slot){.state = SLOT_OK, .got_ms = 1000, .life = {3000, 3000}};
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

START_TEST(no_such_data_is_an_answer_when_every_source_said_so)
{
    struct offer o = offer_of(SESSION_REGULAR);
    struct known n = {.ticker = "ZZZZ"};

    n.slots[FACT_FLOAT_SHARES] = (struct slot){.state = SLOT_EMPTY,
                                               .got_ms = 1000,
                                               .life = {3000, 3000},
                                               .tried = source_bit("finviz-screener")};
    ck_assert_uint_eq(missing_at(&o, &n, FACT(FACT_FLOAT_SHARES), 2000), 0);
    n.slots[FACT_LAST_PRICE] = (struct slot){.state = SLOT_EMPTY,
                                             .got_ms = 1000,
                                             .life = {3000, 3000},
                                             .tried = source_bit("yahoo-chart")};
    ck_assert_uint_eq(missing_at(&o, &n, FACT(FACT_LAST_PRICE), 2000),
                      FACT(FACT_LAST_PRICE));
    ck_assert_uint_eq(plan_cover(&o, &n, FACT(FACT_LAST_PRICE), 2000),
                      source_bit("finviz-screener"));
}
END_TEST

START_TEST(a_source_that_failed_is_passed_over_for_a_while)
{
    struct offer o = offer_of(SESSION_REGULAR);
    struct known n = {.ticker = "AAPL"};

    for (size_t i = 0; i < n_sources; i++)
        if (source_bit("yahoo-chart") == 1u << i)
            n.failures[i].until_ms = 5000;
    ck_assert_uint_eq(missing_at(&o, &n, FACT(FACT_SESSION_VWAP), 4999), 0);
    ck_assert_uint_ne(missing_at(&o, &n, FACT(FACT_SESSION_VWAP), 5000), 0);
}
END_TEST

Suite *
plan_suite(void)
{
    Suite *s = suite_create("plan");
    TCase *t = tcase_create("plan");

    tcase_add_test(t, a_cold_ticker_needs_screener_and_chart);
    tcase_add_test(t, outside_the_session_one_screener_row_is_enough);
    tcase_add_test(t, what_is_fresh_is_not_asked_again);
    tcase_add_test(t, an_entry_from_the_future_is_stale);
    tcase_add_test(t, no_such_data_is_an_answer_when_every_source_said_so);
    tcase_add_test(t, a_source_that_failed_is_passed_over_for_a_while);
    suite_add_tcase(s, t);
    return s;
}

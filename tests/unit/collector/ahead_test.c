/* What is asked before anybody waits: when, of whom, and never at anybody's cost. */
#include "base/str.h"
#include "enricher/collector/ahead.h"
#include "world.h"

Suite *ahead_suite(void);

enum { TUESDAY = 24, SATURDAY = 5 * 24 }; /* hours from the world's Monday */

static const char *const long_memory[] = {"collector.refresh_hours=48", NULL};

/* A second is over. */
static void
look(struct world *w)
{
    w->c->ahead_look_ms = 0;
    ahead_second(w->c);
    collector_turn(w->c);
}

/* Candidates T0 ... on Monday at 11:00, all answered. */
static struct fake *
known_tickers(struct world *w, int n)
{
    struct fake *f = world_fake(w, 64, false);
    char id[32];

    fake_answers(f);
    for (int i = 0; i < n; i++) {
        str_fmt(id, sizeof id, "item-%d/T%d", i, i);
        world_candidate(w, id, n - 1 - i, 0);
    }
    WORLD_UNTIL(w, world_finals(w, NULL) == (size_t)n && world_is_idle(w));
    return f;
}

static bool
names(const struct given *g, const char *ticker)
{
    for (size_t i = 0; i < g->n; i++)
        if (str_eq(g->tickers[i], ticker))
            return true;
    return false;
}

START_TEST(a_float_is_renewed_before_it_runs_out)
{
    struct world w;
    struct fake *f;
    size_t before;

    world_open(&w, long_memory);
    world_time(&w, 8, 0); /* only the float is needed so early */
    f = known_tickers(&w, 1);
    before = f->n;
    world_time(&w, TUESDAY + 7, 40);
    look(&w); /* 20 minutes left: not yet */
    ck_assert_uint_eq(w.c->n_ahead, 0);
    world_time(&w, TUESDAY + 7, 50);
    look(&w);
    ck_assert_uint_eq(w.c->n_ahead, 1);
    WORLD_UNTIL(&w, world_is_idle(&w));
    ck_assert_uint_eq(f->n, before + 1);
    ck_assert_str_eq(f->given[before].source, "finviz-screener");
    ck_assert_uint_eq(w.c->n_ahead, 0);
    ck_assert_uint_eq(w.n_went, 1); /* nobody hears of it */
    ck_assert_int_ge(known_of(w.c->known, "T0")->slots[FACT_FLOAT_SHARES].life.fresh_ms,
                     clock_wall_ms(&w.proc.clock) + 23 * 3600 * INT64_C(1000));
    world_close(&w);
}
END_TEST

START_TEST(an_average_that_the_session_needs_is_renewed)
{
    struct world w;
    struct fake *f;

    world_open(&w, long_memory);
    f = known_tickers(&w, 1);
    f->answers = false;
    world_time(&w, TUESDAY + 9, 10);
    look(&w); /* it ran out at the close, but before the open nobody needs it */
    ck_assert_uint_eq(w.c->n_ahead, 0);
    world_time(&w, TUESDAY + 9, 20);
    look(&w);
    ck_assert_uint_eq(w.c->n_ahead, 1);
    world_close(&w);
}
END_TEST

START_TEST(who_was_asked_for_long_ago_is_not_renewed)
{
    struct world w;

    world_open(&w, NULL);
    (void)known_tickers(&w, 1);
    world_time(&w, TUESDAY + 10, 50);
    look(&w);
    ck_assert_uint_eq(w.c->n_ahead, 0);
    world_close(&w);
}
END_TEST

START_TEST(nothing_is_asked_ahead_while_somebody_waits)
{
    struct world w;
    struct fake *f;

    world_open(&w, long_memory);
    f = known_tickers(&w, 1);
    f->answers = false;
    world_time(&w, TUESDAY + 10, 50);
    world_candidate(&w, "item-9/ZZZ", 0, 0);
    WORLD_UNTIL(&w, heap_len(w.c->deadlines) == 1);
    look(&w);
    ck_assert_uint_eq(w.c->n_ahead, 0);
    world_close(&w);
}
END_TEST

START_TEST(without_an_enricher_or_a_free_limit_nothing_is_asked_ahead)
{
    struct world w;
    struct fake *f;

    world_open(&w, long_memory);
    f = known_tickers(&w, 1);
    world_time(&w, TUESDAY + 10, 50);
    world_group(&w, "finviz")->limit.held = true;
    look(&w);
    ck_assert_uint_eq(w.c->n_ahead, 0);
    world_group(&w, "finviz")->limit.held = false;
    fake_bye(f);
    WORLD_UNTIL(&w, w.c->n_crew == 0);
    look(&w);
    ck_assert_uint_eq(w.c->n_ahead, 0);
    world_close(&w);
}
END_TEST

START_TEST(a_page_is_filled_with_those_that_run_out_next)
{
    struct world w;
    struct fake *f;
    size_t before;

    world_open(&w, long_memory);
    world_time(&w, 8, 0);
    f = known_tickers(&w, 10);
    world_time(&w, 8, 40);
    for (int i = 10; i < 30; i++) { /* later, twenty more */
        char id[32];

        str_fmt(id, sizeof id, "item-%d/T%d", i, i);
        world_candidate(&w, id, 29 - i, 0);
    }
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 30 && world_is_idle(&w));
    before = f->n;
    world_time(&w, TUESDAY + 7, 50);
    look(&w);
    WORLD_UNTIL(&w, world_is_idle(&w));
    look(&w); /* ten are left, and they have time */
    WORLD_UNTIL(&w, world_is_idle(&w));
    ck_assert_uint_eq(f->n, before + 1);
    ck_assert_uint_eq(f->given[before].n, 20);
    for (int i = 0; i < 10; i++) {
        char ticker[16];

        str_fmt(ticker, sizeof ticker, "T%d", i);
        ck_assert(names(&f->given[before], ticker));
    }
    world_close(&w);
}
END_TEST

START_TEST(the_watchlist_is_warm_before_the_pre_market)
{
    static const char *const sets[] = {
        "catalyst.watchlist=AA AB AC AD AE AF AG AH AI AJ AK AL AM AN AO AP AQ AR AS AT"
        " AU AV AW AX AY",
        NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    WORLD_UNTIL(&w, w.c->n_crew == 1);
    fake_answers(f);
    world_time(&w, 3, 40);
    w.c->ahead_look_ms = 0;
    world_time(&w, 3, 50);
    for (int i = 0; i < 4; i++) {
        look(&w);
        WORLD_UNTIL(&w, world_is_idle(&w));
    }
    ck_assert_uint_eq(f->n, 2);
    ck_assert_uint_eq(f->given[0].n, 20);
    ck_assert_uint_eq(f->given[1].n, 5);
    world_time(&w, 15, 50); /* of the whole day nothing runs out */
    world_candidate(&w, "item-1/AY", 0, 0);
    WORLD_UNTIL(&w, world_finals(&w, "item-1/AY") == 1);
    ck_assert_uint_eq(f->n, 3);
    ck_assert_str_eq(f->given[2].source, "yahoo-chart");
    ck_assert_str_eq(world_last(&w, "item-1/AY")->status[METRIC_RVOL], "ok");
    world_close(&w);
}
END_TEST

START_TEST(before_a_day_without_trading_nothing_is_warmed)
{
    struct world w;

    world_open(&w, NULL);
    (void)known_tickers(&w, 1);
    world_time(&w, SATURDAY + 3, 50);
    look(&w);
    ck_assert_uint_eq(w.c->n_ahead, 0);
    world_close(&w);
}
END_TEST

START_TEST(yesterdays_tickers_are_warm_as_well)
{
    struct world w;
    struct fake *f;
    size_t before;

    world_open(&w, NULL);
    f = known_tickers(&w, 3);
    before = f->n;
    world_time(&w, TUESDAY + 3, 50);
    look(&w);
    WORLD_UNTIL(&w, world_is_idle(&w));
    ck_assert_uint_eq(f->n, before + 1);
    ck_assert_uint_eq(f->given[before].n, 3);
    world_close(&w);
}
END_TEST

START_TEST(what_the_upstream_lacks_is_not_asked_ahead)
{
    struct slot none = {.state = SLOT_EMPTY};
    struct world w;
    struct known *n;

    world_open(&w, long_memory);
    (void)known_tickers(&w, 1);
    n = known_of(w.c->known, "T0");
    world_time(&w, TUESDAY + 10, 50);
    n->slots[FACT_FLOAT_SHARES] = n->slots[FACT_AVG_VOLUME] = none;
    look(&w);
    ck_assert_uint_eq(w.c->n_ahead, 0);
    world_close(&w);
}
END_TEST

START_TEST(an_upstream_that_fails_is_not_asked_ahead_again_at_once)
{
    struct world w;
    struct fake *f;
    struct known *n;

    world_open(&w, long_memory);
    f = known_tickers(&w, 1);
    n = known_of(w.c->known, "T0");
    f->answers = false;
    world_time(&w, TUESDAY + 10, 50);
    look(&w);
    for (int i = 0; i < JOB_TRIES; i++) {
        WORLD_UNTIL(&w, fake_last(f) != NULL);
        fake_result(f, fake_last(f), "error", "no answer", 0);
        WORLD_UNTIL(&w, fake_last(f) == NULL);
    }
    WORLD_UNTIL(&w, world_is_idle(&w));
    ck_assert_uint_eq(w.c->n_ahead, 0);
    look(&w);
    ck_assert_uint_eq(w.c->n_ahead, 0);
    n->ahead_ms -= AHEAD_AGAIN_MS;
    for (int i = 0; i < SOURCES_MOST; i++)
        known_forgive(n, i);
    look(&w);
    ck_assert_uint_eq(w.c->n_ahead, 1);
    world_close(&w);
}
END_TEST

START_TEST(a_candidate_joins_what_was_asked_ahead)
{
    struct world w;
    struct fake *f;
    size_t before;

    world_open(&w, long_memory);
    f = known_tickers(&w, 1);
    f->answers = false;
    before = f->n;
    world_time(&w, TUESDAY + 10, 50);
    look(&w);
    WORLD_UNTIL(&w, f->n == before + 1);
    world_time(&w, TUESDAY + 11, 1);
    world_candidate(&w, "item-9/T0", 0, 0);
    WORLD_UNTIL(&w, f->n == before + 2); /* its chart */
    fake_answer(f, &f->given[before]);
    fake_answer(f, &f->given[before + 1]);
    WORLD_UNTIL(&w, world_finals(&w, "item-9/T0") == 1 && world_is_idle(&w));
    ck_assert_uint_eq(f->n, before + 2);
    world_close(&w);
}
END_TEST

Suite *
ahead_suite(void)
{
    Suite *s = suite_create("ahead");
    TCase *t = tcase_create("ahead");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_float_is_renewed_before_it_runs_out);
    tcase_add_test(t, an_average_that_the_session_needs_is_renewed);
    tcase_add_test(t, who_was_asked_for_long_ago_is_not_renewed);
    tcase_add_test(t, nothing_is_asked_ahead_while_somebody_waits);
    tcase_add_test(t, without_an_enricher_or_a_free_limit_nothing_is_asked_ahead);
    tcase_add_test(t, a_page_is_filled_with_those_that_run_out_next);
    tcase_add_test(t, the_watchlist_is_warm_before_the_pre_market);
    tcase_add_test(t, before_a_day_without_trading_nothing_is_warmed);
    tcase_add_test(t, yesterdays_tickers_are_warm_as_well);
    tcase_add_test(t, what_the_upstream_lacks_is_not_asked_ahead);
    tcase_add_test(t, an_upstream_that_fails_is_not_asked_ahead_again_at_once);
    tcase_add_test(t, a_candidate_joins_what_was_asked_ahead);
    suite_add_tcase(s, t);
    return s;
}

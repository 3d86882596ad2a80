/* Every candidate goes on: at once when all is known, at its deadline with reasons, and
 * to the end with exactly one final. */
#include "base/str.h"
#include "world.h"

Suite *join_suite(void);

START_TEST(a_cold_candidate_costs_a_screener_page_and_a_chart)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    fake_answers(f);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, world_finals(&w, "item-1/AAA") == 1);
    ck_assert_uint_eq(f->n, 2);
    ck_assert_str_ne(f->given[0].source, f->given[1].source);
    ck_assert_uint_eq(w.n_went, 1);
    for (int i = 0; i < METRIC_COUNT; i++)
        ck_assert_str_eq(w.went[0].status[i], "ok");
    ck_assert_double_eq(w.went[0].value[METRIC_FLOAT], 4e6);
    ck_assert_double_eq(w.went[0].value[METRIC_VWAP], 11);
    ck_assert(world_is_idle(&w));
    world_close(&w);
}
END_TEST

START_TEST(two_candidates_of_one_ticker_cost_no_more_than_one)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2); /* in flight: the second one waits on the first */
    world_candidate(&w, "item-2/AAA", 0, 0);
    WORLD_UNTIL(&w, heap_len(w.c->deadlines) == 2);
    fake_answer(f, &f->given[0]);
    fake_answer(f, &f->given[1]);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 2);
    ck_assert_int_eq(w.c->stats[CS_LEASES], 2);
    world_close(&w);
}
END_TEST

START_TEST(what_is_fresh_costs_nothing)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    fake_answers(f);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, world_finals(&w, "item-1/AAA") == 1);
    world_candidate(&w, "item-2/AAA", 0, 0);
    WORLD_UNTIL(&w, world_finals(&w, "item-2/AAA") == 1);
    ck_assert_int_eq(w.c->stats[CS_LEASES], 2);
    world_close(&w);
}
END_TEST

START_TEST(the_deadline_sends_a_partial_then_revisions_then_one_final)
{
    static const char *const sets[] = {"collector.deadline_ms=30", NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, world_went(&w, NULL) == 1);
    ck_assert(!w.went[0].final);
    ck_assert_str_eq(w.went[0].status[METRIC_FLOAT], "timeout");
    ck_assert_str_eq(w.went[0].status[METRIC_VWAP], "timeout");
    ck_assert_double_eq(w.went[0].value[METRIC_FLOAT], 0);
    fake_answer(f, &f->given[0]);
    WORLD_UNTIL(&w, world_went(&w, NULL) == 2);
    ck_assert(!w.went[1].final);
    fake_answer(f, &f->given[1]);
    WORLD_UNTIL(&w, world_went(&w, NULL) == 3);
    ck_assert(w.went[2].final);
    for (int i = 0; i < METRIC_COUNT; i++)
        ck_assert_str_eq(w.went[2].status[i], "ok");
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(w.went[i].revision, i);
    ck_assert_int_eq(w.c->stats[CS_PARTIAL], 1);
    ck_assert_int_eq(w.c->stats[CS_REVISIONS], 2);
    ck_assert(world_is_idle(&w));
    world_close(&w);
}
END_TEST

static struct given *
given_of(struct fake *f, const char *source, const char *ticker)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->given[i].source, source) &&
            str_eq(f->given[i].tickers[0], ticker))
            return &f->given[i];
    ck_abort_msg("no lease of %s for %s", source, ticker);
}

/* BBB's chart does not come: what came before the deadline is told, its own and AAA's.
 */
START_TEST(one_that_is_slow_takes_no_figure_from_anybody)
{
    static const char *const sets[] = {"collector.deadline_ms=100",
                                       "collector.batch_max=1", NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    world_candidate(&w, "item-2/BBB", 0, 0);
    WORLD_UNTIL(&w, f->n == 4);
    fake_answer(f, given_of(f, "finviz-screener", "BBB"));
    fake_answer(f, given_of(f, "finviz-screener", "AAA"));
    fake_answer(f, given_of(f, "yahoo-chart", "AAA"));
    WORLD_UNTIL(&w, world_finals(&w, "item-1/AAA") == 1);
    for (int i = 0; i < METRIC_COUNT; i++)
        ck_assert_str_eq(world_last(&w, "item-1/AAA")->status[i], "ok");
    WORLD_UNTIL(&w,
                world_went(&w, "item-2/BBB") > 0 &&
                    str_eq(world_last(&w, "item-2/BBB")->status[METRIC_FLOAT], "ok"));
    ck_assert(!world_last(&w, "item-2/BBB")->final);
    ck_assert_str_eq(world_last(&w, "item-2/BBB")->status[METRIC_VWAP], "timeout");
    world_close(&w);
}
END_TEST

START_TEST(what_never_comes_ends_with_a_final_all_the_same)
{
    static const char *const sets[] = {"collector.deadline_ms=20",
                                       "collector.late_ms=20", NULL};
    struct world w;

    world_open(&w, sets);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_uint_eq(w.n_went, 2);
    for (int i = 0; i < METRIC_COUNT; i++)
        ck_assert_str_eq(w.went[1].status[i], "no_enricher");
    ck_assert_uint_eq(heap_len(w.c->deadlines), 0);
    world_close(&w);
}
END_TEST

START_TEST(no_enricher_at_the_deadline_is_revised_when_one_comes)
{
    static const char *const sets[] = {"collector.deadline_ms=20", NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, world_went(&w, NULL) == 1);
    ck_assert_str_eq(w.went[0].status[METRIC_PRICE], "no_enricher");
    f = world_fake(&w, 64, false);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_str_eq(world_last(&w, NULL)->status[METRIC_PRICE], "ok");
    world_close(&w);
}
END_TEST

START_TEST(queued_is_limited_and_failed_says_its_error)
{
    static const char *const sets[] = {"collector.deadline_ms=1500",
                                       "group finviz.max_in_flight=1",
                                       "collector.batch_max=1", NULL};
    struct world w;
    struct fake *f;
    const struct went *b;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2); /* its page takes the only permit, for ever */
    world_candidate(&w, "item-2/BBB", 0, 0);
    for (int tries = 1; tries <= JOB_TRIES; tries++) {
        WORLD_UNTIL(&w, f->n == (size_t)(2 + tries));
        ck_assert_str_eq(f->given[1 + tries].tickers[0], "BBB");
        fake_result(f, &f->given[1 + tries], "error", "connection reset", 0);
    }
    WORLD_UNTIL(&w, world_went(&w, "item-2/BBB") == 1);
    b = world_last(&w, "item-2/BBB");
    ck_assert_str_eq(b->status[METRIC_FLOAT], "limited");
    ck_assert_str_eq(b->why[METRIC_FLOAT], "in flight limit");
    ck_assert_str_eq(b->status[METRIC_VWAP], "error");
    ck_assert_str_eq(b->why[METRIC_VWAP], "connection reset");
    world_close(&w);
}
END_TEST

START_TEST(one_that_comes_again_while_it_waits_is_one)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    world_candidate(&w, "item-1/AAA", 0, 1);
    WORLD_UNTIL(&w, w.c->stats[CS_REPEATED] == 1 && f->n == 2);
    fake_answer(f, &f->given[0]);
    fake_answer(f, &f->given[1]);
    WORLD_UNTIL(&w, world_is_idle(&w));
    WORLD_UNTIL(&w, w.n_went == 1);
    ck_assert(w.went[0].final);
    world_close(&w);
}
END_TEST

/* Its first final may have been lost on the way: the ledger takes only what is higher.
 */
START_TEST(one_that_comes_again_goes_on_higher_and_asks_nothing)
{
    static const char *const sets[] = {"collector.deadline_ms=20", NULL};
    struct world w;
    struct fake *f;
    int64_t before;

    world_open(&w, sets);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, w.n_went == 1); /* partial: the final has revision 1 */
    f = world_fake(&w, 64, false);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    before = world_last(&w, NULL)->revision;
    w.proc.clock.offset_ms += 5 * 60 * 1000; /* charts are old by now, but not for it */
    world_candidate(&w, "item-1/AAA", 0, 1);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 2);
    ck_assert_int_gt(world_last(&w, NULL)->revision, before);
    ck_assert_int_eq(w.c->stats[CS_LEASES], 2);
    world_close(&w);
}
END_TEST

START_TEST(what_arrives_while_a_candidate_waits_stays_fresh_for_it)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    fake_answer(f, &f->given[0]);
    WORLD_UNTIL(&w, w.c->stats[CS_RESULTS] == 1);
    w.proc.clock.offset_ms += 3 * 60 * 1000; /* longer than a chart lives */
    fake_answer(f, &f->given[1]);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_int_eq(w.c->stats[CS_LEASES], 2);
    for (int i = 0; i < METRIC_COUNT; i++)
        ck_assert_str_eq(w.went[0].status[i], "ok");
    world_close(&w);
}
END_TEST

START_TEST(asked_before_the_open_is_answered_as_before_the_open)
{
    struct world w;
    struct fake *f;

    world_open(&w, world_no_crumb);
    world_time(&w, 9, 20);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 1); /* the screener gives all that counts now */
    world_time(&w, 9, 31);
    fake_answer(f, &f->given[0]);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_str_eq(w.went[0].status[METRIC_FLOAT], "ok");
    ck_assert_str_eq(w.went[0].status[METRIC_VWAP], "empty");
    ck_assert_str_eq(w.went[0].why[METRIC_VWAP], "session");
    ck_assert_str_eq(w.went[0].status[METRIC_RVOL], "empty");
    world_close(&w);
}
END_TEST

START_TEST(a_chart_that_comes_after_the_close_still_counts)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    world_time(&w, 15, 59);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    world_time(&w, 16, 1);
    fake_answer(f, &f->given[0]);
    fake_answer(f, &f->given[1]);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_str_eq(w.went[0].status[METRIC_VWAP], "ok");
    world_close(&w);
}
END_TEST

START_TEST(the_cycle_is_over_when_all_of_it_went_on)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    fake_answers(f);
    world_candidate(&w, "item-1/AAA", 1, 0);
    world_candidate(&w, "item-2/BBB", 0, 0);
    world_cycle_end(&w, 2);
    WORLD_UNTIL(&w, w.totals == 1);
    ck_assert_int_eq(w.total.candidates, 2);
    ck_assert_int_eq(w.total.complete, 2);
    ck_assert_int_eq(w.total.partial, 0);
    ck_assert_int_eq(w.total.requests, 3); /* a page, two charts */
    world_close(&w);
}
END_TEST

START_TEST(who_has_no_room_reads_nothing_more)
{
    static const char *const sets[] = {"collector.candidates_max=5", NULL};
    char id[32];
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    for (int i = 0; i < 20; i++) {
        str_fmt(id, sizeof id, "item-%d/T%d", i, i);
        world_candidate(&w, id, 0, 0);
    }
    WORLD_UNTIL(&w, !w.c->reading);
    ck_assert_uint_eq(heap_len(w.c->deadlines), 5);
    f = world_fake(&w, 64, false);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 20);
    ck_assert_int_eq(w.c->stats[CS_CANDIDATES], 20);
    ck_assert(w.c->reading);
    world_close(&w);
}
END_TEST

static void
add_deadlines(TCase *t)
{
    tcase_add_test(t, the_deadline_sends_a_partial_then_revisions_then_one_final);
    tcase_add_test(t, one_that_is_slow_takes_no_figure_from_anybody);
    tcase_add_test(t, what_never_comes_ends_with_a_final_all_the_same);
    tcase_add_test(t, no_enricher_at_the_deadline_is_revised_when_one_comes);
    tcase_add_test(t, queued_is_limited_and_failed_says_its_error);
}

Suite *
join_suite(void)
{
    Suite *s = suite_create("join");
    TCase *t = tcase_create("join");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_cold_candidate_costs_a_screener_page_and_a_chart);
    tcase_add_test(t, two_candidates_of_one_ticker_cost_no_more_than_one);
    tcase_add_test(t, what_is_fresh_costs_nothing);
    add_deadlines(t);
    tcase_add_test(t, one_that_comes_again_while_it_waits_is_one);
    tcase_add_test(t, one_that_comes_again_goes_on_higher_and_asks_nothing);
    tcase_add_test(t, what_arrives_while_a_candidate_waits_stays_fresh_for_it);
    tcase_add_test(t, asked_before_the_open_is_answered_as_before_the_open);
    tcase_add_test(t, a_chart_that_comes_after_the_close_still_counts);
    tcase_add_test(t, the_cycle_is_over_when_all_of_it_went_on);
    tcase_add_test(t, who_has_no_room_reads_nothing_more);
    suite_add_tcase(s, t);
    return s;
}

/* What hangs is asked again within the budget, else waited for. */
#include "base/str.h"
#include "world.h"

Suite *hedge_suite(void);

#define HANGS_SOON                                                                     \
    "source finviz-screener.timeout_ms=100", "source yahoo-chart.timeout_ms=100"

static size_t
leases(const struct fake *f, const char *source)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        n += str_eq(f->given[i].source, source);
    return n;
}

/* The one that was given last. */
static struct given *
of_source(struct fake *f, const char *source)
{
    for (size_t i = f->n; i > 0; i--)
        if (str_eq(f->given[i - 1].source, source))
            return &f->given[i - 1];
    return NULL;
}

static bool
is_cancelled(struct fake *f, const char *source)
{
    const struct given *g = of_source(f, source);

    return g != NULL && g->cancelled;
}

/* As an enricher answers that was told to end it. */
static void
obey(struct fake *f)
{
    for (size_t i = 0; i < f->n; i++) {
        if (!f->given[i].cancelled || f->given[i].over)
            continue;
        fake_landed(f, &f->given[i]);
        fake_result(f, &f->given[i], "cancelled", "cancelled", 0);
    }
}

/* So many more hedges are allowed in all. */
static void
leave_hedges(struct world *w, int n)
{
    for (int i = n; i < HEDGE_FLOOR; i++)
        budget_repeated(&w->c->asked, clock_boot_ms(NULL));
}

/* It answers others all the time. */
static void
is_alive(struct world *w, const char *group)
{
    world_group(w, group)->limit.answered_us = INT64_MAX;
}

START_TEST(a_request_that_hangs_is_ended_and_then_made_again)
{
    static const char *const sets[] = {HANGS_SOON, NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    fake_answer(f, of_source(f, "finviz-screener"));
    WORLD_UNTIL(&w, is_cancelled(f, "yahoo-chart"));
    world_turn(&w);
    ck_assert_uint_eq(leases(f, "yahoo-chart"), 1); /* never twice in flight */
    obey(f);
    WORLD_UNTIL(&w, leases(f, "yahoo-chart") == 2);
    fake_answer(f, of_source(f, "yahoo-chart"));
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_str_eq(w.went[0].status[METRIC_VWAP], "ok");
    ck_assert_int_eq(w.c->stats[CS_HEDGES], 1);
    ck_assert_int_eq(world_group(&w, "yahoo")->errors, 1);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(an_answer_that_crosses_the_word_is_used)
{
    static const char *const sets[] = {HANGS_SOON, NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, is_cancelled(f, "yahoo-chart"));
    WORLD_UNTIL(&w, is_cancelled(f, "finviz-screener"));
    fake_answer(f, of_source(f, "finviz-screener"));
    fake_answer(f, of_source(f, "yahoo-chart"));
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_uint_eq(f->n, 2);
    ck_assert_str_eq(w.went[0].status[METRIC_VWAP], "ok");
    ck_assert(world_is_idle(&w));
    world_close(&w);
}
END_TEST

START_TEST(what_most_wait_for_is_asked_again_first)
{
    static const char *const sets[] = {HANGS_SOON, NULL};
    struct world w;
    struct fake *f;
    int64_t hang_ms;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    leave_hedges(&w, 0);
    is_alive(&w, "finviz");
    is_alive(&w, "yahoo");
    world_candidate(&w, "item-1/AAA", 2, 0);
    world_candidate(&w, "item-2/BBB", 1, 0);
    world_candidate(&w, "item-3/CCC", 0, 0);
    WORLD_UNTIL(&w, f->n == 4);
    hang_ms = clock_boot_ms(NULL) + 100;
    WORLD_UNTIL(&w, clock_boot_ms(NULL) > hang_ms); /* all of them do */
    ck_assert_int_eq(f->cancels, 0);
    w.c->asked = (struct budget){0};
    leave_hedges(&w, 1);
    WORLD_UNTIL(&w, f->cancels == 1);
    ck_assert_uint_eq(f->n, 4);
    ck_assert(is_cancelled(f, "finviz-screener"));
    obey(f);
    WORLD_UNTIL(&w, leases(f, "finviz-screener") == 2);
    ck_assert_uint_eq(of_source(f, "finviz-screener")->n, 3);
    ck_assert_int_eq(f->cancels, 1);
    world_close(&w);
}
END_TEST

START_TEST(what_is_not_asked_again_is_waited_for_and_makes_a_revision)
{
    static const char *const sets[] = {HANGS_SOON, "collector.deadline_ms=300",
                                       "collector.late_ms=20000", NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    leave_hedges(&w, 0);
    is_alive(&w, "yahoo");
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    fake_answer(f, of_source(f, "finviz-screener"));
    WORLD_UNTIL(&w, world_went(&w, "item-1/AAA") == 1);
    ck_assert_str_eq(w.went[0].status[METRIC_VWAP], "timeout");
    ck_assert_str_eq(w.went[0].why[METRIC_VWAP], "no answer within the deadline");
    ck_assert_str_eq(w.went[0].status[METRIC_FLOAT], "ok");
    fake_answer(f, of_source(f, "yahoo-chart"));
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_str_eq(world_last(&w, "item-1/AAA")->status[METRIC_VWAP], "ok");
    ck_assert_uint_eq(f->n, 2);
    ck_assert_int_eq(f->cancels, 0);
    world_close(&w);
}
END_TEST

START_TEST(what_nobody_waits_for_any_more_gives_its_permit_back)
{
    static const char *const sets[] = {"source yahoo-chart.timeout_ms=300",
                                       "collector.deadline_ms=50",
                                       "collector.late_ms=0", NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    is_alive(&w, "yahoo");
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    WORLD_UNTIL(&w, is_cancelled(f, "yahoo-chart"));
    obey(f);
    WORLD_UNTIL(&w, world_group(&w, "yahoo")->limit.in_flight == 0);
    ck_assert_uint_eq(leases(f, "yahoo-chart"), 1);
    ck_assert_int_eq(w.c->stats[CS_HEDGES], 0);
    ck_assert_int_eq(w.c->stats[CS_GIVEN_UP], 1);
    world_close(&w);
}
END_TEST

START_TEST(where_nothing_is_answered_the_next_source_is_asked)
{
    static const char *const sets[] = {HANGS_SOON, "source yahoo-cookie.enabled=0",
                                       NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    leave_hedges(&w, 0);
    is_alive(&w, "yahoo");
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, is_cancelled(f, "finviz-screener"));
    obey(f);
    WORLD_UNTIL(&w, leases(f, "finviz-quote") == 1);
    ck_assert_uint_eq(leases(f, "finviz-screener"), 1);
    ck_assert_int_eq(f->cancels, 1);
    world_close(&w);
}
END_TEST

Suite *
hedge_suite(void)
{
    Suite *s = suite_create("hedge");
    TCase *t = tcase_create("hedge");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_request_that_hangs_is_ended_and_then_made_again);
    tcase_add_test(t, an_answer_that_crosses_the_word_is_used);
    tcase_add_test(t, what_most_wait_for_is_asked_again_first);
    tcase_add_test(t, what_is_not_asked_again_is_waited_for_and_makes_a_revision);
    tcase_add_test(t, what_nobody_waits_for_any_more_gives_its_permit_back);
    tcase_add_test(t, where_nothing_is_answered_the_next_source_is_asked);
    suite_add_tcase(s, t);
    return s;
}

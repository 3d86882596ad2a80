/* Upstreams that refuse, block and fail: what the collector makes of it. */
#include "base/str.h"
#include "world.h"

Suite *group_suite(void);

/* Of the leases of a source the n-th, from 0; NULL: not so many. */
static struct given *
nth(struct fake *f, const char *source, size_t n)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->given[i].source, source) && n-- == 0)
            return &f->given[i];
    return NULL;
}

static size_t
leases(struct fake *f, const char *source)
{
    size_t n = 0;

    while (nth(f, source, n) != NULL)
        n++;
    return n;
}

static void
publish(struct world *w, int n)
{
    char id[32];

    for (int i = 0; i < n; i++) {
        (void)str_fmt(id, sizeof id, "item-%d/A%c%c", i, 'A' + i / 26, 'A' + i % 26);
        world_candidate(w, id, n - 1 - i, 0);
    }
}

START_TEST(while_a_group_is_shut_candidates_go_on_and_are_revised)
{
    static const char *const sets[] = {"group finviz.blocked_s=60",
                                       "source yahoo-cookie.enabled=0", NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    publish(&w, 1);
    WORLD_UNTIL(&w, f->n == 2);
    fake_result(f, nth(f, "finviz-screener", 0), "blocked", "a page: captcha", 0);
    fake_answer(f, nth(f, "yahoo-chart", 0));
    WORLD_UNTIL(&w, w.n_went == 1);
    ck_assert(!w.went[0].final);
    ck_assert_str_eq(w.went[0].status[METRIC_FLOAT], "limited");
    ck_assert_str_eq(w.went[0].status[METRIC_PRICE], "ok");
    publish(&w, 2); /* the first is dropped: it waits already */
    WORLD_UNTIL(&w, leases(f, "yahoo-chart") == 2);
    fake_answer(f, nth(f, "yahoo-chart", 1));
    WORLD_UNTIL(&w, w.n_went == 2); /* who comes now does not wait for it, either */
    ck_assert_uint_eq(leases(f, "finviz-screener"), 1);
    fake_answers(f);
    world_ask(&w, "resume", "finviz");
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 2);
    ck_assert_str_eq(w.went[w.n_went - 1].status[METRIC_FLOAT], "ok");
    world_check(&w);
    world_close(&w);
}
END_TEST

/* It was in flight when the group shut: its own failure changes nothing any more. */
START_TEST(who_was_in_flight_when_it_shut_goes_on_as_well)
{
    static const char *const sets[] = {"group finviz.blocked_s=60",
                                       "collector.batch_max=1",
                                       "source yahoo-cookie.enabled=0", NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    publish(&w, 3);
    WORLD_UNTIL(&w, f->n == 6);
    for (size_t i = 0; i < 3; i++)
        fake_answer(f, nth(f, "yahoo-chart", i));
    for (size_t i = 0; i < 3; i++) {
        fake_result(f, nth(f, "finviz-screener", i), "blocked", "a page: captcha", 0);
        WORLD_UNTIL(&w, w.n_went == i + 1);
    }
    ck_assert_uint_eq(world_finals(&w, NULL), 0);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(one_request_a_pause_tries_a_group_that_blocks)
{
    static const char *const sets[] = {"group finviz.blocked_s=0.02",
                                       "collector.batch_max=1", NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    publish(&w, 6);
    WORLD_UNTIL(&w, leases(f, "finviz-screener") == 6 && leases(f, "yahoo-chart") == 6);
    for (size_t i = 0; i < 6; i++) {
        fake_result(f, nth(f, "finviz-screener", i), "blocked", "403", 0);
        fake_answer(f, nth(f, "yahoo-chart", i));
    }
    for (size_t probe = 6; probe < 9; probe++) {
        WORLD_UNTIL(&w, leases(f, "finviz-screener") == probe + 1);
        ck_assert_uint_eq(fake_holds(f, "finviz-screener"), 1);
        ck_assert(world_group(&w, "finviz")->limit.breaker.probing);
        fake_result(f, nth(f, "finviz-screener", probe), "blocked", "403", 0);
    }
    WORLD_UNTIL(&w, leases(f, "finviz-screener") == 10);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 6);
    for (size_t i = 0; i < w.n_went; i++)
        ck_assert(!w.went[i].final || str_eq(w.went[i].status[METRIC_FLOAT], "ok"));
    ck_assert_uint_eq(leases(f, "finviz-screener"), 9 + 6);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(a_probe_whose_holder_dies_is_sent_again)
{
    static const char *const sets[] = {"group finviz.blocked_s=0.02", NULL};
    struct fake *f, *other;
    struct world w;

    world_open(&w, sets);
    f = world_fake(&w, 64, true);
    publish(&w, 1);
    WORLD_UNTIL(&w, f->n == 2);
    fake_result(f, nth(f, "finviz-screener", 0), "blocked", "403", 0);
    fake_answer(f, nth(f, "yahoo-chart", 0));
    WORLD_UNTIL(&w, leases(f, "finviz-screener") == 2);
    fake_kill(f);
    other = world_fake(&w, 64, false);
    WORLD_UNTIL(&w, leases(other, "finviz-screener") == 1);
    ck_assert(world_group(&w, "finviz")->limit.breaker.probing);
    fake_answers(other);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert(!world_group(&w, "finviz")->limit.breaker.open);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(one_refused_of_many_is_asked_again_at_a_lower_level)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    publish(&w, 20);
    WORLD_UNTIL(&w, leases(f, "yahoo-chart") == LEARN_FIRST);
    for (size_t i = LEARN_FIRST - 2; i < LEARN_FIRST; i++)
        fake_result(f, nth(f, "yahoo-chart", i), "limited", "HTTP 429", 0);
    WORLD_UNTIL(&w, world_group(&w, "yahoo")->refusals == 2);
    ck_assert_int_eq(world_group(&w, "yahoo")->limit.learn.level, LEARN_FIRST - 2);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 20);
    ck_assert_uint_eq(leases(f, "yahoo-chart"), 22);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(what_was_learned_survives_a_restart)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    fake_answers(f);
    publish(&w, 60);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 60);
    ck_assert_int_eq(world_group(&w, "yahoo")->limit.learn.level, 15);
    world_restart(&w);
    ck_assert_int_eq(world_group(&w, "yahoo")->limit.learn.level, 15);
    ck_assert(!world_group(&w, "yahoo")->limit.learn.tight);
    world_close(&w);
}
END_TEST

START_TEST(beyond_the_retry_budget_an_error_is_final_with_its_cause)
{
    static const char *const sets[] = {"collector.batch_max=1",
                                       "source yahoo-cookie.enabled=0", NULL};
    struct group *g;
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    g = world_group(&w, "finviz");
    while (budget_retry(&g->budget, clock_boot_ms(NULL)))
        ; /* used up by others */
    publish(&w, 1);
    WORLD_UNTIL(&w, f->n == 2);
    fake_result(f, nth(f, "finviz-screener", 0), "error", "connection reset", 0);
    WORLD_UNTIL(&w, g->unretried == 1);
    WORLD_UNTIL(&w, leases(f, "finviz-quote") == 1); /* the next of the chain */
    fake_result(f, nth(f, "finviz-quote", 0), "error", "broken off", 0);
    fake_answer(f, nth(f, "yahoo-chart", 0));
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_uint_eq(leases(f, "finviz-screener"), 1);
    ck_assert_str_eq(w.went[0].status[METRIC_FLOAT], "error");
    ck_assert_int_eq(g->retries, 0);
    world_close(&w);
}
END_TEST

START_TEST(errors_that_go_on_open_the_breaker)
{
    static const char *const sets[] = {"collector.batch_max=1", NULL};
    struct world w;
    struct fake *f;
    size_t done = 0;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    publish(&w, 8);
    while (!world_group(&w, "finviz")->limit.breaker.open) {
        struct given *g;

        WORLD_UNTIL(&w, (g = nth(f, "finviz-screener", done)) != NULL ||
                            world_group(&w, "finviz")->limit.breaker.open);
        if (g != NULL) {
            fake_result(f, g, "error", "no route to host", 0);
            done++;
            WORLD_UNTIL(&w, world_group(&w, "finviz")->errors == (int64_t)done);
        }
    }
    ck_assert_uint_ge(done, BREAKER_FAILURES);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 8); /* after a second it is tried */
    ck_assert(!world_group(&w, "finviz")->limit.breaker.open);
    world_check(&w);
    world_close(&w);
}
END_TEST

Suite *
group_suite(void)
{
    Suite *s = suite_create("group");
    TCase *t = tcase_create("group");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, while_a_group_is_shut_candidates_go_on_and_are_revised);
    tcase_add_test(t, who_was_in_flight_when_it_shut_goes_on_as_well);
    tcase_add_test(t, one_request_a_pause_tries_a_group_that_blocks);
    tcase_add_test(t, a_probe_whose_holder_dies_is_sent_again);
    tcase_add_test(t, one_refused_of_many_is_asked_again_at_a_lower_level);
    tcase_add_test(t, what_was_learned_survives_a_restart);
    tcase_add_test(t, beyond_the_retry_budget_an_error_is_final_with_its_cause);
    tcase_add_test(t, errors_that_go_on_open_the_breaker);
    suite_add_tcase(s, t);
    return s;
}

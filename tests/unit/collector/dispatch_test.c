/* Batches are full, limits hold whatever happens, one at a time means one. */
#include "base/prng.h"
#include "base/str.h"
#include "enricher/collector/cycle.h"
#include "enricher/collector/lane.h"
#include "wire/lockfile.h"
#include "world.h"

#include <signal.h>

Suite *dispatch_suite(void);

static void
many_candidates(struct world *w, int n, bool says_behind)
{
    char id[32];

    for (int i = 0; i < n; i++) {
        str_fmt(id, sizeof id, "item-%d/T%d", i, i);
        world_candidate(w, id, says_behind ? n - 1 - i : 0, 0);
    }
}

static size_t
pages(const struct fake *f)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        n += str_eq(f->given[i].source, "finviz-screener");
    return n;
}

START_TEST(twenty_candidates_make_one_page_and_one_more_makes_two)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 256, false);
    fake_answers(f);
    many_candidates(&w, 20 + _i, true);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == (size_t)(20 + _i));
    ck_assert_uint_eq(pages(f), (size_t)(1 + _i));
    ck_assert_uint_eq(f->n - pages(f), (size_t)(20 + _i));
    world_close(&w);
}
END_TEST

START_TEST(a_page_takes_along_what_comes_and_asks_for_nothing_else)
{
    static struct msg_ticker coming[] = {{"CCC"}, {"AAA"}, {"DDD"}, {"CCC"}};
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    world_candidate_before(&w, "item-1/AAA", coming, STR_LEN(coming));
    WORLD_UNTIL(&w, f->n == 2);
    ck_assert_uint_eq(pages(f), 1);
    for (size_t i = 0; i < f->n; i++)
        ck_assert_uint_eq(f->given[i].n,
                          str_eq(f->given[i].source, "finviz-screener") ? 3 : 1);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    world_candidate(&w, "item-2/CCC", 0, 0);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 2);
    ck_assert_uint_eq(pages(f), 1); /* its float was on the first page */
    ck_assert(world_is_idle(&w));
    world_close(&w);
}
END_TEST

START_TEST(behind_holds_a_batch_back_and_zero_lets_it_go)
{
    struct world w;
    struct fake *f;
    const struct lane *l;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    l = &w.c->lanes[source_index("finviz-screener")];
    world_candidate(&w, "item-1/AAA", 1, 0);
    WORLD_UNTIL(&w, w.c->stats[CS_CANDIDATES] == 1);
    ck_assert_int_gt(lane_ready_ms(l, w.c, clock_boot_ms(NULL)),
                     l->since_ms + w.proc.conf.collector.linger_ms);
    world_candidate(&w, "item-2/BBB", 0, 0);
    WORLD_UNTIL(&w, pages(f) == 1);
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->given[i].source, "finviz-screener"))
            ck_assert_uint_eq(f->given[i].n, 2);
    world_close(&w);
}
END_TEST

START_TEST(a_page_waits_for_the_end_of_its_round_and_no_longer)
{
    struct world w;
    const struct lane *l;

    world_open(&w, NULL); /* nobody is there to take it */
    l = &w.c->lanes[source_index("finviz-screener")];
    world_cycle_begin(&w);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, w.c->stats[CS_CANDIDATES] == 1);
    ck_assert_int_eq(lane_ready_ms(l, w.c, clock_boot_ms(NULL)),
                     l->since_ms + w.proc.conf.collector.linger_ms);
    world_cycle_end(&w, 1);
    WORLD_UNTIL(&w, !cycle_is_open(w.c));
    ck_assert_int_eq(lane_ready_ms(l, w.c, clock_boot_ms(NULL)), l->since_ms);
    world_close(&w);
}
END_TEST

START_TEST(an_announced_one_that_never_comes_does_not_hold_for_ever)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    fake_answers(f);
    world_candidate(&w, "item-1/AAA", 1, 0);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    world_close(&w);
}
END_TEST

START_TEST(a_refusal_pauses_the_group_as_long_as_it_says_and_only_it)
{
    static const char *const sets[] = {"collector.batch_max=1", NULL};
    struct world w;
    struct fake *f;
    int64_t refused;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    for (int i = 0; i < 2; i++)
        if (str_eq(f->given[i].source, "finviz-screener"))
            fake_result(f, &f->given[i], "limited", "429", 300);
    WORLD_UNTIL(&w, world_group(&w, "finviz")->refusals == 1);
    refused = clock_boot_ms(NULL);
    world_candidate(&w, "item-2/BBB", 0, 0);
    WORLD_UNTIL(&w, f->n == 3);
    ck_assert_str_eq(f->given[2].source, "yahoo-chart");
    WORLD_UNTIL(&w, pages(f) == 2); /* it was refused alone: one goes to see */
    ck_assert_int_ge(clock_boot_ms(NULL) - refused, 290);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 2);
    ck_assert_str_eq(w.went[0].status[METRIC_FLOAT], "ok");
    world_close(&w);
}
END_TEST

START_TEST(the_operator_pauses_and_resumes_a_group)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    fake_answers(f);
    world_ask(&w, "pause", "finviz");
    WORLD_UNTIL(&w, w.answers == 1);
    ck_assert(w.answer_ok);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, w.c->stats[CS_RESULTS] == 1);
    ck_assert_uint_eq(pages(f), 0);
    world_ask(&w, "resume", "finviz");
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    world_ask(&w, "pause", "nobody");
    WORLD_UNTIL(&w, w.answers == 3);
    ck_assert(!w.answer_ok);
    world_close(&w);
}
END_TEST

START_TEST(sequential_means_one_in_flight_in_all)
{
    static const char *const sets[] = {"collector.parallel=0", "collector.batch_max=1",
                                       NULL};
    struct world w;
    struct fake *a, *b;

    world_open(&w, sets);
    a = world_fake(&w, 64, false);
    b = world_fake(&w, 64, false);
    many_candidates(&w, 15, false);
    for (size_t i = 1; i <= 30; i++) { /* never back to parallel */
        WORLD_UNTIL(&w, a->n + b->n == i);
        ck_assert_uint_eq(w.c->n_leased, 1);
        if (fake_last(a) != NULL)
            fake_answer(a, fake_last(a));
        else
            fake_answer(b, fake_last(b));
    }
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 15);
    world_close(&w);
}
END_TEST

START_TEST(when_all_have_died_one_at_a_time_until_ten_came_back_clean)
{
    static const char *const sets[] = {"collector.batch_max=1", NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, true);
    many_candidates(&w, 10, false);
    WORLD_UNTIL(&w, f->n > 1);
    fake_kill(f);
    WORLD_UNTIL(&w, w.c->sequential);
    ck_assert_int_eq(w.c->stats[CS_FALLBACKS], 1);
    f = world_fake(&w, 64, true);
    for (size_t i = 1; i <= CLEAN_TO_PARALLEL; i++) {
        WORLD_UNTIL(&w, f->n == i);
        ck_assert_uint_eq(w.c->n_leased, 1);
        fake_answer(f, fake_last(f));
    }
    WORLD_UNTIL(&w, w.c->n_leased > 1);
    ck_assert(!w.c->sequential);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 10);
    world_close(&w);
}
END_TEST

START_TEST(draining_waits_for_what_is_on_its_way_and_takes_nothing_in)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    proc_drain(&w.proc);
    world_candidate(&w, "item-2/BBB", 0, 0);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_int_eq(w.c->stats[CS_CANDIDATES], 1);
    ck_assert_uint_eq(w.c->n_leased, 0);
    world_close(&w);
}
END_TEST

/* ---- the gate ---------------------------------------------------------------------
 */

/* An enricher that runs and has not said hello: it holds the lock of its name. */
static void
take_name(const struct world *w, struct fake *f)
{
    char path[128], text[16];
    FILE *file;
    int fd;

    str_fmt(path, sizeof path, "%s/enricher-07.lock", w->dir);
    ck_assert_int_eq(lockfile_take(path, &fd, NULL), 0); /* open to the end */
    ck_assert_ptr_nonnull(file = fopen(path, "we"));
    str_fmt(text, sizeof text, "%d\n", (int)f->pid);
    ck_assert_int_ge(fputs(text, file), 0);
    (void)fclose(file);
}

START_TEST(nothing_is_leased_before_all_that_run_have_said_hello)
{
    struct world w;
    struct fake *a, *b;

    world_open(&w, NULL);
    b = world_fake(&w, 0, true);
    take_name(&w, b);
    world_restart(&w);
    a = world_fake(&w, 64, true);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, w.c->stats[CS_CANDIDATES] == 1);
    ck_assert(w.c->gate_shut);
    ck_assert_int_eq(w.c->stats[CS_LEASES], 0);
    fake_hello(b, 64, NULL, 0);
    fake_alive(b, 1);
    WORLD_UNTIL(&w, a->n + b->n == 2);
    ck_assert(!w.c->gate_shut);
    world_close(&w);
}
END_TEST

/* It got a document while there was no collector, and tells it behind its hello. */
START_TEST(nothing_is_leased_before_they_have_told_what_they_got_meanwhile)
{
    struct given got = {.source = "yahoo-chart", .tickers = {"AAA"}, .n = 1};
    struct world w;
    struct fake *b;

    world_open(&w, NULL);
    b = world_fake(&w, 0, true);
    take_name(&w, b);
    world_restart(&w);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, w.c->stats[CS_CANDIDATES] == 1);
    fake_hello(b, 64, NULL, 0);
    WORLD_UNTIL(&w, w.c->n_crew == 1);
    world_turn(&w);
    ck_assert(w.c->gate_shut);
    ck_assert_int_eq(w.c->stats[CS_LEASES], 0);
    fake_result(b, &got, "ok", "", 0);
    fake_alive(b, 1);
    WORLD_UNTIL(&w, b->n == 1);
    ck_assert_str_eq(b->given[0].source, "finviz-screener");
    world_close(&w);
}
END_TEST

START_TEST(one_that_never_says_hello_is_killed)
{
    struct world w;
    struct fake *b;

    world_open(&w, NULL);
    b = world_fake(&w, 0, true);
    take_name(&w, b);
    world_restart(&w);
    ck_assert(w.c->gate_shut);
    w.c->gate_ms = 0; /* its time is over */
    WORLD_UNTIL(&w, kill(b->pid, 0) == 0 && w.c->gate_ms > 0);
    fake_kill(b); /* takes it from the table of processes */
    ck_assert_int_gt(w.c->gate_ms, clock_boot_ms(NULL)); /* the next one has time */
    world_close(&w);
}
END_TEST

/* ---- whatever happens -------------------------------------------------------------
 */

enum { SCRIPT_STEPS = 250, SCRIPT_MOST = 5 };

static void
anything_said(struct fake *f, struct prng *r)
{
    static const char *const statuses[] = {"ok",    "ok",      "ok",       "empty",
                                           "error", "timeout", "cancelled"};
    struct given *g = fake_last(f);

    if (g == NULL)
        return;
    if (prng_below(r, 3) == 0)
        g = &f->given[prng_below(r, f->n)]; /* also one that is over: said twice */
    if (prng_below(r, 4) == 0)
        fake_landed(f, g);
    else
        fake_result(f, g, statuses[prng_below(r, STR_LEN(statuses))], "so it is", 0);
}

static void
step(struct world *w, struct fake **crew, struct prng *r, int *candidates)
{
    struct fake **f = &crew[prng_below(r, 3)];
    uint64_t what = prng_below(r, 100);
    char id[32];

    if (what < 35) {
        str_fmt(id, sizeof id, "item-%d/T%d", *candidates, *candidates);
        world_candidate(w, id, 0, 0);
        (*candidates)++;
    } else if (what < 85) {
        anything_said(*f, r);
    } else if (what < 90) {
        fake_alive(*f, (int64_t)what);
    } else if (what < 94) {
        fake_hello(*f, 1 + (int64_t)prng_below(r, 8), NULL, 0);
    } else if (w->n_fakes < WORLD_FAKES - 1 && what < 98) {
        fake_kill(*f);
        *f = world_fake(w, 4, true);
        w->c->sequential = false;
    }
    world_turn(w);
}

START_TEST(no_script_of_deaths_and_late_words_breaks_a_limit)
{
    static const char *const sets[] = {"group finviz.max_in_flight=5",
                                       "group yahoo.max_in_flight=5",
                                       "collector.batch_max=2", NULL};
    struct prng r = {4711 + (uint64_t)_i};
    struct fake *crew[3];
    struct world w;
    int candidates = 0;

    world_open(&w, sets);
    for (int i = 0; i < 3; i++)
        crew[i] = world_fake(&w, 4, true);
    for (int i = 0; i < SCRIPT_STEPS; i++) {
        size_t finviz = 0, yahoo = 0;

        step(&w, crew, &r, &candidates);
        for (int k = 0; k < 3; k++) {
            finviz += fake_holds(crew[k], "finviz-screener");
            yahoo += fake_holds(crew[k], "yahoo-chart");
        }
        ck_assert_msg(finviz <= SCRIPT_MOST && yahoo <= SCRIPT_MOST,
                      "seed %d step %d: %zu and %zu in flight", 4711 + _i, i, finviz,
                      yahoo);
        world_check(&w);
    }
    for (int i = 0; i < 3; i++) {
        fake_hello(crew[i], 64, NULL, 0);
        fake_answers(crew[i]);
    }
    WORLD_UNTIL(&w, world_finals(&w, NULL) == (size_t)candidates);
    WORLD_UNTIL(&w, world_is_idle(&w));
    ck_assert_int_eq(world_group(&w, "finviz")->limit.in_flight, 0);
    ck_assert_int_eq(world_group(&w, "yahoo")->limit.in_flight, 0);
    world_check(&w);
    world_close(&w);
}
END_TEST

Suite *
dispatch_suite(void)
{
    Suite *s = suite_create("dispatch");
    TCase *t = tcase_create("dispatch");

    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, twenty_candidates_make_one_page_and_one_more_makes_two, 0,
                        2);
    tcase_add_test(t, a_page_takes_along_what_comes_and_asks_for_nothing_else);
    tcase_add_test(t, behind_holds_a_batch_back_and_zero_lets_it_go);
    tcase_add_test(t, a_page_waits_for_the_end_of_its_round_and_no_longer);
    tcase_add_test(t, an_announced_one_that_never_comes_does_not_hold_for_ever);
    tcase_add_test(t, a_refusal_pauses_the_group_as_long_as_it_says_and_only_it);
    tcase_add_test(t, the_operator_pauses_and_resumes_a_group);
    tcase_add_test(t, sequential_means_one_in_flight_in_all);
    tcase_add_test(t, when_all_have_died_one_at_a_time_until_ten_came_back_clean);
    tcase_add_test(t, draining_waits_for_what_is_on_its_way_and_takes_nothing_in);
    tcase_add_test(t, nothing_is_leased_before_all_that_run_have_said_hello);
    tcase_add_test(t, nothing_is_leased_before_they_have_told_what_they_got_meanwhile);
    tcase_add_test(t, one_that_never_says_hello_is_killed);
    tcase_add_loop_test(t, no_script_of_deaths_and_late_words_breaks_a_limit, 0, 6);
    suite_add_tcase(s, t);
    return s;
}

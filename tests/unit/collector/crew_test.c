/* Enrichers come, hang, lose their connection and die: permits return exactly once and
 * no job is lost. */
#include "base/str.h"
#include "world.h"

#include <signal.h>
#include <unistd.h>

Suite *crew_suite(void);

START_TEST(an_unknown_connection_gets_who)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 0, false);
    fake_alive(f, 1);
    WORLD_UNTIL(&w, f->whos == 1);
    ck_assert_uint_eq(w.c->n_crew, 0);
    fake_hello(f, 64, NULL, 0);
    fake_alive(f, 2);
    WORLD_UNTIL(&w, f->alive_ok == 2);
    ck_assert_int_eq(f->whos, 1);
    world_close(&w);
}
END_TEST

START_TEST(the_jobs_of_a_dead_one_are_leased_again)
{
    struct world w;
    struct fake *a, *b;

    world_open(&w, NULL);
    a = world_fake(&w, 64, true);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, a->n == 2);
    b = world_fake(&w, 64, true);
    fake_landed(a, &a->given[0]);
    fake_kill(a);
    fake_answers(b);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_uint_eq(b->n, 2);
    ck_assert_int_eq(w.c->stats[CS_DEATHS], 1);
    ck_assert_str_eq(w.went[0].status[METRIC_FLOAT], "ok");
    world_check(&w);
    ck_assert(world_is_idle(&w));
    world_close(&w);
}
END_TEST

START_TEST(the_last_words_of_a_dead_one_count)
{
    struct world w;
    struct fake *a;

    world_open(&w, NULL);
    a = world_fake(&w, 64, true);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, a->n == 2);
    fake_answer(a, &a->given[0]);
    fake_answer(a, &a->given[1]);
    (void)kill(a->pid, SIGKILL); /* its results lie in the socket by then, or nearly */
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1 && w.c->n_crew == 0);
    ck_assert_int_eq(w.c->stats[CS_LEASES], 2);
    world_close(&w);
}
END_TEST

START_TEST(leases_go_out_by_bundles_of_four_and_to_all_in_the_end)
{
    struct world w;
    struct fake *a, *b;

    world_open(&w, NULL);
    a = world_fake(&w, 64, true);
    b = world_fake(&w, 64, true);
    for (size_t n = 2; n <= 8; n += 2) { /* a page and a chart each */
        char id[32];

        (void)str_fmt(id, sizeof id, "item-%zu/AA%c", n, (char)('A' + n));
        world_candidate(&w, id, 0, 0);
        WORLD_UNTIL(&w, a->n + b->n == n);
        ck_assert_uint_eq(a->n > b->n ? a->n : b->n, n < 4 ? n : 4);
    }
    ck_assert_uint_eq(a->n, b->n);
    world_close(&w);
}
END_TEST

/* A candidate whose page kills whoever fetches it. */
static void
kill_holders(struct world *w, int deaths)
{
    for (int i = 0; i < deaths; i++) {
        struct fake *f;

        w->c->sequential = false; /* the fallback is another story */
        f = world_fake(w, 64, true);
        WORLD_UNTIL(w, fake_holds(f, "finviz-screener") == 1);
        fake_kill(f);
        WORLD_UNTIL(w, w->c->n_crew == 0);
    }
}

START_TEST(after_three_deaths_a_job_runs_alone)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    world_candidate(&w, "item-1/AAA", 0, 0);
    kill_holders(&w, JOB_DEATHS_ALONE);
    w.c->sequential = false;
    f = world_fake(&w, 64, true);
    WORLD_UNTIL(&w, f->n == 1);
    world_candidate(&w, "item-2/BBB", 0, 0);
    WORLD_UNTIL(&w, w.c->stats[CS_CANDIDATES] == 2);
    ck_assert_uint_eq(f->n, 1); /* it gets nothing else */
    fake_answer(f, &f->given[0]);
    WORLD_UNTIL(&w, f->n == 2);
    ck_assert_str_ne(f->given[0].source, f->given[1].source);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 2);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(after_five_deaths_it_is_poison)
{
    static const char *const sets[] = {"source yahoo-chart.enabled=0",
                                       "source finviz-quote.enabled=0",
                                       "source yahoo-cookie.enabled=0", NULL};
    struct world w;

    world_open(&w, sets);
    world_candidate(&w, "item-1/AAA", 0, 0);
    kill_holders(&w, JOB_DEATHS_POISON);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_str_eq(w.went[0].status[METRIC_FLOAT], "error");
    ck_assert(str_starts(w.went[0].why[METRIC_FLOAT], "poison"));
    ck_assert_int_eq(w.c->stats[CS_POISON], 1);
    ck_assert(world_is_idle(&w));
    world_check(&w);
    world_close(&w);
}
END_TEST

/* Neither in one millisecond nor of one ticker: a result finds its own job by it. */
START_TEST(no_two_leases_have_one_number)
{
    static const char *const sets[] = {"collector.batch_max=1", NULL};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    for (int i = 0; i < LEARN_FIRST; i++) {
        char id[32];

        str_fmt(id, sizeof id, "item-%d/A%c", i, 'A' + i);
        world_candidate(&w, id, 0, 0);
    }
    WORLD_UNTIL(&w, f->n == 2 * LEARN_FIRST); /* at either upstream */
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert_int_ne(f->given[i].lease, f->given[k].lease);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == LEARN_FIRST);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(leases_of_another_epoch_keep_their_permits_until_they_land)
{
    static const char *const sets[] = {"group yahoo.max_in_flight=1", NULL};
    struct msg_held held = {
        .lease = (int64_t)77 << 40 | 5, .source = "yahoo-chart", .tickers = "ZZZ"};
    struct given old = {.lease = held.lease, .source = "yahoo-chart"};
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 0, true);
    fake_hello(f, 64, &held, 1);
    WORLD_UNTIL(&w, w.c->n_crew == 1);
    ck_assert_int_eq(world_group(&w, "yahoo")->limit.in_flight, 1);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 1);
    ck_assert_str_eq(f->given[0].source, "finviz-screener");
    fake_landed(f, &old);
    WORLD_UNTIL(&w, f->n == 2);
    fake_result(f, &old, "empty", "", 0);
    fake_answers(f);
    WORLD_UNTIL(&w, world_is_idle(&w));
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(what_an_earlier_collector_leased_is_not_asked_twice)
{
    struct msg_held held[2];
    struct world w;
    struct fake *f;
    int64_t epoch;

    world_open(&w, NULL);
    f = world_fake(&w, 64, true);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    epoch = w.c->epoch;
    world_restart(&w);
    for (int i = 0; i < 2; i++)
        held[i] = (struct msg_held){
            .lease = f->given[i].lease, .source = f->given[i].source, .tickers = "AAA"};
    fake_hello(f, 64, held, 2);
    WORLD_UNTIL(&w, w.c->n_crew == 1);
    ck_assert_uint_eq(w.c->n_leased, 2);
    world_candidate(&w, "item-1/AAA", 0, 1);
    WORLD_UNTIL(&w, heap_len(w.c->deadlines) == 1);
    fake_answer(f, &f->given[0]);
    fake_answer(f, &f->given[1]);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_uint_eq(f->n, 2);
    ck_assert_int_gt(w.went[0].epoch, epoch);
    world_check(&w);
    world_close(&w);
}
END_TEST

/* Ingest may be quicker than an enricher that connects again. */
START_TEST(a_candidate_before_the_hello_is_not_asked_for_twice)
{
    struct msg_held held[2];
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, true);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    world_restart(&w);
    world_candidate(&w, "item-1/AAA", 0, 1);
    WORLD_UNTIL(&w, heap_len(w.c->deadlines) == 1);
    for (int i = 0; i < 2; i++)
        held[i] = (struct msg_held){
            .lease = f->given[i].lease, .source = f->given[i].source, .tickers = "AAA"};
    fake_hello(f, 64, held, 2);
    WORLD_UNTIL(&w, w.c->n_leased == 2);
    world_turn(&w);
    fake_answer(f, &f->given[0]);
    fake_answer(f, &f->given[1]);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_uint_eq(f->n, 2);
    ck_assert(world_is_idle(&w));
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(what_a_stranger_brings_is_used_before_its_hello)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, true);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    world_restart(&w);
    world_candidate(&w, "item-1/AAA", 0, 1);
    WORLD_UNTIL(&w, heap_len(w.c->deadlines) == 1);
    fake_answer(f, &f->given[0]);
    fake_answer(f, &f->given[1]);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_uint_eq(f->n, 2);
    WORLD_UNTIL(&w, f->whos >= 1); /* it comes by another socket than the final */
    fake_hello(f, 64, NULL, 0);
    WORLD_UNTIL(&w, w.c->n_crew == 1);
    WORLD_UNTIL(&w, world_is_idle(&w));
    ck_assert_uint_eq(f->n, 2);
    world_close(&w);
}
END_TEST

START_TEST(a_lease_that_two_alives_lack_is_given_out_again)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    for (int i = 0; i < JOB_TABLE; i++)
        if (w.c->table[i] != NULL)
            w.c->table[i]->sent_ms -= 10000; /* long ago: not on its way any more */
    f->given[0].over = true;                 /* it never arrived */
    fake_alive(f, 1);
    WORLD_UNTIL(&w, f->alive_ok == 1);
    ck_assert_uint_eq(f->n, 2);
    fake_alive(f, 2);
    WORLD_UNTIL(&w, f->n == 3);
    ck_assert_str_eq(f->given[2].source, f->given[0].source);
    ck_assert_uint_eq(w.c->n_leased, 2);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(the_same_process_on_a_new_connection_keeps_its_leases)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, true);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    fake_reconnect(f);
    fake_alive(f, 1);
    WORLD_UNTIL(&w, f->whos == 1);
    fake_hello(f, 64, NULL, 0);
    fake_alive(f, 2);
    WORLD_UNTIL(&w, f->alive_ok == 2);
    ck_assert_uint_eq(w.c->n_crew, 1);
    ck_assert_uint_eq(w.c->n_leased, 2);
    world_check(&w);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_uint_eq(f->n, 2);
    world_close(&w);
}
END_TEST

/* Its pipe is gone, its process is not: nobody else may get what only it may take. */
START_TEST(a_suspect_whose_enricher_lost_its_pipe_waits_for_another)
{
    struct world w;
    struct fake *a, *b;

    world_open(&w, NULL);
    a = world_fake(&w, 64, true);
    WORLD_UNTIL(&w, w.c->n_crew == 1);
    fake_reconnect(a); /* without a hello: the old connection is dead */
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, LIST_FIRST(&w.c->crew)->lost);
    for (struct job *j = TAILQ_FIRST(&w.c->orphans); j; j = TAILQ_NEXT(j, of_orphans))
        j->deaths = JOB_DEATHS_ALONE;
    w.c->reserved = LIST_FIRST(&w.c->crew);
    b = world_fake(&w, 64, true);
    fake_answers(b);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(who_is_silent_gets_nothing_more)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, true);
    LIST_FIRST(&w.c->crew)->heard_ms -= 10 * w.proc.conf.enricher.alive_ms;
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, w.c->stats[CS_CANDIDATES] == 1);
    ck_assert_int_eq(w.c->stats[CS_LEASES], 0);
    fake_alive(f, 1);
    WORLD_UNTIL(&w, f->n == 2);
    world_close(&w);
}
END_TEST

START_TEST(a_bye_frees_what_it_held)
{
    struct world w;
    struct fake *a, *b;

    world_open(&w, NULL);
    a = world_fake(&w, 64, true);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, a->n == 2);
    b = world_fake(&w, 64, true);
    fake_answers(b);
    fake_bye(a);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_int_eq(w.c->stats[CS_DEATHS], 0);
    ck_assert_uint_eq(w.c->n_crew, 1);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(credit_is_never_exceeded_and_none_means_leaving)
{
    char id[32];
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 3, false);
    for (int i = 0; i < 10; i++) {
        str_fmt(id, sizeof id, "item-%d/T%d", i, i);
        world_candidate(&w, id, 0, 0);
    }
    WORLD_UNTIL(&w, w.c->stats[CS_CANDIDATES] == 10 && f->n == 3);
    world_turn(&w);
    ck_assert_uint_eq(w.c->n_leased, 3);
    fake_hello(f, 0, NULL, 0);
    WORLD_UNTIL(&w, LIST_FIRST(&w.c->crew)->leaving);
    fake_answers(f);
    WORLD_UNTIL(&w, w.c->n_leased == 0);
    ck_assert_uint_eq(f->n, 3);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(the_holder_of_an_expired_lease_is_killed)
{
    static const char *const sets[] = {"collector.lease_ms=100", NULL};
    struct world w;
    struct fake *a, *b;

    world_open(&w, sets);
    a = world_fake(&w, 64, true);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, a->n == 2);
    b = world_fake(&w, 64, true);
    fake_answers(b);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_int_ge(w.c->stats[CS_EXPIRED], 1);
    ck_assert_int_eq(w.c->stats[CS_DEATHS], 1);
    world_check(&w);
    world_close(&w);
}
END_TEST

static void
add_deaths(TCase *t)
{
    tcase_add_test(t, the_jobs_of_a_dead_one_are_leased_again);
    tcase_add_test(t, the_last_words_of_a_dead_one_count);
    tcase_add_test(t, leases_go_out_by_bundles_of_four_and_to_all_in_the_end);
    tcase_add_test(t, after_three_deaths_a_job_runs_alone);
    tcase_add_test(t, after_five_deaths_it_is_poison);
    tcase_add_test(t, the_holder_of_an_expired_lease_is_killed);
}

Suite *
crew_suite(void)
{
    Suite *s = suite_create("crew");
    TCase *t = tcase_create("crew");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, an_unknown_connection_gets_who);
    add_deaths(t);
    tcase_add_test(t, no_two_leases_have_one_number);
    tcase_add_test(t, leases_of_another_epoch_keep_their_permits_until_they_land);
    tcase_add_test(t, what_an_earlier_collector_leased_is_not_asked_twice);
    tcase_add_test(t, a_candidate_before_the_hello_is_not_asked_for_twice);
    tcase_add_test(t, what_a_stranger_brings_is_used_before_its_hello);
    tcase_add_test(t, a_lease_that_two_alives_lack_is_given_out_again);
    tcase_add_test(t, the_same_process_on_a_new_connection_keeps_its_leases);
    tcase_add_test(t, a_suspect_whose_enricher_lost_its_pipe_waits_for_another);
    tcase_add_test(t, who_is_silent_gets_nothing_more);
    tcase_add_test(t, a_bye_frees_what_it_held);
    tcase_add_test(t, credit_is_never_exceeded_and_none_means_leaving);
    suite_add_tcase(s, t);
    return s;
}

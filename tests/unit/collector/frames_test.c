/* What enrichers say: good, late, wrong, or nothing like a message. */
#include "base/str.h"
#include "world.h"

#include <zmq.h>

Suite *frames_suite(void);

static struct given *
of_source(struct fake *f, const char *source)
{
    for (size_t i = f->n; i > 0; i--)
        if (str_eq(f->given[i - 1].source, source))
            return &f->given[i - 1];
    return NULL;
}

START_TEST(what_is_no_message_is_counted_and_harms_nobody)
{
    struct world w;
    struct fake *f;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    ck_assert_int_eq(zmq_send(f->dealer, "rubbish", 7, 0), 7);
    ck_assert_int_eq(zmq_send(f->dealer, "\1\0\1\0", 4, ZMQ_SNDMORE), 4);
    ck_assert_int_eq(zmq_send(f->dealer, "\xff\xff\xff", 3, 0), 3);
    fake_say(f, MSG_who, &(struct msg_who){.why = "the wrong way round"});
    WORLD_UNTIL(&w, w.c->stats[CS_FRAMES_BAD] == 3);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(a_result_of_an_unknown_kind_ends_no_lease)
{
    struct world w;
    struct fake *f, *other;
    struct given strange;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    other = world_fake(&w, 64, false);
    strange = f->given[0];
    fake_result(f, &strange, "splendid", "", 0);
    str_copy(strange.source, sizeof strange.source, "tea-leaves");
    fake_result(f, &strange, "empty", "", 0);
    strange = f->given[0]; /* it is not his to answer */
    fake_result(other, &strange, "empty", "", 0);
    WORLD_UNTIL(&w, w.c->stats[CS_FRAMES_BAD] == 3);
    ck_assert_uint_eq(w.c->n_leased, 2);
    world_check(&w);
    fake_answers(f);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    world_close(&w);
}
END_TEST

START_TEST(an_error_is_tried_three_times_then_says_its_reason)
{
    struct world w;
    struct fake *f;

    world_open(&w, world_no_crumb);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    fake_answer(f, of_source(f, "finviz-screener"));
    for (int tries = 1; tries <= JOB_TRIES; tries++) {
        WORLD_UNTIL(&w, f->n == (size_t)(1 + tries));
        fake_result(f, of_source(f, "yahoo-chart"), "timeout", "no byte in 15 s", 0);
    }
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1); /* nobody else has minutes */
    ck_assert_uint_eq(f->n, 1 + JOB_TRIES);
    ck_assert_int_eq(w.c->stats[CS_RETRIES], JOB_TRIES - 1);
    ck_assert_str_eq(w.went[0].status[METRIC_VWAP], "timeout");
    ck_assert_str_eq(w.went[0].why[METRIC_VWAP], "no byte in 15 s");
    ck_assert_str_eq(w.went[0].status[METRIC_PRICE], "ok"); /* the page has one, too */
    ck_assert_str_eq(w.went[0].status[METRIC_FLOAT], "ok");
    world_close(&w);
}
END_TEST

START_TEST(when_the_page_fails_the_chart_still_gives_the_price)
{
    struct world w;
    struct fake *f;

    world_open(&w, world_no_crumb);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    fake_answer(f, of_source(f, "yahoo-chart"));
    for (int tries = 1; tries <= JOB_TRIES; tries++) {
        WORLD_UNTIL(&w, f->n == (size_t)(1 + tries));
        fake_result(f, of_source(f, "finviz-screener"), "error", "unknown layout", 0);
    }
    for (int tries = 1; tries <= JOB_TRIES; tries++) {
        WORLD_UNTIL(&w, fake_holds(f, "finviz-quote") == 1);
        fake_result(f, of_source(f, "finviz-quote"), "error", "no page", 0);
    }
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_str_eq(w.went[0].status[METRIC_FLOAT], "error");
    ck_assert_str_eq(w.went[0].why[METRIC_FLOAT], "unknown layout");
    ck_assert_str_eq(w.went[0].status[METRIC_PRICE], "ok");
    world_close(&w);
}
END_TEST

/* It would be asked for again at once, and for ever. */
START_TEST(good_documents_without_figures_are_asked_for_once)
{
    struct world w;
    struct fake *f;

    world_open(&w, world_no_crumb);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    fake_result(f, &f->given[0], "empty", "", 0);
    fake_result(f, &f->given[1], "empty", "", 0);
    WORLD_UNTIL(&w, fake_holds(f, "finviz-quote") == 1); /* it may know more */
    fake_result(f, of_source(f, "finviz-quote"), "empty", "", 0);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_int_eq(w.c->stats[CS_LEASES], 3);
    for (int i = 0; i < METRIC_COUNT; i++)
        ck_assert_str_eq(w.went[0].status[i], "empty");
    world_close(&w);
}
END_TEST

START_TEST(a_late_result_is_used)
{
    struct world w;
    struct fake *f;
    struct given late[2];

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    late[0] = f->given[0];
    late[1] = f->given[1];
    for (int i = 0; i < 2; i++) { /* leases that are over, as far as anybody knows */
        late[i].lease += (int64_t)1 << 30;
        fake_result(f, &late[i], "ok", "", 0);
    }
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_int_eq(w.c->stats[CS_RESULTS_LATE], 2);
    ck_assert_uint_eq(w.c->n_leased, 2);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(landed_frees_the_permit_once)
{
    static const char *const sets[] = {"group yahoo.max_in_flight=1", NULL};
    struct world w;
    struct fake *f;
    struct given *chart;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    world_candidate(&w, "item-1/AAA", 1, 0);
    world_candidate(&w, "item-2/BBB", 1, 0);
    world_candidate(&w, "item-3/CCC", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    chart = of_source(f, "yahoo-chart");
    fake_landed(f, chart);
    WORLD_UNTIL(&w, f->n == 3);
    fake_landed(f, chart); /* said twice */
    fake_result(f, chart, "ok", "", 0);
    WORLD_UNTIL(&w, w.c->stats[CS_RESULTS] == 1);
    world_turn(&w);
    ck_assert_uint_eq(f->n, 3);
    world_check(&w);
    world_close(&w);
}
END_TEST

Suite *
frames_suite(void)
{
    Suite *s = suite_create("frames");
    TCase *t = tcase_create("frames");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, what_is_no_message_is_counted_and_harms_nobody);
    tcase_add_test(t, a_result_of_an_unknown_kind_ends_no_lease);
    tcase_add_test(t, an_error_is_tried_three_times_then_says_its_reason);
    tcase_add_test(t, when_the_page_fails_the_chart_still_gives_the_price);
    tcase_add_test(t, good_documents_without_figures_are_asked_for_once);
    tcase_add_test(t, a_late_result_is_used);
    tcase_add_test(t, landed_frees_the_permit_once);
    suite_add_tcase(s, t);
    return s;
}

/* What a candidate is told when its upstreams fail: an older figure while it still
 * means something, and always why there is no fresh one. */
#include "base/str.h"
#include "world.h"

Suite *answer_suite(void);

enum { DAY = 24 }; /* hours from one day's world_time to the next */

/* AAA is known from Monday, 11:00; after that no source answers any more. */
static struct fake *
known_once(struct world *w)
{
    struct fake *f = world_fake(w, 64, false);

    fake_answers(f);
    world_candidate(w, "item-0/AAA", 0, 0);
    WORLD_UNTIL(w, world_finals(w, "item-0/AAA") == 1 && world_is_idle(w));
    f->answers = false;
    return f;
}

static const struct went *
ask_in_vain(struct world *w, struct fake *f, const char *id)
{
    struct given *g;

    world_candidate(w, id, 0, 0);
    WORLD_UNTIL(w, heap_len(w->c->deadlines) == 1);
    WORLD_UNTIL(w, ((g = fake_last(f)) != NULL
                        ? fake_result(f, g, "error", "the upstream is down", 0)
                        : (void)0,
                    world_finals(w, id) == 1));
    return world_last(w, id);
}

static void
check_status(const struct went *e, enum metric_id id, const char *status)
{
    ck_assert_str_eq(e->status[id], status);
    if (!str_eq(status, "ok"))
        ck_assert_str_eq(e->why[id], "the upstream is down");
}

START_TEST(yesterdays_float_is_served_as_stale)
{
    const struct went *e;
    struct world w;
    struct fake *f;

    world_open(&w, world_no_crumb);
    f = known_once(&w);
    world_time(&w, DAY + 11, 30);
    e = ask_in_vain(&w, f, "item-1/AAA");
    check_status(e, METRIC_FLOAT, "stale");
    ck_assert_double_eq(e->value[METRIC_FLOAT], 4e6);
    world_close(&w);
}
END_TEST

/* 3 % of it, as the source said it. */
START_TEST(a_float_goes_with_its_short_interest_in_percent)
{
    struct world w;

    world_open(&w, world_no_crumb);
    known_once(&w);
    ck_assert_double_eq(world_last(&w, "item-0/AAA")->detail[METRIC_FLOAT], 3);
    world_close(&w);
}
END_TEST

START_TEST(a_float_of_last_week_is_not)
{
    const struct went *e;
    struct world w;
    struct fake *f;

    world_open(&w, world_no_crumb);
    f = known_once(&w);
    world_time(&w, 7 * DAY + 11, 1);
    e = ask_in_vain(&w, f, "item-1/AAA");
    check_status(e, METRIC_FLOAT, "error");
    ck_assert_double_eq(e->value[METRIC_FLOAT], 0);
    world_close(&w);
}
END_TEST

/* No failure is the knowledge that there is none: neither its status nor its time. */
START_TEST(a_failure_is_no_empty_and_over_within_the_minute)
{
    struct failure *failures;
    struct world w;
    struct fake *f;

    world_open(&w, world_no_crumb);
    f = world_fake(&w, 64, false);
    check_status(ask_in_vain(&w, f, "item-1/AAA"), METRIC_FLOAT, "error");
    failures = known_of(w.c->known, "AAA")->failures;
    for (size_t i = 0; i < n_sources; i++) {
        ck_assert_int_le(failures[i].until_ms, clock_boot_ms(NULL) + 60 * 1000);
        failures[i].until_ms = 0; /* as if it had passed */
    }
    fake_answers(f);
    world_candidate(&w, "item-2/AAA", 0, 0);
    WORLD_UNTIL(&w, world_finals(&w, "item-2/AAA") == 1);
    check_status(world_last(&w, "item-2/AAA"), METRIC_FLOAT, "ok");
    world_close(&w);
}
END_TEST

START_TEST(a_quote_is_served_as_stale_on_its_day)
{
    const struct went *e;
    struct world w;
    struct fake *f;

    world_open(&w, world_no_crumb);
    f = known_once(&w);
    world_time(&w, 11, 30);
    e = ask_in_vain(&w, f, "item-1/AAA");
    check_status(e, METRIC_FLOAT, "ok");
    check_status(e, METRIC_PRICE, "stale");
    check_status(e, METRIC_VWAP, "stale");
    check_status(e, METRIC_RVOL, "stale");
    ck_assert_double_eq(e->value[METRIC_VWAP], 11);
    world_close(&w);
}
END_TEST

START_TEST(a_quote_of_yesterday_is_never_served)
{
    const struct went *e;
    struct world w;
    struct fake *f;

    world_open(&w, world_no_crumb);
    f = known_once(&w);
    world_time(&w, DAY + 11, 0);
    e = ask_in_vain(&w, f, "item-1/AAA");
    check_status(e, METRIC_PRICE, "error");
    check_status(e, METRIC_VWAP, "error");
    check_status(e, METRIC_RVOL, "error");
    world_close(&w);
}
END_TEST

/* The pages of many tickers fail, the minutes come. */
START_TEST(a_ratio_over_a_stale_average_is_stale)
{
    const struct went *e;
    struct given *g;
    struct world w;
    struct fake *f;

    world_open(&w, world_no_crumb);
    f = known_once(&w);
    world_time(&w, DAY + 11, 0);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, heap_len(w.c->deadlines) == 1);
    WORLD_UNTIL(&w, ((g = fake_last(f)) == NULL ? (void)0
                     : str_eq(g->source, "yahoo-chart")
                         ? fake_answer(f, g)
                         : fake_result(f, g, "error", "the upstream is down", 0),
                     world_finals(&w, "item-1/AAA") == 1));
    e = world_last(&w, "item-1/AAA");
    check_status(e, METRIC_VWAP, "ok");
    check_status(e, METRIC_RVOL, "stale");
    ck_assert_double_gt(e->value[METRIC_RVOL], 0);
    world_time(&w, 7 * DAY + 11, 0); /* three more closes are over */
    e = ask_in_vain(&w, f, "item-2/AAA");
    check_status(e, METRIC_RVOL, "error");
    world_close(&w);
}
END_TEST

START_TEST(a_repeated_candidate_takes_nothing_of_the_last_session)
{
    struct world w;
    struct fake *f;
    size_t before;

    world_open(&w, world_no_crumb);
    f = world_fake(&w, 64, false);
    fake_answers(f);
    world_time(&w, 15, 56);
    world_candidate(&w, "item-0/AAA", 0, 0);
    WORLD_UNTIL(&w, world_finals(&w, "item-0/AAA") == 1);
    before = f->n;
    world_time(&w, 15, 59); /* within ten minutes, in the same session: the cache */
    world_candidate(&w, "item-1/AAA", 0, 1);
    WORLD_UNTIL(&w, world_finals(&w, "item-1/AAA") == 1);
    ck_assert_uint_eq(f->n, before);
    world_time(&w, 16, 2);
    world_candidate(&w, "item-2/AAA", 0, 1);
    WORLD_UNTIL(&w, world_finals(&w, "item-2/AAA") == 1);
    ck_assert_uint_gt(f->n, before); /* the price has become a close */
    world_close(&w);
}
END_TEST

/* RVol of a stock with two million shares today and one million on an average day. */
static struct went
rvol_at(const char *curve, int hour, int minute)
{
    char set[40];
    const char *sets[] = {set, NULL};
    struct world w;
    struct went e;

    str_fmt(set, sizeof set, "collector.rvol_curve=%s", curve);
    world_open(&w, sets);
    fake_answers(world_fake(&w, 64, false));
    world_time(&w, hour, minute);
    world_candidate(&w, "item-0/AAA", 0, 0);
    WORLD_UNTIL(&w, world_finals(&w, "item-0/AAA") == 1);
    e = *world_last(&w, "item-0/AAA");
    world_close(&w);
    return e;
}

static void
check_empty(struct went e, const char *why)
{
    ck_assert_str_eq(e.status[METRIC_RVOL], "empty");
    ck_assert_str_eq(e.why[METRIC_RVOL], why);
}

START_TEST(the_curve_is_a_setting)
{
    ck_assert_double_eq_tol(rvol_at("u", 11, 0).value[METRIC_RVOL], 2 / 0.290, 0.02);
    ck_assert_double_eq_tol(rvol_at("flat", 11, 0).value[METRIC_RVOL], 2 * 6.5 / 1.5,
                            0.02);
}
END_TEST

START_TEST(a_short_day_ends_sooner)
{
    int friday = 4 * DAY; /* after Thanksgiving: it closes at 13:00 */

    ck_assert_double_eq_tol(rvol_at("flat", friday + 11, 0).value[METRIC_RVOL],
                            2 * 3.5 / 1.5, 0.02);
    check_empty(rvol_at("u", friday + 13, 30), "session");
}
END_TEST

START_TEST(without_a_session_there_is_no_rvol)
{
    check_empty(rvol_at("u", 9, 0), "session");
    check_empty(rvol_at("u", 9, 40), "the first 15 minutes of the session");
    check_empty(rvol_at("u", 17, 0), "session");
    check_empty(rvol_at("u", 3 * DAY + 11, 0), "session"); /* Thanksgiving */
    check_empty(rvol_at("u", 5 * DAY + 11, 0), "session"); /* Saturday */
}
END_TEST

Suite *
answer_suite(void)
{
    Suite *s = suite_create("answer");
    TCase *t = tcase_create("answer");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, yesterdays_float_is_served_as_stale);
    tcase_add_test(t, a_float_goes_with_its_short_interest_in_percent);
    tcase_add_test(t, a_float_of_last_week_is_not);
    tcase_add_test(t, a_failure_is_no_empty_and_over_within_the_minute);
    tcase_add_test(t, a_quote_is_served_as_stale_on_its_day);
    tcase_add_test(t, a_quote_of_yesterday_is_never_served);
    tcase_add_test(t, a_ratio_over_a_stale_average_is_stale);
    tcase_add_test(t, a_repeated_candidate_takes_nothing_of_the_last_session);
    tcase_add_test(t, the_curve_is_a_setting);
    tcase_add_test(t, a_short_day_ends_sooner);
    tcase_add_test(t, without_a_session_there_is_no_rvol);
    suite_add_tcase(s, t);
    return s;
}

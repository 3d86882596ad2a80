#include "tests/market/tally.h"

#include <check.h>

Suite *tally_suite(void);

static struct arrival
arrive(struct tally *t, int64_t now_us)
{
    struct arrival a;

    tally_arrive(t, now_us, &a);
    return a;
}

static void
end(struct tally *t, int64_t now_us, bool refused)
{
    tally_end(t, &(struct ending){
                     .arrival_us = now_us, .end_us = now_us, .refused = refused});
}

START_TEST(a_phase_lasts_for_its_round_trips_and_refusals_do_not_count)
{
    struct tally t = {.limit = 99};

    ck_assert_int_eq(phases_parse("2x3,1", &t.phases), 0);
    ck_assert_int_eq(arrive(&t, 1).limit, 2);
    ck_assert(!arrive(&t, 2).violation);
    ck_assert(arrive(&t, 3).violation);
    end(&t, 4, true);
    end(&t, 5, false);
    end(&t, 6, false);
    ck_assert_uint_eq(t.phases.at, 0);
    arrive(&t, 7);
    end(&t, 8, false);
    ck_assert_uint_eq(t.phases.at, 1);
    ck_assert_int_eq(t.phases.list[0].begin_us, 1);
    ck_assert_int_eq(t.phases.list[0].end_us, 8);
    ck_assert_uint_eq(t.phases.list[0].accepted, 3);
    ck_assert_uint_eq(t.phases.list[0].refused, 1);
    ck_assert_int_eq(arrive(&t, 9).limit, 1);
    ck_assert(arrive(&t, 10).violation);
}
END_TEST

START_TEST(the_last_phase_stays)
{
    struct tally t = {0};

    ck_assert_int_eq(phases_parse("1x1,5x1", &t.phases), 0);
    for (int i = 0; i < 10; i++) {
        arrive(&t, 10 + i);
        end(&t, 10 + i, false);
    }
    ck_assert_uint_eq(t.phases.at, 1);
    ck_assert_uint_eq(t.phases.list[1].accepted, 9);
    ck_assert_int_eq(t.phases.list[1].end_us, 11);
    tally_reset(&t);
    ck_assert_int_eq(arrive(&t, 30).limit, 5);
}
END_TEST

START_TEST(bad_phases_are_refused_and_change_nothing)
{
    static const char *const bad[] = {
        "x",  "0x3",   "3x0", "3x",
        "-1", "3x2x1", "a=3", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1"};
    struct phases p = {.n = 7};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_int_lt(phases_parse(bad[i], &p), 0);
    ck_assert_uint_eq(p.n, 7);
    ck_assert_int_eq(phases_parse("", &p), 0);
    ck_assert_uint_eq(p.n, 0);
}
END_TEST

START_TEST(more_than_the_rate_in_any_second_is_too_fast)
{
    struct tally t = {.rate_limit = 10};

    for (int i = 0; i < 10; i++)
        ck_assert(!arrive(&t, 1000000 + i * 50000).too_fast);
    ck_assert(arrive(&t, 1999999).too_fast);
    ck_assert(!arrive(&t, 2050001).too_fast);
    ck_assert_uint_eq(t.too_fast, 1);
    ck_assert_int_eq(t.highest_rate, 11);
}
END_TEST

Suite *
tally_suite(void)
{
    Suite *s = suite_create("tally");
    TCase *t = tcase_create("tally");

    tcase_add_test(t, a_phase_lasts_for_its_round_trips_and_refusals_do_not_count);
    tcase_add_test(t, the_last_phase_stays);
    tcase_add_test(t, bad_phases_are_refused_and_change_nothing);
    tcase_add_test(t, more_than_the_rate_in_any_second_is_too_fast);
    suite_add_tcase(s, t);
    return s;
}

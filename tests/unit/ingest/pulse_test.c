#include "ingest/pulse.h"

#include <check.h>

static const struct pulse_rule rule = {.down_after = 3, .rest_ms = 30000};

START_TEST(a_feed_goes_down_once_and_comes_up_once)
{
    struct pulse p = {0};

    ck_assert_str_eq(pulse_name(&p), "never");
    ck_assert_int_eq(pulse_failed(&p, false, &rule, 0), PULSE_SAME);
    ck_assert_str_eq(pulse_name(&p), "failing");
    ck_assert_int_eq(pulse_failed(&p, false, &rule, 0), PULSE_SAME);
    ck_assert_int_eq(pulse_failed(&p, false, &rule, 0), PULSE_WENT_DOWN);
    ck_assert_int_eq(pulse_failed(&p, false, &rule, 0), PULSE_SAME);
    ck_assert_str_eq(pulse_name(&p), "down");
    ck_assert_int_eq(pulse_good(&p), PULSE_CAME_UP);
    ck_assert_int_eq(pulse_good(&p), PULSE_SAME);
    ck_assert_str_eq(pulse_name(&p), "ok");
    ck_assert_int_eq(p.errors, 4);
}
END_TEST

START_TEST(silence_is_asked_again_at_once)
{
    struct pulse p = {0};

    for (int i = 0; i < 100; i++)
        (void)pulse_failed(&p, false, &rule, 1000);
    ck_assert(pulse_may_ask(&p, 1000));
}
END_TEST

START_TEST(refusals_are_left_alone_for_longer_and_longer)
{
    static const int64_t rests[] = {0, 0, 30000, 60000, 120000, 240000, 480000};
    struct pulse p = {0};

    for (size_t i = 0; i < sizeof rests / sizeof rests[0]; i++) {
        (void)pulse_failed(&p, true, &rule, 1000);
        ck_assert(pulse_may_ask(&p, 1000 + rests[i]));
        ck_assert(rests[i] == 0 || !pulse_may_ask(&p, 999 + rests[i]));
    }
    for (int i = 0; i < 1000; i++)
        (void)pulse_failed(&p, true, &rule, 1000);
    ck_assert(pulse_may_ask(&p, 1000 + PULSE_REST_MAX_MS));
    (void)pulse_good(&p);
    ck_assert(pulse_may_ask(&p, 1000));
}
END_TEST

START_TEST(a_pause_asked_for_is_kept_up_to_an_hour)
{
    struct pulse p = {0};

    pulse_pause(&p, -1, 1000);
    ck_assert(pulse_may_ask(&p, 1000));
    pulse_pause(&p, 5000, 1000);
    ck_assert(!pulse_may_ask(&p, 5999) && pulse_may_ask(&p, 6000));
    pulse_pause(&p, INT64_C(1) << 40, 1000);
    ck_assert(pulse_may_ask(&p, 1000 + PULSE_PARDON_MS));
}
END_TEST

START_TEST(backoff_doubles_up_to_its_end)
{
    ck_assert_int_eq(pulse_backoff(0, 5, 300), 5);
    ck_assert_int_eq(pulse_backoff(3, 5, 300), 40);
    ck_assert_int_eq(pulse_backoff(6, 5, 300), 300);
    ck_assert_int_eq(pulse_backoff(INT64_MAX, 5, 300), 300);
}
END_TEST

Suite *pulse_suite(void);

Suite *
pulse_suite(void)
{
    Suite *s = suite_create("pulse");
    TCase *t = tcase_create("pulse");

    tcase_add_test(t, a_feed_goes_down_once_and_comes_up_once);
    tcase_add_test(t, silence_is_asked_again_at_once);
    tcase_add_test(t, refusals_are_left_alone_for_longer_and_longer);
    tcase_add_test(t, a_pause_asked_for_is_kept_up_to_an_hour);
    tcase_add_test(t, backoff_doubles_up_to_its_end);
    suite_add_tcase(s, t);
    return s;
}

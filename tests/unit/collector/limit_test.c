/* Laws of the limits: never more than so many, never faster, whatever happens. */
#include "base/prng.h"
#include "enricher/collector/limit.h"

#include <check.h>

Suite *limit_suite(void);

START_TEST(no_window_holds_more_than_rate_and_burst_allow)
{
    enum { TAKES = 2000 };
    struct prng r = {7 + (uint64_t)_i};
    int burst = 1 + (int)prng_below(&r, 8);
    double rate = 0.5 + (double)prng_below(&r, 50);
    int64_t now = 1000000, at[TAKES];
    struct limit l;

    limit_init(&l, 1000000, rate, burst);
    for (int n = 0; n < TAKES;) {
        if (limit_next_ms(&l, now) <= now / 1000) {
            limit_take(&l, now);
            at[n++] = now;
        } else {
            now += (int64_t)prng_below(&r, 100000);
        }
    }
    for (int n = burst; n < TAKES; n++) /* burst + 1 takes need at least one interval */
        ck_assert_msg(at[n] - at[n - burst] >= (int64_t)(1e6 / rate) - 1,
                      "seed %d: %d takes within %lld us at %.1f/s", 7 + _i, burst + 1,
                      (long long)(at[n] - at[n - burst]), rate);
}
END_TEST

START_TEST(never_more_in_flight_than_allowed)
{
    struct prng r = {99};
    struct limit l;
    int flying = 0;

    limit_init(&l, 10, 0, 1);
    for (int i = 0; i < 10000; i++) {
        if (prng_below(&r, 2) == 0 && limit_next_ms(&l, 1) <= 0) {
            limit_take(&l, 1);
            flying++;
        } else if (flying > 0 && prng_below(&r, 3) == 0) {
            limit_give(&l);
            flying--;
        }
        ck_assert_int_le(flying, 10);
        ck_assert_int_eq(l.in_flight, flying);
    }
}
END_TEST

START_TEST(without_a_rate_all_permits_go_in_one_instant)
{
    int64_t now = 1000001; /* not a whole millisecond */
    struct limit l;

    limit_init(&l, 15, 0, 1);
    for (int i = 0; i < 15; i++) {
        ck_assert_int_le(limit_next_ms(&l, now), now / 1000);
        limit_take(&l, now);
    }
    ck_assert(limit_next_ms(&l, now) == INT64_MAX);
}
END_TEST

START_TEST(a_refusal_pauses_as_long_as_it_says)
{
    struct limit l;

    limit_init(&l, 4, 0, 1);
    limit_refused(&l, 1000, 30000, LIMIT_BACKOFF_MS);
    ck_assert_int_eq(limit_next_ms(&l, 1000000), 31000);
    ck_assert_str_eq(limit_why(&l, 1000000), "refused by upstream");
    ck_assert_int_le(limit_next_ms(&l, 31000000), 31000);
}
END_TEST

START_TEST(refusals_without_a_time_double_the_pause_up_to_a_minute)
{
    struct limit l;
    int64_t now = 1000, pause = LIMIT_BACKOFF_MS;

    limit_init(&l, 4, 0, 1);
    for (int i = 0; i < 10; i++) {
        limit_refused(&l, now, -1, LIMIT_BACKOFF_MS);
        ck_assert_int_eq(l.paused_until_ms - now, pause);
        now = l.paused_until_ms;
        pause = pause * 2 < LIMIT_BACKOFF_MAX_MS ? pause * 2 : LIMIT_BACKOFF_MAX_MS;
    }
    limit_clean(&l);
    limit_refused(&l, now, -1, LIMIT_BACKOFF_MS);
    ck_assert_int_eq(l.paused_until_ms - now, LIMIT_BACKOFF_MS);
}
END_TEST

START_TEST(a_held_group_gives_nothing)
{
    struct limit l;

    limit_init(&l, 4, 0, 1);
    l.held = true;
    ck_assert(limit_next_ms(&l, 1) == INT64_MAX);
    ck_assert_str_eq(limit_why(&l, 1), "paused by operator");
}
END_TEST

Suite *
limit_suite(void)
{
    Suite *s = suite_create("limit");
    TCase *t = tcase_create("limit");

    tcase_add_loop_test(t, no_window_holds_more_than_rate_and_burst_allow, 0, 50);
    tcase_add_test(t, never_more_in_flight_than_allowed);
    tcase_add_test(t, without_a_rate_all_permits_go_in_one_instant);
    tcase_add_test(t, a_refusal_pauses_as_long_as_it_says);
    tcase_add_test(t, refusals_without_a_time_double_the_pause_up_to_a_minute);
    tcase_add_test(t, a_held_group_gives_nothing);
    suite_add_tcase(s, t);
    return s;
}

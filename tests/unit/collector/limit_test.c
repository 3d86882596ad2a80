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
        if (limit_next_ms(&l) <= now / 1000) {
            (void)limit_take(&l, now);
            limit_give(&l);
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
    enum { MOST = 20 };
    struct prng r = {99 + (uint64_t)_i};
    struct permit out[MOST];
    struct limit l;
    int flying = 0;

    limit_init(&l, MOST, 0, 1);
    for (int64_t now = 1; now < 1000000; now += 1 + (int64_t)prng_below(&r, 99)) {
        unsigned what = (unsigned)prng_below(&r, 100);

        if (flying < MOST && what < 60 && limit_next_ms(&l) <= now / 1000) {
            out[flying++] = limit_take(&l, now);
        } else if (flying > 0) {
            struct permit p = out[--flying];

            limit_give(&l);
            if (what < 90)
                limit_answered(&l, &p, now);
            else
                limit_failed(&l, &p,
                             &(struct refusal){.crowded = true, .retry_after_ms = -1},
                             now);
        }
        ck_assert_msg(flying <= MOST && l.in_flight == flying, "seed %d", 99 + _i);
    }
}
END_TEST

START_TEST(without_a_rate_all_permits_go_in_one_instant)
{
    int64_t now = 1000001; /* not a whole millisecond */
    struct limit l;

    limit_init(&l, LEARN_FIRST, 0, 1);
    for (int i = 0; i < LEARN_FIRST; i++) {
        ck_assert_int_le(limit_next_ms(&l), now / 1000);
        (void)limit_take(&l, now);
    }
    ck_assert(limit_next_ms(&l) == INT64_MAX);
}
END_TEST

static const struct refusal crowded = {
    .crowded = true, .retry_after_ms = -1, .first_ms = BREAKER_FIRST_MS};

/* One of many that was refused for their number: the others go on. */
START_TEST(one_too_many_lowers_the_level_and_pauses_nobody)
{
    struct permit p[8];
    struct limit l;

    limit_init(&l, 20, 0, 1);
    for (int i = 0; i < 8; i++)
        p[i] = limit_take(&l, 1000 + i);
    limit_give(&l);
    ck_assert(!limit_failed(&l, &p[7], &crowded, 2000));
    ck_assert_int_eq(l.learn.level, 7);
    ck_assert(limit_next_ms(&l) == INT64_MAX);
    limit_give(&l);
    limit_answered(&l, &p[0], 3000);
    ck_assert_int_le(limit_next_ms(&l), 3);
}
END_TEST

START_TEST(refused_all_alone_is_not_a_matter_of_number)
{
    struct limit l;
    int64_t now_us = 1000000, pause = BREAKER_FIRST_MS;

    limit_init(&l, 4, 0, 1);
    for (int i = 0; i < 10; i++) {
        struct permit p = limit_take(&l, now_us);

        limit_give(&l);
        ck_assert(limit_failed(&l, &p, &crowded, now_us));
        ck_assert_int_eq(limit_next_ms(&l) - now_us / 1000, pause);
        now_us = limit_next_ms(&l) * 1000;
        pause = pause * 2 < BREAKER_MOST_MS ? pause * 2 : BREAKER_MOST_MS;
    }
    ck_assert_int_eq(l.learn.level, 4);
    ck_assert(l.breaker.open);
}
END_TEST

START_TEST(a_refusal_pauses_as_long_as_it_says)
{
    struct refusal r = crowded;
    struct permit p[2];
    struct limit l;

    limit_init(&l, 4, 0, 1);
    p[0] = limit_take(&l, 1000000);
    p[1] = limit_take(&l, 1000000);
    r.retry_after_ms = 30000;
    limit_give(&l);
    ck_assert(!limit_failed(&l, &p[1], &r, 1000000)); /* one of two: it is closed */
    ck_assert_int_eq(limit_next_ms(&l), INT64_MAX);   /* the other one flies */
    limit_give(&l);
    limit_answered(&l, &p[0], 1100000);
    ck_assert_int_eq(limit_next_ms(&l), 31000);
    ck_assert_str_eq(limit_why(&l, 1200000), "refused by upstream");
    ck_assert_str_eq(limit_why(&l, 31000000), "");
}
END_TEST

START_TEST(a_challenge_lets_one_request_through_each_pause)
{
    struct refusal r = {.blocked = true, .retry_after_ms = -1, .first_ms = 15000};
    struct limit l;
    struct permit p;

    limit_init(&l, 4, 0, 1);
    p = limit_take(&l, 1000000);
    limit_give(&l);
    ck_assert(limit_failed(&l, &p, &r, 1000000));
    ck_assert_int_eq(limit_next_ms(&l), 16000);
    ck_assert_str_eq(limit_why(&l, 2000000), "upstream keeps failing");
    p = limit_take(&l, 16000000);
    ck_assert(limit_next_ms(&l) == INT64_MAX);
    ck_assert_str_eq(limit_why(&l, 16000000), "one request tries the upstream");
    limit_give(&l); /* landed, not yet understood */
    ck_assert(limit_next_ms(&l) == INT64_MAX);
    ck_assert(limit_answered(&l, &p, 16500000));
    ck_assert(!limit_is_shut(&l, 16500));
    ck_assert_int_le(limit_next_ms(&l), 16500);
}
END_TEST

START_TEST(the_operator_reopens_what_is_shut)
{
    struct refusal r = {.blocked = true, .retry_after_ms = -1, .first_ms = 15000};
    struct limit l;
    struct permit p;

    limit_init(&l, 4, 0, 1);
    p = limit_take(&l, 1000000);
    limit_give(&l);
    limit_failed(&l, &p, &r, 1000000);
    limit_reopen(&l, 2000000);
    ck_assert_int_le(limit_next_ms(&l), 2000);
    ck_assert_str_eq(limit_why(&l, 2000000), "");
}
END_TEST

START_TEST(a_held_group_gives_nothing)
{
    struct limit l;

    limit_init(&l, 4, 0, 1);
    l.held = true;
    ck_assert(limit_next_ms(&l) == INT64_MAX);
    ck_assert_str_eq(limit_why(&l, 1), "paused by operator");
}
END_TEST

Suite *
limit_suite(void)
{
    Suite *s = suite_create("limit");
    TCase *t = tcase_create("limit");

    tcase_add_loop_test(t, no_window_holds_more_than_rate_and_burst_allow, 0, 50);
    tcase_add_loop_test(t, never_more_in_flight_than_allowed, 0, 20);
    tcase_add_test(t, without_a_rate_all_permits_go_in_one_instant);
    tcase_add_test(t, one_too_many_lowers_the_level_and_pauses_nobody);
    tcase_add_test(t, refused_all_alone_is_not_a_matter_of_number);
    tcase_add_test(t, a_refusal_pauses_as_long_as_it_says);
    tcase_add_test(t, a_challenge_lets_one_request_through_each_pause);
    tcase_add_test(t, the_operator_reopens_what_is_shut);
    tcase_add_test(t, a_held_group_gives_nothing);
    suite_add_tcase(s, t);
    return s;
}

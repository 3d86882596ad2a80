/* How much may be repeated. */
#include "enricher/collector/budget.h"

#include <check.h>

Suite *budget_suite(void);

START_TEST(a_few_may_be_repeated_however_little_was_asked)
{
    struct budget b = {0};

    for (int i = 0; i < BUDGET_FLOOR; i++)
        ck_assert(budget_retry(&b, 1000 + i));
    ck_assert(!budget_retry(&b, 2000));
}
END_TEST

START_TEST(the_window_forgets)
{
    struct budget b = {0};
    int64_t window = BUDGET_SLOT_MS * BUDGET_SLOTS;

    while (budget_retry(&b, 1000))
        ;
    ck_assert(!budget_retry(&b, window - BUDGET_SLOT_MS));
    ck_assert(budget_retry(&b, 1000 + window));
    ck_assert(budget_retry(&b, INT64_MAX / 2));
}
END_TEST

/* Over any minute: never more than the floor, or a tenth of what was asked lately. */
START_TEST(never_more_than_a_tenth_is_repeated)
{
    enum { N = 20000 };
    struct prng r = {31 + (uint64_t)_i};
    int64_t window = BUDGET_SLOT_MS * BUDGET_SLOTS, now = 0;
    static int64_t asked[N], repeated[N];
    int n_asked = 0, n_repeated = 0;
    struct budget b = {0};

    for (int i = 0; i < N; i++) {
        now += (int64_t)prng_below(&r, 20);
        if (prng_below(&r, 3) > 0) {
            budget_request(&b, now);
            asked[n_asked++] = now;
        } else if (budget_retry(&b, now)) {
            int a = 0, t = 0;

            repeated[n_repeated++] = now;
            for (int k = n_asked; k > 0 && asked[k - 1] > now - window; k--)
                a++;
            for (int k = n_repeated;
                 k > 0 && repeated[k - 1] > now - window + BUDGET_SLOT_MS; k--)
                t++;
            ck_assert_msg(t <= BUDGET_FLOOR || t <= a / BUDGET_SHARE + 1,
                          "seed %d: %d of %d", 31 + _i, t, a);
        }
    }
    ck_assert_int_gt(n_repeated, n_asked / BUDGET_SHARE * 8 / 10);
}
END_TEST

/* Over any minute, when a hedge goes: never more than the floor, or a twentieth of what
 * was asked for the first time, whatever else is asked twice; nor more than the tenth
 * of its group. */
START_TEST(with_hedges_never_more_than_a_twentieth_is_asked_twice)
{
    enum { N = 20000 };
    struct prng r = {77 + (uint64_t)_i};
    int64_t window = BUDGET_SLOT_MS * BUDGET_SLOTS, now = 0;
    static int64_t asked[N], twice[N];
    int n_asked = 0, n_twice = 0, n_hedges = 0, others = 0;
    struct budget all = {0}, own = {0};

    for (int i = 0; i < N; i++) {
        uint64_t what = prng_below(&r, 100);

        now += (int64_t)prng_below(&r, 20);
        if (what < 70) {
            budget_request(&all, now);
            budget_request(&own, now);
            asked[n_asked++] = now;
        } else if (what < 70 + (uint64_t)_i / 2) { /* refused: that needs no leave */
            budget_repeated(&all, now);
            twice[n_twice++] = now;
            others++;
        } else if (budget_hedge(&all, &own, now)) {
            int a = 0, t = 0;

            twice[n_twice++] = now;
            n_hedges++;
            for (int k = n_asked; k > 0 && asked[k - 1] > now - window; k--)
                a++;
            for (int k = n_twice; k > 0 && twice[k - 1] > now - window + BUDGET_SLOT_MS;
                 k--)
                t++;
            ck_assert_msg(t <= HEDGE_FLOOR || t * HEDGE_SHARE <= a - t + 1,
                          "seed %d: %d of %d", 77 + _i, t, a);
        }
    }
    ck_assert_int_gt(n_hedges + others, n_asked / HEDGE_SHARE * 8 / 10);
}
END_TEST

START_TEST(a_hedge_needs_leave_of_its_group_too_and_is_counted_once)
{
    struct budget all = {0}, own = {0};

    for (int i = 0; i < 1000; i++)
        budget_request(&all, 1000);
    while (budget_retry(&own, 1000))
        ;
    ck_assert(!budget_hedge(&all, &own, 1000));
    own = (struct budget){0};
    for (int i = 0; i < BUDGET_FLOOR; i++) /* what is denied costs nothing */
        ck_assert(budget_hedge(&all, &own, 1000));
    ck_assert(!budget_hedge(&all, &own, 1000));
}
END_TEST

START_TEST(rests_are_drawn_between_nothing_and_a_bound_that_doubles)
{
    struct prng r = {5};
    int64_t bound = BUDGET_REST_MS;

    for (int nth = 1; nth < 12; nth++) {
        int64_t longest = 0;

        for (int i = 0; i < 2000; i++) {
            int64_t rest = budget_rest_ms(&r, nth);

            ck_assert_int_ge(rest, 0);
            ck_assert_int_le(rest, bound);
            longest = rest > longest ? rest : longest;
        }
        ck_assert_int_gt(longest, bound * 9 / 10);
        bound = 2 * bound < BUDGET_REST_MOST_MS ? 2 * bound : BUDGET_REST_MOST_MS;
    }
}
END_TEST

Suite *
budget_suite(void)
{
    Suite *s = suite_create("budget");
    TCase *t = tcase_create("budget");

    tcase_add_test(t, a_few_may_be_repeated_however_little_was_asked);
    tcase_add_test(t, the_window_forgets);
    tcase_add_loop_test(t, never_more_than_a_tenth_is_repeated, 0, 10);
    tcase_add_loop_test(t, with_hedges_never_more_than_a_twentieth_is_asked_twice, 0,
                        12);
    tcase_add_test(t, a_hedge_needs_leave_of_its_group_too_and_is_counted_once);
    tcase_add_test(t, rests_are_drawn_between_nothing_and_a_bound_that_doubles);
    suite_add_tcase(s, t);
    return s;
}

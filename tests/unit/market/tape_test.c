#include "tests/market/tape.h"

#include <check.h>

Suite *tape_suite(void);

/* Monday 2026-11-23: 09:30 to 16:00 in New York, as seconds since 1970. */
enum { OPEN_S = 1795444200, CLOSE_S = 1795467600 };

#define MS(s) ((int64_t)(s)*1000)

START_TEST(bars_grow_with_the_day_and_never_change)
{
    struct universe *u = universe_new(100, 1);

    for (size_t i = 0; i < 100; i++) {
        static struct tape early, late;

        tape_run(universe_at(u, i), OPEN_S, CLOSE_S, OPEN_S + 3600, &early);
        tape_run(universe_at(u, i), OPEN_S, CLOSE_S, CLOSE_S + 9999, &late);
        ck_assert_uint_eq(early.n, 60);
        ck_assert_uint_eq(late.n, TAPE_BARS);
        ck_assert_mem_eq(early.bars, late.bars, 60 * sizeof early.bars[0]);
        ck_assert_int_gt(late.volume, early.volume);
    }
    universe_free(&u);
}
END_TEST

START_TEST(every_bar_is_whole_and_the_day_has_more_volume_than_its_bars)
{
    struct universe *u = universe_new(300, 5);

    for (size_t i = 0; i < 300; i++) {
        static struct tape t;
        int64_t sum = 0;

        tape_run(universe_at(u, i), OPEN_S, CLOSE_S, CLOSE_S, &t);
        for (size_t k = 0; k < t.n; k++) {
            const struct tape_bar *b = &t.bars[k];

            ck_assert(b->low > 0 && b->low <= b->open && b->low <= b->close);
            ck_assert(b->high >= b->open && b->high >= b->close);
            ck_assert_int_gt(b->volume, 0);
            sum += b->none ? 0 : b->volume;
        }
        ck_assert_int_gt(t.volume, sum);
        ck_assert(t.low <= t.last && t.last <= t.high);
    }
    universe_free(&u);
}
END_TEST

START_TEST(before_the_open_there_is_no_bar)
{
    struct universe *u = universe_new(1, 1);
    static struct tape t;

    tape_run(universe_at(u, 0), OPEN_S, CLOSE_S, OPEN_S, &t);
    ck_assert_uint_eq(t.n, 0);
    ck_assert_int_eq(t.volume, 0);
    ck_assert_int_eq(t.last, universe_at(u, 0)->prev_close);
    universe_free(&u);
}
END_TEST

START_TEST(the_session_shown_is_the_last_that_opened)
{
    int64_t open_s, close_s;

    tape_session(MS(OPEN_S), &open_s, &close_s);
    ck_assert_int_eq(open_s, OPEN_S);
    ck_assert_int_eq(close_s, CLOSE_S);
    tape_session(MS(OPEN_S) - 1, &open_s, &close_s); /* before Monday's open: Friday */
    ck_assert_int_eq(open_s, OPEN_S - 3 * 86400);
    tape_session(MS(OPEN_S + 4 * 86400 + 7200), &open_s, &close_s); /* early close */
    ck_assert_int_eq(close_s - open_s, 12600);
}
END_TEST

Suite *
tape_suite(void)
{
    Suite *s = suite_create("tape");
    TCase *t = tcase_create("tape");

    tcase_add_test(t, bars_grow_with_the_day_and_never_change);
    tcase_add_test(t, every_bar_is_whole_and_the_day_has_more_volume_than_its_bars);
    tcase_add_test(t, before_the_open_there_is_no_bar);
    tcase_add_test(t, the_session_shown_is_the_last_that_opened);
    suite_add_tcase(s, t);
    return s;
}

/* How long a figure answers: by age, by trading days, by session. */
#include "enricher/collector/life.h"

#include <check.h>

Suite *life_suite(void);

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

static const struct life shipped = {.shares_s = 86400, .quote_s = 60};

/* Of November 2026: the 23rd is a Monday, the 26th Thanksgiving, the 27th short. */
static int64_t
at(int day, int hour, int minute)
{
    return ny_to_ms(2026, 11, day, hour * 60 + minute);
}

static struct span
value(enum fact_id id, int64_t got_ms)
{
    struct life l = shipped;

    return life_span(&l, id, NULL, got_ms);
}

static int64_t
none(enum fact_id id, const char *why, int64_t got_ms)
{
    struct life l = shipped;
    struct span s = life_span(&l, id, why, got_ms);

    ck_assert_int_eq(s.fresh_ms, s.stale_ms); /* never served as stale */
    return s.fresh_ms;
}

static void
check_span(enum fact_id id, int64_t got_ms, int64_t fresh_ms, int64_t stale_ms)
{
    struct span s = value(id, got_ms);

    ck_assert_msg(s.fresh_ms == fresh_ms, "%s: fresh %+lld ms off", fact_rows[id].name,
                  (long long)(s.fresh_ms - fresh_ms));
    ck_assert_msg(s.stale_ms == stale_ms, "%s: stale %+lld ms off", fact_rows[id].name,
                  (long long)(s.stale_ms - stale_ms));
}

START_TEST(shares_live_a_day_and_serve_a_week)
{
    static const enum fact_id ids[] = {FACT_FLOAT_SHARES, FACT_SHARES_OUTSTANDING,
                                       FACT_SHORT_FLOAT};

    for (int i = 0; i < 3; i++) {
        check_span(ids[i], at(23, 11, 0), at(24, 11, 0), at(30, 11, 0));
        check_span(ids[i], at(28, 3, 0), at(29, 3, 0), at(28, 3, 0) + 7ll * DAY);
    }
}
END_TEST

START_TEST(an_average_lives_to_the_close_and_serves_three_more)
{
    /* Monday: the closes of Tuesday, Wednesday, and Friday's short day. */
    check_span(FACT_AVG_VOLUME, at(23, 11, 0), at(23, 16, 0), at(27, 13, 0));
    check_span(FACT_AVG_VOLUME, at(23, 3, 50), at(23, 16, 0), at(27, 13, 0));
    check_span(FACT_AVG_VOLUME, at(23, 16, 0), at(24, 16, 0), at(30, 16, 0));
    check_span(FACT_AVG_VOLUME, at(25, 18, 0), at(27, 13, 0),
               at(30, 16, 0) + 2ll * DAY);
}
END_TEST

START_TEST(a_price_lives_a_minute_while_it_moves)
{
    check_span(FACT_LAST_PRICE, at(23, 8, 0), at(23, 8, 1), at(23, 9, 30));
    check_span(FACT_LAST_PRICE, at(23, 11, 0), at(23, 11, 1), at(24, 4, 0));
    check_span(FACT_LAST_PRICE, at(23, 17, 0), at(23, 17, 1), at(24, 4, 0));
}
END_TEST

START_TEST(at_night_a_price_stands_until_the_next_pre_market)
{
    check_span(FACT_LAST_PRICE, at(23, 21, 0), at(24, 4, 0), at(24, 4, 0));
    check_span(FACT_LAST_PRICE, at(24, 2, 0), at(24, 4, 0), at(24, 4, 0));
    check_span(FACT_LAST_PRICE, at(25, 21, 0), at(27, 4, 0), at(27, 4, 0));
    check_span(FACT_LAST_PRICE, at(27, 17, 0), at(30, 4, 0), at(30, 4, 0));
}
END_TEST

START_TEST(nothing_is_fresh_beyond_the_bell)
{
    check_span(FACT_LAST_PRICE, at(23, 9, 30) - 1, at(23, 9, 30), at(23, 9, 30));
    check_span(FACT_LAST_PRICE, at(23, 16, 0) - 1, at(23, 16, 0), at(24, 4, 0));
    check_span(FACT_SESSION_VWAP, at(23, 16, 0) - 1, at(23, 16, 0), at(24, 4, 0));
    check_span(FACT_DAY_VOLUME, at(27, 13, 0) - 1, at(27, 13, 0), at(30, 4, 0));
}
END_TEST

START_TEST(the_days_figures_stand_from_the_close_to_the_next_day)
{
    check_span(FACT_SESSION_VWAP, at(23, 16, 0), at(24, 4, 0), at(24, 4, 0));
    check_span(FACT_DAY_VOLUME, at(23, 19, 0), at(24, 4, 0), at(24, 4, 0));
    check_span(FACT_SESSION_VWAP, at(27, 13, 0), at(30, 4, 0), at(30, 4, 0));
    check_span(FACT_PREV_CLOSE, at(23, 10, 0), at(24, 4, 0), at(24, 4, 0));
}
END_TEST

START_TEST(before_the_open_a_close_lives_as_long_as_the_price_beside_it)
{
    check_span(FACT_PREV_CLOSE, at(23, 8, 0), at(23, 8, 1), at(23, 9, 30));
}
END_TEST

START_TEST(no_quote_of_one_trading_day_is_served_on_another)
{
    static const enum fact_id ids[] = {FACT_LAST_PRICE, FACT_PREV_CLOSE,
                                       FACT_DAY_VOLUME, FACT_SESSION_VWAP};

    for (int64_t got = at(1, 0, 0); got < at(30, 24, 0); got += 7 * MINUTE) {
        for (int i = 0; i < 4; i++) {
            struct span s = value(ids[i], got);

            ck_assert_int_gt(s.fresh_ms, got);
            ck_assert_int_ge(s.stale_ms, s.fresh_ms);
            ck_assert_int_le(s.stale_ms, calendar_next_start(got, SESSION_PRE));
            ck_assert_int_le(s.stale_ms, calendar_next_start(got, SESSION_REGULAR));
        }
    }
}
END_TEST

START_TEST(that_there_is_none_holds_as_long_as_its_reason)
{
    int64_t got = at(23, 11, 0);

    ck_assert_int_eq(none(FACT_FLOAT_SHARES, WHY_UNKNOWN, got), got + HOUR);
    ck_assert_int_eq(none(FACT_LAST_PRICE, WHY_UNKNOWN, got), got + HOUR);
    ck_assert_int_eq(none(FACT_FLOAT_SHARES, "no figure", got), got + HOUR);
    ck_assert_int_eq(none(FACT_LAST_PRICE, "no figure", got), got + MINUTE);
    ck_assert_int_eq(none(FACT_SESSION_VWAP, WHY_NO_BARS, got), got + MINUTE);
    ck_assert_int_eq(none(FACT_SESSION_VWAP, WHY_SESSION, at(23, 8, 0)), at(23, 9, 30));
}
END_TEST

START_TEST(that_there_is_none_does_not_outlive_its_session)
{
    int64_t got = at(23, 9, 29);

    ck_assert_int_eq(none(FACT_FLOAT_SHARES, WHY_UNKNOWN, got), at(23, 9, 30));
    ck_assert_int_eq(none(FACT_SESSION_VWAP, WHY_SESSION, got), at(23, 9, 30));
    ck_assert_int_eq(none(FACT_LAST_PRICE, "", at(23, 9, 30) - 1), at(23, 9, 30));
}
END_TEST

START_TEST(the_settings_decide_ages)
{
    struct life l = {.shares_s = 3600, .quote_s = 300};
    int64_t got = at(23, 11, 0);

    ck_assert_int_eq(life_span(&l, FACT_FLOAT_SHARES, NULL, got).fresh_ms, got + HOUR);
    ck_assert_int_eq(life_span(&l, FACT_LAST_PRICE, NULL, got).fresh_ms,
                     got + 5 * MINUTE);
}
END_TEST

START_TEST(what_it_remembers_changes_no_answer)
{
    struct life l = shipped;

    for (int64_t i = 0; i < 2000; i++) { /* to and fro over three weeks */
        int64_t got = at(1, 0, 0) + (i * 7919 % 500) * HOUR;

        for (int id = 0; id < FACT_COUNT; id++) {
            struct span a = life_span(&l, (enum fact_id)id, NULL, got);
            struct span b = value((enum fact_id)id, got);

            ck_assert_int_eq(a.fresh_ms, b.fresh_ms);
            ck_assert_int_eq(a.stale_ms, b.stale_ms);
        }
    }
}
END_TEST

Suite *
life_suite(void)
{
    Suite *s = suite_create("life");
    TCase *t = tcase_create("life");

    tcase_add_test(t, shares_live_a_day_and_serve_a_week);
    tcase_add_test(t, an_average_lives_to_the_close_and_serves_three_more);
    tcase_add_test(t, a_price_lives_a_minute_while_it_moves);
    tcase_add_test(t, at_night_a_price_stands_until_the_next_pre_market);
    tcase_add_test(t, nothing_is_fresh_beyond_the_bell);
    tcase_add_test(t, the_days_figures_stand_from_the_close_to_the_next_day);
    tcase_add_test(t, before_the_open_a_close_lives_as_long_as_the_price_beside_it);
    tcase_add_test(t, no_quote_of_one_trading_day_is_served_on_another);
    tcase_add_test(t, that_there_is_none_holds_as_long_as_its_reason);
    tcase_add_test(t, that_there_is_none_does_not_outlive_its_session);
    tcase_add_test(t, the_settings_decide_ages);
    tcase_add_test(t, what_it_remembers_changes_no_answer);
    suite_add_tcase(s, t);
    return s;
}

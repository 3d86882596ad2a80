#include "domain/calendar.h"

#include "base/civil.h"
#include "base/str.h"

#include <check.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *calendar_suite(void);

struct date {
    int year, month, day;
};

enum { NOON = 720 };

static const struct date holidays[] = {
    {2007, 1, 1},   {2007, 1, 2},  {2010, 12, 24}, {2012, 10, 29}, {2015, 7, 3},
    {2018, 12, 5},  {2020, 7, 3},  {2021, 7, 5},   {2021, 12, 24}, {2022, 6, 20},
    {2022, 12, 26}, {2023, 1, 2},  {2024, 3, 29},  {2024, 6, 19},  {2025, 1, 1},
    {2025, 1, 9},   {2025, 1, 20}, {2025, 2, 17},  {2025, 4, 18},  {2025, 5, 26},
    {2025, 6, 19},  {2025, 7, 4},  {2025, 9, 1},   {2025, 11, 27}, {2025, 12, 25},
    {2026, 1, 1},   {2026, 1, 19}, {2026, 2, 16},  {2026, 4, 3},   {2026, 5, 25},
    {2026, 6, 19},  {2026, 7, 3},  {2026, 9, 7},   {2026, 11, 26}, {2026, 12, 25},
    {2027, 1, 1},   {2027, 3, 26}, {2027, 6, 18},  {2027, 7, 5},   {2027, 12, 24},
    {2028, 4, 14},  {2038, 4, 23},
};

static const struct date open_days[] = {
    {2021, 6, 18},  {2021, 12, 31}, {2027, 12, 31}, {2022, 12, 27}, {2025, 4, 17},
    {2025, 10, 13}, {2025, 11, 11}, {2026, 7, 2},   {2026, 4, 6},
};

static const struct date early[] = {
    {2012, 7, 3},   {2017, 7, 3},   {2019, 7, 3},   {2023, 7, 3},   {2024, 7, 3},
    {2025, 7, 3},   {2024, 11, 29}, {2025, 11, 28}, {2026, 11, 27}, {2024, 12, 24},
    {2025, 12, 24}, {2026, 12, 24}, {2018, 12, 24},
};

static const struct date not_early[] = {
    {2020, 7, 3},   {2020, 7, 2},   {2021, 7, 2},   {2022, 7, 1},
    {2026, 7, 2},   {2021, 12, 23}, {2021, 12, 24}, {2022, 12, 23},
    {2027, 12, 23}, {2025, 7, 4},   {2025, 11, 27},
};

START_TEST(full_closes_are_known_by_rule)
{
    for (size_t i = 0; i < STR_LEN(holidays); i++) {
        const struct date *d = &holidays[i];

        ck_assert_msg(calendar_is_holiday(d->year, d->month, d->day), "%d-%d-%d",
                      d->year, d->month, d->day);
        ck_assert(!calendar_is_trading_day(d->year, d->month, d->day));
    }
    for (size_t i = 0; i < STR_LEN(open_days); i++) {
        const struct date *d = &open_days[i];

        ck_assert_msg(calendar_is_trading_day(d->year, d->month, d->day), "%d-%d-%d",
                      d->year, d->month, d->day);
    }
}
END_TEST

START_TEST(short_days_are_known_by_rule)
{
    for (size_t i = 0; i < STR_LEN(early); i++) {
        const struct date *d = &early[i];

        ck_assert_msg(calendar_is_early_close(d->year, d->month, d->day), "%d-%d-%d",
                      d->year, d->month, d->day);
    }
    for (size_t i = 0; i < STR_LEN(not_early); i++) {
        const struct date *d = &not_early[i];

        ck_assert_msg(!calendar_is_early_close(d->year, d->month, d->day), "%d-%d-%d",
                      d->year, d->month, d->day);
    }
}
END_TEST

/* Ten holidays a year, nine when New Year is lost on a Saturday. */
START_TEST(every_year_has_a_plausible_number_of_trading_days)
{
    for (int year = 2026; year < 2200; year++) {
        int64_t from = civil_days(year, 1, 1), to = civil_days(year + 1, 1, 1);
        int open = 0;

        for (int64_t d = from; d < to; d++) {
            struct civil c = civil_of_days(d);

            open += calendar_is_trading_day(c.year, c.month, c.day);
        }
        ck_assert_msg(open >= 249 && open <= 253, "%d: %d", year, open);
    }
}
END_TEST

START_TEST(session_bounds_are_inclusive_then_exclusive)
{
    static const struct {
        int minute;
        enum session want;
    } day[] = {
        {0, SESSION_CLOSED},  {239, SESSION_CLOSED},  {240, SESSION_PRE},
        {569, SESSION_PRE},   {570, SESSION_REGULAR}, {959, SESSION_REGULAR},
        {960, SESSION_AFTER}, {1199, SESSION_AFTER},  {1200, SESSION_CLOSED},
    };

    for (size_t i = 0; i < STR_LEN(day); i++) {
        int64_t ms = ny_to_ms(2025, 1, 2, day[i].minute);

        ck_assert_int_eq(calendar_session(ms), day[i].want);
        ck_assert_int_eq(calendar_session(ms + 59999), day[i].want);
    }
    ck_assert_int_eq(calendar_session(ny_to_ms(2025, 11, 28, 779)), SESSION_REGULAR);
    ck_assert_int_eq(calendar_session(ny_to_ms(2025, 11, 28, 780)), SESSION_AFTER);
    ck_assert_int_eq(calendar_session(ny_to_ms(2025, 11, 28, 1019)), SESSION_AFTER);
    ck_assert_int_eq(calendar_session(ny_to_ms(2025, 11, 28, 1020)), SESSION_CLOSED);
    ck_assert_int_eq(calendar_session(ny_to_ms(2025, 11, 29, NOON)), SESSION_CLOSED);
    ck_assert_int_eq(calendar_session(ny_to_ms(2025, 12, 25, NOON)), SESSION_CLOSED);
    ck_assert_str_eq(session_name(SESSION_PRE), "pre_market");
    ck_assert_str_eq(session_name(SESSION_CLOSED), "closed");
}
END_TEST

static int64_t
next_open(int64_t wall_ms)
{
    return calendar_next_start(wall_ms, SESSION_REGULAR);
}

START_TEST(the_next_open_skips_closed_days)
{
    /* Wednesday before Thanksgiving, the long Good Friday weekend, daylight saving. */
    ck_assert_int_eq(next_open(ny_to_ms(2025, 11, 26, 600)),
                     ny_to_ms(2025, 11, 28, 570));
    ck_assert_int_eq(next_open(ny_to_ms(2025, 4, 17, 1000)),
                     ny_to_ms(2025, 4, 21, 570));
    ck_assert_int_eq(next_open(ny_to_ms(2026, 3, 6, 1439)), ny_to_ms(2026, 3, 9, 570));
    ck_assert_int_eq(next_open(ny_to_ms(2026, 10, 31, 0)), ny_to_ms(2026, 11, 2, 570));
    /* Strictly after. */
    ck_assert_int_eq(next_open(ny_to_ms(2025, 3, 3, 570) - 1),
                     ny_to_ms(2025, 3, 3, 570));
    ck_assert_int_eq(next_open(ny_to_ms(2025, 3, 3, 570)), ny_to_ms(2025, 3, 4, 570));
}
END_TEST

START_TEST(every_session_has_its_next_start)
{
    int64_t wednesday = ny_to_ms(2025, 11, 26, NOON); /* before Thanksgiving */

    ck_assert_int_eq(calendar_next_start(wednesday, SESSION_AFTER),
                     ny_to_ms(2025, 11, 26, 960));
    ck_assert_int_eq(calendar_next_start(wednesday, SESSION_CLOSED),
                     ny_to_ms(2025, 11, 26, 1200));
    ck_assert_int_eq(calendar_next_start(wednesday, SESSION_PRE),
                     ny_to_ms(2025, 11, 28, 240));
    ck_assert_int_eq(calendar_next_start(ny_to_ms(2025, 11, 28, NOON), SESSION_CLOSED),
                     ny_to_ms(2025, 11, 28, 1020)); /* a short day */
}
END_TEST

START_TEST(sessions_follow_each_other_without_a_gap)
{
    int64_t at = ny_to_ms(2025, 11, 1, 0), from_ms, until_ms;

    while (at < ny_to_ms(2026, 4, 15, 0)) { /* both changes of the clock, feasts */
        calendar_session_span(at, &from_ms, &until_ms);
        ck_assert(from_ms <= at && at < until_ms);
        ck_assert_int_eq(calendar_session(from_ms), calendar_session(at));
        ck_assert_int_eq(calendar_session(until_ms - 1), calendar_session(at));
        ck_assert_int_ne(calendar_session(until_ms), calendar_session(at));
        ck_assert_int_ne(calendar_session(from_ms - 1), calendar_session(at));
        at = until_ms;
    }
}
END_TEST

START_TEST(hours_open_grow_to_the_length_of_the_session)
{
    int64_t open_ms, close_ms;

    ck_assert(calendar_hours_open(ny_to_ms(2025, 3, 3, 569)) == 0);
    ck_assert(calendar_hours_open(ny_to_ms(2025, 3, 3, 570)) == 0);
    ck_assert(calendar_hours_open(ny_to_ms(2025, 3, 3, 600)) == 0.5);
    ck_assert(calendar_hours_open(ny_to_ms(2025, 3, 3, 1439)) == 6.5);
    ck_assert(calendar_hours_open(ny_to_ms(2025, 11, 28, 1000)) == 3.5);
    ck_assert(calendar_hours_open(ny_to_ms(2025, 12, 25, NOON)) == 0);
    ck_assert(calendar_regular(ny_to_ms(2025, 12, 24, 1), &open_ms, &close_ms));
    ck_assert_int_eq(close_ms - open_ms, 3 * 3600000 + 1800000);
    ck_assert(!calendar_regular(ny_to_ms(2025, 12, 25, 1), &open_ms, &close_ms));
    ck_assert_int_eq(open_ms, 0);
    ck_assert_int_eq(close_ms, 0);
}
END_TEST

/* ---- daylight saving against the C library ---- */

static bool
agrees(time_t at)
{
    struct ny_time t;
    struct tm tm;

    ny_time((int64_t)at * 1000, &t);
    if (localtime_r(&at, &tm) == NULL)
        return false;
    return t.year == tm.tm_year + 1900 && t.month == tm.tm_mon + 1 &&
           t.day == tm.tm_mday && t.weekday == tm.tm_wday &&
           t.minute_of_day == tm.tm_hour * 60 + tm.tm_min && t.second == tm.tm_sec &&
           t.offset_s == tm.tm_gmtoff;
}

/* In a process of its own, because TZ is state of the process. */
static int
compare_years(int from, int to, int step_s)
{
    bool have = access("/usr/share/zoneinfo/America/New_York", R_OK) == 0;
    time_t end = (time_t)civil_days(to, 1, 1) * 86400;

    setenv("TZ", have ? "America/New_York" : "EST5EDT,M3.2.0,M11.1.0", 1);
    tzset();
    for (time_t at = (time_t)civil_days(from, 1, 1) * 86400; at < end; at += step_s)
        if (!agrees(at) || !agrees(at + step_s - 1))
            return 1;
    return 0;
}

START_TEST(new_york_time_is_that_of_the_c_library_for_30_years)
{
    int status = -1;
    pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(compare_years(2007, 2038, 1800));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(local_time_and_instant_are_inverse)
{
    struct ny_time t;

    for (int64_t d = civil_days(2024, 1, 1); d < civil_days(2028, 1, 1); d++) {
        struct civil c = civil_of_days(d);

        for (int minute = 0; minute < 1440; minute += 30) {
            ny_time(ny_to_ms(c.year, c.month, c.day, minute), &t);
            /* 02:00 to 03:00 does not exist on one Sunday a year. */
            if (c.month == 3 && t.weekday == 0 && minute >= 120 && minute < 180)
                continue;
            ck_assert_int_eq(t.day, c.day);
            ck_assert_int_eq(t.minute_of_day, minute);
        }
    }
    /* Of the hour that comes twice, the first is meant. */
    ny_time(ny_to_ms(2025, 11, 2, 90), &t);
    ck_assert_int_eq(t.offset_s, -14400);
    ny_time(-1, &t);
    ck_assert_int_eq(t.year, 1969);
    ck_assert_int_eq(t.second, 59);
}
END_TEST

Suite *
calendar_suite(void)
{
    Suite *s = suite_create("calendar");
    TCase *t = tcase_create("calendar");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, full_closes_are_known_by_rule);
    tcase_add_test(t, short_days_are_known_by_rule);
    tcase_add_test(t, every_year_has_a_plausible_number_of_trading_days);
    tcase_add_test(t, session_bounds_are_inclusive_then_exclusive);
    tcase_add_test(t, the_next_open_skips_closed_days);
    tcase_add_test(t, every_session_has_its_next_start);
    tcase_add_test(t, sessions_follow_each_other_without_a_gap);
    tcase_add_test(t, hours_open_grow_to_the_length_of_the_session);
    tcase_add_test(t, new_york_time_is_that_of_the_c_library_for_30_years);
    tcase_add_test(t, local_time_and_instant_are_inverse);
    suite_add_tcase(s, t);
    return s;
}

#include "domain/calendar.h"

#include "base/civil.h"
#include "base/str.h"

enum {
    DAY_S = 86400,
    STANDARD_S = -5 * 3600,
    DAYLIGHT_S = -4 * 3600,
    PRE_MIN = 4 * 60,
    OPEN_MIN = 9 * 60 + 30,
    CLOSE_MIN = 16 * 60,
    AFTER_MIN = 20 * 60,
    EARLY_MIN = 13 * 60, /* close of a short day */
    EARLY_AFTER = 17 * 60
};

enum weekday { SUN, MON, TUE, WED, THU, FRI, SAT };

/* When a fixed date falls on a weekend, the day off moves to Friday or Monday. */
enum shift { SHIFT_MONDAY = 1, SHIFT_FRIDAY = 2 };

struct fixed_holiday {
    int month, day, since;
    int shift;
};

/* New Year on a Saturday is not made up for on 31 December: books close that day. */
static const struct fixed_holiday fixed_holidays[] = {
    {1, 1, 0, SHIFT_MONDAY},
    {6, 19, 2022, SHIFT_MONDAY | SHIFT_FRIDAY},
    {7, 4, 0, SHIFT_MONDAY | SHIFT_FRIDAY},
    {12, 25, 0, SHIFT_MONDAY | SHIFT_FRIDAY},
};

/* The nth weekday of a month; nth -1 is its last. */
struct floating_holiday {
    int month, weekday, nth;
};

static const struct floating_holiday floating_holidays[] = {
    {1, MON, 3},  /* Martin Luther King */
    {2, MON, 3},  /* Washington */
    {5, MON, -1}, /* Memorial Day */
    {9, MON, 1},  /* Labor Day */
    {11, THU, 4}, /* Thanksgiving */
};

/* No rule gives these: mourning, storms, attacks. */
static const struct civil one_off_closes[] = {
    {2001, 9, 11}, {2001, 9, 12},  {2001, 9, 13},  {2001, 9, 14}, {2004, 6, 11},
    {2007, 1, 2},  {2012, 10, 29}, {2012, 10, 30}, {2018, 12, 5}, {2025, 1, 9},
};

static const char *const names[] = {
    [SESSION_CLOSED] = "closed",
    [SESSION_PRE] = "pre_market",
    [SESSION_REGULAR] = "regular",
    [SESSION_AFTER] = "after_hours",
};

static int64_t
floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Gregorian Easter by the anonymous algorithm, less two days. */
static int64_t
good_friday(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;

    return civil_days(year, f / 31, f % 31 + 1) - 2;
}

static bool
is_fixed_holiday(int64_t day, int year)
{
    for (size_t i = 0; i < STR_LEN(fixed_holidays); i++) {
        const struct fixed_holiday *h = &fixed_holidays[i];
        int64_t on = civil_days(year, h->month, h->day);
        int weekday = civil_weekday(on);

        if (weekday == SUN && (h->shift & SHIFT_MONDAY))
            on++;
        else if (weekday == SAT && (h->shift & SHIFT_FRIDAY))
            on--;
        if (year >= h->since && day == on)
            return true;
    }
    return false;
}

bool
calendar_is_holiday(int year, int month, int day)
{
    int64_t days = civil_days(year, month, day);

    if (is_fixed_holiday(days, year) || days == good_friday(year))
        return true;
    for (size_t i = 0; i < STR_LEN(floating_holidays); i++) {
        const struct floating_holiday *h = &floating_holidays[i];

        if (days == civil_nth_weekday(year, h->month, h->weekday, h->nth))
            return true;
    }
    for (size_t i = 0; i < STR_LEN(one_off_closes); i++) {
        const struct civil *c = &one_off_closes[i];

        if (days == civil_days(c->year, c->month, c->day))
            return true;
    }
    return false;
}

bool
calendar_is_trading_day(int year, int month, int day)
{
    int weekday = civil_weekday(civil_days(year, month, day));

    return weekday != SAT && weekday != SUN && !calendar_is_holiday(year, month, day);
}

/* The eves of 4 July and Christmas, where they are trading days before a holiday on a
 * weekday, and the day after Thanksgiving. */
bool
calendar_is_early_close(int year, int month, int day)
{
    int64_t days = civil_days(year, month, day);
    bool eve = (month == 7 && day == 3) || (month == 12 && day == 24);

    if (!calendar_is_trading_day(year, month, day))
        return false;
    return eve || days == civil_nth_weekday(year, 11, THU, 4) + 1;
}

static int
offset_at(int year, int64_t local_minute)
{
    return civil_us_summer(year, local_minute) ? DAYLIGHT_S : STANDARD_S;
}

void
ny_time(int64_t wall_ms, struct ny_time *out)
{
    int64_t utc_s = floor_div(wall_ms, 1000);
    struct civil utc = civil_of_days(floor_div(utc_s + STANDARD_S, DAY_S));
    int64_t from = civil_nth_weekday(utc.year, 3, SUN, 2) * DAY_S + 7 * 3600;
    int64_t to = civil_nth_weekday(utc.year, 11, SUN, 1) * DAY_S + 6 * 3600;
    int offset = utc_s >= from && utc_s < to ? DAYLIGHT_S : STANDARD_S;
    int64_t local = utc_s + offset, days = floor_div(local, DAY_S);
    struct civil c = civil_of_days(days);

    out->year = c.year;
    out->month = c.month;
    out->day = c.day;
    out->weekday = civil_weekday(days);
    out->minute_of_day = (int)((local - days * DAY_S) / 60);
    out->second = (int)((local - days * DAY_S) % 60);
    out->offset_s = offset;
}

int64_t
ny_to_ms(int year, int month, int day, int minute_of_day)
{
    int64_t minute = civil_days(year, month, day) * 1440 + minute_of_day;

    return (minute * 60 - offset_at(year, minute)) * 1000;
}

static bool
is_trading(const struct ny_time *t)
{
    return calendar_is_trading_day(t->year, t->month, t->day);
}

static bool
is_early(const struct ny_time *t)
{
    return calendar_is_early_close(t->year, t->month, t->day);
}

enum session
calendar_session(int64_t wall_ms)
{
    struct ny_time t;
    bool early;

    ny_time(wall_ms, &t);
    early = is_early(&t);
    if (!is_trading(&t) || t.minute_of_day < PRE_MIN)
        return SESSION_CLOSED;
    if (t.minute_of_day < OPEN_MIN)
        return SESSION_PRE;
    if (t.minute_of_day < (early ? EARLY_MIN : CLOSE_MIN))
        return SESSION_REGULAR;
    if (t.minute_of_day < (early ? EARLY_AFTER : AFTER_MIN))
        return SESSION_AFTER;
    return SESSION_CLOSED;
}

const char *
session_name(enum session s)
{
    return names[s];
}

bool
calendar_regular(int64_t wall_ms, int64_t *open_ms, int64_t *close_ms)
{
    struct ny_time t;
    bool open;

    ny_time(wall_ms, &t);
    open = is_trading(&t);
    *open_ms = open ? ny_to_ms(t.year, t.month, t.day, OPEN_MIN) : 0;
    *close_ms =
        open ? ny_to_ms(t.year, t.month, t.day, is_early(&t) ? EARLY_MIN : CLOSE_MIN)
             : 0;
    return open;
}

/* Local minute at which a session of that trading day begins; the night is one, too. */
static int
start_minute(const struct ny_time *day, enum session s)
{
    static const int minutes[2][4] = {
        {AFTER_MIN, PRE_MIN, OPEN_MIN, CLOSE_MIN},
        {EARLY_AFTER, PRE_MIN, OPEN_MIN, EARLY_MIN},
    };

    return minutes[is_early(day)][s];
}

/* The date so many days from that of wall_ms. */
static void
date_at(int64_t wall_ms, int64_t days, struct ny_time *out)
{
    struct ny_time t;

    ny_time(wall_ms, &t);
    /* Noon to noon: 24 hours away is always another date. */
    ny_time(ny_to_ms(t.year, t.month, t.day, 12 * 60) + days * DAY_S * 1000, out);
}

int64_t
calendar_next_start(int64_t wall_ms, enum session s)
{
    struct ny_time day;
    int64_t start_ms;

    for (int64_t i = 0;; i++) {
        date_at(wall_ms, i, &day);
        if (!is_trading(&day))
            continue;
        start_ms = ny_to_ms(day.year, day.month, day.day, start_minute(&day, s));
        if (start_ms > wall_ms)
            return start_ms;
    }
}

void
calendar_session_span(int64_t wall_ms, int64_t *from_ms, int64_t *until_ms)
{
    enum session s = calendar_session(wall_ms);
    enum session next = s == SESSION_AFTER ? SESSION_CLOSED : s + 1;
    struct ny_time day;

    *until_ms = calendar_next_start(wall_ms, next);
    for (int64_t i = 0;; i--) {
        date_at(wall_ms, i, &day);
        if (!is_trading(&day))
            continue;
        *from_ms = ny_to_ms(day.year, day.month, day.day, start_minute(&day, s));
        if (*from_ms <= wall_ms)
            return;
    }
}

double
calendar_hours_open(int64_t wall_ms)
{
    int64_t open_ms, close_ms;

    if (!calendar_regular(wall_ms, &open_ms, &close_ms) || wall_ms <= open_ms)
        return 0;
    return (double)((wall_ms < close_ms ? wall_ms : close_ms) - open_ms) / 3600000.0;
}

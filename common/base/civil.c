#include "base/civil.h"

/* A year that begins in March has its leap day last: then months follow one formula. */
enum { DAYS_400Y = 146097, DAYS_TO_1970 = 719468 };

int64_t
civil_days(int year, int month, int day)
{
    int64_t y = month <= 2 ? (int64_t)year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t from_march = (month + 9) % 12;
    int64_t day_of_year = (153 * from_march + 2) / 5 + day - 1;

    return era * DAYS_400Y + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
           day_of_year - DAYS_TO_1970;
}

struct civil
civil_of_days(int64_t days)
{
    int64_t z = days + DAYS_TO_1970;
    int64_t era = (z >= 0 ? z : z - (DAYS_400Y - 1)) / DAYS_400Y;
    int64_t doe = z - era * DAYS_400Y;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t from_march = (5 * doy + 2) / 153;
    struct civil c;

    c.day = (int)(doy - (153 * from_march + 2) / 5 + 1);
    c.month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
    c.year = (int)(yoe + era * 400 + (c.month <= 2));
    return c;
}

int
civil_weekday(int64_t days)
{
    int64_t w = (days + 4) % 7; /* 1970-01-01 was a Thursday */

    return (int)(w < 0 ? w + 7 : w);
}

int64_t
civil_nth_weekday(int year, int month, int weekday, int nth)
{
    int64_t first = civil_days(year, month, 1);
    int64_t next = civil_days(month == 12 ? year + 1 : year, month % 12 + 1, 1);

    if (nth > 0)
        return first + (weekday - civil_weekday(first) + 7) % 7 + (nth - 1) * 7;
    return next - 1 - (civil_weekday(next - 1) - weekday + 7) % 7;
}

bool
civil_us_summer(int year, int64_t local_minute)
{
    int64_t from = civil_nth_weekday(year, 3, 0, 2) * 1440 + 120;
    int64_t to = civil_nth_weekday(year, 11, 0, 1) * 1440 + 120;

    return local_minute >= from && local_minute < to;
}

bool
civil_is_date(int year, int month, int day)
{
    struct civil c;

    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    c = civil_of_days(civil_days(year, month, day));
    return c.month == month && c.day == day;
}

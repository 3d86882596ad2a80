/* civil - days and dates of the Gregorian calendar
 *
 * Pure arithmetic on days since 1970-01-01: no zone, no library state.
 */
#ifndef CATALYST_BASE_CIVIL_H
#define CATALYST_BASE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

struct civil {
    int year, month, day; /* 1-based month and day */
};

/* month 1 .. 12; a day beyond the month's end runs on into the next month. */
int64_t civil_days(int year, int month, int day);

struct civil civil_of_days(int64_t days);

int civil_weekday(int64_t days); /* 0 Sunday ... 6 Saturday */

/* The nth such weekday of the month; nth 0: the last. */
int64_t civil_nth_weekday(int year, int month, int weekday, int nth);

/* Daylight saving of the United States at a local minute since 1970: from the second
 * Sunday of March 02:00 to the first Sunday of November 02:00.  Of the hour that comes
 * twice, the first. */
bool civil_us_summer(int year, int64_t local_minute);

/* True for a day that exists, years 1 .. 9999. */
bool civil_is_date(int year, int month, int day);

#endif

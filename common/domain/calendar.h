/* calendar - the New York trading day, by rule
 *
 * Daylight saving by the rule of 2007, NYSE holidays and 13:00 closes by rule for
 * every year, sessions from them.  No table of years, no TZ, no library state.
 */
#ifndef CATALYST_DOMAIN_CALENDAR_H
#define CATALYST_DOMAIN_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum session { SESSION_CLOSED, SESSION_PRE, SESSION_REGULAR, SESSION_AFTER };

/* Local New York time of an instant. */
struct ny_time {
    int year, month, day; /* 1-based month and day */
    int weekday;          /* 0 Sunday ... 6 Saturday */
    int minute_of_day;    /* 0 .. 1439 */
    int second;
    int offset_s; /* from UTC: -18000 or -14400 */
};

void ny_time(int64_t wall_ms, struct ny_time *out);
int64_t ny_to_ms(int year, int month, int day, int minute_of_day); /* wall ms UTC */

bool calendar_is_holiday(int year, int month, int day); /* full-day closes only */
bool calendar_is_early_close(int year, int month, int day);
bool calendar_is_trading_day(int year, int month, int day);

/* Session of an instant: pre 04:00-09:30, regular 09:30-16:00 (13:00 on early
 * closes), after to 20:00 (17:00 on early closes); start inclusive, end exclusive. */
enum session calendar_session(int64_t wall_ms);
const char *session_name(enum session s); /* pre_market regular after_hours closed */

/* Regular session of the New York day of wall_ms; false (and zeros) on a closed day. */
bool calendar_regular(int64_t wall_ms, int64_t *open_ms, int64_t *close_ms);

/* When such a session begins next, strictly after wall_ms. */
int64_t calendar_next_start(int64_t wall_ms, enum session s);

/* The session that wall_ms lies in: its first instant, and the first after it.  A night
 * with the weekend or the holidays behind it is one. */
void calendar_session_span(int64_t wall_ms, int64_t *from_ms, int64_t *until_ms);

/* Hours of regular session elapsed: 0 before the open and on closed days, at most the
 * session's length (6.5, or 3.5 on an early close). */
double calendar_hours_open(int64_t wall_ms);

#endif

/* life - how long a figure answers
 *
 * Pure.  A figure has two ends: until the first it is fresh and nobody asks again,
 * until the second it is served as stale when no fresh one can be had.  Each fact has
 * its rule, in one table: shares live by their age, an average by trading days, a quote
 * by the session it was given in, so that nothing of one day is ever another day's.
 * Weekends, holidays and short days are the calendar's.
 *
 * docs/decisions/what-is-known-is-not-asked-again.md has the table with its reasons.
 */
#ifndef CATALYST_LIFE_H
#define CATALYST_LIFE_H

#include "domain/calendar.h"
#include "enricher/sources/source.h"

/* The settings, and the session that was looked up last: documents come in bursts, and
 * the calendar is slow.  Zero but for the settings at first. */
struct life {
    int64_t shares_s; /* float, shares outstanding, short float */
    int64_t quote_s;  /* prices, volume and VWAP while they move */
    int64_t from_ms, until_ms;
    enum session session;
    int64_t day_ms;       /* the next start of a pre-market or a regular session */
    int64_t close_ms;     /* the next regular close */
    int64_t closes_on_ms; /* LIFE_CLOSES closes after that one */
};

enum { LIFE_CLOSES = 3, LIFE_SHARES_STALE_S = 7 * 86400 };

/* Wall clock; both ends exclusive, fresh_ms <= stale_ms. */
struct span {
    int64_t fresh_ms;
    int64_t stale_ms;
};

/* The ends of a figure that was got at got_ms; of the answer that there is none when
 * why is not NULL: its reason decides, and it is never served as stale. */
struct span life_span(struct life *l, enum fact_id id, const char *why, int64_t got_ms);

#endif

/* chart - what a Yahoo chart document says
 *
 * The bars are those of the last regular session that has any: by the document's own
 * list of trading periods, or by its current period when there is no list (after the
 * close that one is already the next day's, and then holds no bar).  Only bars of
 * minutes and hours count: a daily bar is no part of a session.
 */
#ifndef CATALYST_SOURCES_CHART_H
#define CATALYST_SOURCES_CHART_H

#include "base/err.h"
#include "enricher/metrics/metric.h"
#include "enricher/sources/yahoo.h"

enum { CHART_BARS_MAX = 16384 }; /* of minutes and hours: two months of every other */

struct chart {
    char symbol[YAHOO_SYMBOL]; /* "" when it does not say */
    double price;              /* USD; NAN when absent, so all of these */
    double volume;             /* shares, of the day of price_ms */
    double prev_close;         /* of the day before */
    int64_t price_ms;          /* wall clock; 0 when absent */
    int64_t open_ms, close_ms; /* of the session; 0 when there is none */
    struct bar *bars;          /* owned; oldest first, each time once, NAN for null */
    size_t n;
};

/* Reads body[n].  0; ERR_EMPTY when the document says there is no such ticker or no
 * data (why has its words); ERR_DENIED (crumb refused); ERR_SYNTAX (no JSON);
 * ERR_CHANGED; ERR_TOO_BIG (more than CHART_BARS_MAX of them); ERR_NOMEM.  *out is to
 * be freed with chart_free in any case. */
int chart_read(const char *body, size_t n, struct chart *out, struct why *why);
void chart_free(struct chart *c);

/* The last close of the session that is a number; NAN if none. */
double chart_last_close(const struct chart *c);

/* Are bars of this granularity ("1m", "90m", "1h"; "1d", "1mo") parts of a day? */
bool chart_is_intraday(const char *granularity);

#endif

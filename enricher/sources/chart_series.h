/* chart_series - a Yahoo chart document as a whole
 *
 * What chart.h leaves out: all bars whatever their length, the figures of the header
 * as they stand, and the average volume of the days before the last.  For looking at
 * documents, and for daily bars where no other average is to be had.
 */
#ifndef CATALYST_SOURCES_CHART_SERIES_H
#define CATALYST_SOURCES_CHART_SERIES_H

#include "base/err.h"
#include "enricher/sources/yahoo.h"

enum { SERIES_EVENTS = 8, SERIES_EVENT = 24, SERIES_AVERAGE = 20 };

struct chart_series {
    char symbol[YAHOO_SYMBOL];
    char granularity[8];     /* "1m", "1d", "3mo" */
    size_t bars;             /* all, also null ones and those of other sessions */
    int64_t first_s, last_s; /* seconds since 1970; 0 without bars */
    double gmtoffset_s;      /* at capture; NAN when absent, so all doubles */
    size_t null_close;       /* bars without a close */
    size_t zero_volume;      /* bars with volume 0; null does not count */
    double sum_volume;       /* shares; 0 without bars */
    double price, volume;    /* regularMarket* */
    double prev_close;       /* previousClose */
    double range_prev_close; /* chartPreviousClose: before the first bar */
    size_t n_events;         /* kinds of events, at most SERIES_EVENTS are kept */
    char events[SERIES_EVENTS][SERIES_EVENT]; /* "dividends"; in alphabetical order */
    bool is_daily;       /* bars of days or more; the rest only then */
    bool same_day_twice; /* the last two bars are of one day */
    bool is_live;        /* the last bar is still growing */
    double avg_volume;   /* of SERIES_AVERAGE bars before the last; NAN if fewer */
    double rel_volume;   /* the last bar's over avg_volume; NAN if unknown */
    struct yahoo_error error;
};

/* Reads body[n].  0; ERR_EMPTY or ERR_DENIED with out->error set; ERR_SYNTAX,
 * ERR_CHANGED.  O(bars), no allocation but the JSON's. */
int chart_series_read(const char *body, size_t n, struct chart_series *out,
                      struct why *why);

#endif

/* metric - facts to metrics, pure arithmetic
 *
 * float, vwap, rvol and price, each a value with a class and a multiplier.  A missing
 * fact makes a metric without a value and with multiplier 1.0: missing data never
 * changes a score.
 */
#ifndef CATALYST_METRIC_H
#define CATALYST_METRIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum metric_id { METRIC_FLOAT, METRIC_VWAP, METRIC_RVOL, METRIC_PRICE, METRIC_COUNT };

/* Why a fact or a metric has the value it has, or none. */
enum status {
    STATUS_OK,
    STATUS_STALE,
    STATUS_EMPTY,
    STATUS_TIMEOUT,
    STATUS_LIMITED,
    STATUS_ERROR,
    STATUS_NO_ENRICHER
};

const char *status_name(enum status s); /* "ok" ... "no_enricher" */

/* A class or signal with its weight. */
struct band {
    const char *klass;
    double multiplier;
};

/* Float in shares: MICRO_FLOAT < 5 M, LOW_FLOAT < 20 M, MEDIUM_FLOAT < 50 M,
 * HIGH_FLOAT; UNKNOWN (1.0) for <= 0 or not finite. */
struct band float_band(double shares);

/* Plausible float: 1e3 <= shares <= 1e11, both inclusive. */
bool float_is_plausible(double shares);

/* Distance of the price from VWAP in percent: STRONG_BULLISH > 2, BULLISH > 0.5,
 * NEUTRAL, BEARISH < -0.5, STRONG_BEARISH < -2; UNKNOWN (1.0) when not finite. */
struct band vwap_band(double distance_pct);

/* True below -1 percent, strictly. */
bool vwap_is_break(double distance_pct);

/* EXTREME_RVOL >= 5, HIGH_RVOL >= 3, ELEVATED_RVOL >= 2, NORMAL_RVOL >= 1, LOW_RVOL;
 * UNKNOWN (1.0) when negative or not finite. */
struct band rvol_band(double rvol);

/* One bar; prices in USD, NAN for a missing one. */
struct bar {
    int64_t start_ms; /* wall clock */
    double open, high, low, close, volume;
};

struct vwap {
    double vwap;         /* USD per share */
    double last;         /* close of the last bar with prices */
    double distance_pct; /* (last - vwap) / vwap * 100 */
    double volume;       /* shares, sum over the bars */
    double typical;      /* (high + low + close) / 3 of the last bar with prices */
    size_t bars;         /* bars with prices and volume */
};

/* Volume-weighted average price of n bars, oldest first.  Bars with a price or volume
 * that is not finite are skipped; one with volume 0 weighs nothing, but its price is
 * current: the upstream ends a chart with one.  0, or ERR_EMPTY without any volume,
 * with *out untouched. */
int vwap_of_bars(const struct bar *bars, size_t n, struct vwap *out);

/* How much of the day's volume is usual by now: a straight line, or much at the open
 * and more at the close. */
enum rvol_curve { RVOL_FLAT, RVOL_U };

struct rvol {
    double rvol;         /* ratio */
    double day_estimate; /* shares by the close */
    double hours_open;
};

enum { RVOL_MIN_MINUTES = 15, RVOL_MIN_AVG_VOLUME = 100000 };

/* Relative volume: volume so far, carried on to the close by the curve, over the
 * average.  hours_open and session_h (6.5, or 3.5 on early closes) in hours.
 * 0; ERR_EMPTY when volume is 0, average below RVOL_MIN_AVG_VOLUME, the session not
 * open yet; ERR_AGAIN within its first RVOL_MIN_MINUTES. */
int rvol_intraday(double volume, double avg_volume, double hours_open, double session_h,
                  enum rvol_curve curve, struct rvol *out);

/* Change of the day in percent; NAN when prev_close is not > 0 or a value is not
 * finite. */
double price_change_pct(double last, double prev_close);

#endif

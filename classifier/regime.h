/* regime - the mood of the whole market
 *
 * From the VIX, with the trend of SPY over 20 trading days as a witness.  An unknown
 * VIX is NEUTRAL.
 */
#ifndef CATALYST_CLASSIFIER_REGIME_H
#define CATALYST_CLASSIFIER_REGIME_H

#include <stdbool.h>

enum regime {
    REGIME_BULL,
    REGIME_NEUTRAL,
    REGIME_HIGH_VOLATILITY,
    REGIME_BEAR,
    REGIME_CRASH,
    REGIMES
};

enum trend { TREND_SIDEWAYS, TREND_UP, TREND_DOWN, TRENDS };

struct regime_row {
    const char *name; /* "BULL_MARKET" */
    double vix_below;
    double multiplier; /* of a score, built in; weights.conf may change it */
};

extern const struct regime_row regime_rows[REGIMES];
extern const char *const trend_names[TRENDS]; /* "SIDEWAYS" ... */

/* NAN is unknown. */
enum regime regime_of(double vix);
enum trend trend_of(double spy_20d_return_pct);

/* Half for each input that is known, less when they contradict each other. */
double regime_confidence(double vix, double spy_20d_return_pct);

/* A market that moves too much to believe its prices. */
bool regime_is_high_volatility(enum regime r);

#endif

#include "classifier/regime.h"

#include "base/str.h"

#include <math.h>

static const double TREND_MIN = 2.0; /* percent in 20 days */
static const double PER_INPUT = 0.5;
static const double CONTRADICTED = 0.2;

const struct regime_row regime_rows[REGIMES] = {
    [REGIME_BULL] = {"BULL_MARKET", 15.0, 1.2},
    [REGIME_NEUTRAL] = {"NEUTRAL", 20.0, 1.0},
    [REGIME_HIGH_VOLATILITY] = {"HIGH_VOLATILITY", 30.0, 0.8},
    [REGIME_BEAR] = {"BEAR_MARKET", 40.0, 0.7},
    [REGIME_CRASH] = {"CRASH", INFINITY, 0.5},
};

const char *const trend_names[TRENDS] = {
    [TREND_SIDEWAYS] = "SIDEWAYS",
    [TREND_UP] = "UPTREND",
    [TREND_DOWN] = "DOWNTREND",
};

enum regime
regime_of(double vix)
{
    int r = REGIME_BULL;

    if (!isfinite(vix))
        return REGIME_NEUTRAL;
    while (r < REGIME_CRASH && vix >= regime_rows[r].vix_below)
        r++;
    return (enum regime)r;
}

enum trend
trend_of(double spy)
{
    if (spy > TREND_MIN)
        return TREND_UP;
    return spy < -TREND_MIN ? TREND_DOWN : TREND_SIDEWAYS;
}

double
regime_confidence(double vix, double spy)
{
    enum regime r = regime_of(vix);
    enum trend t = trend_of(spy);
    double sum = PER_INPUT * isfinite(vix) + PER_INPUT * isfinite(spy);

    if ((r == REGIME_BULL && t == TREND_DOWN) || (r >= REGIME_BEAR && t == TREND_UP))
        sum -= CONTRADICTED;
    return sum < 0.0 ? 0.0 : sum;
}

bool
regime_is_high_volatility(enum regime r)
{
    return r >= REGIME_HIGH_VOLATILITY;
}

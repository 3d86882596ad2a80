#include "classifier/fundamental.h"

#include "base/str.h"

#include <math.h>

const double squeeze_most = 0.7;

struct points
float_points(double shares)
{
    static const struct {
        double below;
        struct points points;
    } rows[] = {
        {10e6, {0.5, "very_low_float_<10M"}},
        {50e6, {0.3, "low_float_10M-50M"}},
        {100e6, {0.1, "medium_float_50M-100M"}},
        {INFINITY, {-0.1, "high_float_>100M"}},
    };
    size_t i = 0;

    if (!isfinite(shares) || shares <= 0.0)
        return (struct points){0.0, NULL};
    while (shares >= rows[i].below)
        i++;
    return rows[i].points;
}

struct points
short_points(double pct)
{
    static const struct {
        double at_least;
        struct points points;
    } rows[] = {
        {20.0, {0.5, "very_high_si_>20%"}},
        {15.0, {0.3, "high_si_15-20%"}},
        {10.0, {0.15, "moderate_si_10-15%"}},
        {-INFINITY, {0.0, "low_si_<10%"}},
    };
    size_t i = 0;

    if (!isfinite(pct))
        return (struct points){0.0, NULL};
    while (pct < rows[i].at_least)
        i++;
    return rows[i].points;
}

struct points
squeeze_of(double pct, double sentiment)
{
    static const struct {
        double short_pct, sentiment;
        struct points points;
    } rows[] = {
        {40.0, 0.7, {1.7, "extreme_si_very_strong_catalyst"}},
        {30.0, 0.6, {1.5, "very_high_si_strong_catalyst"}},
        {20.0, 0.5, {1.3, "high_si_bullish_catalyst"}},
        {20.0, -INFINITY, {1.0, "si_high_but_sentiment_weak"}},
        {-INFINITY, 0.5, {1.0, "sentiment_bullish_but_si_low"}},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        if (pct >= rows[i].short_pct && sentiment >= rows[i].sentiment)
            return rows[i].points;
    }
    return (struct points){1.0, "no_squeeze_potential"};
}

double
squeeze_boost(double pct, double sentiment)
{
    if (!isfinite(pct) || !(sentiment > 0.0))
        return 0.0;
    return sentiment * (squeeze_of(pct, sentiment).value - 1.0);
}

#include "base/str.h"
#include "enricher/metrics/metric.h"

#include <math.h>

#define SHARES_LEAST 1e3
#define SHARES_MOST  1e11

struct band
float_band(double shares)
{
    static const struct {
        double below;
        struct band band;
    } bands[] = {
        {5e6, {"MICRO_FLOAT", 1.3}},
        {20e6, {"LOW_FLOAT", 1.2}},
        {50e6, {"MEDIUM_FLOAT", 1.0}},
        {INFINITY, {"HIGH_FLOAT", 0.9}},
    };

    if (isfinite(shares) && shares > 0)
        for (size_t i = 0; i < STR_LEN(bands); i++)
            if (shares < bands[i].below)
                return bands[i].band;
    return (struct band){"UNKNOWN", 1.0};
}

bool
float_is_plausible(double shares)
{
    return shares >= SHARES_LEAST && shares <= SHARES_MOST;
}

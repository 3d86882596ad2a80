#include "enricher/metrics/metric.h"

#include <math.h>

static const double PREV_LEAST = 1e-9; /* USD; below it there is no price */

double
price_change_pct(double last, double prev_close)
{
    double change = (last - prev_close) / prev_close * 100;

    if (!isfinite(last) || !isfinite(prev_close) || prev_close < PREV_LEAST)
        return NAN;
    return isfinite(change) ? change : NAN;
}

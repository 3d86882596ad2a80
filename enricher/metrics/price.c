#include "enricher/metrics/metric.h"

#include <math.h>

double
price_change_pct(double last, double prev_close)
{
    double change = (last - prev_close) / prev_close * 100;

    if (!isfinite(last) || !isfinite(prev_close) || prev_close <= 0)
        return NAN;
    return isfinite(change) ? change : NAN;
}

#include "classifier/extended.h"

#include "base/str.h"

#include <math.h>

/* Straight lines between these points. */
static const struct {
    double pct, sentiment;
} points[] = {{0.0, 0.0}, {5.0, 0.5}, {10.0, 0.7}, {15.0, 0.9}};

double
extended_sentiment(double change_pct)
{
    double size = fabs(change_pct), value = points[STR_LEN(points) - 1].sentiment;

    if (!isfinite(change_pct))
        return 0.0;
    for (size_t i = 1; i < STR_LEN(points); i++) {
        double part = (size - points[i - 1].pct) / (points[i].pct - points[i - 1].pct);

        if (size < points[i].pct) {
            value = points[i - 1].sentiment +
                    part * (points[i].sentiment - points[i - 1].sentiment);
            break;
        }
    }
    return copysign(value, change_pct);
}

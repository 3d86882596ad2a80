#include "base/err.h"
#include "base/str.h"
#include "enricher/metrics/metric.h"

#include <math.h>

struct band
rvol_band(double rvol)
{
    static const struct {
        double least;
        struct band band;
    } bands[] = {
        {5, {"EXTREME_RVOL", 1.4}},  {3, {"HIGH_RVOL", 1.3}},
        {2, {"ELEVATED_RVOL", 1.2}}, {1, {"NORMAL_RVOL", 1.0}},
        {0, {"LOW_RVOL", 0.8}},
    };

    if (isfinite(rvol))
        for (size_t i = 0; i < STR_LEN(bands); i++)
            if (rvol >= bands[i].least)
                return bands[i].band;
    return (struct band){"UNKNOWN", 1.0};
}

/* Share of the day's volume that is usual by each 15th minute of 6.5 hours.  It is
 * general knowledge of the market, not a fit: about a seventh trades in the first half
 * hour, the day's quietest quarter hours at noon have a third of what the first one
 * has, it swells from two hours before the end, and the closing auction alone is a
 * tenth, which stands in no volume before the bell.  A short day has the same shape in
 * less time.
 */
static const double usual[] = {
    0.000, 0.085, 0.140, 0.183, 0.220, 0.256, 0.290, 0.321, 0.350,
    0.378, 0.405, 0.431, 0.456, 0.480, 0.504, 0.528, 0.552, 0.576,
    0.601, 0.627, 0.654, 0.683, 0.715, 0.750, 0.790, 0.840, 0.900,
};

/* At a part (0..1) of the session. */
static double
usual_share(double part)
{
    double place = part * (double)(STR_LEN(usual) - 1);
    size_t i = (size_t)place;

    if (i >= STR_LEN(usual) - 1)
        return usual[STR_LEN(usual) - 1];
    return usual[i] + (usual[i + 1] - usual[i]) * (place - (double)i);
}

/* Whole shares: a volume is a count. */
static double
volume_by_close(double volume, double hours_open, double session_h,
                enum rvol_curve curve)
{
    if (hours_open >= session_h)
        return volume;
    if (curve == RVOL_FLAT)
        return trunc(volume * session_h / hours_open);
    return trunc(volume / usual_share(hours_open / session_h));
}

int
rvol_intraday(double volume, double avg_volume, double hours_open, double session_h,
              enum rvol_curve curve, struct rvol *out)
{
    double estimate;

    if (!isfinite(volume) || volume <= 0)
        return ERR_EMPTY;
    if (!isfinite(avg_volume) || avg_volume < RVOL_MIN_AVG_VOLUME)
        return ERR_EMPTY;
    if (!(hours_open > 0) || !(session_h > 0))
        return ERR_EMPTY;
    if (hours_open * 60 < RVOL_MIN_MINUTES)
        return ERR_AGAIN; /* a few minutes carried on to a day say nothing */
    estimate = volume_by_close(volume, hours_open, session_h, curve);
    *out = (struct rvol){.rvol = estimate / avg_volume,
                         .day_estimate = estimate,
                         .hours_open = hours_open};
    return isfinite(out->rvol) ? 0 : ERR_EMPTY;
}

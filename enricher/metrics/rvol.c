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

/* Share of the day's volume that is usual after a part (0..1) of the session.  The U is
 * a rule of thumb: busy at the open, quiet at noon, busiest into the closing auction.
 */
static double
usual_share(double part)
{
    static const double at[] = {0,    0.14, 0.22, 0.29, 0.35, 0.405, 0.455,
                                0.50, 0.55, 0.60, 0.65, 0.71, 0.79,  1.0};
    double place = part * (double)(STR_LEN(at) - 1);
    size_t i = (size_t)place;

    if (i >= STR_LEN(at) - 1)
        return 1;
    return at[i] + (at[i + 1] - at[i]) * (place - (double)i);
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

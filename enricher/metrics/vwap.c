#include "base/err.h"
#include "base/str.h"
#include "enricher/metrics/metric.h"

#include <math.h>

struct band
vwap_band(double distance_pct)
{
    static const struct {
        double least;
        bool inclusive;
        struct band band;
    } bands[] = {
        {2.0, false, {"STRONG_BULLISH", 1.2}},
        {0.5, false, {"BULLISH", 1.1}},
        {-0.5, true, {"NEUTRAL", 1.0}},
        {-2.0, true, {"BEARISH", 0.9}},
        {-INFINITY, true, {"STRONG_BEARISH", 0.7}},
    };

    if (isfinite(distance_pct))
        for (size_t i = 0; i < STR_LEN(bands); i++)
            if (distance_pct > bands[i].least ||
                (bands[i].inclusive && distance_pct == bands[i].least))
                return bands[i].band;
    return (struct band){"UNKNOWN", 1.0};
}

bool
vwap_is_break(double distance_pct)
{
    return distance_pct < -1.0;
}

static bool
is_usable(const struct bar *b)
{
    return isfinite(b->high) && isfinite(b->low) && isfinite(b->close) &&
           isfinite(b->volume) && b->volume >= 0;
}

int
vwap_of_bars(const struct bar *bars, size_t n, struct vwap *out)
{
    struct vwap v = {0};
    double money = 0;

    for (size_t i = 0; i < n; i++) {
        if (!is_usable(&bars[i]))
            continue;
        v.typical = (bars[i].high + bars[i].low + bars[i].close) / 3;
        v.last = bars[i].close;
        v.volume += bars[i].volume;
        money += v.typical * bars[i].volume;
        v.bars += bars[i].volume > 0;
    }
    if (v.bars == 0)
        return ERR_EMPTY;
    v.vwap = money / v.volume;
    v.distance_pct = (v.last - v.vwap) / v.vwap * 100;
    if (!isfinite(v.vwap) || !isfinite(v.distance_pct))
        return ERR_EMPTY; /* sums beyond a double, or an average of nothing */
    *out = v;
    return 0;
}

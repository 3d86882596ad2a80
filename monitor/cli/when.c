#include "monitor/cli/when.h"

#include "base/clock.h"
#include "base/str.h"

static const int64_t day_ms = 86400000;

const char *
when_time(int64_t wall_ms, int64_t now_ms, char *out)
{
    char iso[CLOCK_ISO_SIZE];

    if (wall_ms == 0)
        return "-";
    clock_iso(wall_ms, iso, sizeof iso);
    iso[10] = ' ';
    iso[23] = '\0';
    str_copy(out, WHEN_SIZE, wall_ms / day_ms == now_ms / day_ms ? iso + 11 : iso);
    return out;
}

const char *
when_span(double seconds, char *out)
{
    long s = seconds < 1e9 ? (long)seconds : 1000000000L;

    if (seconds < 0)
        return "-";
    if (s < 10)
        str_fmt(out, WHEN_SIZE, "%.1fs", seconds);
    else if (s < 60)
        str_fmt(out, WHEN_SIZE, "%lds", s);
    else if (s < 3600)
        str_fmt(out, WHEN_SIZE, "%ldm%02lds", s / 60, s % 60);
    else if (s < 86400)
        str_fmt(out, WHEN_SIZE, "%ldh%02ldm", s / 3600, s / 60 % 60);
    else
        str_fmt(out, WHEN_SIZE, "%ldd", s / 86400);
    return out;
}

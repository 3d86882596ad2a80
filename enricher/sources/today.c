#include "enricher/sources/today.h"

#include "domain/calendar.h"

bool
today_has(int64_t ms, int64_t now_ms)
{
    struct ny_time a, b;
    int64_t open_ms, close_ms;

    if (ms == 0 || !calendar_regular(now_ms, &open_ms, &close_ms))
        return false;
    ny_time(ms, &a);
    ny_time(now_ms, &b);
    return a.year == b.year && a.month == b.month && a.day == b.day && ms >= open_ms;
}

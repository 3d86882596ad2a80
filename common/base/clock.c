#include "base/clock.h"

#include "base/str.h"

static int64_t
read_us(clockid_t id)
{
    struct timespec ts;

    (void)clock_gettime(id, &ts); /* cannot fail: the id is one of ours */
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t
clock_wall_ms(const struct clock *c)
{
    return read_us(CLOCK_REALTIME) / 1000 + c->offset_ms;
}

int64_t
clock_boot_ms(const struct clock *c)
{
    return clock_boot_us(c) / 1000;
}

int64_t
clock_boot_us(const struct clock *c)
{
    (void)c; /* the offset moves the time of day only */
    return read_us(CLOCK_BOOTTIME);
}

void
clock_iso(int64_t wall_ms, char *out, size_t size)
{
    int64_t ms = wall_ms % 1000;
    time_t s = (time_t)(wall_ms / 1000);
    struct tm tm;

    if (ms < 0) { /* before 1970: round down, not towards zero */
        ms += 1000;
        s--;
    }
    if (gmtime_r(&s, &tm) == NULL)
        memset(&tm, 0, sizeof tm); /* a year that no calendar holds */
    (void)str_fmt(out, size, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", tm.tm_year + 1900,
                  tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, (int)ms);
}

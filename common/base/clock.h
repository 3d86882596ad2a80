/* clock - the only way to ask for the time
 *
 * Two clocks.  The wall clock (UTC, moved by `clock.offset_s` for tests and the
 * demo) dates documents and cache entries; the boot clock (CLOCK_BOOTTIME) times
 * deadlines and leases, so that neither a step of the wall clock nor a suspended
 * laptop breaks them.
 */
#ifndef CATALYST_BASE_CLOCK_H
#define CATALYST_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

struct clock {
    int64_t offset_ms; /* added to the wall clock only */
};

/* Milliseconds since 1970-01-01 UTC, market's time of day. */
int64_t clock_wall_ms(const struct clock *c);

/* Milliseconds / microseconds since boot, never set back. */
int64_t clock_boot_ms(const struct clock *c);
int64_t clock_boot_us(const struct clock *c);

/* Writes 2026-11-23T14:30:00.123Z into out[size]; size >= 25. */
void clock_iso(int64_t wall_ms, char *out, size_t size);

enum { CLOCK_ISO_SIZE = 32 };

#endif

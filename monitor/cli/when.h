/* when - times and ages for a person */
#ifndef CATALYST_CLI_WHEN_H
#define CATALYST_CLI_WHEN_H

#include <stddef.h>
#include <stdint.h>

enum { WHEN_SIZE = 32 };

/* "14:30:05.123" (UTC), with the date when it is not today's; "-" for 0. */
const char *when_time(int64_t wall_ms, int64_t now_ms, char *out);

/* "0.4s", "12s", "3m05s", "2h14m", "5d"; "-" below 0. */
const char *when_span(double seconds, char *out);

#endif

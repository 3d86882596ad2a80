/* today - is a figure of this day's session?
 *
 * Volume has no meaning without its day: before the open, at the weekend and on a
 * holiday an upstream still answers with the last session's.
 */
#ifndef CATALYST_SOURCES_TODAY_H
#define CATALYST_SOURCES_TODAY_H

#include <stdbool.h>
#include <stdint.h>

/* True when the instant (wall clock; 0: unknown) lies on the New York day of now, which
 * has a regular session, and not before its open. */
bool today_has(int64_t ms, int64_t now_ms);

#endif

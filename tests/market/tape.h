/* tape - what a listing traded in a session, minute by minute
 *
 * Integer arithmetic from the listing's seed and the day, so that the chart, the
 * screener and the quote of one moment agree, and a chart costs microseconds.
 */
#ifndef CATALYST_MARKET_TAPE_H
#define CATALYST_MARKET_TAPE_H

#include "universe.h"

#include <stdbool.h>

enum { TAPE_BARS = 390 };

/* Prices in 1/10000 USD. */
struct tape_bar {
    bool none; /* no trade in this minute: the upstream sends nulls */
    int64_t open, high, low, close, volume;
};

struct tape {
    int64_t open_s, close_s; /* session, seconds since 1970 */
    int64_t now_s;           /* moment it stands at, at most close_s */
    size_t n;                /* minutes begun */
    int64_t last, high, low; /* prices so far */
    int64_t volume;          /* of the day, auctions included: above the bars' sum */
    struct tape_bar bars[TAPE_BARS];
};

/* The session whose hours are open_s..close_s as it stands at now_s; before open_s it
 * has no bars and last is the previous close. */
void tape_run(const struct listing *l, int64_t open_s, int64_t close_s, int64_t now_s,
              struct tape *out);

/* The session that the market shows at a wall time: today's once it is open, else the
 * last one before.  Seconds since 1970. */
void tape_session(int64_t wall_ms, int64_t *open_s, int64_t *close_s);

#endif

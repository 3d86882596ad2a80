/* ahead - asks before anybody has to wait
 *
 * Shares and averages live long, so they can be renewed while nothing else is to do: of
 * the watchlist, and of tickers that were asked for lately.  A whole page at a time,
 * only when nobody waits, nothing is leased and the upstream's limit is free at once;
 * at the lowest rank, in no cycle's figures.  Shortly before the pre-market the day's
 * first candidates are prepared for: all that would run out before the close.
 *
 * A figure that the upstream does not have is not asked for ahead, and no ticker twice
 * within AHEAD_AGAIN_MS.
 */
#ifndef CATALYST_AHEAD_H
#define CATALYST_AHEAD_H

#include "enricher/collector/collector.h"

enum {
    AHEAD_AGAIN_MS = 10 * 60 * 1000,
    AHEAD_LOOK_MS = 30 * 1000 /* from a look that found nothing to the next */
};

/* Reads the watchlist.  0 or ERR_NOMEM. */
int ahead_open(struct collector *c);
void ahead_close(struct collector *c);

/* Each second: asks for one page of what runs out soon, if all is quiet.
 * O(ahead_max x batch) at most twice a minute, O(1) else. */
void ahead_second(struct collector *c);

#endif

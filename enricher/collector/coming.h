/* coming - tickers that ingest will ask about next
 *
 * Only a window of candidates is out at once, so behind it more tickers wait on disk,
 * and ingest names the first of them.  Nothing is asked because of them: but a page
 * that goes anyway and is not full takes them along, and costs no more.  A page of many
 * tickers then leaves half empty only at the very end.
 */
#ifndef CATALYST_COMING_H
#define CATALYST_COMING_H

#include "enricher/collector/collector.h"

/* A candidate with nothing right behind it says what comes later; the last word counts.
 */
void coming_hear(struct collector *c, const struct msg_candidate *m);

/* Fills a batch of n asks of the lane up with tickers that come, as far as they would
 * be asked for there.  Returns how many there are then. */
size_t coming_fill(struct collector *c, struct lane *l, struct ask **asks, size_t n);

#endif

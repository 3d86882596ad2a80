/* plan - which sources to ask for what is missing
 *
 * Pure.  Each fact has a chain of sources: those that give it, and behind them those
 * that have it only as a spare (a price of a quarter of an hour ago).  A spare answers,
 * and is asked, only when no source that gives the fact can still give it.  What is
 * missing is covered by the documents that cost least together.
 */
#ifndef CATALYST_PLAN_H
#define CATALYST_PLAN_H

#include "domain/calendar.h"
#include "enricher/collector/known.h"

/* What each source has in a session, and which of them can be asked now. */
struct offer {
    fact_set gives[SOURCES_MOST];
    fact_set spare[SOURCES_MOST];
    uint32_t usable; /* bit 1 << index */
};

void plan_offer(struct offer *o, enum session session, uint32_t usable);

/* The facts that the metrics of this session need.  A previous close is none: it counts
 * only with the price of its own document, and comes with that. */
fact_set plan_needs(enum session session);

/* Of `needs`, what has no answer yet and can still be had somewhere.  A ticker that two
 * upstreams do not know is not asked for any further. */
fact_set plan_missing(const struct offer *o, const struct known *n, fact_set needs,
                      const struct moment *now);

/* Two upstreams have said that they do not know it, and nobody has a figure. */
bool plan_is_unknown(const struct known *n, const struct moment *now);

/* The sources to ask for `missing`, as bits: together they can give all of it that
 * anybody can, and none of them could be left out.  A document that is on its way costs
 * nothing, one of many tickers a share of a request.  O(2^k) for the k sources that
 * have any of it. */
uint32_t plan_cover(const struct offer *o, const struct known *n, fact_set missing,
                    const struct moment *now);

#endif

/* plan - which sources to ask for what is missing
 *
 * Pure.  Facts that only one source can give decide first; what is left goes to a
 * source that is asked anyway, else to the cheapest (most tickers per request).
 */
#ifndef CATALYST_PLAN_H
#define CATALYST_PLAN_H

#include "domain/calendar.h"
#include "enricher/collector/known.h"

/* What each source gives now; 0 for one that is switched off. */
struct offer {
    fact_set gives[KNOWN_SOURCES];
};

/* From the session and the sources that are switched on (bit 1 << index). */
void plan_offer(struct offer *o, enum session session, uint32_t enabled);

/* The facts that the metrics of this session need. */
fact_set plan_needs(enum session session);

/* Of `needs`, what is neither fresh nor known to be had nowhere. */
fact_set plan_missing(const struct offer *o, const struct known *n, fact_set needs,
                      const struct moment *now);

/* Sources to ask for `missing`, as bits.  A source in its failure time is passed over;
 * facts that no source can give now are left out. */
uint32_t plan_cover(const struct offer *o, const struct known *n, fact_set missing,
                    int64_t boot_ms);

#endif

/* mode - parallel, or the sequential fallback
 *
 * With FEATURE_PARALLEL_ENRICHMENT=0, or after every enricher has died within one
 * cycle, one job at a time is leased in all, until CLEAN_TO_PARALLEL jobs in a row
 * have come back clean (never, when the configuration says so).
 */
#ifndef CATALYST_MODE_H
#define CATALYST_MODE_H

#include "enricher/collector/collector.h"

void mode_start(struct collector *c);

/* A member died holding `held` jobs. */
void mode_member_died(struct collector *c, int held);

/* True when one more job may be leased now. */
bool mode_allows(const struct collector *c);

/* A job was leased, or has ended. */
void mode_leased(struct collector *c, const struct job *j);
void mode_ended(struct collector *c, bool clean);

#endif

/* dispatch - gives jobs to enrichers under the limits of their groups */
#ifndef CATALYST_DISPATCH_H
#define CATALYST_DISPATCH_H

#include "enricher/collector/collector.h"

/* Nothing is leased until every enricher that runs on this machine has said hello and
 * what it had got meanwhile, or has been killed for not saying it. */
void dispatch_shut_gate(struct collector *c);

/* Leases everything that may go now.  Returns the boot time at which more may, as far
 * as the clock decides; INT64_MAX when only an event can change it. */
int64_t dispatch(struct collector *c, int64_t now_ms);

/* Leases that ran out: their holders are killed. */
void dispatch_expire(struct collector *c, int64_t now_ms);

/* When the next lease runs out; INT64_MAX for none. */
int64_t dispatch_next_expiry(const struct collector *c);

#endif

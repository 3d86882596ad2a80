/* dispatch - gives jobs to enrichers under the limits of their groups */
#ifndef CATALYST_DISPATCH_H
#define CATALYST_DISPATCH_H

#include "enricher/collector/collector.h"

/* Leases everything that may go now.  Returns the boot time at which more may, as far
 * as the clock decides; INT64_MAX when only an event can change it. */
int64_t dispatch(struct collector *c, int64_t now_ms);

/* Leases that ran out: their holders are killed.  Returns the next expiry. */
int64_t dispatch_expire(struct collector *c, int64_t now_ms);

#endif

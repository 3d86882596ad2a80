/* handover - a candidate goes on to the classifier
 *
 * With every metric as it is known now, and the reason of each that has no value.
 */
#ifndef CATALYST_HANDOVER_H
#define CATALYST_HANDOVER_H

#include "enricher/collector/collector.h"

/* One more revision of it; the first one counts in its cycle. */
void handover_send(struct collector *c, struct entry *e, bool is_final);

/* Before all is known: a sure reject goes on for good and nothing more is asked; a sure
 * alert goes on at once, its metrics follow as a revision.  True: it went for good, and
 * the entry is to be ended. */
bool handover_early(struct collector *c, struct entry *e, fact_set missing);

#endif

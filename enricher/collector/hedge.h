/* hedge - requests that hang: asked again, waited for, or given up
 *
 * What was refused or broke off was answered, and is asked for again.  A request that
 * takes longer than its source's timeout_ms may still be answered, so to repeat it is
 * speculation: that is done while the budget for hedges lasts, for what most candidates
 * wait for first.  What is not repeated keeps its permit and waits, as long as the
 * lease lasts: at the candidate's deadline its metrics are `timeout`, and what comes
 * later makes a revision.  Given up is what nobody waits for any more, and what an
 * upstream does not answer that has answered nothing else since: the next source is
 * asked.
 *
 * A document is never in flight twice: the holder ends the first request, and says so,
 * before there is a second.
 */
#ifndef CATALYST_HEDGE_H
#define CATALYST_HEDGE_H

#include "enricher/collector/collector.h"

/* Looks at what hangs.  Returns when it is to be done again, as far as the clock
 * decides; INT64_MAX when nothing flies. */
int64_t hedge(struct collector *c, int64_t now_ms);

/* How long the job was waited for, as a reason: "no answer in 15 s". */
void hedge_why(const struct collector *c, const struct job *j, char *out, size_t size);

#endif

/* stage - the classifier as a process: enriched in, scored out
 *
 * Keeps nothing: a candidate that is lost with the process is sent again by ingest.
 * While the alerter cannot take more, nothing is read.
 */
#ifndef CATALYST_CLASSIFIER_STAGE_H
#define CATALYST_CLASSIFIER_STAGE_H

#include "base/err.h"
#include "wire/proc.h"

struct stage;

/* Loads weights and rules, binds `enriched`, connects `scored`, serves the control
 * socket (stats, reload, score).  p is borrowed.  0, ERR_CONFIG, ERR_LOCKED, ERR_IO,
 * ERR_NOMEM with why. */
int stage_open(struct stage **out, struct proc *p, struct why *why);
void stage_close(struct stage **s);

#endif

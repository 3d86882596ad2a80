/* early - may what is not asked yet still turn the verdict?
 *
 * The classifier's own bounds over what is known of a candidate.  The collector decides
 * nothing by it but what to ask: a sure reject asks nothing, a sure alert goes on at
 * once, and where a gate hangs on one figure that figure is asked for first.
 */
#ifndef CATALYST_EARLY_H
#define CATALYST_EARLY_H

#include "base/conf.h"
#include "base/err.h"
#include "classifier/bounds.h"
#include "enricher/sources/source.h"

struct early;

/* With the weights and thresholds that the classifier has, too.  0, ERR_CONFIG,
 * ERR_NOMEM with why. */
int early_open(struct early **out, const struct conf *conf, struct why *why);
void early_close(struct early **e);

/* Reads the weights again; keeps the old ones when they are bad.  0, ERR_* with why. */
int early_reload(struct early *e, const struct conf *conf, struct why *why);

/* Names the weights and thresholds: what a verdict was sure by. */
const char *early_stamp(const struct early *e);

/* so_far: the candidate with its metrics; missing: facts that may still come. */
enum outlook
early_look(const struct early *e, const struct msg_enriched *so_far, fact_set missing);

/* Of the missing facts those that a gate which is on hangs on: asked for before all
 * others.  0 when there is none. */
fact_set early_first(const struct early *e, fact_set missing);

#endif

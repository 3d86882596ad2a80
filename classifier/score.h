/* score - one candidate in, one explained verdict out
 *
 * docs/scoring.md has the formula; signals.h is its table.
 *
 * Pure: no clock, log, network or allocation; the same input gives the same verdict.
 * What is missing never changes a score.  Not for a small stack: about 60 KB are used.
 */
#ifndef CATALYST_CLASSIFIER_SCORE_H
#define CATALYST_CLASSIFIER_SCORE_H

#include "classifier/rules.h"
#include "classifier/verdict.h"
#include "classifier/weights.h"

/* Fills all of *out.  0, or ERR_TOO_BIG when a line of the explanation found no room
 * (a table has outgrown VERDICT_LINES). */
int classify(const struct weights *weights, const struct rules *rules,
             const struct msg_enriched *in, struct verdict *out);

#endif

/* bounds - what a score can still become while facts are missing
 *
 * For the early verdict: the sum of what is known, and of the declared ranges of what
 * is not.  Whatever the missing facts turn out to be, also if they never come, the
 * score lies within least..most, and a verdict that is sure stays the same alert or the
 * same reject (its reason may change).
 *
 *   sure reject   a gate fails whatever comes
 *   sure alert    every gate passes whatever comes; one that reads a fact has it
 *   open          else, and as long as a filing's text is to come
 *
 * Pure as classify(): no clock, log, allocation.  The cost is that of one score, and so
 * are the about 50 KB of stack.
 */
#ifndef CATALYST_CLASSIFIER_BOUNDS_H
#define CATALYST_CLASSIFIER_BOUNDS_H

#include "classifier/rules.h"
#include "classifier/weights.h"
#include "wire/msg.h"

#include <stdbool.h>

enum outlook { OUTLOOK_OPEN, OUTLOOK_ALERT, OUTLOOK_REJECT };

struct bounds {
    double least, most; /* of the score */
    enum outlook outlook;
    const char *gate; /* that rejects, or that is open; "" when none.  Static */
};

/* in: the candidate with the metrics that are known by now (those of status ok or
 * stale; others count as missing for good).  pending: bits of enum late (signals.h)
 * that may still come, or come again with another value; a metric of in whose bit is
 * set is not believed. */
void score_bounds(const struct weights *weights, const struct rules *rules,
                  const struct msg_enriched *in, unsigned pending, struct bounds *out);

/* May what is pending still turn the verdict?  False when nothing needs to be asked. */
bool verdict_can_change(const struct bounds *b);

/* The bit of a metric by its name ("rvol"), 0 when the score does not read it. */
unsigned late_bit(const char *metric);

#endif

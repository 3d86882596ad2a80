/* divergence - does the volume agree with the move of the price
 *
 * A move that volume confirms weighs more, one that it does not may turn.  Both moves
 * must be larger than a minimum, strictly.
 */
#ifndef CATALYST_CLASSIFIER_DIVERGENCE_H
#define CATALYST_CLASSIFIER_DIVERGENCE_H

#include <stddef.h>

struct divergence {
    const char *name;     /* WEAK_RALLY, ...; NULL: neither moved enough */
    const char *strength; /* STRONG, MODERATE, WEAK */
    double value;         /* added to the score */
};

extern const double divergence_most; /* size of the largest value */

/* Both as fractions: 0.06 is 6 % up; volume against its average (rvol - 1).  NAN is
 * unknown and makes none. */
struct divergence divergence_of(double price, double volume);

#endif

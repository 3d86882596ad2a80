/* comparison - a figure now against the same figure before
 *
 * "Operating profit totalled EUR 7.7 mn, compared to EUR 5.0 mn": says more than its
 * verbs, which say nothing.
 */
#ifndef CATALYST_CLASSIFIER_COMPARISON_H
#define CATALYST_CLASSIFIER_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>

struct comparison {
    double now, before; /* losses are negative */
};

/* In the text: the last amount between `figure` and `versus` against the first one that
 * stands close behind `versus` (all are offsets, versus that of "from", "compared to",
 * ...).  loss: the figure is a loss.  False when one of them is missing or they are of
 * different kinds.  O(bytes between). */
bool comparison_read(const char *text, size_t figure, size_t versus, bool loss,
                     struct comparison *out);

#endif

/* offering - the stage of a sale of shares, and what it means
 *
 * A sale that is announced, priced or made larger dilutes, and so does one of which
 * nothing is said; one that is closed is over and takes the uncertainty with it; one of
 * debt is none of shares; one that is withdrawn dilutes nobody.
 */
#ifndef CATALYST_CLASSIFIER_OFFERING_H
#define CATALYST_CLASSIFIER_OFFERING_H

#include "classifier/match.h"

#include <stdbool.h>

enum offering_stage {
    OFFERING_NONE,
    OFFERING_WITHDRAWN,
    OFFERING_DEBT,
    OFFERING_UPSIZE,
    OFFERING_CLOSING,
    OFFERING_PRICING,
    OFFERING_ANNOUNCEMENT,
    OFFERING_UNKNOWN, /* of shares; no word about its stage */
    OFFERING_STAGES
};

enum { OFFERING_TAGS = 2 * OFFERING_STAGES }; /* that its phrases take */

struct offering_row {
    const char *name;    /* "closing"; "" for none */
    const char *label;   /* for an alert: "CLOSING" */
    double sentiment;    /* what replaces the headline's */
    double confidence;   /* that the words mean it, 0..1 */
    bool harmless;       /* no dilution: the family's weights do not count */
    const char *phrases; /* '|' separated; NULL for none */
};

extern const struct offering_row offering_rows[OFFERING_STAGES];

/* Adds the phrases of all rows with the OFFERING_TAGS tags from first_tag on.  As
 * match_add. */
int offering_add(struct match *m, int first_tag, struct why *why);

/* The stage among the hits that offering_add is for: the first of the order above that
 * occurs, so what is withdrawn or of debt goes before all else. */
enum offering_stage
offering_stage(const struct hits *hits, const struct words *w, int first_tag);

#endif

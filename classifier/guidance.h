/* guidance - what a company says of its own future, and which way
 *
 * A direction (raised, lowered, maintained, new) counts as the company's guidance only
 * next to a word for it ("guidance", "outlook", "forecast") in the same clause: sales
 * are raised and lowered all day long.  Of losses, costs, debt and their like it is the
 * other way round: a loss forecast that is cut is guidance that is raised.
 */
#ifndef CATALYST_CLASSIFIER_GUIDANCE_H
#define CATALYST_CLASSIFIER_GUIDANCE_H

#include "classifier/match.h"

#include <stdbool.h>

enum guidance_word {
    GUIDANCE_NONE,
    GUIDANCE_RAISED,
    GUIDANCE_LOWERED,
    GUIDANCE_WITHDRAWN, /* as lowered, whatever it is of */
    GUIDANCE_MAINTAINED,
    GUIDANCE_NEW,
    GUIDANCE_WIDENED, /* of losses */
    GUIDANCE_NARROWED,
    GUIDANCE_IMPROVED, /* as raised, whatever it is of */
    GUIDANCE_WORSENED,
    GUIDANCE_AHEAD, /* of results, which leave the guidance as it is */
    GUIDANCE_SHORT,
    GUIDANCE_STRONG, /* how sure it sounds */
    GUIDANCE_UNCERTAIN,
    GUIDANCE_BURDEN, /* better when it is less */
    GUIDANCE_NOUN,   /* what makes it guidance */
    GUIDANCE_WORDS
};

enum { GUIDANCE_REACH = 6, GUIDANCE_BESIDE = 3, GUIDANCE_SCOPE = 16 };

struct guidance_row {
    const char *name;    /* "raised", "strong" */
    const char *phrases; /* '|' separated; NULL for none */
};

extern const struct guidance_row guidance_rows[GUIDANCE_WORDS];

struct guidance {
    enum guidance_word direction; /* RAISED, LOWERED, MAINTAINED, NEW or NONE */
    enum guidance_word sure;      /* STRONG, UNCERTAIN or NONE: in between */
    bool named;                   /* a noun of guidance stands by the direction */
    const char *phrase;           /* of the direction; NULL for none */
    const char *burden;           /* what turned it: "loss"; NULL for none */
    char scope[GUIDANCE_SCOPE]; /* "FY2025", "H2 2025", "Q3 2025", "full-year" or "" */
};

/* Of hits whose tag is first_tag + enum guidance_word.  O(hits^2), no allocation. */
void guidance_of(const struct hits *hits, const struct words *w, int first_tag,
                 struct guidance *out);

#endif

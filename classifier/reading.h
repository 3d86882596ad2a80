/* reading - all that the text of an item says, found once
 *
 * Categories, sentiment, stage of an offering, source, strong negatives.  The signals
 * and gates look here and never at the text.
 */
#ifndef CATALYST_CLASSIFIER_READING_H
#define CATALYST_CLASSIFIER_READING_H

#include "classifier/offering.h"
#include "classifier/rules.h"
#include "classifier/sentiment.h"
#include "classifier/source_weight.h"
#include "wire/msg.h"

#include <stdbool.h>

struct reading {
    struct words words;
    struct hits hits;
    const char *category[KEYWORD_COUNT]; /* first phrase hit; NULL for none */
    enum offering_stage stage;
    double sentiment; /* -1..1; an offering's stage replaces the words' */
    char sentiment_text[SENTIMENT_TEXT + 64];
    const char *negative; /* phrase of a strong negative; NULL for none */
    struct source_tier source;
};

/* O(length of the text), no allocation.  *out need not be cleared; it is large. */
void reading_of(const struct rules *rules, const struct msg_enriched *in,
                struct reading *out);

#endif

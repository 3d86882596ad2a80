/* reading - all that the text of an item says, found once
 *
 * Categories, sentiment, guidance, figures of a quarter, stage and terms of an
 * offering, form and items of a filing, source, strong negatives.  The signals and
 * gates look here and never at the text.
 */
#ifndef CATALYST_CLASSIFIER_READING_H
#define CATALYST_CLASSIFIER_READING_H

#include "classifier/earnings.h"
#include "classifier/filing.h"
#include "classifier/guidance.h"
#include "classifier/offering.h"
#include "classifier/rules.h"
#include "classifier/sentiment.h"
#include "classifier/source_weight.h"
#include "classifier/terms.h"
#include "wire/msg.h"

#include <stdbool.h>

struct reading {
    const char *title; /* borrowed; "" where a filing's is EDGAR's own line */
    const char *lead;  /* the field behind it that has words, */
    size_t n_lead;     /* which end here */
    size_t n_said;     /* words of title and summary */
    struct words words;
    struct hits hits;
    const char *category[KEYWORD_COUNT]; /* first phrase hit; NULL for none */
    struct guidance guidance;
    struct earnings earnings;
    enum earnings_label result; /* UNKNOWN without figures to compare */
    double result_score;        /* -1..1 */
    enum offering_stage stage;
    struct terms terms; /* of an offering of shares */
    struct filing filing;
    int digest;       /* of a filing: -1, 0, 1 */
    double sentiment; /* -1..1; an offering's stage replaces the words' */
    char sentiment_text[SENTIMENT_TEXT + 64];
    const char *negative; /* phrase of a strong negative; NULL for none */
    struct source_tier source;
    char body[WORDS_TEXT]; /* of a filing's text, what is read of it */
};

/* O(length of the text), no allocation.  *out need not be cleared; it is large. */
void reading_of(const struct rules *rules, const struct msg_enriched *in,
                struct reading *out);

/* Words or figures show the category of that index. */
bool reading_has(const struct reading *r, int category);

#endif

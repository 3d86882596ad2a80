/* rules - thresholds of the gates, and every phrase compiled once
 *
 * Made at the start and again on a reload; read-only while scoring.
 */
#ifndef CATALYST_CLASSIFIER_RULES_H
#define CATALYST_CLASSIFIER_RULES_H

#include "base/conf.h"
#include "base/err.h"
#include "classifier/keywords.h"
#include "classifier/match.h"
#include "classifier/weights.h"

#include <stdbool.h>

/* What a hit's tag means: the index in its table is tag - RULES_*. */
enum {
    RULES_KEYWORD = 0,     /* keyword_rows */
    RULES_OFFERING = 100,  /* offering_rows */
    RULES_NEGATIVE = 200,  /* a strong negative by itself */
    RULES_SOLICITOR = 201, /* a law firm speaks: its lawsuit is no news */
    RULES_NAME = 202,      /* of a company or a paper: its words say nothing */
    RULES_FIGURES = 203,   /* figures of a quarter may stand near */
    RULES_GUIDANCE = 300,  /* enum guidance_word */
    RULES_DIGEST = 400,    /* enum digest_word */
    RULES_SENTIMENT = 1000 /* sentiment_rows */
};

struct rules {
    double min_score;
    double min_sent_abs;   /* 0: off, and so for all below */
    double price_ceiling;  /* USD */
    double price_floor;    /* USD */
    double min_avg_volume; /* shares a day */
    bool any_category;     /* no list of allowed categories */
    bool allowed[KEYWORD_COUNT];
    struct match *match; /* owned */
};

/* 0, ERR_CONFIG (a category that does not exist), ERR_NOMEM, with why. */
int rules_open(struct rules *out, const struct conf *conf, struct why *why);
void rules_close(struct rules *r);

/* Names thresholds and weights together into out[WEIGHTS_HASH]: who has the same stamp
 * judges alike. */
void rules_stamp(const struct rules *r, const struct weights *w, char *out);

#endif

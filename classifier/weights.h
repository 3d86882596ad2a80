/* weights - every number of the score, in one readable file
 *
 * One row a weight: key, built-in value, range, sentence.  The file (weights.conf)
 * holds `key = value` lines and `#` comments; a key that is absent keeps its built-in
 * value, an unknown key, a duplicate or a value out of range fails with its line, and
 * nothing is changed then.
 */
#ifndef CATALYST_CLASSIFIER_WEIGHTS_H
#define CATALYST_CLASSIFIER_WEIGHTS_H

#include "base/buf.h"
#include "base/err.h"
#include "classifier/filing.h"
#include "classifier/keywords.h"
#include "classifier/regime.h"

#include <stddef.h>

/* The categories come first, in the order of keyword_rows, then the catalysts of
 * filings in the order of catalyst_rows, then the regimes. */
enum weight_id {
    WEIGHT_FILING = KEYWORD_COUNT,
    WEIGHT_REGIME = WEIGHT_FILING + FILING_CATALYSTS,
    WEIGHT_SENTIMENT = WEIGHT_REGIME + REGIMES, /* times the sentiment, added */
    WEIGHT_STRONG_BEAT,
    WEIGHT_BEAT,
    WEIGHT_MISS,
    WEIGHT_STRONG_MISS,
    WEIGHT_DILUTION, /* these are times what their row of signals says */
    WEIGHT_DIVERGENCE,
    WEIGHT_SHORT_INTEREST,
    WEIGHT_FUNDAMENTAL,
    WEIGHT_EXTENDED_HOURS,
    WEIGHT_INSIDER,
    WEIGHT_LANGUAGE_MODEL,
    WEIGHT_TIER_1,
    WEIGHT_TIER_2,
    WEIGHT_TIER_3,
    WEIGHT_STRONG_NEGATIVE, /* sentiment below it is strongly negative */
    WEIGHT_COUNT
};

enum { WEIGHTS_FILE_MAX = 64 * 1024, WEIGHTS_HASH = 33 };

struct weights {
    double value[WEIGHT_COUNT];
    char hash[WEIGHTS_HASH]; /* of all keys and values: names this set */
};

/* The built-in set. */
void weights_default(struct weights *w);

/* Sets one weight by its key.  0, ERR_NOT_FOUND, ERR_SYNTAX, ERR_RANGE with why.  The
 * hash follows only weights_seal. */
int weights_set(struct weights *w, const char *key, const char *value, struct why *why);
void weights_seal(struct weights *w);

/* The text of a file over the built-in set.  0 or ERR_CONFIG with "line 3: ...".  Pure.
 */
int weights_parse(const char *text, size_t n, struct weights *out, struct why *why);

/* path "" is the built-in set.  Also ERR_IO, ERR_TOO_BIG. */
int weights_load(const char *path, struct weights *out, struct why *why);

/* Writes the set as a file, with every row's sentence. */
void weights_print(const struct weights *w, struct buf *out);

#endif

/* keywords - the categories of news and the phrases that show them
 *
 * A category counts once, whatever number of its phrases occur.  Its weight is signed:
 * bad news lowers the score.  A hit that lies inside a longer hit of another category
 * does not count ("fast track designation" is fda, not clinical as well); the offering
 * family stands apart: each of its rows counts by itself.
 */
#ifndef CATALYST_CLASSIFIER_KEYWORDS_H
#define CATALYST_CLASSIFIER_KEYWORDS_H

#include <stdbool.h>
#include <stddef.h>

enum { KEYWORD_COUNT = 24, KEYWORD_NAME = 32 };

/* What a category's phrases do beyond their weight. */
enum keyword_kind {
    KEYWORD_PLAIN,
    KEYWORD_OFFERING, /* of the offering family, which its stage may clear */
    KEYWORD_DIRE      /* any of them is a strong negative */
};

struct keyword_row {
    const char *name; /* "fda" */
    double weight;    /* built in; weights.conf may change it */
    enum keyword_kind kind;
    const char *phrases; /* separated by '|', see match.h */
};

extern const struct keyword_row keyword_rows[KEYWORD_COUNT];

/* Index of a category by name, or -1. */
int keyword_find(const char *name);

#endif

/* match - many phrases looked up in one pass over the words
 *
 * A phrase is words separated by blanks; its last word also stands for its plain
 * plural ("warrant" finds "warrants", never "warranty").  `*` is a gap of up to
 * MATCH_GAP words: "closes * offering" finds "closes its $50 million offering".  A
 * match stays within one clause (see words.h).
 */
#ifndef CATALYST_CLASSIFIER_MATCH_H
#define CATALYST_CLASSIFIER_MATCH_H

#include "base/err.h"
#include "classifier/words.h"

#include <stddef.h>
#include <stdint.h>

enum {
    MATCH_WORDS = 8, /* words of a phrase, gaps not counted */
    MATCH_GAP = 8,   /* words a `*` may stand for, none included */
    MATCH_HITS = 256
};

struct match;

/* One found phrase: words first..last (inclusive), and what was given for it. */
struct hit {
    uint16_t first, last;
    int tag;
    const char *phrase; /* as it was added; lives as long as the match */
};

struct hits {
    size_t n;
    size_t lost; /* found, but the list was full */
    struct hit list[MATCH_HITS];
};

int match_new(struct match **out);
void match_free(struct match **m);

/* Adds phrases separated by '|'; the texts are borrowed and must outlive the match.
 * 0, ERR_NOMEM, or ERR_SYNTAX for one that is empty, too long or starts or ends with a
 * gap. */
int match_add(struct match *m, const char *phrases, int tag, struct why *why);

/* All hits, by first word, longer ones first.  O(words), no allocation. */
void match_scan(const struct match *m, const struct words *w, struct hits *out);

#endif

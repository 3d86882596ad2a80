/* words - plain text as folded words with their clauses
 *
 * What every phrase is looked up in.  Letters are lower-cased (ASCII), typographic
 * quotes and dashes folded, a closing 's dropped, hyphens are spaces: "Top-Line
 * Results" and "top line results" are the same three words.  A clause ends at
 * punctuation followed by a space, at a spaced dash and at the end of a field; a phrase
 * never reaches across.
 */
#ifndef CATALYST_CLASSIFIER_WORDS_H
#define CATALYST_CLASSIFIER_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WORDS_TEXT = 8192, /* bytes of folded text */
    WORDS_MAX = 1024   /* words; about four times a long wire summary */
};

struct word {
    uint64_t hash; /* of the folded letters */
    uint16_t at;   /* where they start in text */
    uint16_t len;
    bool opens;    /* first word of a clause */
    uint16_t from; /* where it starts in its field as given; 65535: beyond that */
};

struct words {
    size_t n;
    size_t n_title; /* words of the first field */
    size_t fields;  /* added so far, empty ones too */
    size_t used;    /* bytes of text */
    bool cut;       /* some words did not fit */
    struct word list[WORDS_MAX];
    char text[WORDS_TEXT];
};

/* Empties w; the arrays are not cleared, which is why this is cheap. */
void words_clear(struct words *w);

/* Adds one field (NULL is none).  The first is the title.  O(n), no allocation. */
void words_add(struct words *w, const char *text);

/* Word i is this one, in lower case; false behind the last. */
bool words_are(const struct words *w, size_t i, const char *word);

/* Words first..last as text into out[size], joined by blanks.  Returns out. */
char *
words_text(const struct words *w, size_t first, size_t last, char *out, size_t size);

#endif

/* sentiment - how good the words are for a holder of the share
 *
 * A lexicon of financial phrases with a value each, and rules beyond it:
 *
 *   direction    "revenue fell", "loss narrowed", "lower costs": a figure that is good
 *                or bad to have more of, times a word for up or down within
 *                SENTIMENT_REACH words of the same clause; alone, only strong verbs
 *
 *   forecast     "cuts forecast" is bad, "cuts loss forecast" and "lowers guidance for
 *                expenses" are good
 *
 *   comparison   "profit totalled EUR 4 mn, against EUR 2 mn": where no verb says
 *                which way, the amounts do
 *
 *   negation     "not", "fails to", "without" up to three words before turns a value
 *                round and takes 40 % off it
 *
 *   expectation  "fell less than expected" turns the last move before it in the clause
 *
 *   degree       "sharply" x 1.3, "slightly" x 0.6, up to two words away
 *
 * A phrase inside a longer one does not count; some are there only for that ("number of
 * shares").  A sum s within +-sentiment_weak is no opinion: most sentences have none,
 * and one friendly word makes no news.  Else the value is s / sqrt(s^2 + 0.5).
 */
#ifndef CATALYST_CLASSIFIER_SENTIMENT_H
#define CATALYST_CLASSIFIER_SENTIMENT_H

#include "classifier/match.h"

#include <stddef.h>

enum { SENTIMENT_REACH = 6, SENTIMENT_TEXT = 160 };

enum sentiment_kind {
    SENTIMENT_PHRASE,   /* value as it stands */
    SENTIMENT_FORECAST, /* the same, turned where the forecast is of a bad figure */
    SENTIMENT_GOOD,     /* figure: more of it is good */
    SENTIMENT_BAD,      /* figure: more of it is bad */
    SENTIMENT_MOVE,     /* up (value > 0) or down */
    SENTIMENT_NOT,
    SENTIMENT_TURN,   /* less than expected */
    SENTIMENT_DEGREE, /* value is the factor */
    SENTIMENT_VERSUS, /* an amount of before follows */
    SENTIMENT_NOTHING /* hides the phrases within */
};

struct sentiment_row {
    enum sentiment_kind kind;
    double value;
    const char *phrases; /* '|' separated */
};

extern const struct sentiment_row sentiment_rows[];
extern const size_t n_sentiment_rows;

struct sentiment {
    double value;              /* -1..1; 0 without opinions */
    size_t opinions;           /* how many phrases or pairs counted */
    char text[SENTIMENT_TEXT]; /* them, each with its value */
};

/* Words from..to-1 of one field, and that field as it was given. */
struct passage {
    const struct words *words;
    size_t from, to;
    const char *raw; /* NULL: amounts are not compared */
};

extern const double sentiment_weak;

/* A hit of row i has the tag first_tag + i.  O(hits^2) at worst, with at most
 * MATCH_HITS; no allocation. */
void sentiment_of(const struct hits *hits, const struct passage *p, int first_tag,
                  struct sentiment *out);

#endif

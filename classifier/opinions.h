/* opinions - several views of one item, and how far they carry
 *
 * The mean of what words, figures, prices and others say of an item, each by its weight
 * and by how sure it usually is; and a confidence that grows with what is known and
 * falls when the market is nervous.  What is not known is not in the mean: it is no 0.
 * For the reader of an explanation; the score adds each of them by a row of its own.
 */
#ifndef CATALYST_CLASSIFIER_OPINIONS_H
#define CATALYST_CLASSIFIER_OPINIONS_H

enum opinion_id {
    OPINION_WORDS,
    OPINION_EARNINGS,
    OPINION_LANGUAGE_MODEL,
    OPINION_EXTENDED_HOURS,
    OPINION_INSIDER,
    OPINIONS
};

extern const char *const opinion_names[OPINIONS]; /* "words" ... */

struct opinions {
    double value[OPINIONS]; /* -1..1; NAN unknown */
};

struct opinion_mean {
    double value;      /* -1..1; 0 when nothing is known */
    double confidence; /* 0..1 */
    int known;         /* how many */
};

/* vix: NAN unknown, which changes nothing. */
struct opinion_mean opinions_mean(const struct opinions *o, double vix);

#endif

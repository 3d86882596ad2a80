/* earnings - the figures of a quarter in a text, and how they compare
 *
 * Reads earnings per share and revenue with their estimates where the text gives them
 * as figures: "EPS of $1.19 vs estimate $1.13, revenue $25.7B".  Losses are negative,
 * however they are written ("(0.12)", "-$0.12", "loss per share of $0.12").  A text
 * that gives none says nothing of earnings, whatever verbs and dollars occur in it.
 */
#ifndef CATALYST_CLASSIFIER_EARNINGS_H
#define CATALYST_CLASSIFIER_EARNINGS_H

#include <stdbool.h>
#include <stddef.h>

/* NAN where the text does not say. */
struct earnings {
    double eps, eps_estimate;         /* USD per share */
    double revenue, revenue_estimate; /* millions of the currency */
    int said; /* 1: the words say "beats", -1: "misses", 0: neither or both */
};

enum earnings_label {
    EARNINGS_UNKNOWN, /* no figure with its estimate */
    EARNINGS_STRONG_BEAT,
    EARNINGS_BEAT,
    EARNINGS_INLINE,
    EARNINGS_MISS,
    EARNINGS_LABELS
};

extern const char *const earnings_labels[EARNINGS_LABELS]; /* "Strong Beat" ... */

/* The figures of a title and what follows it (both may be NULL).  O(n). */
void earnings_read(const char *title, const char *text, struct earnings *out);

/* True when the text reports a result: a figure of it, and no date to come. */
bool earnings_is_result(const char *title, const char *text);

/* -1 to 1 from the surprises of both figures: 70 % earnings per share, 30 % revenue,
 * the one that is there alone; 0 and EARNINGS_UNKNOWN when there is none.  An estimate
 * of 0 has no surprise. */
double earnings_score(const struct earnings *e, enum earnings_label *label);

/* 1 beat, -1 miss, 0 not said: the words, else a loss against a smaller estimate. */
int earnings_status(const struct earnings *e);

#endif

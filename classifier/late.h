/* late - what may become known later than the item
 *
 * A bit each, so that bounds and early verdicts can speak of sets of them.
 */
#ifndef CATALYST_CLASSIFIER_LATE_H
#define CATALYST_CLASSIFIER_LATE_H

enum late {
    LATE_FLOAT = 1 << 0,
    LATE_VWAP = 1 << 1,
    LATE_RVOL = 1 << 2,
    LATE_PRICE = 1 << 3,
    LATE_VIX = 1 << 4,      /* value: VIX; detail spy_20d_pct */
    LATE_EXTENDED = 1 << 5, /* detail change_pct, outside the regular session */
    LATE_INSIDER = 1 << 6,  /* value: score of insider.h */
    LATE_OPINION = 1 << 7,  /* value: a language model's -1..1; detail confidence */
    LATE_TEXT = 1 << 8      /* of a filing: it may change everything */
};

enum { LATE_METRICS = 8 };

/* The name of the metric of bit 1 << i: "float". */
extern const char *const late_metrics[LATE_METRICS];

#endif

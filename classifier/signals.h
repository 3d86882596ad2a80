/* signals - the score, one row a part of it
 *
 * In the order of the table: what adds, then what multiplies.  Each row declares the
 * range of its effect and is clamped to it, so that bounds of a score can be told
 * before all is known.  A late row reads a metric; without the metric its effect is
 * none (times 1.0).
 *
 * A multiplier m of a metric is sign-aware: m > 1 speaks for the share and pushes the
 * score up, m < 1 speaks against it and pushes it down.  So a positive score is
 * multiplied by m and a negative one divided by it.
 */
#ifndef CATALYST_CLASSIFIER_SIGNALS_H
#define CATALYST_CLASSIFIER_SIGNALS_H

#include "classifier/reading.h"
#include "classifier/verdict.h"
#include "classifier/weights.h"

#include <stdbool.h>
#include <stddef.h>

/* What every signal and gate may look at. */
struct view {
    const struct weights *weights;
    const struct rules *rules;
    const struct msg_enriched *in;
    const struct reading *reading;
};

enum signal_kind { SIGNAL_ADDS, SIGNAL_SCALES, SIGNAL_PUSHES };

struct signal_row {
    const char *name;
    enum signal_kind kind;
    bool late;          /* reads a fact that comes after the text */
    double least, most; /* of what it adds or multiplies by */

    /* The addition or factor, not clamped; text[VERDICT_TEXT] is for the line.  A row
     * that writes its own lines (one a category) leaves text empty. */
    double (*value)(const struct view *v, const struct signal_row *row,
                    struct verdict *out, char *text);
};

extern const struct signal_row signal_rows[];
extern const size_t n_signal_rows;

/* Applies all rows to out->score, which is 0 at the start. */
void signals_apply(const struct view *v, struct verdict *out);

/* A metric that has a value (status ok or stale); NULL when missing. */
const struct msg_metric *metric_of(const struct msg_enriched *in, const char *name);

#endif

/* signals - the score, one row a part of it
 *
 * In the order of the table, which docs/scoring.md shows as one formula.  Each row
 * declares the range of its effect and is clamped to it, so that the bounds of a score
 * can be told before all is known (bounds.h).  A row that reads a late fact has no
 * effect while that is unknown.
 *
 * A row that pushes is sign-aware: m > 1 speaks for the share and pushes the score up,
 * m < 1 speaks against it and pushes it down.  So a positive score is multiplied by m
 * and a negative one divided by it.
 */
#ifndef CATALYST_CLASSIFIER_SIGNALS_H
#define CATALYST_CLASSIFIER_SIGNALS_H

#include "classifier/late.h"
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

/* Of a row whose effect no weight multiplies. */
enum { WEIGHT_NONE = -1 };

struct signal_row {
    const char *name;
    enum signal_kind kind;
    unsigned late;      /* what it reads of enum late */
    double least, most; /* of what it adds or multiplies by */
    int weight;         /* what it adds is times this weight, after the clamp */

    /* The addition or factor, not clamped; text[VERDICT_TEXT] is for the line.  A row
     * that writes its own lines (one a category) leaves text empty. */
    double (*value)(const struct view *v, const struct signal_row *row,
                    struct verdict *out, char *text);

    /* Optional: narrows least and most by what the text says.  Most items ask for no
     * more than this: no new shares, no dilution. */
    void (*narrow)(const struct view *v, double *least, double *most);
};

extern const struct signal_row signal_rows[];
extern const size_t n_signal_rows;

/* The range within which the row's effect lies with these weights and this text, and
 * in which "none" lies as well. */
void signal_range(const struct signal_row *row, const struct view *v, double *least,
                  double *most);

/* What becomes of a score by an effect that lies in the row's range. */
double signal_step(const struct signal_row *row, double score, double effect);

/* The effect of a row: clamped, and weighted. */
double
signal_effect(const struct signal_row *row, const struct weights *w, double value);

/* Applies all rows to out->score, which is 0 at the start. */
void signals_apply(const struct view *v, struct verdict *out);

/* A metric that has a value (status ok or stale); NULL when missing. */
const struct msg_metric *metric_of(const struct msg_enriched *in, const char *name);

/* Its second figure if it is of that name, else NAN; m may be NULL. */
double metric_detail(const struct msg_metric *m, const char *name);

#endif

/* gates - what a scored candidate must pass, cheapest first
 *
 * The first row that fails names the reason of a reject.  Every row that is on leaves a
 * line, so that a reject shows what else stood in the way.
 */
#ifndef CATALYST_CLASSIFIER_GATES_H
#define CATALYST_CLASSIFIER_GATES_H

#include "classifier/signals.h"

#include <stdbool.h>
#include <stddef.h>

enum gate_result { GATE_OFF, GATE_PASS, GATE_FAIL };

struct gate_row {
    const char *name; /* the reason when it fails */
    unsigned late;    /* what it reads of enum late, besides the score */
    const char *option;

    /* *value is what was compared; text[VERDICT_TEXT] says with what. */
    enum gate_result (*judge)(const struct view *v, const struct verdict *so_far,
                              double *value, char *text);
};

extern const struct gate_row gate_rows[];
extern const size_t n_gate_rows;

/* A sentiment or a word that alerts by itself, as bad news. */
bool gates_strong_negative(const struct view *v);

/* Sets alert, negative and reason of a verdict whose score is final. */
void gates_apply(const struct view *v, struct verdict *out);

#endif

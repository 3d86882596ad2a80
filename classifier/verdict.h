/* verdict - what was decided on a candidate, and why, line by line
 *
 * Bounded and flat: no pointer but to static text.  The lines are a sum to be checked:
 * start at 0; a `signal` line adds its value, a `multiplier` line multiplies by it, and
 * each line shows the score after it.  Gates and notes leave the score alone.
 */
#ifndef CATALYST_CLASSIFIER_VERDICT_H
#define CATALYST_CLASSIFIER_VERDICT_H

#include "base/jsonw.h"
#include "wire/msg.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    VERDICT_LINES = 64,
    VERDICT_NAME = 48,
    VERDICT_TEXT = 200,
    VERDICT_CATEGORIES = 512
};

enum verdict_kind { LINE_SIGNAL, LINE_MULTIPLIER, LINE_GATE, LINE_NOTE };

struct verdict_line {
    enum verdict_kind kind;
    char name[VERDICT_NAME]; /* row of its table, e.g. keyword.fda */
    char text[VERDICT_TEXT]; /* what matched or was compared */
    double value;
    double score; /* after this line */
};

struct verdict {
    bool alert;
    bool negative;      /* an alert on bad news: said by a note line, too */
    const char *reason; /* the gate that rejected it, else ""; static */
    double score;
    double relevance; /* the categories' part, after the source's weight */
    double sentiment; /* -1..1 */
    char categories[VERDICT_CATEGORIES]; /* hit ones, space separated */
    size_t n_lines;
    size_t lost; /* lines that found no room: must stay 0 */
    struct verdict_line lines[VERDICT_LINES];
};

/* Empties v without touching the lines. */
void verdict_clear(struct verdict *v);

/* Adds a line with v->score as it is now. */
__attribute__((format(printf, 5, 6))) void
verdict_line(struct verdict *v, enum verdict_kind kind, const char *name, double value,
             const char *fmt, ...);

const char *verdict_kind_name(enum verdict_kind kind); /* "signal" ... */

/* The lines as wire records, borrowing v's text.  Returns how many. */
size_t verdict_evidence(const struct verdict *v, struct msg_evidence *out, size_t max);

/* Members of the open object: verdict, reason, negative, score, relevance, sentiment,
 * categories, evidence. */
void verdict_json(const struct verdict *v, struct jsonw *w);

#endif

/* sheet - the figures of one listing at one moment, as Finviz words them */
#ifndef CATALYST_MARKET_SHEET_H
#define CATALYST_MARKET_SHEET_H

#include "tape.h"

enum figure {
    FIGURE_TEXT, /* none: the layout brings its own */
    FIGURE_NUMBER,
    FIGURE_CAP,
    FIGURE_OUTSTANDING,
    FIGURE_FLOAT,
    FIGURE_SHORT_FLOAT,
    FIGURE_SHORT_RATIO,
    FIGURE_SHORT_BOTH, /* "1.25% / 1.07", the layout of 2023 */
    FIGURE_SHORT_INTEREST,
    FIGURE_REL_VOLUME,
    FIGURE_AVG_VOLUME,
    FIGURE_VOLUME,
    FIGURE_PREV_CLOSE,
    FIGURE_PRICE,
    FIGURE_CHANGE,
    FIGURE_INSIDER_OWN,
    FIGURE_INSIDER_TRANS,
    FIGURE_INST_OWN,
    FIGURE_INST_TRANS
};

enum { SHEET_TEXT = 32, SHEET_NAME = 160 };

struct sheet {
    const struct listing *l;
    char name[SHEET_NAME]; /* of the company, escaped */
    struct tape tape;
    int number;           /* of the row in a list */
    double price, change; /* USD; percent since the last close */
};

/* Everything about a listing at a wall time. */
void sheet_fill(struct sheet *s, const struct listing *l, int64_t wall_ms);

/* A figure in Finviz's words into out[SHEET_TEXT], which is returned: "16.99B",
 * "39,606,884", "-1.42%", "-" for none. */
const char *sheet_text(const struct sheet *s, enum figure f, char *out);

#endif

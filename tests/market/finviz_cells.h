/* finviz_cells - what the snapshot of a quote page says, by the years
 *
 * In the order of the page.  "EPS next Y" stands there twice, as it always did.
 */
#ifndef CATALYST_MARKET_FINVIZ_CELLS_H
#define CATALYST_MARKET_FINVIZ_CELLS_H

#include "sheet.h"

struct finviz_cell {
    const char *label, *tip;
    enum figure figure;
    const char *text; /* of FIGURE_TEXT; @u or @d ... @z: coloured up or down */
};

struct finviz_cells {
    const struct finviz_cell *list;
    size_t n;
};

extern const struct finviz_cells finviz_cells_2020, finviz_cells_2025,
    finviz_cells_2026;

#endif

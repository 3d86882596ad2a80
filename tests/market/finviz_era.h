/* finviz_era - the layouts of Finviz's pages through the years
 *
 * A layout is data: texts with places (paste.h).  @s symbol, @n the company's name,
 * @l label, @t tooltip, @v value, @u @d colour up and down, @z the colour's end.
 */
#ifndef CATALYST_MARKET_FINVIZ_ERA_H
#define CATALYST_MARKET_FINVIZ_ERA_H

#include "finviz_cells.h"

#include <stdbool.h>

struct finviz_swap {
    const char *label; /* of the cell that is replaced */
    struct finviz_cell cell;
};

struct quote_layout {
    const char *head, *tail; /* of the page */
    const char *table[2];    /* before and after each table */
    const char *row[2];
    const char *cell; /* label and value */
    const char *up, *down;
    size_t tables, rows, pairs; /* tables of rows of pairs */
    bool down_first;            /* the cells run down the columns */
};

struct screener_layout {
    const char *head, *tail; /* of the page; @v: how many rows were found */
    const char *header;      /* one label, @l */
    const char *row[3];      /* start, behind the header row, end */
    const char *cell, *ticker;
    const char *up, *down;
    const char *short_float; /* what that column is called */
};

struct finviz_era {
    const char *name; /* "2026-04" */
    const struct finviz_cells *cells;
    const struct quote_layout *quote;
    const struct screener_layout *screener;
    struct finviz_swap swaps[2];
};

/* NULL when there is no such era.  The newest: finviz_era_find("2026"). */
const struct finviz_era *finviz_era_find(const char *name);

/* The names with commas between them, for messages. */
extern const char finviz_era_names[];

/* Whole pages. */
void
finviz_era_quote(const struct finviz_era *e, const struct sheet *s, struct buf *out);
void finviz_era_screener(const struct finviz_era *e, struct sheet *const *rows,
                         size_t n, struct buf *out);

#endif

/* quote_page - what a Finviz quote page says
 *
 * Every table whose class list has snapshot-table2, one of them until 2026-06 and six
 * since, its cells in pairs of label and value.  Neither the cells' classes nor their
 * tooltips are relied on: they have changed with every layout.
 */
#ifndef CATALYST_SOURCES_QUOTE_PAGE_H
#define CATALYST_SOURCES_QUOTE_PAGE_H

#include "enricher/sources/page.h"
#include "enricher/sources/source.h"

enum { QUOTE_PAIRS = 128, QUOTE_TWICE = 8, QUOTE_LABEL = 48 };

struct quote_page {
    char title[PAGE_TITLE]; /* "" when there is none */
    size_t tables;          /* snapshot tables that have a row */
    size_t cells;           /* in them, labels and values */
    size_t n;               /* labels, each once: the first of its name wins */
    struct quote_pair {
        char label[QUOTE_LABEL];
        char value[PAGE_TEXT];
    } pairs[QUOTE_PAIRS];
    size_t n_twice; /* labels that came again; the first QUOTE_TWICE are kept */
    char twice[QUOTE_TWICE][QUOTE_LABEL];
    size_t dropped; /* labels beyond QUOTE_PAIRS */
};

enum quote_figure {
    QUOTE_FLOAT,
    QUOTE_OUTSTANDING,
    QUOTE_SHORT_FLOAT, /* percent */
    QUOTE_AVG_VOLUME,
    QUOTE_VOLUME, /* of the last session; the page does not say of which day */
    QUOTE_PRICE,
    QUOTE_PREV_CLOSE,
    QUOTE_FIGURES
};

extern const char *const quote_figure_names[QUOTE_FIGURES]; /* "float_shares" ... */

/* Three outcomes, whatever the status says.  0: a quote.  ERR_NOT_FOUND: Finviz knows
 * no such ticker (404 with its own page).  Else no document: ERR_BLOCKED, ERR_LIMITED,
 * ERR_NET, ERR_CHANGED or ERR_SYNTAX.  *out holds what could be read in any case. */
int quote_page_read(const struct document *d, struct quote_page *out, struct why *why);

/* The text of a figure, by its label through the years; NULL when there is no such
 * label. */
const char *quote_page_text(const struct quote_page *q, enum quote_figure id);

/* The figure.  0; ERR_MISSING (no such label), ERR_EMPTY ("-"), ERR_SYNTAX. */
int quote_page_figure(const struct quote_page *q, enum quote_figure id, double *out);

/* The ticker that the title begins with, into out[16]; "" when it does not say. */
void quote_page_ticker(const struct quote_page *q, char *out);

#endif

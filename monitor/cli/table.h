/* table - columns for a person
 *
 * Cells are added row by row; widths follow from the content.  A heading that starts
 * with '>' makes a right-aligned column.
 */
#ifndef CATALYST_CLI_TABLE_H
#define CATALYST_CLI_TABLE_H

#include "base/buf.h"

#include <stddef.h>

enum { TABLE_COLUMNS = 16, TABLE_BYTES = 16 << 20 };

struct table {
    struct buf cells;         /* NUL-terminated, row by row */
    const char *const *heads; /* borrowed, `columns` of them */
    size_t columns;
    size_t n; /* cells */
};

/* heads ends with NULL and holds at most TABLE_COLUMNS texts. */
void table_init(struct table *t, const char *const *heads);
void table_free(struct table *t);

__attribute__((format(printf, 2, 3))) void
table_cell(struct table *t, const char *fmt, ...);

/* Heading and rows, two spaces in front and between; nothing when there is no row. */
void table_print(const struct table *t, struct buf *out);

#endif

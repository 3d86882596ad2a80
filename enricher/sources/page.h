/* page - the table rows of an HTML page
 *
 * Tag soup is read as a browser would, without network, entities from outside or
 * messages.  A row is one <tr> with its own cells; what stands in a table inside a cell
 * is that table's, not the cell's.  Rows come in the order of the page.
 */
#ifndef CATALYST_SOURCES_PAGE_H
#define CATALYST_SOURCES_PAGE_H

#include <stdbool.h>
#include <stddef.h>

enum {
    PAGE_CELLS = 160, /* of a row; what is beyond is not read */
    PAGE_TEXT = 96,   /* bytes of a cell's text, cut at a character */
    PAGE_TITLE = 192  /* the same of the page's title */
};

struct page;

struct page_row {
    const void *table;       /* the same for all rows of a table; only to compare */
    const char *table_class; /* its class list, "" for none; as long as the page */
    size_t n;
    char cells[PAGE_CELLS][PAGE_TEXT]; /* text, blanks collapsed and trimmed */
};

/* NULL when the bytes hold no page at all, or out of memory. */
struct page *page_open(const char *html, size_t n);
void page_close(struct page **p);

/* Text of the first <title> into out[PAGE_TITLE]; "" when there is none. */
void page_title(const struct page *p, char *out);

/* Has the class list of the row's table this class? */
bool page_has_class(const struct page_row *row, const char *name);

/* The next row; false at the end. */
bool page_next_row(struct page *p, struct page_row *row);

/* Column of the first cell that is one of the NULL-ended names, any case; -1 if none.
 */
int page_column(const struct page_row *row, const char *const *names);

#endif

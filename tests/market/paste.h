/* paste - a text with places to be filled
 *
 * A place is "@x", x a letter.  Layouts of pages are such texts, so that they can be
 * read beside the real ones.
 */
#ifndef CATALYST_MARKET_PASTE_H
#define CATALYST_MARKET_PASTE_H

#include "base/buf.h"

#include <stdint.h>

struct place {
    char letter;
    const char *text; /* as it is to stand there: escaped already */
};

/* Adds the text with its places filled from places[n]; an '@' that no place belongs to
 * stays.  The buffer keeps the error. */
void paste(struct buf *out, const char *text, const struct place *places, size_t n);

/* Adds s as text of a page: & < > as entities. */
void paste_escaped(struct buf *out, const char *s);

#endif

/* repair - bytes of a feed to bytes an XML parser can take
 *
 * Drops what stands before the first tag, turns bytes that are not UTF-8 into the
 * Latin-1 characters they were meant to be, control characters into spaces, and a bare
 * ampersand into &amp; (not inside CDATA).  A document that declares another encoding
 * than UTF-8 keeps its high bytes; one in UTF-16 or UTF-32 is not touched at all.
 */
#ifndef CATALYST_INGEST_REPAIR_H
#define CATALYST_INGEST_REPAIR_H

#include "base/buf.h"

#include <stdbool.h>

/* Appends the repaired document to out.  0, ERR_TOO_BIG or ERR_NOMEM.  O(n), pure. */
int repair_feed(const char *body, size_t n, struct buf *out);

/* One text of a feed, in UTF-8: bytes of UTF-8 that somebody took for Latin-1
 * characters become the characters they were ("\xc3\xa2\xc2\x80\xc2\xa6" an ellipsis),
 * and what Windows has in the place of the controls 0x80 to 0x9f becomes what it means
 * there. repair_text_needed is cheap and true whenever repair_text could change
 * anything. repair_text appends to out.  0, ERR_TOO_BIG (out->max < 3/2 n) or
 * ERR_NOMEM. */
bool repair_text_needed(const char *s, size_t n);
int repair_text(const char *s, size_t n, struct buf *out);

#endif

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

/* Appends the repaired document to out.  0, ERR_TOO_BIG or ERR_NOMEM.  O(n), pure. */
int repair_feed(const char *body, size_t n, struct buf *out);

#endif

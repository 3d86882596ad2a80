/* repair - text that was encoded once too often
 *
 * Bytes of UTF-8 that somebody took for characters of Latin-1 or Windows-1252 become
 * the characters they were ("\xc3\xa2\xc2\x80\xc2\xa6" an ellipsis) if all of the
 * text does and they are likely ones, and what Windows has in the place of
 * the controls 0x80 to 0x9f becomes what it means there.
 */
#ifndef CATALYST_INGEST_REPAIR_H
#define CATALYST_INGEST_REPAIR_H

#include "base/buf.h"

#include <stdbool.h>

/* One text of a feed, in UTF-8.  repair_text_needed is cheap and true whenever
 * repair_text could change anything.  repair_text appends to out.  0, ERR_TOO_BIG
 * (out->max < 3/2 n) or ERR_NOMEM. */
bool repair_text_needed(const char *s, size_t n);
int repair_text(const char *s, size_t n, struct buf *out);

#endif

/* subject - the listings that an item is about
 *
 * What a feed's tags, the filer's number, the title and the summary name, in the order
 * of their weight.  A release that names no listing at all may still begin with the
 * name of a company that has one.
 *
 * Pure: no clock, log or socket.
 */
#ifndef CATALYST_INGEST_SUBJECT_H
#define CATALYST_INGEST_SUBJECT_H

#include "ingest/item.h"
#include "ingest/tickers.h"

/* All that is named, into *out. */
void
subject_find(const struct item *it, const struct symbols *symbols, struct tickers *out);

/* The at most TICKERS_PRIMARY listings it is about, best first; over-the-counter ones
 * only where they are allowed and there is no other.  Returns how many. */
size_t subject_primary(const struct item *it, const struct tickers *t, bool allow_otc,
                       const struct ticker **out);

#endif

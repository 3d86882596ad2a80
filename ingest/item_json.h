/* item_json - an item as a JSON object, and back
 *
 * What ingest.db keeps of each item, `catalyst record` prints and `catalyst replay`
 * reads.  Members: id, feed, kind, form, title, summary, link, stocks (lines of
 * "Nasdaq:PGC"), published_ms, seen_ms, cik, rank; all of them are written, and a
 * reader needs only title or link.  A line written by hand has no id: it is made as
 * for an entry of a feed (guid may help); published may be a date in any form that
 * feeds use.
 *
 * Pure.
 */
#ifndef CATALYST_INGEST_ITEM_JSON_H
#define CATALYST_INGEST_ITEM_JSON_H

#include "base/buf.h"
#include "base/json.h"
#include "ingest/item.h"

enum { ITEM_FEED = 64, ITEM_JSON_MAX = 64 * 1024 };

/* Where and when it was first seen. */
struct item_origin {
    char feed[ITEM_FEED];
    int64_t seen_ms; /* wall clock */
};

/* Appends the object; an error stays in the buffer. */
void item_json_write(const struct item *it, const char *feed, int64_t seen_ms,
                     struct buf *out);

/* 0; ERR_TYPE, ERR_SYNTAX (a date), ERR_TOO_BIG (a text without room), ERR_MISSING
 * (nothing to know it by) with why. */
int item_json_read(const struct json *root, struct item *out,
                   struct item_origin *origin, struct why *why);

#endif

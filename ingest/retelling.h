/* retelling - what was told of a ticker before
 *
 * Finds among the stories of a ticker the one that an item tells again, or the one that
 * it corrects or updates.  Reads the store, writes nothing.
 */
#ifndef CATALYST_INGEST_RETELLING_H
#define CATALYST_INGEST_RETELLING_H

#include "ingest/item.h"
#include "ingest/store.h"
#include "ingest/story.h"

#include <stdint.h>

struct retelling {
    struct story story;          /* what the item tells */
    char told_by[ITEM_ID];       /* the item that told it before; else empty */
    char former[ITEM_ID];        /* the item that it corrects or updates; else empty */
    char former_link[ITEM_LINK]; /* and where that is */
};

void retelling_clear(struct retelling *r);

/* Looks at what was told of the ticker from since_ms on.  0 or a database error. */
int retelling_find(struct retelling *r, struct store *s, const struct item *it,
                   const char *ticker, int64_t since_ms);

/* "correction", "update" or "".  Many titles end in "update" that follow nothing: it
 * counts where what it updates is known, a correction by its title alone. */
const char *retelling_follows(const struct retelling *r);

#endif

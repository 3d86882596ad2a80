/* shelf - the two databases, opened to read
 *
 * ingest.db first, then ledger.db: what is in the ledger was in ingest.db before, so a
 * reading in this order never finds a verdict without its candidate.  Both are read as
 * of one moment each.  A file that is not there yet is not an error.
 */
#ifndef CATALYST_CLI_SHELF_H
#define CATALYST_CLI_SHELF_H

#include "base/conf.h"
#include "base/err.h"
#include "wire/db.h"

struct shelf {
    struct db *ingest; /* NULL: no such file */
    struct db *ledger; /* NULL: no such file */
};

/* 0, or ERR_* with why; the shelf is closed then. */
int shelf_open(struct shelf *s, const struct conf *conf, struct why *why);
void shelf_close(struct shelf *s);

#endif

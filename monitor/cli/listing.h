/* listing - rows of a query as a table or as JSON
 *
 * One description of the columns serves both.
 */
#ifndef CATALYST_CLI_LISTING_H
#define CATALYST_CLI_LISTING_H

#include "base/buf.h"
#include "wire/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum listing_kind { LIST_TEXT, LIST_INT, LIST_NUM, LIST_TIME };

struct listing_column {
    const char *key;  /* in JSON, with its unit */
    const char *head; /* in the table, '>' right-aligned; NULL: JSON only */
    enum listing_kind kind;
};

/* Steps the prepared statement to its end; column i is columns[i], ended by key NULL.
 * Returns the number of rows or ERR_DB. */
int64_t listing_write(struct db_stmt *rows, const struct listing_column *columns,
                      bool json, int64_t now_ms, struct buf *out);

#endif

/* validators - what makes a request conditional
 *
 * ETag and Last-Modified of the last answer that was taken go back as If-None-Match and
 * If-Modified-Since.  They are part of the feed's state and are stored in the
 * transaction that stores the items: an answer that was lost is asked for in full.
 */
#ifndef CATALYST_INGEST_VALIDATORS_H
#define CATALYST_INGEST_VALIDATORS_H

#include "ingest/store.h"
#include "wire/http.h"

enum { VALIDATORS = 2, VALIDATOR_LINE = STORE_VALIDATOR + 32 };

/* An answer that carries neither leaves what is known as it is. */
void validators_take(struct feed_state *f, const char *etag, const char *last_modified);

void validators_forget(struct feed_state *f); /* and the body's hash with them */

/* Header lines into lines; returns how many.  None when nothing is known. */
size_t
validators_headers(const struct feed_state *f, char lines[VALIDATORS][VALIDATOR_LINE]);

#endif

/* address - where a feed can be had: its own address and the ones in its place
 *
 * They are tried in turn until one gives a feed or says that nothing is new; the first
 * is the first to be tried each time.  One that asked to be left alone is passed over.
 *
 * Pure: no clock or socket.
 */
#ifndef CATALYST_INGEST_ADDRESS_H
#define CATALYST_INGEST_ADDRESS_H

#include "base/conf.h"

enum { ADDRESS_MAX = 5 };

struct address {
    char url[CONF_TEXT];
    int64_t rest_ms; /* not before, of a monotonic clock; 0: at any time */
};

struct addresses {
    size_t n;
    struct address list[ADDRESS_MAX];
};

/* others: separated by blanks.  What is beyond ADDRESS_MAX is left out. */
void address_read(struct addresses *a, const char *url, const char *others);

/* The first from `from` on that may be asked; a->n when there is none. */
size_t address_next(const struct addresses *a, size_t from, int64_t now_ms);

/* True if the answer ends the search: a document, or 304. */
bool address_is_good(int http_status, size_t body_len);

#endif

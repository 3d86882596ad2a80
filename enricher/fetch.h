/* fetch - one lease, from its address to its result
 *
 * lease -> request -> landed -> parse -> result.  `landed` goes out before parsing: the
 * permit is the upstream's time, not ours.
 */
#ifndef CATALYST_ENRICHER_FETCH_H
#define CATALYST_ENRICHER_FETCH_H

#include "enricher/worker.h"

enum { FETCH_TICKERS = 100, FETCH_URL = 4096 };

struct fetch {
    LIST_ENTRY(fetch) link;
    struct worker *worker;
    int64_t lease;
    const struct source *source;
    struct http_call *call;
    size_t n;
    char tickers[FETCH_TICKERS][SUBJECT_SIZE];
    char asked[FETCH_TICKERS * SUBJECT_SIZE]; /* the same, spaces between */
};

/* Starts the transfer.  What cannot be started is answered at once with an error. */
void fetch_start(struct worker *w, const struct msg_lease *l);

/* Ends the transfer and its connection; the lease is answered `cancelled`. */
void fetch_cancel(struct fetch *f, const char *why);

/* The fetch of a lease; NULL when it is not held. */
struct fetch *fetch_find(const struct worker *w, int64_t lease);

#endif

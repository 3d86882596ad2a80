/* manners - which user agent an upstream talks to
 *
 * Finviz and Yahoo want a browser, Yahoo one of today's; EDGAR an address to write to;
 * GlobeNewswire anything that says who it is.  Pure.
 */
#ifndef CATALYST_MARKET_MANNERS_H
#define CATALYST_MARKET_MANNERS_H

#include "refusal.h"

#include <stdbool.h>

struct manner {
    const char *kind; /* prefix of the kinds of request it is for */
    bool (*accepts)(const char *user_agent);
    const struct refusal *refusal; /* NULL: the connection is reset */
};

/* The manner that a request offends against; NULL when it is welcome. */
const struct manner *manners_offended(const char *kind, const char *user_agent);

/* The answer to it. */
void manners_answer(const struct manner *m, struct answer *a);

#endif

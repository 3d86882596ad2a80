/* crumb - what Yahoo wants to see before it tells more than charts
 *
 * A crumb belongs to a cookie and a user agent; when the generation changes, all of
 * them are old.  Pure but for the counters.
 */
#ifndef CATALYST_MARKET_CRUMB_H
#define CATALYST_MARKET_CRUMB_H

#include "base/jsonw.h"
#include "request.h"

#include <stdbool.h>

enum { CRUMB_TEXT = 12, CRUMB_COOKIE = 64 };

struct crumbs {
    uint64_t generation;
    uint64_t cookies, given, refused; /* refused: 401 for cookie or crumb */
};

/* A new cookie "A3=...", as the header has it. */
void crumb_cookie(struct crumbs *c, char out[CRUMB_COOKIE]);

/* The crumb for the cookie and user agent of the request; false and counted when it
 * has no cookie of ours. */
bool crumb_give(struct crumbs *c, const struct request *r, char out[CRUMB_TEXT]);

/* True when the request brings its own cookie's crumb; else it is counted. */
bool crumb_check(struct crumbs *c, const struct request *r);

/* "crumbs": {...} into the object that is open. */
void crumb_write(const struct crumbs *c, struct jsonw *w);

#endif

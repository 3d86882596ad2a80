/* route - which path is served by what: one row each */
#ifndef CATALYST_MARKET_ROUTE_H
#define CATALYST_MARKET_ROUTE_H

#include "market.h"

struct route {
    const char *method;
    const char *path;
    bool rest;              /* anything may follow the path */
    enum group group;       /* GROUP_NONE: the market's own, not judged */
    const char *kind;       /* as the judge names it */
    double least_s, most_s; /* the seed's latency */
    const char *tickers; /* argument that lists them; "": the path's tail; NULL: none */
    bool early;          /* takes effect when it arrives, not when it is answered */
    market_serve *serve;
};

/* The row of a request; NULL when there is none. */
const struct route *route_find(const char *method, const char *path);

const struct route *route_rows(size_t *n);

/* The tickers that a request asks for, upper case, comma separated. */
void route_tickers(const struct route *route, const struct request *r, char *out,
                   size_t size);

#endif

/* desk - takes each request through judge, fault, latency and handler */
#ifndef CATALYST_MARKET_DESK_H
#define CATALYST_MARKET_DESK_H

#include "market.h"
#include "server.h"

/* The service of a market, which must outlive it. */
struct service desk_service(struct market *m);

#endif

/* server - connections, timers and bytes: one thread, one epoll
 *
 * In one wake-up closed connections are dealt with first, then new requests, then the
 * answers that are due.  So a permit that a dead client held is free before the next
 * request is judged, and no request is excused by an answer that it did not wait for.
 *
 * Edge-triggered; a connection is read only between two exchanges, so thousands of
 * waiting requests cost a heap entry each.
 */
#ifndef CATALYST_MARKET_SERVER_H
#define CATALYST_MARKET_SERVER_H

#include "answer.h"
#include "base/clock.h"
#include "base/err.h"
#include "request.h"

/* One request and its answer. */
struct exchange {
    struct request request;
    struct answer answer;
    int64_t arrival_us; /* boot clock; the whole request was there */
    int64_t due_us;     /* when the answer starts; SERVER_NEVER: it hangs */
    const void *route;  /* these are the service's own */
    const void *fault;
    void *record;
    unsigned seen; /* the service's own too; lives as long as the connection */
};

#define SERVER_NEVER INT64_MAX

/* Who answers. */
struct service {
    void *self;
    /* A request is there: set due_us.  May fill the answer already. */
    void (*arrive)(void *self, struct exchange *x);
    /* It is due: the answer must be complete afterwards. */
    void (*render)(void *self, struct exchange *x);
    /* Answered in full, or the connection is gone. */
    void (*over)(void *self, struct exchange *x, bool answered);
};

struct server;

/* Listens on "HOST:PORT"; port 0 takes a free one.  0, or ERR_IO with why. */
int server_new(struct server **out, const char *listen, const struct clock *clock,
               const struct service *service, struct why *why);
void server_free(struct server **s);

int server_port(const struct server *s);
size_t server_connections(const struct server *s);
size_t server_bad_requests(const struct server *s); /* refused by the parser */

/* Until SIGTERM or SIGINT (both must be blocked).  0 or ERR_IO. */
int server_run(struct server *s);

#endif

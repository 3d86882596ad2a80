/* net - endpoints and sockets, all set up in one place
 *
 * Endpoints are ipc:// under the run directory (mode 0700) unless the configuration
 * says otherwise.  The binder of each is in one table; a lock file is taken before
 * bind, because an ipc bind silently steals a bound endpoint.
 */
#ifndef CATALYST_WIRE_NET_H
#define CATALYST_WIRE_NET_H

#include "base/err.h"
#include "base/log.h"
#include "wire/msg.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum endpoint {
    EP_ITEMS,    /* PUSH -> PULL, collector binds */
    EP_JOBS,     /* DEALER <-> ROUTER, collector binds */
    EP_ENRICHED, /* PUSH -> PULL, classifier binds */
    EP_SCORED,   /* PUSH -> PULL, alerter binds */
    EP_DONE,     /* PUSH -> PULL, ingest binds */
    EP_EVENTS,   /* PUB -> SUB, monitor binds */
    EP_CONTROL_INGEST,
    EP_CONTROL_COLLECTOR,
    EP_CONTROL_CLASSIFIER,
    EP_CONTROL_ALERTER,
    EP_CONTROL_MONITOR,
    EP_COUNT
};

struct conf;
struct net;

/* Makes the run directory (0700; ERR_IO if it is someone else's).  conf is borrowed. */
int
net_open(struct net **out, const struct conf *conf, struct log *log, struct why *why);
void net_close(struct net **net);

/* A ready socket, owned by the net (closed by net_close or net_drop).
 * net_bind takes EP's lock file first: ERR_LOCKED says who holds it. */
int net_bind(struct net *net, enum endpoint ep, void **out, struct why *why);
int net_connect(struct net *net, enum endpoint ep, void **out, struct why *why);
void net_drop(struct net *net, void **zsocket);

const char *net_endpoint_name(enum endpoint ep); /* "items", "control-ingest" */

/* Control endpoint of a stage by name; EP_COUNT when there is none. */
enum endpoint net_control_of(const char *stage);

/* Sends one message (header frame, body frame) without blocking.
 * 0, ERR_AGAIN (pipe full or no peer: keep it), ERR_TOO_BIG, ERR_RANGE, ERR_NOMEM. */
int net_send(void *zsocket, enum msg_type type, const void *body);

/* The same with a body that is packed already. */
int net_send_frame(void *zsocket, enum msg_type type, const struct buf *body);

/* True if the next message would leave: there is a peer and its pipe has room. */
bool net_can_send(void *zsocket);

/* The same to one peer of a ROUTER; ERR_CLOSED when the peer is gone. */
enum { PEER_MAX = 32 };
struct peer {
    size_t n;
    unsigned char id[PEER_MAX];
};
int net_send_to(void *router, const struct peer *peer, enum msg_type type,
                const void *body);

/* Receives one message without blocking.  0; ERR_AGAIN when there is none; another
 * ERR_* with why when the frames were bad (they are gone then: count it and go on).
 * peer is filled for a ROUTER socket, NULL for others. */
int net_recv(void *zsocket, struct peer *peer, struct msg *out, struct why *why);

#endif

/* conn - one connection and the exchange on it
 *
 * Bytes in, bytes out; who answers and when is the server's business.
 */
#ifndef CATALYST_MARKET_CONN_H
#define CATALYST_MARKET_CONN_H

#include "server.h"

enum conn_state { CONN_READING, CONN_WAITING, CONN_SENDING };

struct conn {
    int fd;
    enum conn_state state;
    struct exchange x;
    bool refused;  /* the parser said no: the service knows nothing of it */
    bool readable; /* the kernel has bytes that were not read yet */
    bool paced;    /* the next piece waits for the timer */
    struct buf in; /* read and not yet answered */
    size_t used;   /* bytes of it that the request at hand takes */
    struct buf head;
    size_t sent;      /* bytes of head, body and fill */
    int64_t timer_us; /* boot clock */
    size_t place;     /* in the server's heap */
    struct conn *next, *prev;
};

struct conn_list {
    struct conn *first;
    size_t n;
};

/* Takes the descriptor, on failure too (then NULL). */
struct conn *conn_new(struct conn_list *list, int fd);
void conn_free(struct conn_list *list, struct conn **c);

/* Reads until the kernel has no more.  0, or ERR_CLOSED, ERR_TOO_BIG, ERR_NOMEM. */
int conn_read(struct conn *c);

/* The next whole request into c->x: 0 and CONN_WAITING; ERR_AGAIN; else the parser's
 * error. */
int conn_take(struct conn *c);

/* Makes the answer to a request that the parser refused for rc. */
void conn_refuse(struct conn *c, int rc);

/* The answer in c->x is complete: CONN_SENDING. */
void conn_answer(struct conn *c, int64_t date_ms);

/* 0 when all is with the kernel; ERR_AGAIN when it is full, or (c->paced) when the pace
 * says so; ERR_CLOSED when the peer is gone or the answer is to break off. */
int conn_send(struct conn *c);

/* After the answer: CONN_READING and true, or false when the connection is to close. */
bool conn_next(struct conn *c);

#endif

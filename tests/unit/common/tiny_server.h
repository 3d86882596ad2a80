/* tiny_server - an HTTP server that misbehaves, for tests of clients
 *
 * One process a connection, on a port of 127.0.0.1.  Paths: /ok /404 /hop /loop /file
 * /429 /503 /claims (a size it never sends) /echo (method and body) /once (answers the
 * first request of a connection, then hangs up) /endless /gzip (10,000 times a) /reset,
 * anything else: silence.
 */
#ifndef CATALYST_TESTS_TINY_SERVER_H
#define CATALYST_TESTS_TINY_SERVER_H

#include "base/err.h"

#include <sys/types.h>

struct tiny_server {
    pid_t pid;
    int port;
    int seen; /* a byte for each whole request */
};

int tiny_server_open(struct tiny_server *s);

/* How many requests were read since the last call; waits for the first. */
int tiny_server_seen(const struct tiny_server *s);

void tiny_server_kill(struct tiny_server *s);
void tiny_server_close(struct tiny_server *s);

#endif

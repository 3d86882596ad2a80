/* web - a small read-only HTTP server on the process's loop
 *
 * libmicrohttpd with its epoll descriptor in our loop and no thread of its own.  GET
 * and HEAD only; a page is one row: path, type, function.
 */
#ifndef CATALYST_MONITOR_WEB_H
#define CATALYST_MONITOR_WEB_H

#include "base/buf.h"
#include "base/err.h"
#include "wire/loop.h"

#include <stddef.h>
#include <stdint.h>

enum {
    WEB_CONNECTIONS = 64,
    WEB_IDLE_S = 10,       /* a connection without traffic is closed */
    WEB_PAGE_MAX = 8 << 20 /* bytes of one answer */
};

struct web_page {
    const char *path;
    const char *type; /* Content-Type */

    /* Writes the body and returns the HTTP status. */
    int (*fill)(void *self, struct buf *out);
    const char *help; /* one line of the index */
};

struct web;

/* listen is "host:port" ("127.0.0.1:9464", "[::1]:9464"; port 0: any).  pages and self
 * are borrowed.  0; ERR_CONFIG (listen), ERR_NET (cannot bind), ERR_NOMEM with why. */
int web_open(struct web **out, struct loop *loop, const char *listen,
             const struct web_page *pages, void *self, struct why *why);
void web_close(struct web **web);

int web_port(const struct web *web);         /* the one that is bound */
int64_t web_requests(const struct web *web); /* answered since the start */

#endif

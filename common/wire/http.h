/* http - many transfers at once on the process's loop
 *
 * curl_multi with one epoll descriptor in the loop.  Nothing is queued inside curl: a
 * transfer starts only with a free slot.  Every transfer has its own deadline, its
 * decoded size is capped, only http and https are spoken, redirects are limited.
 * Certificates are checked against the system's, or against those of the file that the
 * environment variable SSL_CERT_FILE names.
 */
#ifndef CATALYST_WIRE_HTTP_H
#define CATALYST_WIRE_HTTP_H

#include "base/err.h"
#include "base/log.h"
#include "wire/loop.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HTTP_REDIRECTS = 5,
    HTTP_CONNECT_MS = 10000,
    HTTP_HEADERS_MAX = 16 /* request headers beyond our own */
};

struct http;
struct http_call;

/* All text is borrowed for the time of http_start only. */
struct http_request {
    const char *method;                    /* "GET", "POST", "PATCH"; NULL is GET */
    const char *url;                       /* http:// or https:// */
    const char *user_agent;                /* NULL: "catalyst/1" */
    const char *headers[HTTP_HEADERS_MAX]; /* "Name: value", ends with NULL */
    const char *body;                      /* NULL: none */
    size_t body_len;
    int64_t timeout_ms; /* of the whole transfer, > 0 */
    size_t max_bytes;   /* of the decoded body, > 0 */
    bool is_head;       /* a longer body is no error: its first max_bytes are read, and
                           the transfer ends there */
};

/* What came back; all of it borrowed for the time of the call-back. */
struct http_reply {
    int rc;           /* 0: an answer was read to its end; else ERR_TIMEOUT,
                         ERR_TOO_BIG, ERR_NET, ERR_UNSUPPORTED, ERR_CLOSED */
    const char *why;  /* for a person; "" when rc is 0 */
    int status;       /* HTTP status; 0 when there was none */
    bool unsent;      /* no byte of the request left us: safe to repeat */
    const char *body; /* decoded; "" when none; terminated */
    size_t body_len;
    int64_t elapsed_us;       /* from start to last byte */
    const char *url;          /* after redirects */
    const char *content_type; /* "" when none; so all the following */
    const char *etag;
    const char *last_modified;
    const char *server;
    int64_t retry_after_ms; /* Retry-After as seconds or date; -1 none */
    const char *headers;    /* all answer headers, "Name: value\n" each */
};

typedef void http_fn(void *self, const struct http_reply *reply);

/* slots: most transfers at once.  loop and log are borrowed. */
int http_new(struct http **out, struct loop *loop, struct log *log, int slots);
void http_free(struct http **h); /* running transfers end silently */

/* Starts a transfer.  fn is called exactly once, never from inside http_start.
 * 0; ERR_AGAIN without a free slot; ERR_UNSUPPORTED (scheme); ERR_NOMEM. */
int http_start(struct http *h, const struct http_request *r, http_fn *fn, void *self,
               struct http_call **call);

/* Ends a transfer now: its connection is closed, fn is not called.  *call NULL after.
 */
void http_cancel(struct http *h, struct http_call **call);

int http_running(const struct http *h);

/* A header of the reply by name (any case), "" when absent, copied into out. */
const char *
http_header(const struct http_reply *r, const char *name, char *out, size_t size);

#endif

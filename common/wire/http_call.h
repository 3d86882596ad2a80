/* http_call - one transfer: its request, its answer
 *
 * Private to http.c.  A call is a slot that is used again and again; what curl keeps
 * for it (`easy`) stays, everything else comes and goes with the transfer.
 */
#ifndef CATALYST_WIRE_HTTP_CALL_H
#define CATALYST_WIRE_HTTP_CALL_H

#include "base/buf.h"
#include "wire/http.h"

#include <curl/curl.h>

enum {
    HTTP_HEADER_BYTES = 64 * 1024, /* of one answer; what is beyond is not kept */
    HTTP_FIELD_BYTES = 256
};

struct http_call {
    CURL *easy; /* kept between transfers: it is dear to make */
    struct curl_slist *list;
    http_fn *fn;
    void *self;
    struct buf body;
    struct buf headers;
    char *send; /* own copy of the request's body */
    size_t send_len, sent;
    int64_t deadline_ms; /* boot clock */
    int64_t started_us;
    bool busy;
    bool over;         /* fn is being called */
    bool is_head, cut; /* the rest of the body is not wanted; was there any */
    char error[CURL_ERROR_SIZE];
};

/* The fields of a reply that are copied out of its headers. */
struct http_fields {
    char content_type[HTTP_FIELD_BYTES];
    char etag[HTTP_FIELD_BYTES];
    char last_modified[HTTP_FIELD_BYTES];
    char server[HTTP_FIELD_BYTES];
};

/* Sets the handle up for r.  On error call http_call_clear.  0 or ERR_NOMEM. */
int http_call_prepare(struct http_call *c, const struct http_request *r);

/* Fills *reply from the call and curl's result; *f must live as long as *reply.
 * wall_ms is the true time, for dates in Retry-After. */
void http_call_reply(const struct http_call *c, int rc, const char *why,
                     int64_t wall_ms, struct http_fields *f, struct http_reply *reply);

/* What curl's result means: 0 or ERR_*, with the reason for a person. */
int http_call_result(const struct http_call *c, CURLcode code, const char **why);

/* Forgets request and answer, keeps the handle. */
void http_call_clear(struct http_call *c);

#endif

/* request - one HTTP/1.1 request out of a stream of bytes
 *
 * Pure: bytes in, struct out.  Pipelining is safe: `used` says where the next request
 * begins.  Bodies by Content-Length only.
 */
#ifndef CATALYST_MARKET_REQUEST_H
#define CATALYST_MARKET_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    REQUEST_HEAD_MAX = 16384,
    REQUEST_BODY_MAX = 1 << 20,
    REQUEST_TARGET = 4096,
    REQUEST_AGENT = 256
};

struct request {
    char method[8];
    char target[REQUEST_TARGET]; /* as it was sent */
    char path[REQUEST_TARGET];   /* decoded, without the query */
    const char *query;           /* in target, still encoded; "" when none */
    char if_none_match[96], if_modified_since[48];
    char user_agent[REQUEST_AGENT], accept_encoding[64];
    char cookie[512], authorization[256];
    bool keep_alive;
    const char *body; /* borrowed from the bytes that were parsed */
    size_t body_len;  /* bytes */
};

/* 0 and *used when the first request in bytes[n] is complete; ERR_AGAIN when more bytes
 * are needed; ERR_SYNTAX, ERR_TOO_BIG or ERR_UNSUPPORTED (chunked body) when it never
 * will be.  *r holds garbage unless 0. */
int request_parse(const char *bytes, size_t n, struct request *r, size_t *used);

/* Value of a query argument, percent-decoded, into out[size]; "" and false when it is
 * absent.  The first one counts. */
bool request_arg(const struct request *r, const char *name, char *out, size_t size);

/* The same as a number, or the fallback. */
double request_number(const struct request *r, const char *name, double fallback);

#endif

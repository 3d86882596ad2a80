/* answer - one HTTP answer, and how it is made to go wrong
 *
 * A handler fills status, type, extra headers and body; a fault may then spoil it.
 */
#ifndef CATALYST_MARKET_ANSWER_H
#define CATALYST_MARKET_ANSWER_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ANSWER_BODY_MAX = 64 << 20 };

struct answer {
    int status;
    const char *type; /* Content-Type; NULL: none */
    char extra[640];  /* whole header lines, each with its CR LF */
    struct buf body;
    size_t fill; /* so many blanks follow the body */
    size_t cut;  /* > 0: the connection closes after so many body bytes */
    size_t pace; /* > 0: bytes per ANSWER_PACE_MS */
    bool reset;  /* no answer: the connection is reset */
};

enum { ANSWER_PACE_MS = 100 };

void answer_init(struct answer *a);
void answer_free(struct answer *a);

/* Back to 200 without a body. */
void answer_clear(struct answer *a);

/* Status, type and a whole text body. */
void answer_text(struct answer *a, int status, const char *type, const char *body);

/* Adds one header line; dropped when there is no room. */
__attribute__((format(printf, 3, 4))) void
answer_header(struct answer *a, const char *name, const char *fmt, ...);

/* Writes the head of the answer; date is wall clock ms. */
void
answer_head(const struct answer *a, bool keep_alive, int64_t date_ms, struct buf *out);

/* Mon, 05 Oct 2026 18:15:00 GMT */
void answer_date(int64_t wall_ms, char *out, size_t size);

#endif

/* buf - growable bytes with a hard bound
 *
 * Always NUL-terminated once anything was added, so `buf_str` is a C string.  An
 * add that fails leaves the buffer as it was and is remembered: a writer may add
 * many times and look at `b->err` once.
 */
#ifndef CATALYST_BASE_BUF_H
#define CATALYST_BASE_BUF_H

#include <stddef.h>

struct buf {
    char *data; /* owned, NULL until the first add */
    size_t len; /* bytes used, without the closing NUL */
    size_t cap; /* bytes allocated */
    size_t max; /* bytes allowed; an add beyond it is ERR_TOO_BIG */
    int err;    /* first error since buf_clear, else 0 */
};

/* No allocation.  max is in bytes. */
void buf_init(struct buf *b, size_t max);

/* Frees the bytes; the struct may be used again after buf_init. */
void buf_free(struct buf *b);

/* Forgets the content and the error, keeps the allocation. */
void buf_clear(struct buf *b);

/* Each returns 0, ERR_TOO_BIG or ERR_NOMEM (and the first of them for ever). */
int buf_add(struct buf *b, const void *bytes, size_t n);
int buf_adds(struct buf *b, const char *text);
int buf_addc(struct buf *b, char c);
__attribute__((format(printf, 2, 3))) int buf_addf(struct buf *b, const char *fmt, ...);

/* The content as a string; "" when empty.  Borrowed until the next add. */
const char *buf_str(const struct buf *b);

#endif

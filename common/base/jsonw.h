/* jsonw - writing JSON into a buffer
 *
 * Commas and quotes are its business.  Text is cleaned to valid UTF-8 and escaped;
 * a number that is not finite is written as null.  Errors stay in the buffer
 * (`buf.err`), so a caller looks once at the end.
 */
#ifndef CATALYST_BASE_JSONW_H
#define CATALYST_BASE_JSONW_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum { JSONW_DEPTH = 32 };

struct jsonw {
    struct buf *out;
    int depth;
    bool any[JSONW_DEPTH];     /* an element was written at this level */
    char closers[JSONW_DEPTH]; /* '}' or ']' per open level */
};

void jsonw_init(struct jsonw *w, struct buf *out); /* out is borrowed */

/* key NULL inside an array or at the top.  jw_end closes the innermost level. */
void jw_object(struct jsonw *w, const char *key);
void jw_array(struct jsonw *w, const char *key);
void jw_end(struct jsonw *w);

void jw_str(struct jsonw *w, const char *key, const char *value); /* NULL: null */
void jw_int(struct jsonw *w, const char *key, int64_t value);
void jw_num(struct jsonw *w, const char *key, double value);
void jw_bool(struct jsonw *w, const char *key, bool value);
void jw_null(struct jsonw *w, const char *key);

/* A piece of finished JSON, written as it is. */
void jw_raw(struct jsonw *w, const char *key, const char *json);

#endif

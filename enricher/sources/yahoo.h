/* yahoo - what Yahoo's endpoints have in common
 *
 * Errors come under the endpoint's own root or under "finance"; a figure is a number,
 * or an object with it as "raw" where formatted figures were asked for.
 */
#ifndef CATALYST_SOURCES_YAHOO_H
#define CATALYST_SOURCES_YAHOO_H

#include "base/json.h"

#include <stddef.h>

enum { YAHOO_SYMBOL = 32 }; /* bytes of a symbol, which may be a fund's or a future's */

struct yahoo_error {
    char code[32];   /* "Not Found"; "" when the document has no error */
    char text[1024]; /* "" when it has none; it can list all modules there are */
};

/* What the document says is wrong; root_name is "chart", "quoteResponse" ...
 * 0 when nothing; ERR_DENIED (crumb refused); ERR_EMPTY (no such ticker, or no data,
 * with its words in why). */
int yahoo_error_read(const struct json *root, const char *root_name,
                     struct yahoo_error *out, struct why *why);

/* The figure, NAN when it is absent, null or {}. */
double yahoo_number(const struct json *j);

/* Seconds since 1970 to wall clock ms; 0 when absent or beyond all sense. */
int64_t yahoo_time_ms(const struct json *j);

/* Appends "&crumb=...", percent-encoded; nothing when there is no crumb.
 * 0 or ERR_TOO_BIG. */
int yahoo_add_crumb(const char *crumb, char *out, size_t size);

#endif

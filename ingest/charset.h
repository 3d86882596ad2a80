/* charset - the encoding a feed is said to be in
 *
 * By the Content-Type of the answer as RFC 3023 reads it (text/xml without a charset is
 * "us-ascii"), else by the XML declaration, else by the first bytes, else "utf-8".
 * An encoding nobody knows is none; "gb2312" is called by what it is read as.
 * Only for people: feed_parse goes by the bytes, for servers say what they like.
 *
 * Pure.
 */
#ifndef CATALYST_INGEST_CHARSET_H
#define CATALYST_INGEST_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

enum { CHARSET_SIZE = 32 };

struct charset {
    char name[CHARSET_SIZE]; /* lower case */
    bool wrong_type;         /* the Content-Type is none of XML */
    bool overridden;         /* the bytes say otherwise than the name */
};

/* content_type: "" when there is none.  O(n). */
struct charset charset_of(const char *content_type, const char *body, size_t n);

#endif

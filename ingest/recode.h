/* recode - bytes of a feed to UTF-8
 *
 * Goes by the bytes first: a byte-order mark, or the zeros of UTF-16 and UTF-32 without
 * one.  Else by the encoding that the XML declaration names, if it can be: what is one
 * byte a character is not UTF-16 whatever it says, and what is said to be GB2312 or
 * Shift_JIS is read as the larger set that is really sent; what is said to be of one
 * byte a character, and is UTF-8, is UTF-8.  What is UTF-8, or of an
 * encoding that nobody knows, stays as it is: markup.h takes bytes that are none for
 * Latin-1.
 *
 * Pure.
 */
#ifndef CATALYST_INGEST_RECODE_H
#define CATALYST_INGEST_RECODE_H

#include "ingest/markup.h"

/* The document from its declaration or first tag on: of body[n] itself, or of *copy,
 * which is malloc'ed and becomes the caller's where bytes had to be changed, else NULL.
 * Characters that cannot be read are '?'.  0 or ERR_NOMEM.  O(n). */
int recode(const char *body, size_t n, char **copy, struct slice *out);

/* Bytes of a character by the first bytes: 4 or 2, or 1 when they are not so wide. */
size_t recode_unit(const char *body, size_t n);

/* Is there an encoding of that name? */
bool recode_knows(const char *name);

#endif

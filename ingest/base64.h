/* base64 - bytes that were written as letters
 *
 * What Atom demands of a content that is neither text nor XML.
 */
#ifndef CATALYST_INGEST_BASE64_H
#define CATALYST_INGEST_BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* Decodes s[*n] in place, white space left out, and sets *n to how many bytes it was.
 * false, and nothing changed, when it is not base64.  O(n). */
bool base64_decode(char *s, size_t *n);

#endif

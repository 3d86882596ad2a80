/* spelling - how upstreams write a class share
 *
 * Ours is BRK.B; Finviz and Yahoo say BRK-B.
 */
#ifndef CATALYST_SOURCES_SPELLING_H
#define CATALYST_SOURCES_SPELLING_H

#include <stdbool.h>
#include <stddef.h>

/* BRK.B to BRK-B into out[size], upper case; false when it did not fit. */
bool spelling_dashed(const char *ticker, char *out, size_t size);

/* BRK.B, BRK-B and brk/b are the same share. */
bool spelling_same(const char *a, const char *b);

/* Appends the tickers, dashed and percent-encoded, with commas between, behind the text
 * already in out[size].  0 or ERR_TOO_BIG. */
int spelling_list(const char *const *tickers, size_t n, char *out, size_t size);

#endif

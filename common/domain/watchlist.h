/* watchlist - the symbols that go first
 *
 * From the text of [catalyst] watchlist: symbols separated by spaces or commas, kept
 * in their canonical spelling.
 */
#ifndef CATALYST_DOMAIN_WATCHLIST_H
#define CATALYST_DOMAIN_WATCHLIST_H

#include "base/err.h"
#include "base/map.h"

enum { WATCHLIST_MAX = 10000 };

/* A map of canonical symbols; its values say nothing.  What is no symbol is left out,
 * and why names the first such.  0 or ERR_NOMEM.  Free with map_free(.., NULL). */
int watchlist_new(struct map **out, const char *list, struct why *why);

#endif

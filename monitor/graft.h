/* graft - copies a parsed JSON tree into a writer
 *
 * The answers of the stages are read, put together and written again; what we do not
 * know passes through unchanged.
 */
#ifndef CATALYST_MONITOR_GRAFT_H
#define CATALYST_MONITOR_GRAFT_H

#include "base/json.h"
#include "base/jsonw.h"

/* Writes j (NULL: null) under key, members in their order.  Deeper than GRAFT_DEPTH
 * levels becomes null.  O(size of j). */
enum { GRAFT_DEPTH = 16 };
void graft_json(struct jsonw *w, const char *key, const struct json *j);

/* Only the members or elements of j, into the object or array that is open. */
void graft_members(struct jsonw *w, const struct json *j);

#endif

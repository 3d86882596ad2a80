/* json - reading JSON, bounded and strict
 *
 * A thin wall around the library: depth, duplicate keys and trailing bytes are
 * refused, a byte order mark is not, integers stay 64 bits.  All nodes live as long as
 * the root.
 */
#ifndef CATALYST_BASE_JSON_H
#define CATALYST_BASE_JSON_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json; /* opaque; a node of a tree */

/* NULL with `why` ("line 3 column 7: ...") on malformed input.  The root may be any
 * value.  Free the root with json_free; nodes are borrowed. */
struct json *json_parse(const char *text, size_t n, struct why *why);
void json_free(struct json **root);

/* A member, or an element by decimal index, by a dotted path: "chart.result.0.meta".
 * NULL when any step is absent, of another type, or null; j may be NULL. */
const struct json *json_get(const struct json *j, const char *path);

/* Member by its literal name (which may hold dots); NULL when absent or null. */
const struct json *json_member(const struct json *j, const char *key);

/* Is the member there, be it null? */
bool json_has(const struct json *object, const char *key);

size_t json_len(const struct json *j); /* array or object; 0 else */
const struct json *json_at(const struct json *array, size_t i); /* NULL if null/out */

/* Walks an object in its order: start with *cursor NULL, false at the end. */
bool json_each(const struct json *object, void **cursor, const char **key,
               const struct json **value);

bool json_is_object(const struct json *j);
bool json_is_array(const struct json *j);
bool json_is_string(const struct json *j);
bool json_is_number(const struct json *j);
bool json_is_bool(const struct json *j);
bool json_is_null(const struct json *j); /* true for NULL too */

const char *json_text(const struct json *j, const char *fallback);
int64_t json_i64(const struct json *j, int64_t fallback); /* numbers, truncated */
double json_f64(const struct json *j, double fallback);
bool json_bool(const struct json *j, bool fallback);

#endif

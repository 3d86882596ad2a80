/* map - string key to pointer, open addressing over XXH3
 *
 * Keys are copied.  Values are the caller's: the map never frees one unless given
 * a function to.  Bounded: map_put says ERR_TOO_BIG at `max` entries.
 */
#ifndef CATALYST_BASE_MAP_H
#define CATALYST_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>

struct map;

struct map *map_new(size_t max);
void map_free(struct map **m, void (*free_value)(void *value));

size_t map_len(const struct map *m);
void *map_get(const struct map *m, const char *key); /* NULL when absent */

/* Value must not be NULL.  Replaces: *old (if not NULL) gets the former value or
 * NULL.  0, ERR_TOO_BIG, ERR_NOMEM. */
int map_put(struct map *m, const char *key, void *value, void **old);

/* Removes and returns the value; NULL when absent. */
void *map_take(struct map *m, const char *key);

/* Walks in no order: start with *cursor 0, false at the end.  The entry just given
 * may be taken during the walk; nothing may be put. */
bool map_next(const struct map *m, size_t *cursor, const char **key, void **value);

#endif

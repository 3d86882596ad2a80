/* conf_value - where a value lives, and its text
 *
 * Private to conf*.c.  A place is a row (its index in conf_rows) and, in a section of
 * instances, the instance's index.
 */
#ifndef CATALYST_BASE_CONF_VALUE_H
#define CATALYST_BASE_CONF_VALUE_H

#include "base/buf.h"
#include "base/conf_table.h"

/* Index of the row, or -1. */
int conf_row_find(const char *section, const char *key);

size_t conf_count(const struct conf *c, const struct conf_section *s); /* instances */

/* The name of an instance, which every instance's struct starts with. */
const char *conf_name(const struct conf *c, const struct conf_section *s, size_t i);
int conf_instance_find(const struct conf *c, const struct conf_section *s,
                       const char *name); /* -1 when there is none */

/* Adds an instance with its defaults.  Its index, or ERR_TOO_BIG. */
int conf_instance_add(struct conf *c, const struct conf_section *s, const char *name);

/* The default of a row, in an instance the one that is shipped with its name. */
const char *conf_default(const struct option_row *row, const char *name);

/* Reads a value into its member.  0; else ERR_* with why = "not a number; want ...",
 * and the member keeps what it had. */
int conf_value_set(struct conf *c, size_t row, size_t instance, const char *value,
                   struct why *why);

/* The value as it would stand in a file. */
void
conf_value_text(const struct conf *c, size_t row, size_t instance, struct buf *out);

/* Where the value came from: "catalyst.conf:12", "environment X"; NULL: the default.
 * A failed allocation leaves it at the default. */
const char *conf_origin(const struct conf *c, size_t row, size_t instance);
void conf_origin_set(struct conf *c, size_t row, size_t instance, const char *origin);

/* "ingest.cycles" or "group finviz.burst". */
void conf_place_name(const struct conf *c, size_t row, size_t instance, char *out,
                     size_t size);

/* The member itself; a row of the right type is the caller's business. */
const void *
conf_member(const struct conf *c, const struct option_row *row, size_t instance);

#endif

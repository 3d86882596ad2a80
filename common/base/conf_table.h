/* conf_table - the rows behind conf_rows: sections and shipped instances
 *
 * Private to conf*.c.
 */
#ifndef CATALYST_BASE_CONF_TABLE_H
#define CATALYST_BASE_CONF_TABLE_H

#include "base/conf.h"

/* A section: plain, or a list of instances [section NAME]. */
struct conf_section {
    const char *name;
    const char *help; /* one or two sentences */
    size_t list;      /* offset of the first instance in struct conf */
    size_t count;     /* offset of their number */
    size_t stride;    /* bytes of an instance; 0: a plain section */
    size_t most;      /* instances */
    bool open;        /* names may be added freely */
};

/* What a shipped instance has instead of its row's default.  An instance exists when
 * it has a row here, in this order.  `env` is as in struct option_row. */
struct conf_shipped {
    const char *section, *name, *key;
    const char *dflt; /* NULL: the row's own */
    const char *env;  /* NULL: none */
};

extern const struct conf_section conf_sections[];
extern const size_t conf_n_sections;
extern const struct conf_shipped conf_shipped[];
extern const size_t conf_n_shipped;

/* NULL when there is none. */
const struct conf_section *conf_section_find(const char *name);
const struct conf_shipped *
conf_shipped_find(const char *section, const char *name, const char *key);

/* Is there a row of this section and name in conf_shipped? */
bool conf_is_shipped(const char *section, const char *name);

#endif

/* conf_reader - what the file, the environment and --set have in common
 *
 * Private to conf*.c.  Collects every error as a line; "where" is what stands before
 * the colon: "catalyst.conf:12", "environment MIN_SCORE", "--set".
 */
#ifndef CATALYST_BASE_CONF_READER_H
#define CATALYST_BASE_CONF_READER_H

#include "base/buf.h"
#include "base/conf_table.h"

enum { CONF_ERRORS = 100 }; /* lines shown; more are only counted */

struct conf_reader {
    struct conf *c;
    struct buf *errors; /* borrowed */
    size_t n_errors;
};

/* One error line. */
__attribute__((format(printf, 3, 4))) void
conf_complain(struct conf_reader *r, const char *where, const char *fmt, ...);

/* "feed globenewswire" or "ingest", as between brackets or in --set. */
struct conf_head {
    const struct conf_section *section;
    char name[CONF_NAME]; /* "" for a plain section */
};

/* False, after a complaint, when there can be no such section or instance. */
bool conf_head_parse(struct conf_reader *r, const char *where, const char *text,
                     struct conf_head *out);

/* Finds the instance, adds it where that is allowed.  False after a complaint. */
bool conf_head_open(struct conf_reader *r, const char *where,
                    const struct conf_head *head, size_t *instance);

/* Row of a key, or -1 after a complaint that names the nearest one. */
int conf_key_find(struct conf_reader *r, const char *where,
                  const struct conf_head *head, const char *key);

/* Sets a value and its origin; complains about a bad one. */
void conf_put(struct conf_reader *r, const char *where, size_t row, size_t instance,
              const char *value);

/* The three sources of values.  Each complains and goes on. */
void
conf_file_parse(struct conf_reader *r, const char *file, const char *text, size_t n);
void conf_env_read(struct conf_reader *r, char *const *env);
void conf_sets_read(struct conf_reader *r, const char *const *sets, size_t n);

/* What can only be seen when all is read: pairs out of order, addresses missing. */
void conf_check(struct conf_reader *r);

#endif

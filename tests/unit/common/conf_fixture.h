/* conf_fixture - one load of a configuration, for the tests of conf */
#ifndef CATALYST_TESTS_CONF_FIXTURE_H
#define CATALYST_TESTS_CONF_FIXTURE_H

#include "base/conf.h"

/* One load: the file, the environment, --set, and what came of it. */
struct load {
    struct conf conf;
    struct buf errors;
    char path[64];
    char said[8192]; /* the errors, the file's path as @ */
    int rc;
};

/* text NULL: no file; env ends with NULL, or is NULL.  Free with load_free. */
struct load *load_all(const char *text, size_t n, const char *const *env,
                      const char *const *sets, size_t n_sets);
struct load *load_text(const char *text);
void load_free(struct load *l);

#endif

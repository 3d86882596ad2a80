/* directory - keeps the lists of what is listed fresh
 *
 * Once in symbols.refresh_h the exchanges' two files and EDGAR's list of filers are
 * asked, with a condition.  An answer replaces the file in the folder only when it is
 * what it should be: the known header, the footer, as many rows as before give or take
 * a fifth.  It is written beside it, synced and renamed, so a reader finds the old list
 * or the new one.  What was refused stays out, is logged and asked again a quarter of
 * an hour later.
 *
 * The time of a file is when it was last found to be right.
 */
#ifndef CATALYST_INGEST_DIRECTORY_H
#define CATALYST_INGEST_DIRECTORY_H

#include "base/conf.h"
#include "base/log.h"
#include "domain/symbols.h"
#include "ingest/store.h"
#include "wire/http.h"

/* All borrowed for the life of the directory. */
struct directory_env {
    const struct conf *conf;
    struct loop *loop;
    struct log *log;
    const struct clock *clock;
    struct store *store; /* for the validators */
    int64_t *counts;
    const char *dir; /* of the files; made when it is not there */

    /* How many rows of a file are in force: what a new one is measured by. */
    size_t (*rows)(void *self, size_t which);
    /* Files were replaced, and no other is on its way. */
    void (*changed)(void *self);
    void *self;
};

struct directory;

/* Asks at once for what is missing or too old, unless symbols.refresh_h is 0. */
int directory_new(struct directory **out, const struct directory_env *env);
void directory_free(struct directory **d);

/* No request from here on. */
void directory_stop(struct directory *d);

/* Whether n bytes may take the place of a list of `before` rows (0: of none), of which
 * kind `which` is an index into symbols_kinds.  0 with *rows, or ERR_* with why. */
int directory_check(size_t which, const char *text, size_t n, size_t before,
                    size_t *rows, struct why *why);

#endif

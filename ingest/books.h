/* books - every unit that came in, by what became of it
 *
 * Counted from the database once at start, then kept up to date by whoever changes a
 * unit.  What is pending (waiting or out) is the outbox's to say.
 */
#ifndef CATALYST_INGEST_BOOKS_H
#define CATALYST_INGEST_BOOKS_H

#include "base/jsonw.h"
#include "ingest/store.h"

enum { BOOKS_ROWS = 128, BOOKS_STATE = 12, BOOKS_REASON = 48 };

struct books {
    size_t n;
    struct {
        char state[BOOKS_STATE];
        char reason[BOOKS_REASON];
        int64_t n;
    } rows[BOOKS_ROWS];
    int64_t pending_at_start; /* waiting or out when they were loaded */
};

/* 0 or ERR_DB. */
int books_load(struct books *b, struct store *s);

/* n may be negative.  Beyond BOOKS_ROWS reasons are counted as "other". */
void books_add(struct books *b, const char *state, const char *reason, int64_t n);

/* Sum over a state. */
int64_t books_sum(const struct books *b, const char *state);

/* "books": {"in", "rejected", "done", "alerted", "pending", "dead", "rows": [...]}: in
 * is the sum of the others but alerted, which is a part of done. */
void books_write(const struct books *b, int64_t pending, struct jsonw *w);

#endif

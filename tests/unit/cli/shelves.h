/* shelves - two databases with the columns the commands read */
#ifndef CATALYST_TEST_SHELVES_H
#define CATALYST_TEST_SHELVES_H

#include "monitor/cli/shelf.h"

#include <stdint.h>

struct shelves {
    struct conf conf; /* data_dir and run_dir are a new folder */
    struct db *ingest, *ledger;
};

void shelves_open(struct shelves *s);
void shelves_fill(struct shelves *s); /* makes both files */
void shelves_close(struct shelves *s);

/* id is item + "/" + ticker. */
void shelves_unit(struct shelves *s, const char *id, const char *state,
                  const char *reason, int64_t seen_ms);
void shelves_verdict(struct shelves *s, const char *id, const char *verdict,
                     const char *reason, int64_t ledger_ms);
void shelves_sql(struct db *db, const char *sql);

#endif

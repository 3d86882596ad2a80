/* bench - a database in a folder of its own, for the tests of what writes into it */
#ifndef CATALYST_TESTS_INGEST_BENCH_H
#define CATALYST_TESTS_INGEST_BENCH_H

#include "ingest/store.h"

struct bench {
    struct store *store;
    char dir[64];
    char path[96];
};

void bench_open(struct bench *b);   /* a new folder and an empty database */
void bench_reopen(struct bench *b); /* as after the end of a process */
void bench_close(struct bench *b);  /* removes the folder */

/* A unit that waits, published at ms, with a packed candidate as its body. */
void bench_unit(struct bench *b, const char *id, int64_t ms, bool watched);

/* One as an earlier version kept it, that did not know the field. */
void bench_unit_without(struct bench *b, const char *id, const char *field);

#endif

/* stat - counters and gauges as rows
 *
 * A stage declares its rows once; the values are an array in the stage's state,
 * indexed by the stage's own enum.  `catalyst stats` and /metrics
 * are written from the rows.
 */
#ifndef CATALYST_BASE_STAT_H
#define CATALYST_BASE_STAT_H

#include "base/jsonw.h"

#include <stddef.h>
#include <stdint.h>

enum stat_kind { STAT_COUNTER, STAT_GAUGE };

struct stat_row {
    const char *name; /* snake case with unit: "frames_bad_total", "wal_bytes" */
    enum stat_kind kind;
    const char *help; /* one sentence */
};

/* Writes "metrics": [{name, kind, help, value}...] into the object that is open. */
void stat_write(struct jsonw *w, const struct stat_row *rows, const int64_t *values,
                size_t n);

/* Writes one element of "queues": {name, depth, oldest_s, rate_per_s} into the array
 * that is open.  oldest_ms: how long its first has waited. */
void stat_queue(struct jsonw *w, const char *name, int64_t depth, int64_t oldest_ms,
                double rate_per_s);

#endif

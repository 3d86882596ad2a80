/* prom - samples to Prometheus text
 *
 * Samples come in any order and from many processes; the text has each family once,
 * with HELP and TYPE, its samples together.  Names are put right on the way in: lower
 * case, base units (`_ms` becomes `_seconds`, the value with it), `_total` on counters
 * and on nothing else, so that whatever a stage calls its rows `promtool check
 * metrics` is content.
 */
#ifndef CATALYST_MONITOR_PROM_H
#define CATALYST_MONITOR_PROM_H

#include "base/buf.h"
#include "base/json.h"
#include "base/kv.h"
#include "base/stat.h"

#include <stddef.h>
#include <stdint.h>

enum {
    PROM_SAMPLES_MAX = 16384,
    PROM_TEXT_MAX = 4 << 20, /* bytes, of names and labels together */
    PROM_NAME = 128,
    PROM_LABEL_CHARS = 128 /* code points of a label's value */
};

struct prom;

struct prom *prom_new(void); /* NULL when out of memory */
void prom_free(struct prom **p);

/* labels: text pairs, ended by key NULL (KV_LIST).  help may be "".  Names get the
 * prefix catalyst_.  A sample beyond the bounds is counted, not added. */
void prom_add(struct prom *p, enum stat_kind kind, const char *name, const char *help,
              const struct kv *labels, double value);

/* All samples that a process's stats document holds: its metric rows, queues, groups,
 * enrichers, feeds, cycle and itself. */
void prom_add_stats(struct prom *p, const struct json *stats);

/* The text, families in alphabetical order; of two samples with the same name and
 * labels the first counts.  O(n log n). */
void prom_write(struct prom *p, struct buf *out);

#endif

/* cycle - the counts and log lines of one poll round */
#ifndef CATALYST_CYCLE_H
#define CATALYST_CYCLE_H

#include "enricher/collector/collector.h"

void cycle_begin(struct collector *c, const struct msg_cycle_begin *b);
void cycle_end(struct collector *c, const struct msg_cycle_end *e);

/* Is a round on its way whose feeds may still bring candidates? */
bool cycle_is_open(const struct collector *c);

/* The cycle of that number, NULL when it is not kept (any more). */
struct cycle *cycle_find(struct collector *c, int64_t number);

/* A candidate of it was taken for the first time. */
void cycle_accepted(struct collector *c, int64_t number);

/* All the facts of one of its metrics are in. */
void cycle_metric_in(struct collector *c, int64_t number, enum metric_id id);

/* It went on for the first time, with these metrics. */
void cycle_gone(struct collector *c, int64_t number,
                const struct msg_metric metrics[METRIC_COUNT]);

/* The members of one cycle for `stats`. */
void cycle_write(const struct cycle *y, struct jsonw *w);

#endif

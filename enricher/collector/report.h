/* report - what the collector says of itself */
#ifndef CATALYST_REPORT_H
#define CATALYST_REPORT_H

#include "enricher/collector/collector.h"

/* Once a second: how fast the queues are worked off. */
void report_second(struct collector *c);

/* The stage's members of the stats object. */
void report_stats(struct collector *c, struct jsonw *w);

#endif

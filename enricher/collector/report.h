/* report - what the collector says of itself */
#ifndef CATALYST_REPORT_H
#define CATALYST_REPORT_H

#include "enricher/collector/collector.h"

/* The stage's members of the stats object. */
void report_stats(struct collector *c, struct jsonw *w);

#endif

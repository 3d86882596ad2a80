/* answer - from what is known of a ticker to its four metrics */
#ifndef CATALYST_ANSWER_H
#define CATALYST_ANSWER_H

#include "enricher/collector/collector.h"

/* Fills one record a metric, as it was asked for at asked_ms (wall clock): its session
 * counts.  What was got since since_ms is fresh enough.  A missing fact says why: still
 * queued, on its way, failed, nothing to be had, no enricher.  Texts are borrowed from
 * `n` and from constants. */
void answer_metrics(struct collector *c, const struct known *n, int64_t asked_ms,
                    int64_t since_ms, struct msg_metric out[METRIC_COUNT]);

const char *answer_name(enum metric_id id); /* "float" */

/* The facts a metric is made of. */
fact_set answer_facts(enum metric_id id);

bool answer_has_value(const struct msg_metric *m); /* ok or stale */

#endif

/* metric_json - metrics as JSON, to records of the wire
 *
 * A list of {name, status, value, class, multiplier, detail, detail_name, why, unit,
 * source}, or an object of such by name.  As `catalyst enrich` prints them the second
 * figure stands under its own name ("distance_pct": 1.2): that is read as well.
 * Status is ok when a value or a multiplier is given, else empty.
 */
#ifndef CATALYST_CLASSIFIER_METRIC_JSON_H
#define CATALYST_CLASSIFIER_METRIC_JSON_H

#include "base/err.h"
#include "base/json.h"
#include "wire/msg.h"

enum { METRIC_JSON_MAX = 16 };

/* Fills out[METRIC_JSON_MAX] and *n; texts are borrowed from the JSON.  No metrics at
 * all (j NULL) is none.  0, ERR_TYPE, ERR_RANGE (a number that is not finite),
 * ERR_TOO_BIG with why. */
int metric_json_read(const struct json *j, struct msg_metric *out, size_t *n,
                     struct why *why);

#endif

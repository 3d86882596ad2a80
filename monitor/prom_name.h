/* prom_name - a metric's name as Prometheus wants it
 *
 * Pure.  "frames_bad" of kind counter becomes "catalyst_frames_bad_total"; "wait_ms"
 * becomes "catalyst_wait_seconds", with the factor its values are multiplied by.
 */
#ifndef CATALYST_MONITOR_PROM_NAME_H
#define CATALYST_MONITOR_PROM_NAME_H

#include "base/stat.h"

#include <stddef.h>

/* Writes the name into out[size] and returns the factor.  O(length). */
double prom_name(enum stat_kind kind, const char *name, char *out, size_t size);

#endif

/* slots - how many enrichers are wanted
 *
 * A number in run_dir/enrichers, written by `catalyst scale`; without the file the
 * configuration's enricher.count.
 */
#ifndef CATALYST_MONITOR_SLOTS_H
#define CATALYST_MONITOR_SLOTS_H

#include "base/conf.h"
#include "base/err.h"

enum { SLOTS_MAX = 32 };

/* 0 .. SLOTS_MAX.  A file that cannot be read as such counts as none. */
int64_t slots_wanted(const struct conf *conf);

/* Writes the number by temporary file and rename, so that a reader sees the old or
 * the new one.  0 or ERR_IO with why. */
int slots_write(const struct conf *conf, int64_t n, struct why *why);

#endif

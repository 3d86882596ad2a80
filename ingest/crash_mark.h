/* crash_mark - which body was being read when the process ended
 *
 * A line in a file of its own: "FEED HASH" while a body is read, blanks otherwise.  It
 * is written over in place, without waiting for the disk: the kernel keeps it whatever
 * ends the process, and no body is to blame for a power failure.
 */
#ifndef CATALYST_INGEST_CRASH_MARK_H
#define CATALYST_INGEST_CRASH_MARK_H

#include "base/err.h"
#include "ingest/store.h"

#include <stdbool.h>

struct crash_mark;

/* 0, ERR_NOMEM or ERR_IO with why.  What is no such file is overwritten. */
int crash_mark_open(struct crash_mark **out, const char *path, struct why *why);
void crash_mark_close(struct crash_mark **m);

/* True, and the hash, if a body of this feed was being read when the last process
 * ended. */
bool
crash_mark_left(const struct crash_mark *m, const char *feed, char hash[STORE_HASH]);

/* 0, or ERR_IO: then nobody would know of a crash. */
int crash_mark_set(struct crash_mark *m, const char *feed, const char *hash);

/* Best effort: one that stays counts as one crash. */
void crash_mark_clear(struct crash_mark *m);

#endif

/* lockfile - a file that is locked as long as a process lives
 *
 * An OFD lock, so that others can ask whether it is held without ever taking it, and
 * the kernel lets go of it at any death.  The number in the file only helps people.
 */
#ifndef CATALYST_WIRE_LOCKFILE_H
#define CATALYST_WIRE_LOCKFILE_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

/* *fd keeps the lock until it is closed.  ERR_LOCKED names the holder; ERR_IO. */
int lockfile_take(const char *path, int *fd, struct why *why);

/* True when somebody holds it; *pid is then what the file says, 0 if nothing. */
bool lockfile_is_held(const char *path, int64_t *pid);

#endif

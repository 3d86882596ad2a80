/* recording - files of JSON lines, one after another
 *
 * A file, or every *.jsonl of a folder in the order of their names.
 */
#ifndef CATALYST_CLI_RECORDING_H
#define CATALYST_CLI_RECORDING_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RECORDING_LINE_MAX = 1 << 20 };

/* Gets one line that is not empty, without its end; NULL for one that is longer than
 * RECORDING_LINE_MAX.  `where` is "week.jsonl:17".  False ends the walk. */
typedef bool recording_fn(void *self, const char *where, const char *line, size_t n);

/* 0 when all was read or fn ended it; ERR_NOT_FOUND (no such path, or no such file in
 * the folder), ERR_IO with why. */
int recording_read(const char *path, recording_fn *fn, void *self, struct why *why);

#endif

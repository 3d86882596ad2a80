/* watch - a file that somebody may write anew
 *
 * Tells when a file was written and closed, or when another took its name (as editors
 * and careful programs do).  What is written to it slowly is told once, at its end.
 */
#ifndef CATALYST_WIRE_WATCH_H
#define CATALYST_WIRE_WATCH_H

#include "base/err.h"
#include "wire/loop.h"

struct watch;

/* fn is called by the loop, which is borrowed.  The folder of the path must exist, the
 * file need not.  0, ERR_IO or ERR_NOMEM with why. */
int watch_new(struct watch **out, struct loop *l, const char *path, loop_fn *fn,
              void *self, struct why *why);
void watch_free(struct watch **w);

#endif

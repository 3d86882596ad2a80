/* stage - ingest as a whole: the parts, wired to the process
 *
 * Feeds are polled in rounds; each answer's candidates are written, then sent on while
 * the other feeds still answer.  What comes back on `done` closes candidates and
 * rounds.
 */
#ifndef CATALYST_INGEST_STAGE_H
#define CATALYST_INGEST_STAGE_H

#include "wire/proc.h"

struct stage;

/* Opens the database, the symbols and the sockets, and starts the first round.  proc is
 * borrowed.  0 or ERR_*; what went wrong is logged. */
int stage_open(struct stage **out, struct proc *proc);
void stage_close(struct stage **s);

#endif

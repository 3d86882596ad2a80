/* alerter - the stage: verdicts in, alerts out, `done` back
 *
 * One turn of the loop is one transaction: the verdicts that came, what they mean for
 * each sink, what ended since the last turn, and what may start now.  Only after the
 * commit is anything said or sent.  When the ledger cannot be written the stage says
 * so, stops reading, keeps what it holds and tries again: nothing is lost, the
 * messages wait in the pipe and in ingest's outbox.
 */
#ifndef CATALYST_ALERTER_ALERTER_H
#define CATALYST_ALERTER_ALERTER_H

#include "base/err.h"
#include "wire/proc.h"

struct alerter;

/* p is borrowed.  0, ERR_DB, ERR_LOCKED, ERR_CONFIG, ERR_IO, ERR_NOMEM with why. */
int alerter_open(struct alerter **out, struct proc *p, struct why *why);
void alerter_close(struct alerter **a);

#endif

/* rounds - when the feeds are asked next, and when a round is over
 *
 * The period is the session's.  No round begins while polling is paused, while too much
 * waits (ingest.outbox_max) or while its number cannot be written.
 */
#ifndef CATALYST_INGEST_ROUNDS_H
#define CATALYST_INGEST_ROUNDS_H

struct stage;

/* Begins a round if one may begin, and sets the time of the next.  A loop_fn. */
int rounds_next(void *stage);

/* The next round begins at the next turn of the loop. */
void rounds_now(struct stage *s);

/* Sends the end of each round that is all sent, then lets the finished ones go. */
void rounds_settle(struct stage *s);

#endif

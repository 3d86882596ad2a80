/* join - candidates that wait for their facts
 *
 * A candidate goes on as soon as nothing it needs is missing; at its deadline it goes
 * on with what there is, and once more for each fact that still arrives, until none
 * can come (`final`).
 */
#ifndef CATALYST_JOIN_H
#define CATALYST_JOIN_H

#include "enricher/collector/collector.h"

int join_open(struct collector *c);
void join_close(struct collector *c);

/* Takes the message (it is empty after).  A candidate that waits already is dropped:
 * its answer is on its way. */
void join_candidate(struct collector *c, struct msg *m);

/* One ticker of a request; request_ticker_done is called when it is over, perhaps
 * before this returns. */
void join_request(struct collector *c, struct request *r, struct known *n);

/* A ticker whose facts are to last lead_ms from now, though nobody waits: what will not
 * be fresh then is asked for, once. */
void join_ahead(struct collector *c, struct known *n, fact_set needs, int64_t lead_ms);

/* A fact, or a failure, was written: plans again for who waits, lets go who is ready.
 */
void join_changed(struct collector *c, struct known *n);

/* After a group has shut: plans again for all, past that group. */
void join_reconsider(struct collector *c);

/* Candidates whose deadline has come.  Returns the next deadline, INT64_MAX for none.
 */
int64_t join_deadlines(struct collector *c, int64_t now_ms);

#endif

/* lane - the queue of one source */
#ifndef CATALYST_LANE_H
#define CATALYST_LANE_H

#include "enricher/collector/collector.h"

int lane_open(struct lane *l, struct collector *c, int source);
void lane_close(struct lane *l);

/* False for a source that is asked with a key and has none: it is off, and nobody is
 * told, for most users have none. */
bool lane_has_key(const struct lane *l);

/* Asks for a ticker at this source, or raises the ask that is there: the same document
 * is never asked for twice at once.  0 or ERR_NOMEM. */
int
lane_ask(struct lane *l, struct known *n, int64_t rank, int64_t cycle, int64_t now_ms);

/* The ask of a lease that is out already, taken from the queue if it waits there; NULL
 * when another lease carries it, or memory is out. */
struct ask *lane_adopt(struct lane *l, struct known *n);

/* Puts an ask back in its place, after a rest. */
void lane_again(struct lane *l, struct ask *a, int64_t now_ms, int64_t rest_ms);

/* Asks that have rested go back to the others.  Returns when the next one will have,
 * INT64_MAX for none. */
int64_t lane_wake(struct lane *l, int64_t now_ms);

/* Asks that wait, resting ones too. */
size_t lane_depth(const struct lane *l);

/* Ends an ask, wherever it is. */
void lane_end(struct lane *l, struct ask *a);

/* When the lane has a batch to send: INT64_MAX for an empty lane, `now_ms` when full
 * or when nobody is behind, and the round is over or the linger is. */
int64_t lane_ready_ms(const struct lane *l, const struct collector *c, int64_t now_ms);

/* Does anybody wait for one of its asks?  Those that nobody waits for are ended. */
bool lane_is_wanted(struct lane *l);

/* Takes the best asks, at most a batch, leaving out those nobody waits for any more. */
size_t lane_take(struct lane *l, struct ask **out);

#endif

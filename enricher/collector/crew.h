/* crew - the enrichers that said hello */
#ifndef CATALYST_CREW_H
#define CATALYST_CREW_H

#include "enricher/collector/collector.h"

struct member *crew_find(const struct collector *c, const struct peer *peer);

/* A hello: adds the member, or renews what is known of it.  A process of this machine
 * is watched by a pidfd from here on; one that is gone already is not added. */
int crew_hello(struct collector *c, const struct peer *peer, const struct msg_hello *h);

/* An alive: leases it should hold and does not name are given out again. */
void crew_alive(struct collector *c, struct member *m, const struct msg_alive *a);

/* The member is gone: its permits are free, its jobs go to others. */
void crew_gone(struct collector *c, struct member *m, bool died, const char *why);

/* Once a second: a member without a pidfd that was not heard for CREW_SILENT_MS has
 * aborted its transfers by then; its permits are free. */
void crew_sweep(struct collector *c);

/* A frame could not reach the member.  Dead: its death is taken now.  Alive: it gets
 * nothing more, but keeps its permits until it says hello again or dies. */
void crew_lost(struct collector *c, struct member *m);

/* Who may take a job: the one that holds least and has credit; NULL for none.  `alone`
 * wants one that holds nothing, and reserves one that will. */
struct member *crew_pick(struct collector *c, bool alone);

/* The holder of an expired lease hangs: it is killed, its death frees the permit. */
void crew_kill(struct collector *c, struct member *m);

/* True while an enricher of this machine that runs has not said hello, and all that it
 * had to tell behind it. */
bool crew_is_incomplete(const struct collector *c, bool kill_them);

void crew_close(struct collector *c);

#endif

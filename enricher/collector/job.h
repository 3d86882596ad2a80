/* job - one document to fetch, and the lease it is fetched under */
#ifndef CATALYST_JOB_H
#define CATALYST_JOB_H

#include "enricher/collector/collector.h"

/* A heap of leased jobs, the one that expires first on top. */
struct heap *job_expiries(void);

/* Makes a job of the lane's best asks; NULL when nobody waits for any of them. */
struct job *job_new(struct collector *c, struct lane *l);

/* The job of a lease number; NULL when it ended, or is of another epoch. */
struct job *job_of_lease(const struct collector *c, int64_t lease);

/* Gives the job to a member: takes the permit, sends the lease.  ERR_CLOSED or
 * ERR_AGAIN when it could not be sent: nothing is taken then. */
int job_lease(struct collector *c, struct job *j, struct member *m);

/* Takes over a lease that an earlier collector gave: its permit is taken, its tickers
 * are asked for.  ERR_NOT_FOUND (source), ERR_EXISTS (its number is in use), ERR_NOMEM.
 */
int job_adopt(struct collector *c, struct member *m, const struct msg_held *h);

/* The upstream is done with it: the permit is free. */
void job_landed(struct collector *c, struct job *j);

/* Takes the job from its holder, landed or not. */
void job_unlease(struct collector *c, struct job *j);

/* The holder died or lost it: it goes first to the next one, or is poison. */
void job_orphan(struct collector *c, struct job *j, bool died);

/* Its asks go back to their lane, to be another job's; this one ends. */
void job_disband(struct collector *c, struct job *j);

/* Ends the job; its asks were ended or put back before. */
void job_free(struct collector *c, struct job **j);

/* Every ask of it failed for good: recorded as the source's failure. */
void job_fail(struct collector *c, struct job *j, enum status status, const char *why);

/* Records the failure of one ask and ends it. */
void ask_fail(struct collector *c, struct ask *a, enum status status, const char *why);

#endif

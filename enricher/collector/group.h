/* group - the upstreams that share a limit, and what is learned of them
 *
 * What was learned of a group's limit is kept in collector.db, so that a restart asks
 * as many at once from its first request on.
 */
#ifndef CATALYST_GROUP_H
#define CATALYST_GROUP_H

#include "enricher/collector/collector.h"

/* What the end of a request says about its group. */
enum ending {
    ENDING_ANSWERED, /* with a document, or "no such ticker" */
    ENDING_CROWDED,  /* 429 or 503: perhaps too many at once */
    ENDING_BLOCKED,  /* a challenge page */
    ENDING_FAILED,   /* broken off, timed out, no document */
    ENDING_LOST      /* the holder gave it back */
};

/* From the configuration, and what is on disk.  0 or ERR_DB. */
int group_open_all(struct collector *c, struct why *why);

/* Writes what was learned, if it has changed. */
void group_save_all(struct collector *c);

/* The request of that permit has ended, status being that of the metrics it was for. */
void group_ended(struct collector *c, struct group *g, const struct permit *p,
                 enum ending ending, enum status status, const struct msg_result *r);

/* Sources of groups that are shut for now, as bits. */
uint32_t group_shut(const struct collector *c, int64_t now_ms);

/* catalyst pause and resume: resume also closes the breaker.  ERR_NOT_FOUND. */
int group_hold(struct collector *c, const char *name, bool held, struct why *why);

/* Its line of `catalyst stats`; waiting: asks in its lanes. */
void group_write(struct collector *c, const struct group *g, size_t waiting,
                 struct jsonw *w);

#endif

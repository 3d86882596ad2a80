/* credential - the cookie and the crumb of a group of upstreams
 *
 * Some sources are asked with a cookie, and with a crumb that belongs to it.  Both come
 * from sources of their own (struct source, brings), one request at a time for all
 * enrichers, and only when somebody waits for what needs them.  Kept in collector.db,
 * so that a restart needs no new one; in leases and nowhere else: no log, no figure, no
 * command shows them.
 *
 * One that is refused is dropped and renewed once; refused again before any answer, the
 * upstream means us.  While none can be had, the sources that need one are passed over.
 */
#ifndef CATALYST_CREDENTIAL_H
#define CATALYST_CREDENTIAL_H

#include "enricher/metrics/metric.h"
#include "enricher/sources/source.h"

enum {
    CREDENTIAL_REST_MS = 5000, /* after it could not be had; doubles */
    CREDENTIAL_REST_MAX_MS = 600000
};

struct job;

struct credential {
    char cookie[COOKIE_SIZE];
    char crumb[CRUMB_SIZE];
    int64_t version; /* of the pair, counts up */
    struct job *job; /* that gets the next part; NULL: none is on its way */
    int refused;     /* in a row, without an answer between */
    int failed;      /* the same: could not be had */
    int64_t rest_ms; /* boot clock: not asked for before, */
    enum status status;
    char why[80]; /* because of that */
};

/* The part that is missing; CREDENTIAL_NONE: it is whole. */
enum credential_part credential_lacks(const struct credential *k);

/* A part has come; false when it cannot be one.  A crumb makes a pair of it. */
bool credential_got(struct credential *k, const char *cookie, const char *crumb);

/* It could not be had: it rests. */
void credential_missed(struct credential *k, int64_t now_ms, enum status status,
                       const char *why);

/* The pair of that version was refused: dropped, if it is still the one.  True when it
 * was refused twice in a row; then it rests as well. */
bool credential_refused(struct credential *k, int64_t version, int64_t now_ms);

/* The pair of that version was good. */
void credential_accepted(struct credential *k, int64_t version);

/* ---- of the collector */

struct collector;
struct lane;
struct why;
struct msg_lease;
struct msg_result;

/* Reads those on disk.  0 or ERR_DB. */
int credential_open_all(struct collector *c, struct why *why);

/* Can the lane's source be asked: does it need none, or is there one? */
bool credential_lets(const struct lane *l);

/* Sources that are passed over because theirs cannot be had now, bit 1 << index. */
uint32_t credential_bars(const struct collector *c, int64_t now_ms);

/* The lane to ask for the part that asks of the group wait for; NULL when none do, or
 * it is on its way, or rests. */
struct lane *
credential_due(struct collector *c, const struct credential *k, int64_t now_ms);

/* Puts it into a lease of the job's source, and notes in the job which. */
void credential_write(struct collector *c, struct job *j, struct msg_lease *out);

/* A job that was to bring a part has ended, or its holder has died (r NULL): what it
 * brought is kept. */
void credential_brought(struct collector *c, struct job *j, const struct msg_result *r,
                        enum status status);

/* A job's credential was refused.  True: that counts as a block of the whole group. */
bool credential_denied(struct collector *c, const struct job *j);

/* What waits for one that rests goes on along its chain. */
void credential_sweep(struct collector *c, int64_t now_ms);

#endif

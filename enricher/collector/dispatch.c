#include "enricher/collector/dispatch.h"

#include "enricher/collector/crew.h"
#include "enricher/collector/job.h"
#include "enricher/collector/lane.h"
#include "enricher/collector/mode.h"

enum { GATE_MS = 10000 }; /* for a hello of an enricher that runs: then it hangs */

static int64_t
earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Gives j to somebody.  False when nobody can take it now. */
static bool
lease_to_somebody(struct collector *c, struct job *j)
{
    struct member *m;
    int rc;

    while ((m = crew_pick(c, j->deaths >= JOB_DEATHS_ALONE)) != NULL) {
        if ((rc = job_lease(c, j, m)) == 0) {
            mode_leased(c, j);
            return true;
        }
        if (rc != ERR_CLOSED)
            return false; /* its pipe is full, or the table: later */
        crew_lost(c, m);
    }
    return false;
}

/* What lost its holder goes before what nobody has had. */
static int64_t
lease_orphans(struct collector *c, int64_t now_us)
{
    int64_t next = INT64_MAX;
    struct job *j, *after;

    for (j = TAILQ_FIRST(&c->orphans); j != NULL && mode_allows(c); j = after) {
        int64_t at = limit_next_ms(&c->lanes[j->source].group->limit);

        after = TAILQ_NEXT(j, of_orphans);
        if (!credential_lets(&c->lanes[j->source])) {
            TAILQ_REMOVE(&c->orphans, j, of_orphans);
            job_disband(c, j);
            continue;
        }
        if (at > now_us / 1000) {
            next = earlier(next, at);
            continue;
        }
        TAILQ_REMOVE(&c->orphans, j, of_orphans);
        if (lease_to_somebody(c, j))
            continue;
        if (after != NULL) /* in its old place */
            TAILQ_INSERT_BEFORE(after, j, of_orphans);
        else
            TAILQ_INSERT_TAIL(&c->orphans, j, of_orphans);
    }
    return next;
}

/* Of the lanes of a group the one whose best ask ranks highest; *next is when a lane
 * that is not ready will be. */
static struct lane *
best_lane(struct collector *c, const struct group *g, int64_t now_ms, int64_t *next)
{
    struct lane *best = NULL;

    for (size_t i = 0; i < n_sources; i++) {
        struct lane *l = &c->lanes[i];
        const struct ask *a, *b;
        int64_t at;

        if (l->group != g || !credential_lets(l) ||
            (at = lane_ready_ms(l, c, now_ms)) == INT64_MAX)
            continue;
        if (at > now_ms) {
            *next = earlier(*next, at);
            continue;
        }
        a = heap_first(l->asks);
        b = best == NULL ? NULL : heap_first(best->asks);
        if (b == NULL || a->rank > b->rank)
            best = l;
    }
    return best;
}

static int64_t
lease_group(struct collector *c, struct group *g, int64_t now_us)
{
    int64_t next = INT64_MAX;
    struct lane *l;

    while (mode_allows(c)) {
        int64_t at = limit_next_ms(&g->limit);
        struct job *j;

        if ((l = credential_due(c, &g->credential, now_us / 1000)) == NULL &&
            (l = best_lane(c, g, now_us / 1000, &next)) == NULL)
            break;
        if (at > now_us / 1000) {
            next = earlier(next, at);
            break;
        }
        if (crew_pick(c, false) == NULL)
            break; /* no credit anywhere: an event will tell */
        if ((j = job_new(c, l)) == NULL && heap_len(l->asks) > 0)
            break; /* no memory: later */
        if (j == NULL)
            continue; /* nobody waits for those any more */
        if (!lease_to_somebody(c, j)) {
            TAILQ_INSERT_HEAD(&c->orphans, j, of_orphans);
            break;
        }
    }
    return next;
}

void
dispatch_shut_gate(struct collector *c)
{
    c->gate_shut = true;
    c->gate_ms = clock_boot_ms(&c->proc->clock) + GATE_MS;
}

/* After a restart the requests of an earlier epoch must be counted first: nothing is
 * leased until every enricher that runs here has said hello. */
static bool
gate_is_shut(struct collector *c, int64_t now_ms)
{
    bool is_late = now_ms >= c->gate_ms;

    if (c->gate_shut)
        c->gate_shut = crew_is_incomplete(c, is_late);
    if (is_late) /* who starts in the place of a killed one gets its time, too */
        c->gate_ms = now_ms + GATE_MS;
    return c->gate_shut;
}

int64_t
dispatch(struct collector *c, int64_t now_ms)
{
    int64_t now_us = clock_boot_us(&c->proc->clock), next;

    if (gate_is_shut(c, now_ms))
        return now_ms + 50;
    next = lease_orphans(c, now_us);
    for (size_t i = 0; i < n_sources; i++)
        next = earlier(next, lane_wake(&c->lanes[i], now_ms));
    for (size_t i = 0; i < c->n_groups; i++)
        next = earlier(next, lease_group(c, &c->groups[i], now_us));
    return next;
}

int64_t
dispatch_next_expiry(const struct collector *c)
{
    const struct job *j = heap_first(c->expiries);

    return j == NULL ? INT64_MAX : j->expires_ms;
}

void
dispatch_expire(struct collector *c, int64_t now_ms)
{
    struct job *j;

    while ((j = heap_first(c->expiries)) != NULL && j->expires_ms <= now_ms) {
        j->expires_ms = now_ms + LEASE_GRACE_MS; /* its death comes by the pidfd */
        heap_moved(c->expiries, j);
        crew_kill(c, j->holder);
    }
}

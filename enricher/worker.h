/* worker - one enricher: its leases, its transfers, its figures
 *
 * Holds nothing that outlives it: killed at any instruction, the collector gives its
 * leases to another.
 */
#ifndef CATALYST_ENRICHER_WORKER_H
#define CATALYST_ENRICHER_WORKER_H

#include "base/hist.h"
#include "enricher/link.h"
#include "enricher/outcome.h"
#include "enricher/sources/source.h"
#include "wire/http.h"
#include "wire/proc.h"

#include <sys/queue.h>

struct fetch;

enum worker_stat {
    WS_LEASES,
    WS_REJECTED,
    WS_ABORTED,
    WS_BYTES,
    WS_FRAMES_BAD,
    WS_HELLOS,
    WS_LOST,
    WS_DROPPED,
    WS_RESULTS, /* by outcome: OUTCOME_COUNT rows from here */
    WS_COUNT = WS_RESULTS + OUTCOME_COUNT
};

struct worker {
    struct proc *proc;
    struct http *http;
    struct link *link;
    LIST_HEAD(, fetch) held;
    size_t n_held;
    bool told;        /* the collector knows that we are leaving */
    int64_t leave_ms; /* draining: boot clock at which we do not wait for that */
    int64_t done;
    int64_t stats[WS_COUNT];
    struct hist latency_us;
    struct facts facts; /* of the document being read */
    struct msg_fact records[FACTS_MAX];
};

/* True unless --slot is at or above the wanted number of enrichers. */
bool worker_is_wanted(const struct proc *proc);

int worker_open(struct worker **out, struct proc *proc);
void worker_close(struct worker **w);

/* A fetch ended: counts it, and ends a worker that only waited for that. */
void worker_done(struct worker *w, enum outcome outcome);

#endif

/* collector - plans documents, leases jobs, joins facts
 *
 * The state of the process and the nouns in it.  Asks (one ticker at one source) wait
 * in the lane of their source, ranked; a job takes a batch of them; a member of the
 * crew holds it under a lease; its result fills what is known; an entry of the join
 * goes on when nothing it needs is missing any more.
 */
#ifndef CATALYST_COLLECTOR_H
#define CATALYST_COLLECTOR_H

#include "base/heap.h"
#include "base/hist.h"
#include "enricher/collector/budget.h"
#include "enricher/collector/credential.h"
#include "enricher/collector/known.h"
#include "enricher/collector/limit.h"
#include "enricher/collector/plan.h"
#include "wire/proc.h"
#include "wire/sender.h"

enum {
    JOB_TICKERS = 100,     /* most tickers in one request, whatever the source */
    JOB_TABLE = 4096,      /* jobs leased at once; a power of two */
    JOB_TRIES = 3,         /* of an ask, for errors that may pass */
    JOB_DEATHS_ALONE = 3,  /* holders lost before the next one gets nothing else */
    JOB_DEATHS_POISON = 5, /* holders lost before it is given up */
    LEASE_GRACE_MS = 2000, /* from the end of the transfer to the holder's death */
    CREW_MOST = 64,
    COMING_MOST = JOB_TICKERS, /* tickers that ingest has named in advance */
    CREW_SILENT_MS = 3000,
    CYCLES_KEPT = 16,
    CLEAN_TO_PARALLEL = 10, /* jobs in a row that end the sequential fallback */
    TURN_FRAMES = 64        /* frames read per wake-up and socket */
};

/* ---- asks, lanes, groups -------------------------------------------------------- */

struct ask {
    struct known *known;
    int source;
    int64_t rank;     /* larger goes first */
    int64_t ready_ms; /* after an error it rests until then */
    bool resting;     /* in its lane's resting heap */
    int64_t queued_ms;
    size_t place;    /* in its lane's heap, HEAP_OUT while leased */
    struct job *job; /* that carries it, NULL while queued */
    int tries;
    int64_t cycle; /* of the candidate that asked first */
};

struct group {
    const char *name;
    struct limit limit;
    struct budget budget;
    int64_t blocked_ms;           /* first pause after a challenge page */
    struct credential credential; /* of the sources that need one */
    struct hist latency_us;
    int64_t requests, errors, cache_hits, refusals, retries, unretried;
    enum status trouble; /* the last failure, */
    char trouble_why[80];
    int saved_base; /* as it is on disk, */
    bool saved_tight;
};

/* How fast a queue is worked off. */
struct flow {
    int64_t total;
    int64_t before;    /* total a second ago */
    double rate_per_s; /* smoothed over some seconds */
};

/* The queue of one source. */
struct lane {
    int index; /* in sources[] */
    const struct source *source;
    const struct conf_source *conf;
    struct group *group;
    struct heap *asks;
    struct heap *resting;     /* asks after an error, the first to be ready on top */
    struct flow flow;         /* asks taken */
    int64_t since_ms;         /* since when it is not empty */
    int batch;                /* tickers per request here */
    TAILQ_HEAD(, job) flying; /* leased, in the order in which they were */
};

/* ---- jobs and the crew --------------------------------------------------------- */

struct member;

struct job {
    int source;
    struct ask *asks[JOB_TICKERS];
    size_t n;
    int deaths;            /* holders that died with it */
    int64_t credential;    /* version it went with */
    int64_t lease;         /* 0: not leased */
    struct member *holder; /* NULL: not leased */
    struct permit permit;
    bool landed;   /* the permit is given back */
    bool given_up; /* it hung, and its holder was told to end it... */
    bool hedged;   /* ... because it may be asked again */
    int missing;   /* times an `alive` did not name it */
    int64_t sent_ms, expires_ms;
    size_t place; /* in the heap of expiries */
    LIST_ENTRY(job) of_member;
    TAILQ_ENTRY(job) of_lane; /* flying */
    TAILQ_ENTRY(job) of_orphans;
};

struct member {
    struct collector *collector;
    struct peer peer;
    char name[64], host[64];
    int64_t pid, start, credit;
    int pidfd; /* -1: on another machine */
    int n_held;
    int64_t done, heard_ms;
    bool settled; /* said alive: what it had to tell behind its hello is here */
    bool leaving; /* said bye, or was told to drain */
    bool lost;    /* a frame did not reach it: nothing more until it says hello */
    LIST_HEAD(, job) jobs;
    LIST_ENTRY(member) link;
};

/* ---- candidates ---------------------------------------------------------------- */

struct cycle {
    int64_t number; /* 0: free */
    char session[16];
    int64_t expected; /* -1 until cycle_end */
    int64_t accepted, gone, complete, partial, requests;
    int64_t first_ms, last_ms; /* boot clock */
    int64_t ok[METRIC_COUNT], ok_ms[METRIC_COUNT];
    bool announced, closed;
    bool open; /* its end is not heard yet */
};

struct request; /* of `catalyst enrich` */

/* One subject whose facts an entry waits for. */
struct wait {
    struct entry *entry;
    struct known *known; /* NULL: none */
    fact_set needs;
    LIST_ENTRY(wait) of_known;
};

/* One candidate, or one ticker of a request, that waits for its facts. */
struct entry {
    struct msg msg; /* owns the candidate; empty for a request */
    const struct msg_candidate *candidate;
    struct wait ticker, filing;
    int64_t since_ms;    /* wall clock; what was got since then is fresh enough */
    int64_t lead_ms;     /* 0; else nobody waits, and it is to last so long */
    int64_t accepted_ms; /* wall clock */
    int64_t due_ms;      /* boot clock */
    bool late;           /* went on at its deadline, partial */
    bool gone;           /* went on at least once */
    bool counted;        /* in its cycle, as gone on */
    int64_t revision;    /* of the next message */
    unsigned metrics_in; /* metrics whose facts are all in, bit 1 << id */
    fact_set said;       /* facts that the last message had */
    size_t place;        /* in the heap of deadlines */
    struct request *request;
};

/* ---- the process
 * ---------------------------------------------------------------------- */

enum collector_stat {
    CS_CANDIDATES,
    CS_REPEATED,
    CS_ENRICHED,
    CS_REVISIONS,
    CS_PARTIAL,
    CS_EARLY_ALERTS,
    CS_EARLY_REJECTS,
    CS_LEASES,
    CS_RESULTS,
    CS_RESULTS_LATE,
    CS_REQUESTS_FAILED,
    CS_RETRIES,
    CS_UNRETRIED,
    CS_GIVEN_UP,
    CS_HEDGES,
    CS_CREDENTIALS,
    CS_CREDENTIALS_REFUSED,
    CS_DEATHS,
    CS_POISON,
    CS_EXPIRED,
    CS_FALLBACKS,
    CS_FRAMES_BAD,
    CS_NO_MEMORY,
    CS_FORGOTTEN,
    CS_AHEAD,
    CS_COUNT
};

struct early;

struct collector {
    struct proc *proc;
    int64_t epoch, serial;
    struct prng random; /* for the rest before a repetition */
    struct known_set *known;
    struct early *early;
    struct watch *weights; /* the file that `early` was read from; NULL: none */

    struct group groups[CONF_GROUPS];
    size_t n_groups;
    struct budget asked;         /* of all groups, and all that is asked twice */
    struct db_stmt *learned;     /* writes what a group has learned */
    struct db_stmt *credentials; /* and what it was given */
    TAILQ_HEAD(, known) filings; /* that have a text, the oldest first */
    size_t n_filings;
    struct db_stmt *filings_write, *filings_tidy;
    struct lane lanes[SOURCES_MOST];
    uint32_t enabled; /* sources that are switched on */
    struct {
        int64_t minute; /* wall clock; 0: not asked yet */
        enum session is;
    } session; /* of the minute last looked at */

    struct job *table[JOB_TABLE];
    size_t n_leased;
    struct heap *expiries;
    TAILQ_HEAD(, job) orphans; /* holder died: go first */
    LIST_HEAD(, member) crew;
    size_t n_crew;
    struct member *reserved; /* gets nothing until it is free for a suspect */

    struct heap *deadlines;
    bool reconsider;  /* a group has shut: who waits for it may go on without */
    struct flow gone; /* candidates that went on */
    struct cycle cycles[CYCLES_KEPT];
    struct cycle last; /* the last one that closed */

    struct map *watched;   /* the watchlist */
    size_t n_ahead;        /* entries that nobody waits for */
    int64_t ahead_look_ms; /* boot clock; nothing to ask ahead before */

    bool sequential;         /* one job at a time */
    int clean;               /* jobs in a row without trouble, while falling back */
    int64_t deaths_cycle;    /* members that died since the cycle began */
    bool gate_shut;          /* waiting for the enrichers of an earlier epoch */
    int64_t gate_ms;         /* boot clock at which patience ends */
    int64_t behind_until_ms; /* more candidates are on their way until then */
    char coming[COMING_MOST][16]; /* tickers of those that wait on ingest's disk */
    size_t n_coming;

    void *items, *jobs_socket;
    struct sender *enriched, *done;
    bool reading; /* items is in the poll set */
    int64_t drain_until_ms;
    struct timer *wake, *flush;
    int64_t stats[CS_COUNT];
};

int collector_open(struct collector **out, struct proc *proc);
void collector_close(struct collector **c);

/* What each source has in the session of wall_ms, and which can be asked now. */
void collector_offer(struct collector *c, int64_t wall_ms, struct offer *o);

/* After anything happened: leases what may go, sets the timer for what comes next. */
void collector_turn(struct collector *c);

#endif

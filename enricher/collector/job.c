#include "enricher/collector/job.h"

#include "base/str.h"
#include "enricher/collector/coming.h"
#include "enricher/collector/cycle.h"
#include "enricher/collector/join.h"
#include "enricher/collector/lane.h"

static bool
expires_before(const void *a, const void *b)
{
    return ((const struct job *)a)->expires_ms < ((const struct job *)b)->expires_ms;
}

static size_t *
expiry_place(void *j)
{
    return &((struct job *)j)->place;
}

struct heap *
job_expiries(void)
{
    return heap_new(expires_before, expiry_place);
}

struct job *
job_new(struct collector *c, struct lane *l)
{
    struct job *j = calloc(1, sizeof *j);

    if (j == NULL) {
        c->stats[CS_NO_MEMORY]++;
        return NULL;
    }
    j->source = l->index;
    j->place = HEAP_OUT;
    if (l->source->brings != CREDENTIAL_NONE) {
        l->group->credential.job = j;
        return j;
    }
    if ((j->n = lane_take(l, j->asks)) == 0) {
        free(j);
        return NULL;
    }
    j->n = coming_fill(c, l, j->asks, j->n);
    for (size_t i = 0; i < j->n; i++)
        j->asks[i]->job = j;
    return j;
}

/* A lease number says its epoch and its place in the table, so that it is found at
 * once and never meant for another. */
static int64_t
number(const struct collector *c, int64_t serial, size_t at)
{
    return c->epoch << 40 | (serial & 0xfffffff) << 12 | (int64_t)at;
}

struct job *
job_of_lease(const struct collector *c, int64_t lease)
{
    struct job *j = c->table[(size_t)lease & (JOB_TABLE - 1)];

    return j != NULL && j->lease == lease ? j : NULL;
}

static int
number_job(struct collector *c, struct job *j)
{
    for (size_t k = 0; k < JOB_TABLE; k++) {
        size_t at = (size_t)(c->serial + (int64_t)k) & (JOB_TABLE - 1);

        if (c->table[at] == NULL) {
            c->serial += (int64_t)k + 1;
            j->lease = number(c, c->serial, at);
            c->table[at] = j;
            return 0;
        }
    }
    return ERR_TOO_BIG;
}

static void
unnumber_job(struct collector *c, struct job *j)
{
    c->table[(size_t)j->lease & (JOB_TABLE - 1)] = NULL;
    j->lease = 0;
}

static int
send_lease(struct collector *c, struct job *j, const struct member *m, int64_t left_ms)
{
    struct msg_ticker tickers[JOB_TICKERS];
    struct msg_lease lease = {.lease = j->lease,
                              .epoch = c->epoch,
                              .source = sources[j->source]->name,
                              .left_ms = left_ms,
                              .tickers = tickers,
                              .n_tickers = j->n};

    for (size_t i = 0; i < j->n; i++)
        tickers[i].ticker = j->asks[i]->known->ticker;
    credential_write(c, j, &lease);
    return net_send_to(c->jobs_socket, &m->peer, MSG_lease, &lease);
}

/* From here on the permit is taken and the holder answers for it. */
static void
hold(struct collector *c, struct job *j, struct member *m, int64_t left_ms)
{
    struct group *g = c->lanes[j->source].group;
    int64_t now_us = clock_boot_us(&c->proc->clock);

    j->permit = limit_take(&g->limit, now_us);
    g->requests++;
    j->holder = m;
    j->landed = j->given_up = j->hedged = false;
    j->missing = 0;
    j->sent_ms = now_us / 1000;
    j->expires_ms = j->sent_ms + left_ms + LEASE_GRACE_MS;
    if (heap_add(c->expiries, j) != 0)
        c->stats[CS_NO_MEMORY]++; /* without an expiry; pidfd still frees it */
    LIST_INSERT_HEAD(&m->jobs, j, of_member);
    TAILQ_INSERT_TAIL(&c->lanes[j->source].flying, j, of_lane);
    m->n_held++;
    c->n_leased++;
    c->stats[CS_LEASES]++;
}

int
job_lease(struct collector *c, struct job *j, struct member *m)
{
    struct cycle *cycle = cycle_find(c, j->n > 0 ? j->asks[0]->cycle : 0);
    int64_t left_ms = c->proc->conf.collector.lease_ms; /* hedge.h: it may hang */
    int rc;

    if ((rc = number_job(c, j)) != 0)
        return rc;
    if ((rc = send_lease(c, j, m, left_ms)) != 0) {
        unnumber_job(c, j);
        return rc;
    }
    hold(c, j, m, left_ms);
    if (cycle != NULL && (sources[j->source]->gives & FACT(FACT_FILING_TEXT)) == 0)
        cycle->requests++; /* for its metrics, that is */
    return 0;
}

static void
adopt_tickers(struct collector *c, struct job *j, const char *tickers)
{
    char ticker[SUBJECT_SIZE];
    const char *piece;
    size_t n;

    while (j->n < JOB_TICKERS && (piece = str_piece(&tickers, " ", &n)) != NULL) {
        struct known *k = str_copyn(ticker, sizeof ticker, piece, n)
                              ? known_of(c->known, ticker)
                              : NULL;
        struct ask *a = k == NULL ? NULL : lane_adopt(&c->lanes[j->source], k);

        if (a == NULL)
            continue; /* asked for otherwise already: the facts are used all the same */
        a->job = j;
        j->asks[j->n++] = a;
    }
}

int
job_adopt(struct collector *c, struct member *m, const struct msg_held *h)
{
    struct job **place = &c->table[(size_t)h->lease & (JOB_TABLE - 1)];
    int source = source_index(h->source);
    struct job *j;

    if (source < 0)
        return ERR_NOT_FOUND;
    if (*place != NULL)
        return ERR_EXISTS;
    if ((j = calloc(1, sizeof *j)) == NULL)
        return ERR_NOMEM;
    j->source = source;
    j->place = HEAP_OUT;
    j->lease = h->lease;
    *place = j;
    adopt_tickers(c, j, h->tickers);
    if (sources[source]->brings ==
            credential_lacks(&c->lanes[source].group->credential) &&
        sources[source]->brings != CREDENTIAL_NONE)
        c->lanes[source].group->credential.job = j;
    hold(c, j, m, c->proc->conf.collector.lease_ms);
    j->permit = (struct permit){0}; /* when it was sent, and among how many, is lost */
    return 0;
}

void
job_landed(struct collector *c, struct job *j)
{
    if (j->landed)
        return;
    j->landed = true;
    limit_give(&c->lanes[j->source].group->limit);
}

void
job_unlease(struct collector *c, struct job *j)
{
    if (j->holder == NULL)
        return;
    job_landed(c, j);
    heap_remove(c->expiries, j);
    LIST_REMOVE(j, of_member);
    TAILQ_REMOVE(&c->lanes[j->source].flying, j, of_lane);
    if (j->deaths >= JOB_DEATHS_ALONE && c->reserved == j->holder)
        c->reserved = NULL;
    j->holder->n_held--;
    j->holder = NULL;
    c->n_leased--;
    unnumber_job(c, j);
}

/* Nobody waits for some of them any more. */
static void
drop_unwanted(struct collector *c, struct job *j)
{
    size_t kept = 0;

    for (size_t i = 0; i < j->n; i++) {
        if (LIST_EMPTY(&j->asks[i]->known->waiters))
            lane_end(&c->lanes[j->source], j->asks[i]);
        else
            j->asks[kept++] = j->asks[i];
    }
    j->n = kept;
}

void
job_orphan(struct collector *c, struct job *j, bool died)
{
    job_unlease(c, j);
    limit_lost(&c->lanes[j->source].group->limit, &j->permit);
    if (died)
        j->deaths++;
    if (died &&
        sources[j->source]->brings != CREDENTIAL_NONE) /* it may be the reason */
        credential_brought(c, j, NULL, STATUS_ERROR);
    drop_unwanted(c, j);
    if (j->n == 0) {
        job_free(c, &j);
        return;
    }
    if (j->deaths >= JOB_DEATHS_POISON) {
        c->stats[CS_POISON]++;
        log_error(c->proc->log, "POISON", kv_str("source", sources[j->source]->name),
                  kv_str("ticker", j->asks[0]->known->ticker),
                  kv_int("tickers", (int64_t)j->n), kv_int("deaths", j->deaths));
        job_fail(c, j, STATUS_ERROR, "poison: every enricher that took it died");
        job_free(c, &j);
        return;
    }
    budget_repeated(&c->asked, clock_boot_ms(&c->proc->clock));
    TAILQ_INSERT_TAIL(&c->orphans, j, of_orphans);
}

void
job_disband(struct collector *c, struct job *j)
{
    int64_t now_ms = clock_boot_ms(&c->proc->clock);

    for (size_t i = 0; i < j->n; i++)
        lane_again(&c->lanes[j->source], j->asks[i], now_ms, 0);
    job_free(c, &j);
}

void
job_free(struct collector *c, struct job **jp)
{
    struct job *j = *jp;

    *jp = NULL;
    job_unlease(c, j);
    if (c->lanes[j->source].group->credential.job == j)
        c->lanes[j->source].group->credential.job = NULL;
    free(j);
}

void
ask_fail(struct collector *c, struct ask *a, enum status status, const char *why)
{
    struct known *n = a->known;

    known_failed(n, a->source, status, why);
    n->failures[a->source].until_ms = clock_boot_ms(&c->proc->clock) + KNOWN_FAILED_MS;
    lane_end(&c->lanes[a->source], a);
    join_changed(c, n);
}

void
job_fail(struct collector *c, struct job *j, enum status status, const char *why)
{
    for (size_t i = 0; i < j->n; i++)
        ask_fail(c, j->asks[i], status, why);
    j->n = 0;
}

#include "enricher/collector/frames.h"

#include "base/str.h"
#include "enricher/collector/crew.h"
#include "enricher/collector/filing.h"
#include "enricher/collector/group.h"
#include "enricher/collector/hedge.h"
#include "enricher/collector/job.h"
#include "enricher/collector/join.h"
#include "enricher/collector/lane.h"
#include "enricher/collector/mode.h"

/* ---- results ------------------------------------------------------------------- */

/* What a result's status means for the group, for its asks and for the metrics. */
static const struct outcome {
    const char *name;
    enum status status; /* of the metrics, if it stays so */
    enum ending ending;
    bool retry;  /* may pass: asked again */
    bool counts; /* as one of the few tries */
    bool denied; /* for its credential */
} outcomes[] = {
    {"ok", STATUS_OK, ENDING_ANSWERED, false, false, false},
    {"empty", STATUS_EMPTY, ENDING_ANSWERED, false, false, false},
    {"limited", STATUS_LIMITED, ENDING_CROWDED, true, false, false},
    {"denied", STATUS_LIMITED, ENDING_ANSWERED, true, false, true},
    {"blocked", STATUS_LIMITED, ENDING_BLOCKED, true, false, false},
    {"timeout", STATUS_TIMEOUT, ENDING_FAILED, true, true, false},
    {"error", STATUS_ERROR, ENDING_FAILED, true, true, false},
    {"cancelled", STATUS_ERROR, ENDING_LOST, true, false, false},
};

static const struct outcome *
outcome_of(const char *name)
{
    for (size_t i = 0; i < STR_LEN(outcomes); i++)
        if (str_eq(outcomes[i].name, name))
            return &outcomes[i];
    return NULL;
}

/* Since when what was got still answers somebody who waits. */
static int64_t
wanted_since(const struct known *n)
{
    const struct wait *w;
    int64_t since_ms = INT64_MAX;

    LIST_FOREACH(w, &n->waiters, of_known)
    if (w->entry->since_ms < since_ms)
        since_ms = w->entry->since_ms;
    return since_ms;
}

static void
put_facts(struct collector *c, int source, const struct msg_result *r)
{
    int64_t now = clock_wall_ms(&c->proc->clock);
    struct offer offer;

    collector_offer(c, now, &offer);
    for (size_t i = 0; i < r->n_facts; i++) {
        const struct msg_fact *f = &r->facts[i];
        struct known *n = known_of(c->known, f->ticker);
        int id = fact_find(f->name);
        struct figure fact = {.source = source, .got_ms = now, .why = f->why};

        if (n == NULL || id < 0)
            continue; /* no memory, or a fact of another version */
        fact.state = str_eq(f->status, "ok") ? SLOT_OK : SLOT_EMPTY;
        fact.value = f->value;
        fact.as_of_ms = f->as_of_ms > 0 ? f->as_of_ms : now;
        if (id == FACT_FILING_TEXT && fact.state == SLOT_OK)
            filing_keep(c, n, r->text);
        known_put(c->known, n, (enum fact_id)id, &fact, &offer, wanted_since(n));
    }
}

/* Is there nothing to be learnt from the silence of a good document on a fact? */
static bool
is_said(const struct offer *o, const struct known *n, int id, int source)
{
    const struct slot *s = &n->slots[id];
    bool is_had = s->state == SLOT_OK &&
                  (s->source == source || (o->gives[s->source] & FACT(id)) != 0);

    return is_had || (s->tried >> source & 1) != 0;
}

/* What a good document should name and does not, it does not have: it would be asked
 * for again at once, and for ever. */
static void
put_absent(struct collector *c, int source, struct known *n)
{
    int64_t now = clock_wall_ms(&c->proc->clock);
    struct figure none = {.state = SLOT_EMPTY,
                          .source = source,
                          .got_ms = now,
                          .as_of_ms = now,
                          .why = "the document does not name it"};
    struct moment moment = {.wall_ms = now, .since_ms = wanted_since(n)};
    struct offer offer;

    collector_offer(c, now, &offer);
    for (int id = 0; id < FACT_COUNT; id++) {
        if (((offer.gives[source] | offer.spare[source]) & FACT(id)) == 0)
            continue;
        if (!known_answers(n, (enum fact_id)id, &moment) ||
            !is_said(&offer, n, id, source))
            known_put(c->known, n, (enum fact_id)id, &none, &offer, moment.since_ms);
    }
}

/* The asks of a good document are over, whether it had their ticker or not. */
static void
end_asks(struct collector *c, struct job *j)
{
    for (size_t i = 0; i < j->n; i++) {
        struct known *n = j->asks[i]->known;

        put_absent(c, j->source, n);
        known_forgive(n, j->source);
        lane_end(&c->lanes[j->source], j->asks[i]);
        join_changed(c, n);
    }
    j->n = 0;
}

static bool
has_tries(const struct job *j)
{
    int tries = JOB_TRIES;

    for (size_t i = 0; i < j->n; i++)
        if (j->asks[i]->tries < tries)
            tries = j->asks[i]->tries;
    return tries + 1 < JOB_TRIES;
}

/* What hung may still have been answered; what failed was. */
static bool
has_budget(struct collector *c, struct group *g, const struct outcome *o)
{
    int64_t now = clock_boot_ms(&c->proc->clock);

    if (o->status == STATUS_TIMEOUT)
        return budget_hedge(&c->asked, &g->budget, now);
    if (!budget_retry(&g->budget, now))
        return false;
    budget_repeated(&c->asked, now);
    return true;
}

/* What may be asked again, if the budget allows it. */
static bool
may_retry(struct collector *c, const struct job *j, const struct outcome *o)
{
    struct group *g = c->lanes[j->source].group;
    bool may;

    if (!o->counts) {
        budget_repeated(&c->asked, clock_boot_ms(&c->proc->clock));
        return true;
    }
    if (!has_tries(j) || (j->given_up && !j->hedged))
        return false;
    may = j->hedged || has_budget(c, g, o); /* leave was taken when it was given up */
    g->retries += may;
    g->unretried += !may;
    c->stats[CS_UNRETRIED] += !may;
    return may;
}

/* Refusals do not count against an ask: the group waits, the ask with it.  Errors are
 * tried a few times, and by another source after that.  The asks of one document rest
 * together, so that they make one document again. */
static void
retry_asks(struct collector *c, struct job *j, const struct outcome *o, const char *why)
{
    int64_t now = clock_boot_ms(&c->proc->clock);
    bool may = may_retry(c, j, o);
    bool rests = o->counts && may && !j->hedged; /* that has waited long enough */
    int64_t rest_ms = rests ? budget_rest_ms(&c->random, j->asks[0]->tries + 1) : 0;

    for (size_t i = 0; i < j->n; i++) {
        struct ask *a = j->asks[i];

        if (o->counts) {
            a->tries++;
            known_failed(a->known, a->source, o->status, why);
        }
        if (!may || a->tries >= JOB_TRIES) {
            ask_fail(c, a, o->status, why);
        } else {
            c->stats[CS_RETRIES]++;
            lane_again(&c->lanes[j->source], a, now, rest_ms);
        }
    }
    j->n = 0;
}

/* What a job's end says of the credential it went with.  True: refused once too often.
 */
static bool
judge_credential(struct collector *c, const struct job *j, const struct outcome *o)
{
    if (o->denied)
        return credential_denied(c, j);
    if (o->ending == ENDING_ANSWERED && sources[j->source]->needs_crumb)
        credential_accepted(&c->lanes[j->source].group->credential, j->credential);
    return false;
}

/* The request is over; what it asked for is over as well, or waits again. */
static void
end_job(struct collector *c, struct job *j, const struct msg_result *r,
        const struct outcome *o)
{
    struct group *g = c->lanes[j->source].group;
    bool is_refused = judge_credential(c, j, o);

    if (is_refused)
        o = outcome_of("blocked");
    job_unlease(c, j);
    group_ended(c, g, &j->permit, o->ending, o->status, r);
    mode_ended(c, o->ending == ENDING_ANSWERED);
    if (sources[j->source]->brings != CREDENTIAL_NONE && o->ending != ENDING_LOST)
        credential_brought(c, j, r, o->status);
    else if (o->retry)
        retry_asks(c, j, o, r->why);
    else
        end_asks(c, j);
    job_free(c, &j);
}

/* Also for those whose ask it was not: of a late answer, or of a lease taken over.  An
 * ask that has not left yet has its document. */
static void
tell_waiters(struct collector *c, int source, const struct msg_result *r)
{
    const char *last = "";

    for (size_t i = 0; i < r->n_facts; i++) {
        const char *ticker = r->facts[i].ticker;
        struct known *n = str_eq(ticker, last) ? NULL : known_of(c->known, ticker);

        last = ticker;
        if (n == NULL)
            continue;
        if (n->asks[source] != NULL && n->asks[source]->job == NULL)
            lane_end(&c->lanes[source], n->asks[source]);
        join_changed(c, n);
    }
}

/* One that hung and was given up: cancelled by us, but not the less a failure. */
static void
end_given_up(struct collector *c, struct job *j, const struct msg_result *r)
{
    struct msg_result hung = *r;
    char why[64];

    hedge_why(c, j, why, sizeof why);
    hung.status = "timeout";
    hung.why = why;
    hung.elapsed_us = (clock_boot_ms(&c->proc->clock) - j->sent_ms) * 1000;
    end_job(c, j, &hung, outcome_of(hung.status));
}

static void
on_result(struct collector *c, struct member *m, const void *body)
{
    const struct msg_result *r = body;
    const struct outcome *o = outcome_of(r->status);
    int source = source_index(r->source);
    struct job *j = job_of_lease(c, r->lease);
    bool is_foreign = j != NULL && (j->source != source || j->holder != m);

    if (o == NULL || source < 0 || is_foreign) {
        c->stats[CS_FRAMES_BAD]++;
        log_warn(c->proc->log, "MSG-BAD", kv_str("peer", m->name),
                 kv_str("why", "a result of an unknown source, status or lease"));
        return; /* the lease runs out if it was one */
    }
    m->done++;
    c->stats[CS_RESULTS]++;
    put_facts(c, source, r); /* a late answer is still used */
    if (j == NULL)
        c->stats[CS_RESULTS_LATE]++;
    else if (j->given_up && o->ending == ENDING_LOST)
        end_given_up(c, j, r);
    else
        end_job(c, j, r, o);
    tell_waiters(c, source, r);
}

/* ---- the rest
 * -------------------------------------------------------------------------- */

static void
on_landed(struct collector *c, struct member *m, const void *body)
{
    const struct msg_landed *l = body;
    struct job *j = job_of_lease(c, l->lease);

    if (j != NULL && j->holder == m)
        job_landed(c, j);
}

static void
on_alive(struct collector *c, struct member *m, const void *body)
{
    crew_alive(c, m, body);
}

static void
on_bye(struct collector *c, struct member *m, const void *body)
{
    const struct msg_bye *b = body;

    m->leaving = true;
    crew_gone(c, m, false, b->why);
}

static const struct frame_row {
    enum msg_type type;
    void (*handle)(struct collector *c, struct member *m, const void *body);
} handlers[] = {
    {MSG_landed, on_landed},
    {MSG_result, on_result},
    {MSG_alive, on_alive},
    {MSG_bye, on_bye},
};

/* An enricher that connects again after our restart may bring what it just got before
 * it knows that it must say hello: the document is as good, and would be asked for
 * twice. */
static void
on_stranger(struct collector *c, const struct peer *peer, const struct msg *m)
{
    const struct msg_result *r = m->body;
    struct msg_who who = {.why = "unknown connection"};
    int source = m->type == MSG_result ? source_index(r->source) : -1;

    (void)net_send_to(c->jobs_socket, peer, MSG_who, &who); /* it speaks again */
    if (source < 0)
        return;
    c->stats[CS_RESULTS_LATE]++;
    put_facts(c, source, r);
    tell_waiters(c, source, r);
}

static void
on_frame(struct collector *c, const struct peer *peer, const struct msg *m)
{
    struct member *member = crew_find(c, peer);

    if (m->type == MSG_hello) {
        (void)crew_hello(c, peer, m->body); /* logged and counted there */
        return;
    }
    if (member == NULL) {
        on_stranger(c, peer, m);
        return;
    }
    member->heard_ms = clock_boot_ms(&c->proc->clock);
    for (size_t i = 0; i < STR_LEN(handlers); i++) {
        if (handlers[i].type != m->type)
            continue;
        handlers[i].handle(c, member, m->body);
        return;
    }
    c->stats[CS_FRAMES_BAD]++;
    log_warn(c->proc->log, "MSG-BAD", kv_str("peer", member->name),
             kv_str("why", "not a message for the collector"));
}

void
frames_read(struct collector *c)
{
    for (int i = 0; i < TURN_FRAMES; i++) {
        struct peer peer = {0};
        struct msg m;
        struct why why = {""};
        int rc = net_recv(c->jobs_socket, &peer, &m, &why);

        if (rc == ERR_AGAIN)
            break;
        if (rc == 0) {
            on_frame(c, &peer, &m);
        } else {
            c->stats[CS_FRAMES_BAD]++;
            log_warn(c->proc->log, "MSG-BAD", kv_str("endpoint", "jobs"),
                     kv_str("why", why.text));
        }
        msg_free(&m);
    }
}

int
on_jobs(void *self)
{
    frames_read(self);
    collector_turn(self);
    return 0;
}

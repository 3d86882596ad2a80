#include "enricher/collector/join.h"

#include "base/str.h"
#include "enricher/collector/answer.h"
#include "enricher/collector/cycle.h"
#include "enricher/collector/early.h"
#include "enricher/collector/filing.h"
#include "enricher/collector/group.h"
#include "enricher/collector/handover.h"
#include "enricher/collector/lane.h"
#include "enricher/collector/request.h"

enum { REVISIONS_MOST = 64 }; /* of one attempt: a few facts and the final */

static bool
due_before(const void *a, const void *b)
{
    return ((const struct entry *)a)->due_ms < ((const struct entry *)b)->due_ms;
}

static size_t *
due_place(void *e)
{
    return &((struct entry *)e)->place;
}

int
join_open(struct collector *c)
{
    c->deadlines = heap_new(due_before, due_place);
    return c->deadlines == NULL ? ERR_NOMEM : 0;
}

static void
entry_free(struct collector *c, struct entry *e)
{
    c->n_ahead -= e->lead_ms > 0;
    heap_remove(c->deadlines, e);
    LIST_REMOVE(&e->ticker, of_known);
    if (e->filing.known != NULL)
        LIST_REMOVE(&e->filing, of_known);
    msg_free(&e->msg);
    free(e);
}

/* A candidate comes again; who sits and waits is told what is known so far. */
static void
abandon(struct collector *c, struct entry *e)
{
    if (e->request != NULL)
        request_ticker_done(c, e->request, e->ticker.known);
    entry_free(c, e);
}

void
join_close(struct collector *c)
{
    while (c->deadlines != NULL && heap_len(c->deadlines) > 0)
        abandon(c, heap_first(c->deadlines));
    heap_free(&c->deadlines);
}

/* ---- what is still missing
 * ------------------------------------------------------------ */

static struct moment
moment_of(const struct collector *c, const struct entry *e)
{
    return (struct moment){.wall_ms = clock_wall_ms(&c->proc->clock) + e->lead_ms,
                           .boot_ms = clock_boot_ms(&c->proc->clock),
                           .since_ms = e->since_ms};
}

static fact_set
needs_of(const struct entry *e)
{
    return e->ticker.needs | e->filing.needs;
}

static fact_set
missing_of(struct collector *c, const struct entry *e)
{
    struct moment now = moment_of(c, e);
    struct offer offer;
    fact_set missing;

    collector_offer(c, e->accepted_ms, &offer);
    missing = plan_missing(&offer, e->ticker.known, e->ticker.needs, &now);
    if (e->filing.known != NULL)
        missing |= plan_missing(&offer, e->filing.known, e->filing.needs, &now);
    return missing;
}

/* Newest news first; a watched ticker counts as ten minutes newer, so that it leads
 * and yet nothing behind it starves. */
static int64_t
rank_of(const struct collector *c, const struct entry *e)
{
    if (e->lead_ms > 0) /* nobody waits */
        return 0;
    if (e->candidate == NULL) /* somebody sits and waits */
        return clock_wall_ms(&c->proc->clock) + 600000;
    return (e->candidate->published_ms > 0 ? e->candidate->published_ms
                                           : e->candidate->seen_ms) +
           (e->candidate->watched ? 600000 : 0);
}

/* Who can give something of it without waiting for a group that is shut; *found is what
 * they can give together. */
static uint32_t
cover_elsewhere(struct collector *c, const struct wait *w, fact_set missing,
                fact_set *found)
{
    struct moment now = moment_of(c, w->entry);
    struct offer offer;

    collector_offer(c, w->entry->accepted_ms, &offer);
    offer.usable &= ~group_shut(c, now.boot_ms);
    *found = plan_missing(&offer, w->known, missing, &now);
    return plan_cover(&offer, w->known, *found, &now);
}

static void
ask_for(struct collector *c, const struct wait *w, fact_set missing)
{
    const struct entry *e = w->entry;
    struct moment now = moment_of(c, e);
    struct offer offer;
    fact_set found;
    uint32_t chosen;

    if (w->known == NULL || missing == 0)
        return;
    chosen = cover_elsewhere(c, w, missing, &found);
    collector_offer(c, e->accepted_ms, &offer);
    chosen |= plan_cover(&offer, w->known, missing & ~found, &now);
    for (size_t i = 0; i < n_sources; i++)
        if (chosen >> i & 1 &&
            lane_ask(&c->lanes[i], w->known, rank_of(c, e),
                     e->candidate == NULL ? 0 : e->candidate->cycle, now.boot_ms) != 0)
            c->stats[CS_NO_MEMORY]++; /* goes on without it at the deadline */
}

static void
ask_for_both(struct collector *c, const struct entry *e, fact_set missing)
{
    ask_for(c, &e->ticker, missing & e->ticker.needs);
    ask_for(c, &e->filing, missing & e->filing.needs);
}

/* ---- going on
 * ---------------------------------------------------------------------------- */

static void
finish(struct collector *c, struct entry *e)
{
    if (e->request != NULL)
        request_ticker_done(c, e->request, e->ticker.known);
    else if (e->candidate != NULL)
        handover_send(c, e, true);
    entry_free(c, e);
}

static bool
is_asked(const struct known *n)
{
    for (size_t i = 0; i < n_sources; i++)
        if (n->asks[i] != NULL)
            return true;
    return false;
}

/* For the cycle's report: when each metric was complete, not when the candidate was. */
static void
note_metrics(struct collector *c, struct entry *e, fact_set missing)
{
    for (int id = 0; e->candidate != NULL && id < METRIC_COUNT; id++) {
        bool is_in = (answer_facts((enum metric_id)id) & missing) == 0;

        if (!is_in || e->metrics_in >> id & 1)
            continue;
        e->metrics_in |= 1u << id;
        cycle_metric_in(c, e->candidate->cycle, (enum metric_id)id);
    }
}

/* Goes on with what there is; what comes by due_ms still makes a revision. */
static void
go_without(struct collector *c, struct entry *e, fact_set missing, int64_t due_ms)
{
    c->stats[CS_PARTIAL]++;
    e->late = true;
    e->said = needs_of(e) & ~missing;
    e->due_ms = due_ms;
    heap_moved(c->deadlines, e);
    handover_send(c, e, false);
}

/* Nothing of it is on its way, and all who could be asked are shut. */
static bool
is_barred(struct collector *c, const struct wait *w, fact_set missing)
{
    fact_set found;

    if (w->known == NULL || missing == 0)
        return true;
    for (size_t i = 0; i < n_sources; i++) {
        const struct ask *a = w->known->asks[i];

        if (a != NULL && a->job != NULL && a->job->holder != NULL)
            return false;
    }
    (void)cover_elsewhere(c, w, missing, &found);
    return found == 0;
}

static bool
is_hopeless(struct collector *c, const struct entry *e, fact_set missing)
{
    return group_shut(c, clock_boot_ms(&c->proc->clock)) != 0 &&
           is_barred(c, &e->ticker, missing & e->ticker.needs) &&
           is_barred(c, &e->filing, missing & e->filing.needs);
}

/* One that comes again is asked for in full: its verdict may have been sure by weights
 * that the classifier does not have. */
static bool
may_be_early(const struct collector *c, const struct entry *e)
{
    return c->proc->conf.collector.early && e->candidate != NULL && !e->late &&
           e->candidate->attempt == 0;
}

/* Where a gate hangs on one figure, the others wait for it. */
static fact_set
due_first(const struct collector *c, const struct entry *e, fact_set missing)
{
    fact_set first = may_be_early(c, e) ? early_first(c->early, missing) : 0;

    return first != 0 ? first : missing;
}

/* Goes on if it can.  A late one goes on again for each fact that arrives. */
static void
consider(struct collector *c, struct entry *e)
{
    fact_set missing = missing_of(c, e);

    note_metrics(c, e, missing);
    if (missing == 0) {
        finish(c, e);
        return;
    }
    if (may_be_early(c, e) && handover_early(c, e, missing)) {
        entry_free(c, e);
        return;
    }
    if (e->lead_ms == 0 || !e->gone)
        ask_for_both(c, e, due_first(c, e, missing));
    if (e->lead_ms > 0) { /* one page at most: no chain of sources for nobody */
        e->gone = true;
        if (!is_asked(e->ticker.known))
            finish(c, e);
        return;
    }
    if (!e->late && e->candidate != NULL && is_hopeless(c, e, missing)) {
        go_without(c, e, missing, e->due_ms + c->proc->conf.collector.late_ms);
        return;
    }
    if (e->late && (needs_of(e) & ~missing) != e->said && e->request == NULL) {
        e->said = needs_of(e) & ~missing;
        handover_send(c, e, false);
    }
}

void
join_changed(struct collector *c, struct known *n)
{
    struct wait *w, *next;

    for (w = LIST_FIRST(&n->waiters); w != NULL; w = next) {
        next = LIST_NEXT(w, of_known);
        consider(c, w->entry);
    }
}

/* One that goes on is gone from the heap, and only it: the others are still there. */
void
join_reconsider(struct collector *c)
{
    size_t n = heap_len(c->deadlines);
    struct entry **all = c->reconsider ? calloc(n, sizeof *all) : NULL;

    c->reconsider = false;
    if (all == NULL)
        return; /* nothing to do, or no memory: they go on at their deadlines */
    for (size_t i = 0; i < n; i++)
        all[i] = heap_at(c->deadlines, i);
    for (size_t i = 0; i < n; i++)
        consider(c, all[i]);
    free(all);
}

int64_t
join_deadlines(struct collector *c, int64_t now_ms)
{
    struct entry *e;

    while ((e = heap_first(c->deadlines)) != NULL && e->due_ms <= now_ms) {
        if (e->late || e->candidate == NULL || missing_of(c, e) == 0) {
            finish(c, e);
            continue;
        }
        log_warn(c->proc->log, "DEADLINE", kv_int("cycle", e->candidate->cycle),
                 kv_str("ticker", e->ticker.known->ticker));
        go_without(c, e, missing_of(c, e), now_ms + c->proc->conf.collector.late_ms);
    }
    return e == NULL ? INT64_MAX : e->due_ms;
}

/* ---- coming in
 * --------------------------------------------------------------------------- */

static struct entry *
entry_new(struct collector *c, struct known *n)
{
    struct entry *e = calloc(1, sizeof *e);
    int64_t wall = clock_wall_ms(&c->proc->clock);

    if (e == NULL) {
        c->stats[CS_NO_MEMORY]++;
        return NULL;
    }
    e->ticker = (struct wait){
        .entry = e, .known = n, .needs = plan_needs(calendar_session(wall))};
    e->filing.entry = e;
    e->accepted_ms = e->since_ms = wall; /* a long wait asks nothing twice */
    e->due_ms = clock_boot_ms(&c->proc->clock) + c->proc->conf.collector.deadline_ms;
    e->place = HEAP_OUT;
    LIST_INSERT_HEAD(&n->waiters, &e->ticker, of_known);
    if (heap_add(c->deadlines, e) != 0) {
        c->stats[CS_NO_MEMORY]++;
        entry_free(c, e);
        return NULL;
    }
    return e;
}

static bool
is_waiting(const struct known *n, const char *id)
{
    const struct wait *w;

    LIST_FOREACH(w, &n->waiters, of_known)
    if (w->entry->candidate != NULL && str_eq(w->entry->candidate->id, id))
        return true;
    return false;
}

/* One that comes again goes on with higher revisions than it ever had: what was lost on
 * the way, its final too, is then made good for by the new ones. */
static int64_t
first_revision(int64_t attempt)
{
    return attempt > 0 && attempt < INT32_MAX ? attempt * REVISIONS_MOST : 0;
}

/* A document that need not be asked for, because what it said is known, is a hit of its
 * group. */
static void
count_hits(struct collector *c, const struct entry *e, fact_set missing)
{
    uint32_t known = 0;

    for (int id = 0; id < FACT_COUNT; id++)
        if (e->ticker.needs & ~missing & FACT(id) &&
            e->ticker.known->slots[id].state != SLOT_NONE)
            known |= 1u << e->ticker.known->slots[id].source;
    for (size_t i = 0; i < n_sources; i++)
        c->lanes[i].group->cache_hits += known >> i & 1;
}

/* A restart asks no upstream twice; but nothing of the last session is of this one. */
static int64_t
repeat_since(const struct collector *c, int64_t now_ms)
{
    int64_t since_ms = now_ms - c->proc->conf.collector.repeat_s * 1000;
    int64_t from_ms, until_ms;

    calendar_session_span(now_ms, &from_ms, &until_ms);
    return since_ms > from_ms ? since_ms : from_ms;
}

/* The text of a filing is worth waiting for as a figure is. */
static void
wait_for_filing(struct collector *c, struct entry *e)
{
    struct wait *w = &e->filing;

    if (!str_eq(e->candidate->kind, "filing") ||
        (w->known = filing_known(c, e->candidate->filing)) == NULL)
        return;
    w->needs = FACT(FACT_FILING_TEXT);
    LIST_INSERT_HEAD(&w->known->waiters, w, of_known);
}

void
join_candidate(struct collector *c, struct msg *m)
{
    const struct msg_candidate *d = m->body;
    struct known *n = known_of(c->known, d->ticker);
    struct entry *e;

    c->stats[CS_CANDIDATES]++;
    if (n != NULL)
        known_want(c->known, n);
    if (n != NULL && is_waiting(n, d->id)) {
        c->stats[CS_REPEATED]++;
        return;
    }
    c->stats[CS_NO_MEMORY] += n == NULL;
    if (n == NULL || (e = entry_new(c, n)) == NULL)
        return; /* counted; ingest sends it again */
    e->msg = *m;
    e->candidate = e->msg.body;
    *m = (struct msg){0};
    wait_for_filing(c, e);
    e->revision = first_revision(e->candidate->attempt);
    if (e->candidate->attempt > 0)
        e->since_ms = repeat_since(c, e->accepted_ms);
    cycle_accepted(c, e->candidate->cycle);
    count_hits(c, e, missing_of(c, e));
    consider(c, e);
}

void
join_ahead(struct collector *c, struct known *n, fact_set needs, int64_t lead_ms)
{
    struct entry *e = entry_new(c, n);

    if (e == NULL)
        return;
    e->ticker.needs = needs;
    e->lead_ms = lead_ms;
    c->n_ahead++;
    consider(c, e);
}

void
join_request(struct collector *c, struct request *r, struct known *n)
{
    struct entry *e = entry_new(c, n);

    if (e == NULL) {
        request_ticker_done(c, r, n);
        return;
    }
    e->request = r;
    consider(c, e);
}

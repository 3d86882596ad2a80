#include "enricher/collector/ahead.h"

#include "base/map.h"
#include "domain/watchlist.h"
#include "enricher/collector/crew.h"
#include "enricher/collector/join.h"

/* Facts that live long enough to be had in advance. */
#define SLOW (FACT(FACT_FLOAT_SHARES) | FACT(FACT_AVG_VOLUME))

enum { MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS, DAY_MS = 24 * HOUR_MS };

/* What is looked for: facts of tickers asked for since then that do not last. */
struct aim {
    const char *why;
    int64_t wall_ms, boot_ms;
    int64_t lead_ms;  /* so long they should last */
    int64_t since_ms; /* wall clock */
    fact_set needs;   /* at the end of the lead */
};

/* Tickers for one page, the first to run out first. */
struct page {
    size_t n, most;
    struct {
        struct known *known;
        int64_t end_ms;
    } picks[JOB_TICKERS];
};

int
ahead_open(struct collector *c)
{
    struct why why = {""}; /* what is no symbol ingest tells */

    return watchlist_new(&c->watched, c->proc->conf.catalyst.watchlist, &why);
}

void
ahead_close(struct collector *c)
{
    map_free(&c->watched, NULL);
}

/* ---- when ---------------------------------------------------------------------- */

/* The lane whose pages bring most at once. */
static struct lane *
lane_of_floats(struct collector *c)
{
    struct lane *best = NULL;

    for (size_t i = 0; i < n_sources; i++)
        if ((c->enabled >> i & 1) && (sources[i]->gives & FACT(FACT_FLOAT_SHARES)) &&
            (best == NULL || c->lanes[i].batch > best->batch))
            best = &c->lanes[i];
    return best;
}

static bool
is_quiet(struct collector *c, const struct lane *l, int64_t now_ms)
{
    if (heap_len(c->deadlines) > 0 || c->n_leased > 0 || !TAILQ_EMPTY(&c->orphans) ||
        c->behind_until_ms > now_ms)
        return false; /* somebody waits, or is about to */
    if (c->proc->draining || c->gate_shut || c->sequential)
        return false;
    return limit_next_ms(&l->group->limit) <= now_ms && crew_pick(c, false) != NULL;
}

/* False when nothing is to be had in advance. */
static bool
aim_at(const struct collector *c, struct aim *a)
{
    const struct conf *conf = &c->proc->conf;
    int64_t now = clock_wall_ms(&c->proc->clock);
    int64_t pre_ms = calendar_next_start(now, SESSION_PRE);
    bool is_early = calendar_session(now) == SESSION_CLOSED &&
                    now >= pre_ms - conf->collector.prewarm_at * MINUTE_MS;

    *a = (struct aim){.why = "refresh",
                      .wall_ms = now,
                      .boot_ms = clock_boot_ms(&c->proc->clock),
                      .lead_ms = conf->collector.refresh_min * MINUTE_MS,
                      .since_ms = now - conf->collector.refresh_hours * HOUR_MS};
    if (is_early) {
        a->why = "prewarm";
        a->lead_ms = calendar_next_start(now, SESSION_AFTER) - 1 - now;
        a->since_ms = now - conf->collector.prewarm_days * DAY_MS;
    }
    a->needs = plan_needs(calendar_session(now + a->lead_ms)) & SLOW;
    return a->lead_ms > 0;
}

/* ---- which --------------------------------------------------------------------- */

/* When the first fact of it runs out; INT64_MAX when there is nothing to renew.  Only
 * the watchlist is asked for what was never had. */
static int64_t
end_of(const struct collector *c, const struct known *n, const struct aim *a)
{
    int64_t end_ms = INT64_MAX;

    if (n->ahead_ms > 0 && a->boot_ms - n->ahead_ms < AHEAD_AGAIN_MS)
        return INT64_MAX;
    for (int id = 0; id < FACT_COUNT; id++) {
        const struct slot *s = &n->slots[id];
        int64_t end = s->state == SLOT_OK ? s->life.fresh_ms : 0;

        if ((a->needs & FACT(id)) == 0 || s->state == SLOT_EMPTY ||
            (s->state == SLOT_NONE && map_get(c->watched, n->ticker) == NULL))
            continue;
        if (end < end_ms)
            end_ms = end;
    }
    return end_ms;
}

static void
page_add(struct page *p, struct known *n, int64_t end_ms)
{
    size_t at = p->n;

    if (end_ms == INT64_MAX || (p->n == p->most && end_ms >= p->picks[p->n - 1].end_ms))
        return;
    if (p->n < p->most)
        p->n++;
    else
        at--;
    for (; at > 0 && p->picks[at - 1].end_ms > end_ms; at--)
        p->picks[at] = p->picks[at - 1];
    p->picks[at].known = n;
    p->picks[at].end_ms = end_ms;
}

/* The watchlist is always wanted. */
static void
want_watched(struct collector *c)
{
    size_t cursor = 0;
    const char *ticker;
    void *value;

    while (map_next(c->watched, &cursor, &ticker, &value)) {
        struct known *n = known_of(c->known, ticker);

        if (n != NULL)
            known_want(c->known, n);
    }
}

static void
fill(struct collector *c, const struct aim *a, struct page *p)
{
    int64_t left = c->proc->conf.collector.ahead_max;
    struct known *n;

    want_watched(c);
    for (n = known_newest(c->known); n != NULL && left > 0;
         n = known_older(n), left--) {
        if (n->wanted_ms < a->since_ms)
            break;
        page_add(p, n, end_of(c, n, a));
    }
}

/* Those that last are on the page only because a page costs the same full or not: they
 * are asked as if they ran out. */
static void
ask(struct collector *c, const struct aim *a, const struct page *p)
{
    for (size_t i = 0; i < p->n; i++) {
        int64_t left_ms = p->picks[i].end_ms - a->wall_ms;

        p->picks[i].known->ahead_ms = a->boot_ms;
        join_ahead(c, p->picks[i].known, a->needs,
                   left_ms > a->lead_ms ? left_ms : a->lead_ms);
    }
    c->stats[CS_AHEAD] += (int64_t)p->n;
    log_info(c->proc->log, "ASKED-AHEAD", kv_int("tickers", (int64_t)p->n),
             kv_str("first", p->picks[0].known->ticker), kv_str("why", a->why));
}

void
ahead_second(struct collector *c)
{
    struct lane *l = lane_of_floats(c);
    int64_t now = clock_boot_ms(&c->proc->clock);
    struct page page = {0};
    struct aim aim;

    if (now < c->ahead_look_ms || l == NULL || !is_quiet(c, l, now))
        return;
    c->ahead_look_ms = now + AHEAD_LOOK_MS;
    page.most = (size_t)l->batch;
    if (!aim_at(c, &aim))
        return;
    fill(c, &aim, &page);
    if (page.n == 0 || page.picks[0].end_ms > aim.wall_ms + aim.lead_ms)
        return;
    ask(c, &aim, &page);
    c->ahead_look_ms = 0; /* there may be more */
}

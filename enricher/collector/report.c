#include "enricher/collector/report.h"

#include "base/stat.h"
#include "base/str.h"
#include "enricher/collector/cycle.h"
#include "enricher/collector/group.h"
#include "enricher/collector/lane.h"

/* A second's share of the smoothed rate: it forgets within about ten seconds. */
#define FLOW_SHARE 0.25

static const struct stat_row rows[CS_COUNT] = {
    [CS_CANDIDATES] = {"candidates_total", STAT_COUNTER, "Candidates taken in."},
    [CS_REPEATED] = {"candidates_repeated_total", STAT_COUNTER,
                     "Candidates that came while they waited already."},
    [CS_ENRICHED] = {"enriched_total", STAT_COUNTER, "Candidates sent on."},
    [CS_REVISIONS] = {"revisions_total", STAT_COUNTER,
                      "Candidates sent on again because a late fact arrived."},
    [CS_PARTIAL] = {"partial_total", STAT_COUNTER,
                    "Candidates that went on at their deadline."},
    [CS_EARLY_ALERTS] = {"early_alerts_total", STAT_COUNTER,
                         "Candidates sent on as sure alerts, before their metrics."},
    [CS_EARLY_REJECTS] = {"early_rejects_total", STAT_COUNTER,
                          "Candidates sent on as sure rejects, without asking."},
    [CS_LEASES] = {"leases_total", STAT_COUNTER, "Jobs given to enrichers."},
    [CS_RESULTS] = {"results_total", STAT_COUNTER, "Results of enrichers."},
    [CS_RESULTS_LATE] = {"results_late_total", STAT_COUNTER,
                         "Results whose lease was over."},
    [CS_REQUESTS_FAILED] = {"requests_failed_total", STAT_COUNTER,
                            "Results that were no document."},
    [CS_RETRIES] = {"retries_total", STAT_COUNTER, "Asks put back after a failure."},
    [CS_UNRETRIED] = {"unretried_total", STAT_COUNTER,
                      "Documents not asked for again: the retry budget was used up."},
    [CS_GIVEN_UP] = {"given_up_total", STAT_COUNTER,
                     "Requests that hung and were ended for nothing new."},
    [CS_HEDGES] = {"hedges_total", STAT_COUNTER,
                   "Requests that hung and were made again."},
    [CS_CREDENTIALS] = {"credentials_total", STAT_COUNTER,
                        "Cookies and crumbs that were got."},
    [CS_CREDENTIALS_REFUSED] = {"credentials_refused_total", STAT_COUNTER,
                                "Requests refused for their crumb."},
    [CS_DEATHS] = {"enricher_deaths_total", STAT_COUNTER, "Enrichers that died."},
    [CS_POISON] = {"poison_total", STAT_COUNTER,
                   "Jobs given up because each holder died."},
    [CS_EXPIRED] = {"leases_expired_total", STAT_COUNTER,
                    "Leases that ran out; the holder was killed."},
    [CS_FALLBACKS] = {"fallbacks_total", STAT_COUNTER,
                      "Times the sequential fallback began."},
    [CS_FRAMES_BAD] = {"frames_bad_total", STAT_COUNTER, "Messages dropped as bad."},
    [CS_NO_MEMORY] = {"no_memory_total", STAT_COUNTER,
                      "Things dropped because a bound or the memory was reached."},
    [CS_FORGOTTEN] = {"known_forgotten_total", STAT_COUNTER,
                      "Tickers forgotten to make room for others."},
    [CS_AHEAD] = {"asked_ahead_total", STAT_COUNTER,
                  "Tickers asked for before anybody waited."},
};

static size_t
waiting_in(const struct collector *c, const struct group *g)
{
    size_t n = 0;

    for (size_t i = 0; i < n_sources; i++)
        if (c->lanes[i].group == g)
            n += lane_depth(&c->lanes[i]);
    return n;
}

static void
write_groups(struct collector *c, struct jsonw *w)
{
    jw_array(w, "groups");
    for (size_t i = 0; i < c->n_groups; i++)
        group_write(c, &c->groups[i], waiting_in(c, &c->groups[i]), w);
    jw_end(w);
}

static void
write_crew(struct collector *c, struct jsonw *w)
{
    int64_t now = clock_boot_ms(&c->proc->clock);
    struct member *m;

    jw_array(w, "enrichers");
    LIST_FOREACH(m, &c->crew, link)
    {
        jw_object(w, NULL);
        jw_str(w, "name", m->name);
        jw_str(w, "host", m->host);
        jw_int(w, "pid", m->pid);
        jw_int(w, "credit", m->credit);
        jw_int(w, "leases", m->n_held);
        jw_int(w, "done", m->done);
        jw_int(w, "last_heard_ms", now - m->heard_ms);
        jw_end(w);
    }
    jw_end(w);
}

static void
write_queue(struct jsonw *w, const char *name, size_t depth, int64_t oldest_ms,
            const struct flow *flow)
{
    stat_queue(w, name, (int64_t)depth, depth == 0 ? 0 : oldest_ms, flow->rate_per_s);
}

static void
tick(struct flow *f)
{
    double last_second = (double)(f->total - f->before);

    f->before = f->total;
    f->rate_per_s += (last_second - f->rate_per_s) * FLOW_SHARE;
    if (f->rate_per_s < 0.01)
        f->rate_per_s = 0;
}

void
report_second(struct collector *c)
{
    for (size_t i = 0; i < n_sources; i++)
        tick(&c->lanes[i].flow);
    tick(&c->gone);
}

static int64_t
oldest_candidate_ms(const struct collector *c)
{
    int64_t now = clock_wall_ms(&c->proc->clock), oldest = now;

    for (size_t i = 0; i < heap_len(c->deadlines); i++) {
        const struct entry *e = heap_at(c->deadlines, i);

        if (e->lead_ms == 0 && e->accepted_ms < oldest)
            oldest = e->accepted_ms;
    }
    return now - oldest;
}

static void
write_queues(struct collector *c, struct jsonw *w)
{
    int64_t now = clock_boot_ms(&c->proc->clock);

    jw_array(w, "queues");
    write_queue(w, "candidates", heap_len(c->deadlines) - c->n_ahead,
                oldest_candidate_ms(c), &c->gone);
    for (size_t i = 0; i < n_sources; i++)
        write_queue(w, sources[i]->name, lane_depth(&c->lanes[i]),
                    now - c->lanes[i].since_ms, &c->lanes[i].flow);
    write_queue(w, "enriched", sender_depth(c->enriched),
                sender_oldest_ms(c->enriched, now), &c->gone);
    jw_end(w);
}

void
report_stats(struct collector *c, struct jsonw *w)
{
    c->stats[CS_FORGOTTEN] = known_forgotten(c->known);
    jw_str(w, "mode", c->sequential ? "sequential" : "parallel");
    jw_int(w, "epoch", c->epoch);
    jw_int(w, "known_tickers", (int64_t)known_len(c->known));
    write_queues(c, w);
    write_groups(c, w);
    write_crew(c, w);
    jw_object(w, "cycle");
    cycle_write(&c->last, w);
    jw_end(w);
    stat_write(w, rows, c->stats, CS_COUNT);
}

#include "enricher/collector/hedge.h"

#include "base/str.h"
#include "wire/net.h"

enum {
    HUNG_MOST = 64,      /* looked at in a turn, the longest in flight of each lane */
    LOOK_AGAIN_MS = 1000 /* at what hangs: the budget's window moves on */
};

struct hung {
    struct job *job;
    size_t in_time;   /* candidates that can still go on with it */
    bool is_wanted;   /* by anybody, be it for a revision */
    bool is_repeated; /* often enough already */
};

static struct hung
look(struct job *j)
{
    struct hung h = {.job = j, .is_repeated = true};
    const struct wait *w;

    for (size_t i = 0; i < j->n; i++) {
        if (j->asks[i]->tries + 1 < JOB_TRIES)
            h.is_repeated = false;
        LIST_FOREACH(w, &j->asks[i]->known->waiters, of_known)
        {
            h.is_wanted = true;
            h.in_time += !w->entry->late && w->entry->lead_ms == 0;
        }
    }
    return h;
}

/* What has hung in this lane, from out[n] on; how many in all then.  *next is when the
 * first of the others will. */
static size_t
gather(const struct lane *l, int64_t now_ms, struct hung *out, size_t n, int64_t *next)
{
    struct job *j;

    TAILQ_FOREACH(j, &l->flying, of_lane)
    {
        int64_t hangs_ms = j->sent_ms + l->conf->timeout_ms;

        if (hangs_ms > now_ms) {
            *next = hangs_ms < *next ? hangs_ms : *next;
            return n;
        }
        if (!j->given_up && !j->landed && n < HUNG_MOST)
            out[n++] = look(j);
    }
    return n;
}

static int
most_wanted_first(const void *a, const void *b)
{
    const struct hung *x = a, *y = b;

    return x->in_time < y->in_time ? 1 : x->in_time > y->in_time ? -1 : 0;
}

/* Its end comes as a result.  If the word does not reach the holder, it comes with the
 * lease's, and is dealt with in the same way. */
static void
give_up(struct collector *c, struct job *j, bool is_hedged)
{
    struct msg_cancel cancel = {.lease = j->lease};

    j->given_up = true;
    j->hedged = is_hedged;
    c->stats[is_hedged ? CS_HEDGES : CS_GIVEN_UP]++;
    (void)net_send_to(c->jobs_socket, &j->holder->peer, MSG_cancel, &cancel);
}

static void
decide(struct collector *c, const struct hung *h, int64_t now_ms)
{
    struct group *g = c->lanes[h->job->source].group;
    bool is_silent = g->limit.answered_us < h->job->permit.sent_us;

    if (!h->is_wanted)
        give_up(c, h->job, false); /* its permit is worth more */
    else if (h->in_time > 0 && !h->is_repeated &&
             budget_hedge(&c->asked, &g->budget, now_ms))
        give_up(c, h->job, true);
    else if (is_silent)
        give_up(c, h->job, false);
}

int64_t
hedge(struct collector *c, int64_t now_ms)
{
    struct hung all[HUNG_MOST];
    int64_t next = INT64_MAX;
    size_t n = 0;

    for (size_t i = 0; i < n_sources; i++)
        n = gather(&c->lanes[i], now_ms, all, n, &next);
    if (n == 0)
        return next;
    qsort(all, n, sizeof all[0], most_wanted_first);
    for (size_t i = 0; i < n; i++)
        decide(c, &all[i], now_ms);
    return next < now_ms + LOOK_AGAIN_MS ? next : now_ms + LOOK_AGAIN_MS;
}

void
hedge_why(const struct collector *c, const struct job *j, char *out, size_t size)
{
    double waited_ms = (double)(clock_boot_ms(&c->proc->clock) - j->sent_ms);

    (void)str_fmt(out, size, "no answer in %.3g s", waited_ms / 1000.0);
}

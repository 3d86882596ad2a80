#include "enricher/collector/coming.h"

#include "base/str.h"
#include "enricher/collector/lane.h"

void
coming_hear(struct collector *c, const struct msg_candidate *m)
{
    if (m->behind > 0)
        return; /* the last of them will say */
    c->n_coming = 0;
    for (size_t i = 0; i < m->n_coming && c->n_coming < COMING_MOST; i++)
        if (str_copy(c->coming[c->n_coming], sizeof c->coming[0], m->coming[i].ticker))
            c->n_coming++;
}

/* What a candidate about it would ask for now. */
static bool
is_wanted(struct collector *c, const struct lane *l, const struct known *n)
{
    struct moment now = {.wall_ms = clock_wall_ms(&c->proc->clock),
                         .boot_ms = clock_boot_ms(&c->proc->clock),
                         .since_ms = INT64_MAX};
    struct offer offer;
    fact_set missing;

    collector_offer(c, now.wall_ms, &offer);
    missing = plan_missing(&offer, n, plan_needs(calendar_session(now.wall_ms)), &now);
    return (plan_cover(&offer, n, missing, &now) >> l->index & 1) != 0;
}

size_t
coming_fill(struct collector *c, struct lane *l, struct ask **asks, size_t n)
{
    int64_t now_ms = clock_boot_ms(&c->proc->clock);

    for (size_t i = 0; i < c->n_coming && n < (size_t)l->batch; i++) {
        struct known *k = known_of(c->known, c->coming[i]);
        struct ask *a = k != NULL && k->asks[l->index] == NULL && is_wanted(c, l, k)
                            ? lane_adopt(l, k)
                            : NULL;

        if (a == NULL)
            continue; /* no memory, known, or on its way */
        a->queued_ms = now_ms;
        asks[n++] = a;
    }
    return n;
}

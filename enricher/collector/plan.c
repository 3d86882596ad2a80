#include "enricher/collector/plan.h"

#include "base/str.h"

enum {
    REQUEST = 1000, /* what a request costs */
    CRUMB = 100,    /* more, where a crumb is needed: it may have to be got first */
    ON_ITS_WAY = 1
};

void
plan_offer(struct offer *o, enum session session, uint32_t usable)
{
    bool is_open = session == SESSION_REGULAR;

    *o = (struct offer){.usable = usable};
    for (size_t i = 0; i < n_sources; i++) {
        o->gives[i] = is_open ? sources[i]->gives : sources[i]->gives_off;
        o->spare[i] = is_open ? sources[i]->spare : sources[i]->spare_off;
    }
}

/* Outside the regular session bars carry no volume: nothing is asked for VWAP and
 * RVol, they are empty by rule. */
fact_set
plan_needs(enum session session)
{
    fact_set always = FACT(FACT_FLOAT_SHARES) | FACT(FACT_LAST_PRICE);

    if (session != SESSION_REGULAR)
        return always;
    return always | FACT(FACT_AVG_VOLUME) | FACT(FACT_DAY_VOLUME) |
           FACT(FACT_SESSION_VWAP);
}

/* Sources that may still have the fact: not failed lately, and not yet heard to have
 * none. */
static uint32_t
able(const struct offer *o, const struct known *n, int id, const struct moment *now)
{
    bool is_told = known_answers(n, (enum fact_id)id, now);
    uint32_t set = 0;

    for (int i = 0; i < SOURCES_MOST; i++)
        if ((o->gives[i] | o->spare[i]) & FACT(id) &&
            n->failures[i].until_ms <= now->boot_ms)
            set |= 1u << i;
    return set & o->usable & (is_told ? ~n->slots[id].tried : UINT32_MAX);
}

static uint32_t
proper(const struct offer *o, int id)
{
    uint32_t set = 0;

    for (int i = 0; i < SOURCES_MOST; i++)
        if (o->gives[i] & FACT(id))
            set |= 1u << i;
    return set;
}

/* Who is to be asked for the fact. */
static uint32_t
givers(const struct offer *o, const struct known *n, int id, const struct moment *now)
{
    uint32_t set = able(o, n, id, now), best = set & proper(o, id);

    return best != 0 ? best : set;
}

static bool
is_answered(const struct offer *o, const struct known *n, int id,
            const struct moment *now)
{
    const struct slot *s = &n->slots[id];

    if (s->state != SLOT_OK || !known_answers(n, (enum fact_id)id, now))
        return false;
    return (o->gives[s->source] & FACT(id)) != 0 ||
           (able(o, n, id, now) & proper(o, id)) == 0;
}

/* One upstream may have lost a ticker, or not have it yet.  When a second one does not
 * know it either, and nobody has a figure, asking a third for each fact is in vain. */
bool
plan_is_unknown(const struct known *n, const struct moment *now)
{
    const char *group = NULL;
    uint32_t strangers = 0;

    for (int id = 0; id < FACT_COUNT; id++) {
        if (!known_answers(n, (enum fact_id)id, now))
            continue;
        if (n->slots[id].state == SLOT_OK)
            return false;
        strangers |= n->slots[id].unknown;
    }
    for (size_t i = 0; i < n_sources; i++) {
        if ((strangers >> i & 1) == 0)
            continue;
        if (group != NULL && !str_eq(group, sources[i]->group))
            return true;
        group = sources[i]->group;
    }
    return false;
}

fact_set
plan_missing(const struct offer *o, const struct known *n, fact_set needs,
             const struct moment *now)
{
    fact_set missing = 0;

    if (plan_is_unknown(n, now))
        return 0;
    for (int id = 0; id < FACT_COUNT; id++)
        if (needs & FACT(id) && !is_answered(o, n, id, now) &&
            givers(o, n, id, now) != 0)
            missing |= FACT(id);
    return missing;
}

/* In thousandths of a request. */
static int
cost_of(const struct known *n, uint32_t set)
{
    int cost = 0;

    for (size_t i = 0; i < n_sources; i++) {
        if ((set >> i & 1) == 0)
            continue;
        cost += n->asks[i] != NULL ? ON_ITS_WAY
                                   : REQUEST / sources[i]->batch_max +
                                         (sources[i]->needs_crumb ? CRUMB : 0);
    }
    return cost;
}

static bool
covers(uint32_t set, const uint32_t *may)
{
    for (int id = 0; id < FACT_COUNT; id++)
        if (may[id] != 0 && (may[id] & set) == 0)
            return false;
    return true;
}

uint32_t
plan_cover(const struct offer *o, const struct known *n, fact_set missing,
           const struct moment *now)
{
    uint32_t may[FACT_COUNT] = {0}, all = 0, best;
    int least;

    for (int id = 0; id < FACT_COUNT; id++)
        if (missing & FACT(id))
            all |= may[id] = givers(o, n, id, now);
    best = all;
    least = cost_of(n, all);
    for (uint32_t set = all; set != 0; set = (set - 1) & all) {
        int cost = cost_of(n, set);

        /* Of two that cost the same the later one: its sources come first. */
        if (cost <= least && covers(set, may)) {
            least = cost;
            best = set;
        }
    }
    return best;
}

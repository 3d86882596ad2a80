#include "enricher/collector/plan.h"

void
plan_offer(struct offer *o, enum session session, uint32_t enabled)
{
    *o = (struct offer){{0}};
    for (size_t i = 0; i < n_sources && i < KNOWN_SOURCES; i++)
        if (enabled >> i & 1)
            o->gives[i] =
                session == SESSION_REGULAR ? sources[i]->gives : sources[i]->gives_off;
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
           FACT(FACT_SESSION_VWAP) | FACT(FACT_PREV_CLOSE);
}

/* Sources that may still have the fact: switched on, not failed lately, and not yet
 * heard to have none. */
static uint32_t
givers(const struct offer *o, const struct known *n, int id, uint32_t tried,
       int64_t boot_ms)
{
    uint32_t set = 0;

    for (int i = 0; i < KNOWN_SOURCES; i++)
        if (o->gives[i] & FACT(id) && n->failures[i].until_ms <= boot_ms &&
            (tried >> i & 1) == 0)
            set |= 1u << i;
    return set;
}

fact_set
plan_missing(const struct offer *o, const struct known *n, fact_set needs,
             const struct moment *now)
{
    fact_set missing = 0;

    for (int id = 0; id < FACT_COUNT; id++) {
        bool fresh = known_answers(n, (enum fact_id)id, now);
        uint32_t tried = fresh ? n->slots[id].tried : 0;

        if ((needs & FACT(id)) == 0 || (fresh && n->slots[id].state == SLOT_OK))
            continue;
        if (givers(o, n, id, tried, now->boot_ms) != 0)
            missing |= FACT(id);
    }
    return missing;
}

static bool
is_single(uint32_t set)
{
    return set != 0 && (set & (set - 1)) == 0;
}

/* Of several, the one with the most tickers per request; the better one on a tie. */
static int
cheapest(uint32_t set)
{
    int best = -1;

    for (int i = 0; i < KNOWN_SOURCES; i++)
        if (set >> i & 1 &&
            (best < 0 || sources[i]->batch_max > sources[best]->batch_max))
            best = i;
    return best;
}

uint32_t
plan_cover(const struct offer *o, const struct known *n, fact_set missing,
           int64_t boot_ms)
{
    uint32_t may[FACT_COUNT] = {0}, chosen = 0;

    for (int id = 0; id < FACT_COUNT; id++) {
        if ((missing & FACT(id)) == 0)
            continue;
        may[id] = givers(o, n, id, n->slots[id].tried, boot_ms);
        if (may[id] == 0) /* all said no, but long ago */
            may[id] = givers(o, n, id, 0, boot_ms);
        if (is_single(may[id]))
            chosen |= may[id];
    }
    for (int id = 0; id < FACT_COUNT; id++)
        if (may[id] != 0 && (may[id] & chosen) == 0)
            chosen |= 1u << cheapest(may[id]);
    return chosen;
}

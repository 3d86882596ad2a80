#include "enricher/collector/budget.h"

/* Slots that have left the window are empty again. */
static size_t
slot_at(struct budget *b, int64_t now_ms)
{
    int64_t slot = now_ms / BUDGET_SLOT_MS, last = b->slot;

    if (slot - last > BUDGET_SLOTS)
        last = slot - BUDGET_SLOTS;
    while (last < slot) {
        last++;
        b->requests[last % BUDGET_SLOTS] = b->repeats[last % BUDGET_SLOTS] = 0;
    }
    b->slot = last;
    return (size_t)(last % BUDGET_SLOTS);
}

static int
sum(const int n[BUDGET_SLOTS])
{
    int all = 0;

    for (int i = 0; i < BUDGET_SLOTS; i++)
        all += n[i];
    return all;
}

void
budget_request(struct budget *b, int64_t now_ms)
{
    b->requests[slot_at(b, now_ms)]++;
}

void
budget_repeated(struct budget *b, int64_t now_ms)
{
    b->repeats[slot_at(b, now_ms)]++;
}

static bool
has_retry(struct budget *b, int64_t now_ms)
{
    int used;

    (void)slot_at(b, now_ms);
    used = sum(b->repeats);
    return used < BUDGET_FLOOR || used < sum(b->requests) / BUDGET_SHARE;
}

/* The repetitions are among the requests, once they have ended: what counts is what was
 * asked for the first time. */
static bool
has_hedge(struct budget *b, int64_t now_ms)
{
    int used;

    (void)slot_at(b, now_ms);
    used = sum(b->repeats);
    return used < HEDGE_FLOOR || (used + 1) * HEDGE_SHARE <= sum(b->requests) - used;
}

bool
budget_retry(struct budget *b, int64_t now_ms)
{
    if (!has_retry(b, now_ms))
        return false;
    budget_repeated(b, now_ms);
    return true;
}

bool
budget_hedge(struct budget *all, struct budget *own, int64_t now_ms)
{
    if (!has_hedge(all, now_ms) || !has_retry(own, now_ms))
        return false;
    budget_repeated(all, now_ms);
    budget_repeated(own, now_ms);
    return true;
}

int64_t
budget_rest_ms(struct prng *random, int nth)
{
    int64_t most = BUDGET_REST_MS;

    while (--nth > 0 && most < BUDGET_REST_MOST_MS)
        most *= 2;
    return (int64_t)prng_below(random, (uint64_t)most + 1);
}

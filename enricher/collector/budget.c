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
        b->requests[last % BUDGET_SLOTS] = b->retries[last % BUDGET_SLOTS] = 0;
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

bool
budget_retry(struct budget *b, int64_t now_ms)
{
    size_t at = slot_at(b, now_ms);
    int used = sum(b->retries);

    if (used >= BUDGET_FLOOR && used >= sum(b->requests) / BUDGET_SHARE)
        return false;
    b->retries[at]++;
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

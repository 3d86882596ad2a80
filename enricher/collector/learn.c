#include "enricher/collector/learn.h"

static int
least(int a, int b)
{
    return a < b ? a : b;
}

static int
largest(int a, int b)
{
    return a > b ? a : b;
}

/* A new level begins: only what is sent from here on tells about it. */
static void
set_level(struct learn *l, int level, int64_t now_us)
{
    l->level = largest(1, least(level, l->most));
    l->trips = 0;
    l->since_us = now_us;
}

/* Round trips between two tries of an upstream that keeps refusing them. */
static int
longest_hold(int base)
{
    return largest(LEARN_HOLD_MOST, LEARN_APART / base);
}

void
learn_init(struct learn *l, int most, int known, bool tight)
{
    most = largest(1, most);
    *l = (struct learn){.most = most, .goal = most, .step = 1, .tight = tight};
    l->level = l->base = largest(1, least(known > 0 ? known : LEARN_FIRST, most));
    l->hold = tight ? longest_hold(l->base) : LEARN_HOLD;
    l->fast = !tight && l->level < most;
}

/* One more for each answer, as long as what is allowed is used. */
static void
grow(struct learn *l, const struct sample *s)
{
    if (2 * s->in_flight <= l->level)
        return;
    set_level(l, least(l->level + 1, l->goal), s->now_us);
    l->base = l->level;
    l->fast = l->level < l->goal;
}

/* A round trip at this level went well: a try that did is the new base, and the next
 * one is bolder. */
static void
trip_over(struct learn *l, int64_t now_us)
{
    l->base = l->level;
    l->since_us = now_us;
    l->trips++;
    if (l->tries) {
        l->step = least(2 * l->step, LEARN_STEP_MOST);
        l->hold = LEARN_HOLD;
    } else if (l->trips < l->hold) {
        return;
    }
    l->tries = l->level < l->most;
    l->step = l->tries ? least(l->step, l->most - l->level) : 1;
    if (l->tries)
        set_level(l, l->level + l->step, now_us);
}

void
learn_accepted(struct learn *l, const struct sample *s)
{
    if (l->fast)
        grow(l, s);
    else if (s->sent_us >= l->since_us && s->nth >= l->level)
        trip_over(l, s->now_us);
}

/* After a refusal out of nothing the old level is tried soon: it may have been a whim.
 * After one that was asked for, the later the more often it was for nothing. */
static int
hold_after(const struct learn *l)
{
    if (l->fast || (l->tries && l->step > 1))
        return LEARN_HOLD;
    if (!l->tries)
        return 1;
    return least(largest(2 * l->hold, LEARN_HOLD), longest_hold(l->base));
}

void
learn_refused(struct learn *l, const struct sample *s)
{
    int accepted = largest(s->nth, s->in_flight) - 1;

    l->tight = true;
    if (s->sent_us < l->since_us && !l->fast) {
        if (s->in_flight - 1 < l->level) /* of the flight that was refused: one fewer */
            l->level = largest(1, l->level - 1);
        return;
    }
    l->hold = hold_after(l);
    l->step = 1;
    if (l->tries)
        accepted = least(accepted, l->base);
    set_level(l, least(accepted, l->level), s->now_us);
    l->fast = l->tries = false;
}

void
learn_resume(struct learn *l, int64_t now_us)
{
    l->goal = l->tight ? l->base : l->most;
    l->tries = false;
    l->step = 1;
    l->hold = LEARN_HOLD;
    set_level(l, least(LEARN_FIRST, l->goal), now_us);
    l->fast = l->level < l->goal;
}

#include "enricher/collector/breaker.h"

int64_t
breaker_next_ms(const struct breaker *b)
{
    return b->open && b->probing ? INT64_MAX : b->until_ms;
}

void
breaker_sent(struct breaker *b, int64_t now_us)
{
    if (!b->open)
        return;
    b->probing = true;
    b->probe_us = now_us;
}

static bool
is_probe(const struct breaker *b, int64_t sent_us)
{
    return b->open && b->probing && sent_us == b->probe_us;
}

void
breaker_lost(struct breaker *b, int64_t sent_us)
{
    if (is_probe(b, sent_us))
        b->probing = false;
}

bool
breaker_answered(struct breaker *b, int64_t sent_us)
{
    bool closes = is_probe(b, sent_us);

    if (b->open && !closes)
        return false; /* sent before the trouble: it says nothing about now */
    b->open = b->probing = false;
    b->failures = b->rounds = 0;
    b->pause_ms = 0;
    return closes;
}

static void
wait_until(struct breaker *b, int64_t at_ms)
{
    if (at_ms > b->until_ms)
        b->until_ms = at_ms;
}

static void
open_for(struct breaker *b, const struct failing *f)
{
    int64_t pause = b->pause_ms > f->first_ms ? b->pause_ms : f->first_ms;
    int64_t most = f->first_ms > BREAKER_MOST_MS ? f->first_ms : BREAKER_MOST_MS;

    b->open = true;
    b->probing = false;
    if (f->retry_after_ms < 0) {
        b->pause_ms = 2 * pause < most ? 2 * pause : most;
        wait_until(b, f->now_us / 1000 + pause);
    }
}

static void
count(struct breaker *b, const struct failing *f)
{
    b->failures++;
    if (b->rounds > 0 && f->sent_us < b->round_us)
        return; /* of the same flight */
    b->rounds++;
    b->round_us = f->now_us;
}

bool
breaker_failed(struct breaker *b, const struct failing *f)
{
    if (f->retry_after_ms >= 0)
        wait_until(b, f->now_us / 1000 + f->retry_after_ms);
    if (b->open && !is_probe(b, f->sent_us))
        return true; /* sent before it opened: one trouble, not many */
    count(b, f);
    if (!b->open && !f->opens &&
        (b->failures < BREAKER_FAILURES || b->rounds < BREAKER_ROUNDS))
        return false;
    open_for(b, f);
    return true;
}

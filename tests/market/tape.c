#include "tape.h"

#include "base/prng.h"
#include "domain/calendar.h"

enum { MINUTE_S = 60, DAY_MS = 86400000, PRICE_LEAST = 500 };

/* Weight of minute i of n: busy at the open and the close, calm at noon; the sum over
 * a session of 390 minutes is about 390 * 100. */
static int64_t
minute_weight(int64_t i, int64_t n)
{
    int64_t x = 2 * i - n; /* -n .. n */

    return 60 + 120 * x * x / (n * n);
}

/* One minute: a step towards the day's target with noise in proportion to the price. */
static void
make_bar(struct prng *p, int64_t from, int64_t to, int64_t volume, struct tape_bar *b)
{
    int64_t span = from / 400 + 2;
    int64_t up = (int64_t)prng_below(p, (uint64_t)span);
    int64_t down = (int64_t)prng_below(p, (uint64_t)span);

    b->open = from;
    b->close = to;
    b->high = (from > to ? from : to) + up;
    b->low = (from < to ? from : to) - down;
    b->low = b->low < PRICE_LEAST / 2 ? PRICE_LEAST / 2 : b->low;
    b->volume = volume * (int64_t)(60 + prng_below(p, 80)) / 100;
}

static int64_t
price_at(const struct listing *l, struct prng *p, int64_t i, int64_t n)
{
    double base =
        (double)l->prev_close * (1.0 + l->drift * (double)(i + 1) / (double)n);
    double noise = 0.004 * (prng_unit(p) - 0.5) * (l->prev_close < 50000 ? 4.0 : 1.0);
    int64_t price = (int64_t)(base * (1.0 + noise));

    price = price / 100 * 100; /* whole cents */
    return price < PRICE_LEAST ? PRICE_LEAST : price;
}

static void
note(struct tape *t, const struct tape_bar *b)
{
    if (b->none)
        return;
    t->last = b->close;
    t->high = b->high > t->high ? b->high : t->high;
    t->low = b->low < t->low || t->low == 0 ? b->low : t->low;
    t->volume += b->volume;
}

void
tape_run(const struct listing *l, int64_t open_s, int64_t close_s, int64_t now_s,
         struct tape *out)
{
    int64_t n = (close_s - open_s) / MINUTE_S, from = l->prev_close;
    int64_t per_minute = (int64_t)((double)l->avg_volume * l->rvol) / (n > 0 ? n : 1);
    struct prng p = {mix(l->seed, (uint64_t)open_s)};
    bool thin = l->float_shares < 30000000;

    out->open_s = open_s;
    out->close_s = close_s;
    out->now_s = now_s < close_s ? now_s : close_s;
    out->n = 0;
    out->last = l->prev_close;
    out->high = out->low = out->volume = 0;
    n = n < TAPE_BARS ? n : TAPE_BARS;
    for (int64_t i = 0; i < n && open_s + i * MINUTE_S < out->now_s; i++) {
        struct tape_bar *b = &out->bars[out->n++];
        int64_t to = price_at(l, &p, i, n);

        make_bar(&p, from, to, per_minute * minute_weight(i, n) / 100, b);
        b->none = thin && i > 0 && prng_below(&p, 20) == 0;
        from = b->none ? from : to;
        note(out, b);
    }
    /* The opening auction is not in the bars: the day's volume exceeds their sum. */
    out->volume += out->n > 0 ? l->avg_volume / 20 : 0;
}

void
tape_session(int64_t wall_ms, int64_t *open_s, int64_t *close_s)
{
    int64_t open_ms = 0, close_ms = 0;

    for (int back = 0; back < 10; back++) {
        int64_t day = wall_ms - (int64_t)back * DAY_MS;

        if (calendar_regular(day, &open_ms, &close_ms) && open_ms <= wall_ms)
            break;
    }
    *open_s = open_ms / 1000;
    *close_s = close_ms / 1000;
}

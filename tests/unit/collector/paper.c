#include "paper.h"

struct request {
    double end_s, sent_s;
    int nth;
    bool refused;
};

struct day {
    const struct paper *p;
    struct learn *learn;
    struct prng random;
    struct request flight[PAPER_FLIGHT];
    int n, left;
    double now_s, paused_s;
    struct gain gain;
};

static int
allowed(const struct day *d)
{
    size_t i = 0;

    while (i + 1 < d->p->n_phases && d->now_s >= d->p->until_s[i])
        i++;
    return d->p->allowed[i];
}

static int
inside(const struct day *d)
{
    int n = 0;

    for (int i = 0; i < d->n; i++)
        n += !d->flight[i].refused;
    return n;
}

static void
send(struct day *d)
{
    const struct paper *p = d->p;
    int before = inside(d);
    struct request *r = &d->flight[d->n++];
    double service_s = p->least_s + (p->most_s - p->least_s) * prng_unit(&d->random);

    r->nth = d->n;
    r->sent_s = d->now_s;
    r->refused =
        d->learn != NULL && (before >= allowed(d) || prng_unit(&d->random) < p->whim);
    r->end_s = d->now_s + (r->refused ? p->refused_s : service_s);
    d->left--;
    d->gain.requests++;
    if (d->n > d->gain.highest)
        d->gain.highest = d->n;
}

static bool
may_send(const struct day *d)
{
    int level = d->learn == NULL ? allowed(d) : d->learn->level;

    return d->n < level && d->n < PAPER_FLIGHT && (d->p->work == 0 || d->left > 0);
}

static struct request
next_end(struct day *d)
{
    int first = 0;
    struct request r;

    for (int i = 1; i < d->n; i++)
        if (d->flight[i].end_s < d->flight[first].end_s)
            first = i;
    r = d->flight[first];
    d->flight[first] = d->flight[--d->n];
    return r;
}

static void
end(struct day *d, const struct request *r)
{
    struct sample s = {.nth = r->nth,
                       .in_flight = d->n + 1,
                       .sent_us = (int64_t)(r->sent_s * 1e6),
                       .now_us = (int64_t)(d->now_s * 1e6)};

    if (!r->refused) {
        d->gain.answered++;
        if (d->learn != NULL)
            learn_accepted(d->learn, &s);
        return;
    }
    d->gain.refused++;
    d->left++;
    learn_refused(d->learn, &s);
    if (d->p->retry_after_s > 0)
        d->paused_s = d->now_s + d->p->retry_after_s;
}

static bool
is_over(const struct day *d)
{
    return d->p->work > 0 ? d->gain.answered >= d->p->work
                          : d->now_s >= d->p->until_s[d->p->n_phases - 1];
}

struct gain
paper_run(const struct paper *p, struct learn *learn)
{
    struct day d = {.p = p, .learn = learn, .random = {p->seed}, .left = p->work};

    while (!is_over(&d)) {
        struct request r;

        while (d.now_s >= d.paused_s && may_send(&d))
            send(&d);
        if (d.n == 0) {
            d.now_s = d.paused_s;
            continue;
        }
        r = next_end(&d);
        if (d.now_s < d.paused_s && d.paused_s < r.end_s) {
            d.flight[d.n++] = r;
            d.now_s = d.paused_s;
            continue;
        }
        d.now_s = r.end_s;
        end(&d, &r);
    }
    d.gain.took_s = d.now_s;
    return d.gain;
}

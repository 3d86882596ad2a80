#include "desk.h"

#include "base/hash.h"
#include "manners.h"
#include "pack.h"
#include "route.h"

#include <math.h>

/* The service time of the n-th request for a target: from the seed and the target
 * alone, so that two runs in a different order have the same times. */
static int64_t
service_us(const struct market *m, const struct route *route, const struct record *r)
{
    double u;

    if (r == NULL)
        return 0;
    u = mix_unit(m->options->news.seed ^ hash64_str(r->target), r->nth);
    return (int64_t)((route->least_s + u * (route->most_s - route->least_s)) *
                     m->latency * 1e6);
}

/* Refused at once, or only counted. */
static bool
is_refused(const struct market *m, const struct record *r)
{
    if (r->arrival.violation && judge_has_phases(m->judge, r->group))
        return true;
    return m->enforce_429 && (r->arrival.violation || r->arrival.too_fast);
}

static void
refuse(const struct market *m, const struct record *r, struct answer *a)
{
    if (r->group == GROUP_EDGAR && !r->arrival.violation) {
        refusal_answer(&refusal_edgar_rate, a);
        return;
    }
    refusal_answer(&refusal_429, a);
    if (!judge_has_phases(m->judge, r->group))
        answer_header(a, "Retry-After", "1");
}

/* True, and the answer made, for whom the upstream does not talk to. */
static bool
is_turned_away(const struct market *m, struct exchange *x)
{
    const struct record *r = x->record;

    if (r == NULL || (!r->refused && !r->unmannerly))
        return false;
    if (r->unmannerly)
        manners_answer(manners_offended(r->kind, x->request.user_agent), &x->answer);
    else
        refuse(m, r, &x->answer);
    return true;
}

static void
serve(struct market *m, struct exchange *x)
{
    const struct fault *f = x->fault;
    struct record *r = x->record;

    if (is_turned_away(m, x))
        return;
    if (f == NULL || !f->kind->instead)
        ((const struct route *)x->route)->serve(m, &x->request, &x->answer);
    if (r != NULL && m->compress)
        r->compressed = pack_answer(&x->answer, x->request.accept_encoding);
    if (f != NULL)
        fault_spoil(f, &x->answer);
}

static void
delay(struct market *m, struct exchange *x)
{
    const struct fault *f = x->fault;
    struct record *r = x->record;
    double more = f != NULL ? fault_delay_s(f) : 0;

    if (isinf(more)) {
        x->due_us = SERVER_NEVER;
        return;
    }
    x->due_us = x->arrival_us;
    if (r == NULL || (!r->refused && !r->unmannerly))
        x->due_us += service_us(m, x->route, r) + (int64_t)(more * 1e6);
    if (r != NULL)
        r->planned_us = x->due_us - x->arrival_us;
}

/* What the judge cannot see. */
static void
examine(const struct market *m, struct exchange *x, struct record *r)
{
    unsigned bit = 1u << r->group;

    r->connected = (x->seen & bit) == 0;
    x->seen |= bit;
    r->unmannerly =
        m->manners && manners_offended(r->kind, x->request.user_agent) != NULL;
    r->refused = is_refused(m, r);
}

static void
on_arrive(void *self, struct exchange *x)
{
    struct market *m = self;
    const struct route *route = route_find(x->request.method, x->request.path);
    char tickers[REQUEST_TARGET];
    struct record *r;

    x->route = route;
    if (route == NULL || route->group == GROUP_NONE)
        return;
    route_tickers(route, &x->request, tickers, sizeof tickers);
    r = judge_arrive(m->judge, route->group, route->kind, x->request.target, tickers,
                     x->arrival_us);
    x->record = r;
    if (r != NULL)
        examine(m, x, r);
    x->fault = faults_draw(&m->faults, x->request.path, x->arrival_us);
    if (r != NULL && x->fault != NULL)
        r->fault = ((const struct fault *)x->fault)->kind->name;
    delay(m, x);
    if (route->early)
        serve(m, x);
}

static void
on_render(void *self, struct exchange *x)
{
    const struct route *route = x->route;

    if (route == NULL)
        answer_text(&x->answer, 404, "text/plain", "no such path\n");
    else if (!route->early)
        serve(self, x);
}

static void
on_over(void *self, struct exchange *x, bool answered)
{
    struct market *m = self;
    struct record *r = x->record;

    if (r != NULL)
        judge_end(m->judge, &r, clock_boot_us(m->clock), x->answer.status, answered);
    x->record = NULL;
}

struct service
desk_service(struct market *m)
{
    return (struct service){
        .self = m, .arrive = on_arrive, .render = on_render, .over = on_over};
}

#include "tally.h"

#include "base/err.h"
#include "base/str.h"

enum { SECOND_US = 1000000, LIMIT_MOST = 1000000 };

/* ---- phases --------------------------------------------------------------------- */

static int
parse_phase(const char *text, size_t n, struct phase *out)
{
    char copy[48], *times;
    int64_t limit, requests = 0;

    if (!str_copyn(copy, sizeof copy, text, n))
        return ERR_SYNTAX;
    if ((times = strchr(copy, 'x')) != NULL) {
        *times = '\0';
        if (str_i64(times + 1, &requests) != 0 || requests < 1)
            return ERR_SYNTAX;
    }
    if (str_i64(copy, &limit) != 0 || limit < 1 || limit > LIMIT_MOST)
        return ERR_SYNTAX;
    *out = (struct phase){.limit = (int)limit, .requests = (uint64_t)requests};
    return 0;
}

int
phases_parse(const char *text, struct phases *out)
{
    struct phases made = {.n = 0};
    const char *piece;
    size_t n;

    while ((piece = str_piece(&text, ",", &n)) != NULL)
        if (made.n == TALLY_PHASES || parse_phase(piece, n, &made.list[made.n++]) != 0)
            return ERR_SYNTAX;
    *out = made;
    return 0;
}

static struct phase *
current(struct tally *t)
{
    return t->phases.n > 0 ? &t->phases.list[t->phases.at] : NULL;
}

/* A round trip is done; the next phase may begin. */
static void
advance(struct tally *t, bool refused, int64_t now_us)
{
    struct phase *p = current(t);

    if (p == NULL)
        return;
    p->accepted += !refused;
    p->refused += refused;
    if (p->requests == 0 || p->accepted != p->requests || refused)
        return;
    p->end_us = now_us;
    t->phases.at += t->phases.at + 1 < t->phases.n;
}

static void
write_phases(const struct phases *p, struct jsonw *w)
{
    jw_array(w, "phases");
    for (size_t i = 0; i < p->n; i++) {
        jw_object(w, NULL);
        jw_int(w, "limit", p->list[i].limit);
        jw_int(w, "requests", (int64_t)p->list[i].requests);
        jw_int(w, "accepted", (int64_t)p->list[i].accepted);
        jw_int(w, "refused", (int64_t)p->list[i].refused);
        jw_int(w, "begin_us", p->list[i].begin_us);
        jw_int(w, "end_us", p->list[i].end_us);
        jw_end(w);
    }
    jw_end(w);
}

/* ---- counting ------------------------------------------------------------------- */

/* Arrivals in the second that ends now; saturates at TALLY_RATE_MAX. */
static int
count_rate(struct tally *t, int64_t now_us)
{
    while (t->recent_n > 0 && t->recent[t->recent_first] <= now_us - SECOND_US) {
        t->recent_first = (t->recent_first + 1) % TALLY_RATE_MAX;
        t->recent_n--;
    }
    if (t->recent_n < TALLY_RATE_MAX)
        t->recent[(t->recent_first + t->recent_n++) % TALLY_RATE_MAX] = now_us;
    if ((int)t->recent_n > t->highest_rate)
        t->highest_rate = (int)t->recent_n;
    return (int)t->recent_n;
}

void
tally_arrive(struct tally *t, int64_t now_us, struct arrival *out)
{
    struct phase *p = current(t);
    int rate = count_rate(t, now_us);

    t->requests++;
    if (t->first_us == 0)
        t->first_us = now_us;
    if (p != NULL && p->begin_us == 0)
        p->begin_us = now_us;
    out->in_flight = ++t->in_flight;
    out->limit = p != NULL ? p->limit : t->limit;
    if (t->in_flight > t->most_in_flight)
        t->most_in_flight = t->in_flight;
    out->violation = out->limit > 0 && t->in_flight > out->limit;
    out->too_fast = t->rate_limit > 0 && rate > t->rate_limit;
    t->violations += out->violation;
    t->too_fast += out->too_fast;
}

void
tally_end(struct tally *t, const struct ending *e)
{
    t->in_flight--;
    t->service_us += e->end_us - e->arrival_us;
    t->last_us = e->end_us;
    t->closed += !e->answered && !e->faulty;
    t->errors += e->failed;
    t->refused += e->refused;
    t->accepted += !e->refused;
    t->connections += e->connected;
    t->compressed += e->compressed;
    t->unmannerly += e->unmannerly;
    advance(t, e->refused, e->end_us);
}

void
tally_reset(struct tally *t)
{
    const struct tally old = *t;

    memset(t, 0, sizeof *t);
    t->limit = old.limit;
    t->rate_limit = old.rate_limit;
    t->phases = old.phases;
    t->in_flight = t->most_in_flight = old.in_flight;
}

void
tally_write(const struct tally *t, const char *name, struct jsonw *w)
{
    const struct {
        const char *key;
        uint64_t value;
    } counts[] = {
        {"requests", t->requests},     {"accepted", t->accepted},
        {"refused", t->refused},       {"violations", t->violations},
        {"too_fast", t->too_fast},     {"unmannerly", t->unmannerly},
        {"errors", t->errors},         {"closed", t->closed},
        {"duplicates", t->duplicates}, {"repeats", t->repeats},
        {"tickers", t->tickers},       {"connections", t->connections},
        {"compressed", t->compressed},
    };

    jw_object(w, name);
    for (size_t i = 0; i < STR_LEN(counts); i++)
        jw_int(w, counts[i].key, (int64_t)counts[i].value);
    jw_int(w, "in_flight", t->in_flight);
    jw_int(w, "most_in_flight", t->most_in_flight);
    jw_int(w, "limit", t->phases.n > 0 ? t->phases.list[t->phases.at].limit : t->limit);
    jw_int(w, "rate_limit", t->rate_limit);
    jw_int(w, "highest_rate_per_s", t->highest_rate);
    jw_num(w, "service_s", (double)t->service_us / 1e6);
    jw_int(w, "first_arrival_us", t->first_us);
    jw_int(w, "last_end_us", t->last_us);
    if (t->phases.n > 0)
        write_phases(&t->phases, w);
    jw_end(w);
}

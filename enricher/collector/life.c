#include "enricher/collector/life.h"

#include "base/str.h"

enum { MINUTE_S = 60, HOUR_S = 3600 };

#define IN(session) (1u << (session))
#define TRADING     (IN(SESSION_PRE) | IN(SESSION_REGULAR) | IN(SESSION_AFTER))

enum rule {
    BY_AGE,    /* settings: shares_s */
    BY_CLOSE,  /* of a trading day: changes once, after the close */
    BY_SESSION /* a quote */
};

/* A previous close holds all day, but before the open documents disagree whose close
 * it is: there it lives as long as the price beside it. */
static const struct row {
    enum rule rule;
    unsigned moves; /* sessions in which it changes by the minute */
    int64_t none_s; /* how long "there is none" holds */
} rows[FACT_COUNT] = {
    [FACT_FLOAT_SHARES] = {BY_AGE, 0, HOUR_S},
    [FACT_SHARES_OUTSTANDING] = {BY_AGE, 0, HOUR_S},
    [FACT_SHORT_FLOAT] = {BY_AGE, 0, HOUR_S},
    [FACT_AVG_VOLUME] = {BY_CLOSE, 0, HOUR_S},
    [FACT_DAY_VOLUME] = {BY_SESSION, IN(SESSION_REGULAR), MINUTE_S},
    [FACT_LAST_PRICE] = {BY_SESSION, TRADING, MINUTE_S},
    [FACT_PREV_CLOSE] = {BY_SESSION, IN(SESSION_PRE), HOUR_S},
    [FACT_FILING_TEXT] = {BY_AGE, 0, MINUTE_S},
    [FACT_SESSION_VWAP] = {BY_SESSION, IN(SESSION_REGULAR), MINUTE_S},
};

/* Reasons that say more than the fact does.  None holds beyond its session: what has
 * no price before the open may have one a second later. */
static const struct {
    const char *why;
    int64_t none_s;
} reasons[] = {
    {WHY_UNKNOWN, HOUR_S},
    {WHY_SESSION, INT32_MAX},
    {WHY_NO_BARS, MINUTE_S},
};

static int64_t
least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static void
look_up(struct life *l, int64_t at_ms)
{
    calendar_session_span(at_ms, &l->from_ms, &l->until_ms);
    l->session = calendar_session(at_ms);
    l->day_ms = least(calendar_next_start(at_ms, SESSION_PRE),
                      calendar_next_start(at_ms, SESSION_REGULAR));
    l->close_ms = calendar_next_start(at_ms, SESSION_AFTER);
    l->closes_on_ms = l->close_ms;
    for (int i = 0; i < LIFE_CLOSES; i++)
        l->closes_on_ms = calendar_next_start(l->closes_on_ms, SESSION_AFTER);
}

static struct span
span_of_none(const struct life *l, const struct row *row, const char *why,
             int64_t got_ms)
{
    int64_t none_s = row->none_s, end_ms;

    for (size_t i = 0; i < STR_LEN(reasons); i++)
        if (str_eq(reasons[i].why, why))
            none_s = reasons[i].none_s;
    end_ms = least(got_ms + none_s * 1000, l->until_ms);
    return (struct span){end_ms, end_ms};
}

struct span
life_span(struct life *l, enum fact_id id, const char *why, int64_t got_ms)
{
    const struct row *row = &rows[id];

    if (got_ms < l->from_ms || got_ms >= l->until_ms)
        look_up(l, got_ms);
    if (why != NULL)
        return span_of_none(l, row, why, got_ms);
    if (row->rule == BY_AGE)
        return (struct span){got_ms + l->shares_s * 1000,
                             got_ms + LIFE_SHARES_STALE_S * INT64_C(1000)};
    if (row->rule == BY_CLOSE)
        return (struct span){l->close_ms, l->closes_on_ms};
    if (row->moves & IN(l->session))
        return (struct span){least(got_ms + l->quote_s * 1000, l->until_ms), l->day_ms};
    return (struct span){l->day_ms, l->day_ms};
}

#include "enricher/sources/chart.h"

#include "base/json.h"
#include "base/str.h"
#include "enricher/sources/yahoo.h"

#include <math.h>

/* Later than any date that makes sense, and safe to turn into milliseconds. */
#define SECONDS_MOST INT64_C(100000000000)

/* Sessions that are looked at, the last ones; no answer has more than two years. */
enum { PERIODS_MAX = 1024 };

struct period {
    int64_t start, end; /* seconds; end exclusive */
};

/* ---- the session --------------------------------------------------------------- */

static struct period
period_of(const struct json *j)
{
    return (struct period){json_i64(json_member(j, "start"), 0),
                           json_i64(json_member(j, "end"), 0)};
}

static bool
has_bar(const struct json *times, struct period p)
{
    for (size_t i = json_len(times); i > 0; i--) {
        int64_t t = json_i64(json_at(times, i - 1), 0);

        if (p.start <= t && t < p.end)
            return true;
    }
    return false;
}

/* [[{start, end}], ...], or {"regular": the same} when pre and post were asked for. */
static const struct json *
period_list(const struct json *meta)
{
    const struct json *list = json_member(meta, "tradingPeriods");

    return json_is_object(list) ? json_member(list, "regular") : list;
}

static struct period
session_of(const struct json *meta, const struct json *times)
{
    const struct json *list = period_list(meta);
    size_t left = PERIODS_MAX;
    struct period p;

    for (size_t day = json_len(list); day > 0; day--) {
        const struct json *parts = json_at(list, day - 1);

        for (size_t i = json_len(parts); i > 0 && left > 0; i--, left--) {
            p = period_of(json_at(parts, i - 1));
            if (has_bar(times, p))
                return p;
        }
    }
    p = period_of(json_get(meta, "currentTradingPeriod.regular"));
    return has_bar(times, p) ? p : (struct period){0, 0};
}

/* "1m" to "90m" and "1h"; not "1mo". */
bool
chart_is_intraday(const char *granularity)
{
    size_t digits = strspn(granularity, "0123456789");

    return digits > 0 &&
           (str_eq(granularity + digits, "m") || str_eq(granularity + digits, "h"));
}

/* ---- the bars ------------------------------------------------------------------ */

static void
add_bar(struct chart *c, int64_t t, const struct json *quote, size_t i)
{
    struct bar *b = &c->bars[c->n];

    if (c->n > 0 && t * 1000 <= b[-1].start_ms)
        return; /* said twice, or out of order */
    *b = (struct bar){
        .start_ms = t * 1000,
        .open = json_f64(json_at(json_member(quote, "open"), i), NAN),
        .high = json_f64(json_at(json_member(quote, "high"), i), NAN),
        .low = json_f64(json_at(json_member(quote, "low"), i), NAN),
        .close = json_f64(json_at(json_member(quote, "close"), i), NAN),
        .volume = json_f64(json_at(json_member(quote, "volume"), i), 0),
    };
    c->n++;
}

static int
read_bars(struct chart *c, const struct json *result, const struct json *meta,
          struct why *why)
{
    const struct json *times = json_member(result, "timestamp");
    const struct json *quote = json_get(result, "indicators.quote.0");
    size_t n = json_len(times);
    struct period p;

    if (n == 0 ||
        !chart_is_intraday(json_text(json_member(meta, "dataGranularity"), "")))
        return 0;
    if (n > CHART_BARS_MAX)
        return why_set(why, ERR_TOO_BIG, "%zu bars, at most %d are read", n,
                       CHART_BARS_MAX);
    p = session_of(meta, times);
    if (p.start < 0 || p.end <= p.start || p.end > SECONDS_MOST)
        return 0;
    if ((c->bars = calloc(n, sizeof *c->bars)) == NULL)
        return ERR_NOMEM;
    c->open_ms = p.start * 1000;
    c->close_ms = p.end * 1000;
    for (size_t i = 0; i < n; i++) {
        int64_t t = json_i64(json_at(times, i), 0);

        if (p.start <= t && t < p.end)
            add_bar(c, t, quote, i);
    }
    return 0;
}

double
chart_last_close(const struct chart *c)
{
    for (size_t i = c->n; i > 0; i--)
        if (isfinite(c->bars[i - 1].close))
            return c->bars[i - 1].close;
    return NAN;
}

/* ---- the document -------------------------------------------------------------- */

/* previousClose is there for one day of minutes only; chartPreviousClose is the same
 * then, but for any longer range it is the close before the whole range. */
static double
prev_close_of(const struct json *meta)
{
    double close = json_f64(json_member(meta, "previousClose"), NAN);

    if (isfinite(close))
        return close;
    if (str_eq(json_text(json_member(meta, "range"), ""), "1d"))
        return json_f64(json_member(meta, "chartPreviousClose"), NAN);
    return NAN;
}

static void
read_meta(struct chart *c, const struct json *meta)
{
    str_copy(c->symbol, sizeof c->symbol, json_text(json_member(meta, "symbol"), ""));
    c->price = json_f64(json_member(meta, "regularMarketPrice"), NAN);
    c->volume = json_f64(json_member(meta, "regularMarketVolume"), NAN);
    c->prev_close = prev_close_of(meta);
    c->price_ms = yahoo_time_ms(json_member(meta, "regularMarketTime"));
}

static int
read_root(const struct json *root, struct chart *out, struct why *why)
{
    const struct json *result = json_get(root, "chart.result");
    const struct json *first = json_get(result, "0");
    const struct json *meta = json_member(first, "meta");
    struct yahoo_error error;
    int rc = yahoo_error_read(root, "chart", &error, why);

    if (rc != 0)
        return rc;
    if (json_is_array(result) && json_len(result) == 0)
        return why_set(why, ERR_EMPTY, "no result");
    if (!json_is_object(meta))
        return why_set(why, ERR_CHANGED, "no chart.result.0.meta");
    read_meta(out, meta);
    return read_bars(out, first, meta, why);
}

int
chart_read(const char *body, size_t n, struct chart *out, struct why *why)
{
    struct json *root = json_parse(body, n, why);
    int rc = root == NULL ? ERR_SYNTAX : 0;

    *out = (struct chart){.price = NAN, .volume = NAN, .prev_close = NAN};
    if (rc == 0)
        rc = read_root(root, out, why);
    json_free(&root);
    return rc;
}

void
chart_free(struct chart *c)
{
    free(c->bars);
    c->bars = NULL;
    c->n = 0;
}

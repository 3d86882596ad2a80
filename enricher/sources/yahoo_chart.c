/* The chart endpoint: one ticker's minutes of today, its volume and its price. */
#include "base/str.h"
#include "enricher/sources/chart.h"
#include "enricher/sources/refusal.h"
#include "enricher/sources/sources.h"
#include "enricher/sources/spelling.h"
#include "enricher/sources/today.h"

#include <math.h>

/* Outside the session its price is the last close, whatever is paid now. */
#define PRICES (FACT(FACT_LAST_PRICE) | FACT(FACT_PREV_CLOSE))
#define GIVES  (PRICES | FACT(FACT_SESSION_VWAP) | FACT(FACT_DAY_VOLUME))

static int
yahoo_chart_url(const char *base_url, const char *const *tickers, size_t n,
                const char *crumb, char *out, size_t size)
{
    size_t len;

    (void)crumb;
    if (!str_fmt(out, size, "%s/v8/finance/chart/", base_url) ||
        spelling_list(tickers, n < 1 ? n : 1, out, size) != 0)
        return ERR_TOO_BIG;
    len = strlen(out);
    if (!str_fmt(out + len, size - len, "?interval=1m&range=1d&includePrePost=false"))
        return ERR_TOO_BIG;
    return 0;
}

/* Volume has no meaning without its day: before the open the document still has
 * yesterday's. */
static void
add_volume(const struct chart *c, const char *ticker, int64_t now_ms, struct facts *out)
{
    int64_t at_ms = c->price_ms != 0 ? c->price_ms : c->open_ms;

    if (!today_has(at_ms, now_ms))
        facts_none(out, ticker, FACT_DAY_VOLUME, WHY_SESSION);
    else if (!isfinite(c->volume))
        facts_none(out, ticker, FACT_DAY_VOLUME, "no figure");
    else
        facts_add(out, ticker, FACT_DAY_VOLUME, c->volume, at_ms);
}

static void
add_vwap(const struct chart *c, const char *ticker, int64_t now_ms, struct facts *out)
{
    struct vwap v;

    if (!today_has(c->open_ms, now_ms))
        facts_none(out, ticker, FACT_SESSION_VWAP, WHY_SESSION);
    else if (vwap_of_bars(c->bars, c->n, &v) != 0)
        facts_none(out, ticker, FACT_SESSION_VWAP, WHY_NO_BARS);
    else
        facts_add(out, ticker, FACT_SESSION_VWAP, v.vwap, c->bars[c->n - 1].start_ms);
}

static void
add_prices(const struct chart *c, const char *ticker, struct facts *out)
{
    double last = isfinite(c->price) ? c->price : chart_last_close(c);

    if (isfinite(last))
        facts_add(out, ticker, FACT_LAST_PRICE, last, c->price_ms);
    else
        facts_none(out, ticker, FACT_LAST_PRICE, "no figure");
    if (isfinite(c->prev_close))
        facts_add(out, ticker, FACT_PREV_CLOSE, c->prev_close, c->price_ms);
    else
        facts_none(out, ticker, FACT_PREV_CLOSE, "no figure");
}

static int
add_facts(const struct document *d, const struct chart *c, const char *ticker,
          struct facts *out, struct why *why)
{
    if (c->symbol[0] != '\0' && !spelling_same(c->symbol, ticker))
        return why_set(why, ERR_CHANGED, "asked for %s, got %s", ticker, c->symbol);
    add_vwap(c, ticker, d->now_ms, out);
    add_volume(c, ticker, d->now_ms, out);
    add_prices(c, ticker, out);
    return 0;
}

static int
yahoo_chart_parse(const struct document *d, const char *const *tickers, size_t n,
                  struct facts *out, struct why *why)
{
    struct why local = {""};
    struct chart c;
    int rc = refusal_of_status(d, why);

    out->n = 0;
    if (rc != 0)
        return rc;
    if (n != 1)
        return why_set(why, ERR_UNSUPPORTED, "one ticker a chart, %zu asked", n);
    rc = chart_read(d->body, d->len, &c, &local);
    if (rc == 0) {
        rc = add_facts(d, &c, tickers[0], out, why);
    } else if (rc == ERR_EMPTY) {
        facts_none_all(out, tickers[0], GIVES, local.text);
        rc = 0;
    } else if (rc == ERR_SYNTAX) {
        rc = refusal_of_page(d, &local, why);
    } else {
        why_set(why, rc, "HTTP %d: %s", d->status, local.text);
    }
    chart_free(&c);
    return rc;
}

const struct source source_yahoo_chart = {
    .name = "yahoo-chart",
    .group = "yahoo",
    .base_url = "https://query1.finance.yahoo.com",
    .gives = GIVES,
    .spare_off = PRICES,
    .batch_max = 1,
    .max_bytes = 1 << 20,
    .accept = "application/json,text/plain,*/*",
    .url = yahoo_chart_url,
    .parse = yahoo_chart_parse,
};

/* The v7 quote endpoint: price, volume and shares of 99 tickers in one request. */
#include "base/str.h"
#include "enricher/sources/quote_list.h"
#include "enricher/sources/refusal.h"
#include "enricher/sources/sources.h"
#include "enricher/sources/spelling.h"
#include "enricher/sources/today.h"

#include <math.h>

#define GIVES_OFF                                                                      \
    (FACT(FACT_LAST_PRICE) | FACT(FACT_PREV_CLOSE) | FACT(FACT_AVG_VOLUME) |           \
     FACT(FACT_SHARES_OUTSTANDING))
#define GIVES (GIVES_OFF | FACT(FACT_DAY_VOLUME))

static int
yahoo_quote_url(const char *base_url, const char *const *tickers, size_t n,
                const char *crumb, char *out, size_t size)
{
    if (!str_fmt(out, size, "%s/v7/finance/quote?symbols=", base_url) ||
        spelling_list(tickers, n, out, size) != 0)
        return ERR_TOO_BIG;
    return yahoo_add_crumb(crumb, out, size);
}

/* ---- facts --------------------------------------------------------------------- */

static void
add_figure(struct facts *out, const char *ticker, enum fact_id id, double value,
           int64_t as_of_ms)
{
    if (isfinite(value))
        facts_add(out, ticker, id, value, as_of_ms);
    else
        facts_none(out, ticker, id, "no figure");
}

/* Price and the close it is compared with belong together: before the open the regular
 * price is the close of the day before, and the document's previous close that of the
 * day before that. */
static void
add_prices(const struct quote *q, const char *ticker, struct facts *out)
{
    double last = q->price, close = q->prev_close;
    int64_t at_ms = q->at_ms;

    if (str_eq(q->state, "PRE") && isfinite(q->pre_price)) {
        last = q->pre_price;
        close = q->price;
        at_ms = q->pre_ms;
    } else if (!str_eq(q->state, "REGULAR") && isfinite(q->post_price)) {
        last = q->post_price;
        at_ms = q->post_ms;
    }
    add_figure(out, ticker, FACT_LAST_PRICE, last, at_ms);
    add_figure(out, ticker, FACT_PREV_CLOSE, close, at_ms);
}

static void
add_quote(const struct quote *q, const char *ticker, int64_t now_ms, struct facts *out)
{
    if (today_has(q->at_ms, now_ms))
        add_figure(out, ticker, FACT_DAY_VOLUME, q->volume, q->at_ms);
    else
        facts_none(out, ticker, FACT_DAY_VOLUME, WHY_SESSION);
    add_prices(q, ticker, out);
    add_figure(out, ticker, FACT_AVG_VOLUME, q->avg_volume_3m, 0);
    add_figure(out, ticker, FACT_SHARES_OUTSTANDING, q->shares_outstanding, 0);
}

/* What Yahoo once knew is still listed, with the type NONE and no figure at all. */
static void
add_ticker(const struct quote_list *l, const char *ticker, int64_t now_ms,
           struct facts *out)
{
    const struct quote *q = quote_list_find(l, ticker);

    if (q == NULL || str_eq(q->type, "NONE"))
        facts_none_all(out, ticker, GIVES, WHY_UNKNOWN);
    else
        add_quote(q, ticker, now_ms, out);
}

static int
yahoo_quote_parse(const struct document *d, const char *const *tickers, size_t n,
                  struct facts *out, struct why *why)
{
    struct why local = {""};
    struct quote_list l;
    int rc = refusal_of_status(d, why);

    out->n = 0;
    if (rc != 0)
        return rc;
    rc = quote_list_read(d->body, d->len, &l, &local);
    if (rc == ERR_SYNTAX)
        return refusal_of_page(d, &local, why);
    if (rc != 0 && rc != ERR_EMPTY)
        return why_set(why, rc, "HTTP %d: %s", d->status, local.text);
    for (size_t i = 0; i < n; i++) {
        if (rc == ERR_EMPTY)
            facts_none_all(out, tickers[i], GIVES, local.text);
        else
            add_ticker(&l, tickers[i], d->now_ms, out);
    }
    return 0;
}

const struct source source_yahoo_quote = {
    .name = "yahoo-quote",
    .group = "yahoo",
    .base_url = "https://query1.finance.yahoo.com",
    .gives = GIVES,
    .gives_off = GIVES_OFF,
    .batch_max = 99,
    .max_bytes = 2 << 20,
    .needs_crumb = true,
    .accept = "application/json,text/plain,*/*",
    .url = yahoo_quote_url,
    .parse = yahoo_quote_parse,
};

/* Tiingo's IEX endpoint: last price and previous close of many tickers in one request.
 *
 * Asked with a key ("Authorization: Token KEY"), and only where nobody else has the
 * price.  `last` is the last trade at IEX and null for most small listings before noon;
 * `tngoLast` is Tiingo's own, from quotes of all venues, and always there.  `volume` is
 * what IEX traded, about 2 % of the day: not read. */
#include "base/json.h"
#include "base/str.h"
#include "base/text.h"
#include "enricher/sources/refusal.h"
#include "enricher/sources/sources.h"
#include "enricher/sources/spelling.h"

#include <math.h>

#define SAYS (FACT(FACT_LAST_PRICE) | FACT(FACT_PREV_CLOSE))

static int
tiingo_iex_url(const char *base_url, const char *const *tickers, size_t n,
               const char *crumb, char *out, size_t size)
{
    (void)crumb; /* the key goes in a header */
    if (!str_fmt(out, size, "%s/iex/?tickers=", base_url))
        return ERR_TOO_BIG;
    return spelling_list(tickers, n, out, size);
}

/* ---- facts --------------------------------------------------------------------- */

static double
figure(const struct json *quote, const char *key)
{
    const struct json *j = json_member(quote, key);

    return json_is_number(j) ? json_f64(j, NAN) : NAN;
}

static void
add_figure(struct facts *out, const char *ticker, enum fact_id id, double value,
           int64_t as_of_ms)
{
    if (isfinite(value))
        facts_add(out, ticker, id, value, as_of_ms);
    else
        facts_none(out, ticker, id, "no figure");
}

static const struct json *
quote_of(const struct json *root, const char *ticker)
{
    for (size_t i = 0; i < json_len(root); i++) {
        const struct json *quote = json_at(root, i);

        if (spelling_same(json_text(json_member(quote, "ticker"), ""), ticker))
            return quote;
    }
    return NULL;
}

static void
add_quote(const struct json *quote, const char *ticker, struct facts *out)
{
    double last = figure(quote, "tngoLast");
    int64_t at_ms = 0;

    if (!isfinite(last))
        last = figure(quote, "last");
    (void)text_time(json_text(json_member(quote, "timestamp"), ""), &at_ms);
    add_figure(out, ticker, FACT_LAST_PRICE, last, at_ms);
    add_figure(out, ticker, FACT_PREV_CLOSE, figure(quote, "prevClose"), at_ms);
}

/* ---- the document -------------------------------------------------------------- */

/* An error is an object with a sentence in `detail`. */
static int
check(const struct json *root, const struct document *d, struct why *why)
{
    const struct json *first = json_at(root, 0);

    if (json_is_array(root) && (json_len(root) == 0 || json_member(first, "ticker")))
        return 0;
    return why_set(why, ERR_CHANGED, "HTTP %d: %s", d->status,
                   json_text(json_member(root, "detail"), "no list of quotes"));
}

static int
tiingo_iex_parse(const struct document *d, const char *const *tickers, size_t n,
                 struct facts *out, struct why *why)
{
    struct why syntax = {""};
    struct json *root = NULL;
    int rc = refusal_of_status(d, why);

    out->n = 0;
    if (rc == ERR_DENIED) /* a key cannot be renewed: the group waits */
        return why_set(why, ERR_BLOCKED, "HTTP %d: the key is refused", d->status);
    if (rc != 0)
        return rc;
    /* Nothing at all, with 200: none of them is known there. */
    if (d->len > 0 && d->status != 404) {
        if ((root = json_parse(d->body, d->len, &syntax)) == NULL)
            return refusal_of_page(d, &syntax, why);
        rc = check(root, d, why);
    }
    for (size_t i = 0; i < n && rc == 0; i++) {
        const struct json *quote = quote_of(root, tickers[i]);

        if (quote != NULL)
            add_quote(quote, tickers[i], out);
        else
            facts_none_all(out, tickers[i], SAYS, WHY_UNKNOWN);
    }
    json_free(&root);
    return rc;
}

const struct source source_tiingo_iex = {
    .name = "tiingo-iex",
    .group = "tiingo",
    .base_url = "https://api.tiingo.com",
    .spare = SAYS,
    .spare_off = SAYS,
    .batch_max = 64,
    .max_bytes = 1 << 20,
    .accept = "application/json",
    .auth = "Token",
    .url = tiingo_iex_url,
    .parse = tiingo_iex_parse,
};

/* The quoteSummary endpoint: one ticker's float, where Finviz has none. */
#include "base/str.h"
#include "enricher/sources/refusal.h"
#include "enricher/sources/sources.h"
#include "enricher/sources/spelling.h"
#include "enricher/sources/summary.h"

#include <math.h>

#define GIVES (FACT(FACT_FLOAT_SHARES) | FACT(FACT_SHARES_OUTSTANDING))

static int
yahoo_summary_url(const char *base_url, const char *const *tickers, size_t n,
                  const char *crumb, char *out, size_t size)
{
    size_t len;

    if (!str_fmt(out, size, "%s/v10/finance/quoteSummary/", base_url) ||
        spelling_list(tickers, n < 1 ? n : 1, out, size) != 0)
        return ERR_TOO_BIG;
    len = strlen(out);
    if (!str_fmt(out + len, size - len,
                 "?modules=defaultKeyStatistics&formatted=false"))
        return ERR_TOO_BIG;
    return yahoo_add_crumb(crumb, out, size);
}

static void
add_facts(const struct summary *s, const char *ticker, struct facts *out)
{
    if (summary_float_is_odd(s))
        facts_none(out, ticker, FACT_FLOAT_SHARES, "more than the shares outstanding");
    else if (isfinite(s->float_shares))
        facts_add(out, ticker, FACT_FLOAT_SHARES, s->float_shares, 0);
    else
        facts_none(out, ticker, FACT_FLOAT_SHARES, "no figure");
    if (isfinite(s->shares_outstanding))
        facts_add(out, ticker, FACT_SHARES_OUTSTANDING, s->shares_outstanding, 0);
    else
        facts_none(out, ticker, FACT_SHARES_OUTSTANDING, "no figure");
}

static int
yahoo_summary_parse(const struct document *d, const char *const *tickers, size_t n,
                    struct facts *out, struct why *why)
{
    struct why local = {""};
    struct summary s;
    int rc = refusal_of_status(d, why);

    out->n = 0;
    if (rc != 0)
        return rc;
    if (n != 1)
        return why_set(why, ERR_UNSUPPORTED, "one ticker a summary, %zu asked", n);
    rc = summary_read(d->body, d->len, &s, &local);
    if (rc == ERR_SYNTAX)
        return refusal_of_page(d, &local, why);
    if (rc != 0 && rc != ERR_EMPTY)
        return why_set(why, rc, "HTTP %d: %s", d->status, local.text);
    if (rc == ERR_EMPTY)
        facts_none_all(out, tickers[0], GIVES, local.text);
    else
        add_facts(&s, tickers[0], out);
    return 0;
}

const struct source source_yahoo_summary = {
    .name = "yahoo-summary",
    .group = "yahoo",
    .base_url = "https://query1.finance.yahoo.com",
    .gives = GIVES,
    .gives_off = GIVES,
    .batch_max = 1,
    .max_bytes = 1 << 20,
    .needs_crumb = true,
    .accept = "application/json,text/plain,*/*",
    .url = yahoo_summary_url,
    .parse = yahoo_summary_parse,
};

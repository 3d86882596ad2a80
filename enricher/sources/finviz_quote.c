/* The page of one ticker: its float and the rest of the snapshot. */
#include "base/str.h"
#include "enricher/sources/quote_page.h"
#include "enricher/sources/sources.h"
#include "enricher/sources/spelling.h"

#define GIVES                                                                          \
    (FACT(FACT_FLOAT_SHARES) | FACT(FACT_SHARES_OUTSTANDING) |                         \
     FACT(FACT_SHORT_FLOAT) | FACT(FACT_AVG_VOLUME))
#define SPARE (FACT(FACT_LAST_PRICE) | FACT(FACT_PREV_CLOSE))

/* The day's volume is not among them: the page does not say of which day it is. */
static const struct {
    enum fact_id id;
    enum quote_figure figure;
} rows[] = {
    {FACT_FLOAT_SHARES, QUOTE_FLOAT},      {FACT_SHARES_OUTSTANDING, QUOTE_OUTSTANDING},
    {FACT_SHORT_FLOAT, QUOTE_SHORT_FLOAT}, {FACT_AVG_VOLUME, QUOTE_AVG_VOLUME},
    {FACT_LAST_PRICE, QUOTE_PRICE},        {FACT_PREV_CLOSE, QUOTE_PREV_CLOSE},
};

static int
finviz_quote_url(const char *base_url, const char *const *tickers, size_t n,
                 const char *crumb, char *out, size_t size)
{
    (void)crumb;
    if (!str_fmt(out, size, "%s/quote.ashx?t=", base_url))
        return ERR_TOO_BIG;
    return spelling_list(tickers, n < 1 ? n : 1, out, size);
}

static void
add_figure(const struct quote_page *q, const char *ticker, size_t row,
           struct facts *out)
{
    char why[sizeof out->list[0].why];
    double value;
    int rc = quote_page_figure(q, rows[row].figure, &value);

    if (rc == 0) {
        facts_add(out, ticker, rows[row].id, value, 0);
        return;
    }
    if (rc == ERR_MISSING)
        str_copy(why, sizeof why, "no such label");
    else if (rc == ERR_EMPTY)
        str_copy(why, sizeof why, "no figure");
    else
        str_fmt(why, sizeof why, "not a figure: \"%.40s\"",
                quote_page_text(q, rows[row].figure));
    facts_none(out, ticker, rows[row].id, why);
}

/* A renamed ticker leads to the page of its new name, which may be another share. */
static void
add_page(const struct quote_page *q, const char *ticker, struct facts *out)
{
    char named[16], why[sizeof out->list[0].why];

    quote_page_ticker(q, named);
    if (named[0] != '\0' && !spelling_same(named, ticker)) {
        str_fmt(why, sizeof why, "the page is of %s", named);
        facts_none_all(out, ticker, GIVES | SPARE, why);
        return;
    }
    for (size_t i = 0; i < STR_LEN(rows); i++)
        add_figure(q, ticker, i, out);
}

static int
finviz_quote_parse(const struct document *d, const char *const *tickers, size_t n,
                   struct facts *out, struct why *why)
{
    struct why local = {""};
    struct quote_page q;
    int rc;

    out->n = 0;
    if (n != 1)
        return why_set(why, ERR_UNSUPPORTED, "one ticker a page, %zu asked", n);
    rc = quote_page_read(d, &q, &local);
    if (rc == ERR_NOT_FOUND)
        facts_none_all(out, tickers[0], GIVES | SPARE, local.text);
    else if (rc == 0)
        add_page(&q, tickers[0], out);
    else
        return why_set(why, rc, "%s", local.text);
    return 0;
}

const struct source source_finviz_quote = {
    .name = "finviz-quote",
    .group = "finviz",
    .base_url = "https://finviz.com",
    .gives = GIVES,
    .gives_off = GIVES,
    .spare = SPARE,
    .spare_off = SPARE,
    .batch_max = 1,
    .max_bytes = 2 << 20,
    .accept = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
    .referer = "https://finviz.com/",
    .url = finviz_quote_url,
    .parse = finviz_quote_parse,
};

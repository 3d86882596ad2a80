/* What pages of Finviz say, for catalyst parse. */
#include "base/str.h"
#include "enricher/sources/quote_page.h"
#include "enricher/sources/sources.h"
#include "monitor/cli/parse.h"

enum { TICKERS_MAX = 100, TICKER_SIZE = 16, FIRST = 3 };

/* ---- the quote page ------------------------------------------------------------ */

/* Finviz's labels begin with a capital or a digit, and our own keys never do. */
static void
write_labels(const struct quote_page *q, struct jsonw *w)
{
    for (size_t i = 0; i < q->n; i++)
        if (q->pairs[i].label[0] < 'a' || q->pairs[i].label[0] > 'z')
            jw_str(w, q->pairs[i].label, q->pairs[i].value);
}

static void
write_figures(const struct quote_page *q, struct jsonw *w)
{
    for (int id = 0; id < QUOTE_FIGURES; id++) {
        double value;

        if (quote_page_figure(q, (enum quote_figure)id, &value) == 0)
            jw_num(w, quote_figure_names[id], value);
        else
            jw_null(w, quote_figure_names[id]);
    }
}

int
parse_finviz_quote(const struct document *d, struct jsonw *w, struct why *why)
{
    struct quote_page q;
    int rc = quote_page_read(d, &q, why);

    jw_str(w, "title", q.title);
    jw_int(w, "snapshot_tables", (int64_t)q.tables);
    if (rc != 0)
        return rc;
    jw_int(w, "cells", (int64_t)q.cells);
    jw_array(w, "duplicate_labels");
    for (size_t i = 0; i < q.n_twice; i++)
        jw_str(w, NULL, q.twice[i]);
    jw_end(w);
    write_figures(&q, w);
    write_labels(&q, w);
    return 0;
}

/* ---- the screener -------------------------------------------------------------- */

static void
write_row(const struct facts *f, const char *ticker, struct jsonw *w)
{
    jw_object(w, NULL);
    jw_str(w, "ticker", ticker);
    for (size_t i = 0; i < f->n; i++) {
        const struct fact *fact = &f->list[i];

        if (!str_eq(fact->ticker, ticker))
            continue;
        if (fact->status == FACT_OK)
            jw_num(w, fact_rows[fact->id].name, fact->value);
        else
            jw_null(w, fact_rows[fact->id].name);
    }
    jw_end(w);
}

static void
write_rows(const struct facts *f, const char *const *tickers, size_t n, struct jsonw *w)
{
    jw_int(w, "tickers", (int64_t)n);
    jw_array(w, "first");
    for (size_t i = 0; i < n && i < FIRST; i++)
        jw_str(w, NULL, tickers[i]);
    jw_end(w);
    jw_array(w, "rows");
    for (size_t i = 0; i < n; i++)
        write_row(f, tickers[i], w);
    jw_end(w);
}

int
parse_finviz_screener(const struct document *d, struct jsonw *w, struct why *why)
{
    char found[TICKERS_MAX][TICKER_SIZE];
    const char *tickers[TICKERS_MAX];
    struct why local = {""};
    struct facts f;
    int n = finviz_screener_list(d->body, d->len, found, TICKERS_MAX);
    bool is_table = n >= 0; /* else a search without a hit, or no document */
    int rc;

    n = is_table ? n : 0;
    for (int i = 0; i < n; i++)
        tickers[i] = found[i];
    rc = source_finviz_screener.parse(d, tickers, (size_t)n, &f, &local);
    if (rc == ERR_CHANGED && is_table)
        rc = 0; /* another view than we ask for: its tickers, no figures */
    if (rc != 0)
        return why_set(why, rc, "%s", local.text);
    write_rows(&f, tickers, (size_t)n, w);
    return 0;
}

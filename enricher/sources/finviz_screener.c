/* The ownership view of the screener: 20 tickers with their float in one request. */
#include "base/str.h"
#include "base/text.h"
#include "enricher/sources/page.h"
#include "enricher/sources/refusal.h"
#include "enricher/sources/sources.h"
#include "enricher/sources/spelling.h"

#define GIVES                                                                          \
    (FACT(FACT_FLOAT_SHARES) | FACT(FACT_SHARES_OUTSTANDING) |                         \
     FACT(FACT_SHORT_FLOAT) | FACT(FACT_AVG_VOLUME))

enum { COLUMN_NAMES = 5, TOTAL_BYTES = 160 };

/* The labels of a column through the years. */
static const struct {
    enum fact_id id;
    const char *names[COLUMN_NAMES];
} columns[] = {
    {FACT_FLOAT_SHARES, {"Float", "Shs Float", "Shares Float"}},
    {FACT_SHARES_OUTSTANDING,
     {"Outstanding", "Shs Outstand", "Shs Outstanding", "Shares Outstanding"}},
    {FACT_SHORT_FLOAT, {"Short Float", "Float Short", "Short Float %"}},
    {FACT_AVG_VOLUME, {"Avg Volume", "Average Volume"}},
    {FACT_LAST_PRICE, {"Price"}},
};

enum { COLUMNS = STR_LEN(columns) };

/* Where the figures stand in the table that was found. */
struct layout {
    const void *table;
    int ticker;
    int at[COLUMNS]; /* -1: no such column */
};

static int
finviz_screener_url(const char *base_url, const char *const *tickers, size_t n,
                    const char *crumb, char *out, size_t size)
{
    (void)crumb;
    if (!str_fmt(out, size, "%s/screener.ashx?v=131&t=", base_url))
        return ERR_TOO_BIG;
    return spelling_list(tickers, n, out, size);
}

/* A header row of any view names the ticker's column and one that we know, if only one
 * that all views have. */
static bool
is_header_of_any(const struct page_row *row, struct layout *l)
{
    static const char *const ticker[] = {"Ticker", NULL};
    static const char *const others[] = {"No.", "Company", "Market Cap", "Volume",
                                         NULL};
    bool known = page_column(row, others) >= 0;

    l->ticker = page_column(row, ticker);
    for (size_t i = 0; i < COLUMNS; i++) {
        l->at[i] = page_column(row, columns[i].names);
        known |= l->at[i] >= 0;
    }
    l->table = row->table;
    return l->ticker >= 0 && known;
}

/* The view that is asked for has the float's column. */
static bool
is_header(const struct page_row *row, struct layout *l)
{
    return is_header_of_any(row, l) && l->at[0] >= 0;
}

static void
add_figure(struct facts *out, const char *ticker, enum fact_id id, const char *text)
{
    char why[sizeof out->list[0].why];
    double value;
    int rc = text_figure(text, &value);

    if (rc == 0) {
        facts_add(out, ticker, id, value, 0);
        return;
    }
    if (rc == ERR_EMPTY)
        str_copy(why, sizeof why, "no figure");
    else
        str_fmt(why, sizeof why, "not a figure: \"%.40s\"", text);
    facts_none(out, ticker, id, why);
}

static void
add_row(struct facts *out, const char *ticker, const struct layout *l,
        const struct page_row *row)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        if (l->at[i] < 0)
            facts_none(out, ticker, columns[i].id, "no such column");
        else if ((size_t)l->at[i] >= row->n)
            facts_none(out, ticker, columns[i].id, "row too short");
        else
            add_figure(out, ticker, columns[i].id, row->cells[l->at[i]]);
    }
}

static void
add_unknown(struct facts *out, const char *ticker)
{
    for (size_t i = 0; i < COLUMNS; i++)
        facts_none(out, ticker, columns[i].id, WHY_UNKNOWN);
}

static bool
is_known(const struct facts *f, const char *ticker)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->list[i].ticker, ticker))
            return true;
    return false;
}

/* Reads all rows; false when there is no table with the right header. */
static bool
read_rows(struct page *p, const char *const *tickers, size_t n, struct facts *out)
{
    struct layout l = {.table = NULL};
    struct page_row row;
    bool found = false;

    while (page_next_row(p, &row)) {
        struct layout other;

        if (is_header(&row, &other)) {
            l = other;
            found = true;
            continue;
        }
        if (!found || row.table != l.table || (size_t)l.ticker >= row.n)
            continue;
        for (size_t i = 0; i < n; i++)
            if (spelling_same(row.cells[l.ticker], tickers[i]) &&
                !is_known(out, tickers[i]))
                add_row(out, tickers[i], &l, &row);
    }
    return found;
}

int
finviz_screener_list(const char *body, size_t n, char tickers[][16], size_t most)
{
    struct page *p = page_open(body, n);
    struct layout l = {.table = NULL}, other;
    struct page_row row;
    size_t found = 0;

    while (p != NULL && found < most && page_next_row(p, &row)) {
        if (is_header_of_any(&row, &other))
            l = other;
        else if (l.table != NULL && row.table == l.table && (size_t)l.ticker < row.n &&
                 row.cells[l.ticker][0] != '\0')
            str_copy(tickers[found++], sizeof tickers[0], row.cells[l.ticker]);
    }
    page_close(&p);
    return l.table == NULL ? -1 : (int)found;
}

/* The number that stands with the word: "Total: 87 #1", "#1 / 20 Total"; -1 if none. */
static long
total_of(const char *text)
{
    const char *at = strstr(text, "Total");

    if (at == NULL)
        return -1;
    if (at[5] == ':')
        return strtol(at + 6, NULL, 10);
    while (at > text && at[-1] == ' ')
        at--;
    while (at > text && at[-1] >= '0' && at[-1] <= '9')
        at--;
    return *at >= '0' && *at <= '9' ? strtol(at, NULL, 10) : -1;
}

/* A search without a hit has no table but says so. */
static bool
says_none(const struct document *d)
{
    const char *at = refusal_find(d->body, d->len, "count-text");
    size_t left = at == NULL ? 0 : d->len - (size_t)(at - d->body);
    const char *end = at == NULL ? NULL : memchr(at, '>', left);
    char text[TOTAL_BYTES];

    if (end == NULL)
        return false;
    left = d->len - (size_t)(end - d->body) - 1;
    text_from_html(end + 1, left < TOTAL_BYTES ? left : TOTAL_BYTES, text, sizeof text);
    return total_of(text) == 0;
}

static int
finviz_screener_parse(const struct document *d, const char *const *tickers, size_t n,
                      struct facts *out, struct why *why)
{
    struct page *p;
    bool found;
    int rc = refusal_of_status(d, why);

    out->n = 0;
    if (rc != 0)
        return rc;
    if ((p = page_open(d->body, d->len)) == NULL)
        return why_set(why, ERR_SYNTAX, "HTTP %d, no page in %zu bytes", d->status,
                       d->len);
    found = read_rows(p, tickers, n, out);
    page_close(&p);
    if (!found && !says_none(d))
        return refusal_of_body(d, why);
    for (size_t i = 0; i < n; i++)
        if (!is_known(out, tickers[i]))
            add_unknown(out, tickers[i]);
    return 0;
}

const struct source source_finviz_screener = {
    .name = "finviz-screener",
    .group = "finviz",
    .base_url = "https://finviz.com",
    .gives = GIVES,
    .gives_off = GIVES,
    .spare = FACT(FACT_LAST_PRICE), /* a quarter of an hour old */
    .spare_off = FACT(FACT_LAST_PRICE),
    .batch_max = 20,
    .max_bytes = 2 << 20,
    .accept = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
    .referer = "https://finviz.com/",
    .url = finviz_screener_url,
    .parse = finviz_screener_parse,
};

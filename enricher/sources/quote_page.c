#include "enricher/sources/quote_page.h"

#include "base/str.h"
#include "base/text.h"
#include "enricher/sources/refusal.h"

enum { LABELS = 4, TICKER_SIZE = 16, TICKER_MOST = 7 };

const char *const quote_figure_names[QUOTE_FIGURES] = {
    [QUOTE_FLOAT] = "float_shares",      [QUOTE_OUTSTANDING] = "shares_outstanding",
    [QUOTE_SHORT_FLOAT] = "short_float", [QUOTE_AVG_VOLUME] = "avg_volume",
    [QUOTE_VOLUME] = "volume",           [QUOTE_PRICE] = "last_price",
    [QUOTE_PREV_CLOSE] = "prev_close",
};

/* The labels of a figure through the years. */
static const char *const labels[QUOTE_FIGURES][LABELS] = {
    [QUOTE_FLOAT] = {"Shs Float", "Float", "Shares Float"},
    [QUOTE_OUTSTANDING] = {"Shs Outstand", "Shs Outstanding", "Shares Outstanding"},
    [QUOTE_SHORT_FLOAT] = {"Short Float", "Short Float / Ratio", "Short Float %"},
    [QUOTE_AVG_VOLUME] = {"Avg Volume", "Average Volume"},
    [QUOTE_VOLUME] = {"Volume"},
    [QUOTE_PRICE] = {"Price"},
    [QUOTE_PREV_CLOSE] = {"Prev Close"},
};

/* ---- the pairs ----------------------------------------------------------------- */

static const char *
find(const struct quote_page *q, const char *label)
{
    for (size_t i = 0; i < q->n; i++)
        if (str_ieq(q->pairs[i].label, label))
            return q->pairs[i].value;
    return NULL;
}

static void
note_twice(struct quote_page *q, const char *label)
{
    for (size_t i = 0; i < q->n_twice; i++)
        if (str_eq(q->twice[i], label))
            return;
    if (q->n_twice < QUOTE_TWICE)
        str_copy(q->twice[q->n_twice++], QUOTE_LABEL, label);
}

/* "EPS next Y" stands for two figures in every layout: the first one is kept. */
static void
add_pair(struct quote_page *q, const char *text, const char *value)
{
    struct quote_pair pair;

    str_copy(pair.label, sizeof pair.label, text);
    str_copy(pair.value, sizeof pair.value, value);
    if (pair.label[0] == '\0')
        return;
    if (find(q, pair.label) != NULL)
        note_twice(q, pair.label);
    else if (q->n < QUOTE_PAIRS)
        q->pairs[q->n++] = pair;
    else
        q->dropped++;
}

static void
read_tables(struct page *p, struct quote_page *q)
{
    const void *table = NULL;
    struct page_row row;

    while (page_next_row(p, &row)) {
        if (!page_has_class(&row, "snapshot-table2"))
            continue;
        q->tables += row.table != table;
        table = row.table;
        q->cells += row.n;
        for (size_t i = 0; i + 1 < row.n; i += 2)
            add_pair(q, row.cells[i], row.cells[i + 1]);
    }
}

/* ---- the figures --------------------------------------------------------------- */

const char *
quote_page_text(const struct quote_page *q, enum quote_figure id)
{
    const char *text = NULL;

    for (size_t i = 0; i < LABELS && labels[id][i] != NULL && text == NULL; i++)
        text = find(q, labels[id][i]);
    return text;
}

int
quote_page_figure(const struct quote_page *q, enum quote_figure id, double *out)
{
    const char *text = quote_page_text(q, id), *second;
    char first[PAGE_TEXT];

    if (text == NULL)
        return ERR_MISSING;
    /* "1.25% / 1.07": the ratio shared the cell in 2023. */
    second = strstr(text, " / ");
    str_copyn(first, sizeof first, text,
              second == NULL ? strlen(text) : (size_t)(second - text));
    return text_figure(first, out);
}

/* "AAPL Apple Inc. Stock Quote", "META - Meta Platforms, Inc. Stock Price and Quote" */
void
quote_page_ticker(const struct quote_page *q, char *out)
{
    size_t n = strspn(q->title, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");

    if (n > TICKER_MOST || q->title[n] != ' ' || strstr(q->title, "Quote") == NULL)
        n = 0;
    str_copyn(out, TICKER_SIZE, q->title, n);
}

/* ---- the outcome --------------------------------------------------------------- */

static bool
has_figure(const struct quote_page *q)
{
    for (int id = 0; id < QUOTE_FIGURES; id++)
        if (quote_page_text(q, (enum quote_figure)id) != NULL)
            return true;
    return false;
}

/* A 404 that is not Finviz's own page says that the address has changed, not that the
 * ticker is unknown. */
static int
judge(const struct document *d, const struct quote_page *q, struct why *why)
{
    int rc;

    if (has_figure(q))
        return 0;
    if (q->tables > 0)
        return why_set(why, ERR_CHANGED, "HTTP %d, no label known in %zu tables",
                       d->status, q->tables);
    rc = refusal_of_body(d, why);
    if (rc == ERR_CHANGED && d->status == 404 &&
        refusal_find(d->body, d->len, "finviz") != NULL)
        return why_set(why, ERR_NOT_FOUND, WHY_UNKNOWN);
    return rc;
}

int
quote_page_read(const struct document *d, struct quote_page *out, struct why *why)
{
    struct page *p = page_open(d->body, d->len);
    int rc = refusal_of_status(d, why);

    *out = (struct quote_page){.n = 0};
    if (p == NULL)
        return rc != 0 ? rc
                       : why_set(why, ERR_SYNTAX, "HTTP %d, no page in %zu bytes",
                                 d->status, d->len);
    page_title(p, out->title);
    read_tables(p, out);
    page_close(&p);
    return rc != 0 ? rc : judge(d, out, why);
}

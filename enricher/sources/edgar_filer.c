#include "enricher/sources/edgar_filer.h"

#include "base/json.h"
#include "base/str.h"

/* The document writes the number as text with leading noughts, or as a number. */
static int64_t
cik_of(const struct json *j)
{
    const char *text = json_text(j, "");

    if (json_is_number(j))
        return json_i64(j, 0);
    return strspn(text, "0123456789") == strlen(text) ? strtoll(text, NULL, 10) : 0;
}

static size_t
texts(const struct json *list, char out[][16])
{
    size_t n = json_len(list);

    if (n > EDGAR_FILER_TICKERS)
        n = EDGAR_FILER_TICKERS;
    for (size_t i = 0; i < n; i++)
        str_utf8_clean(out[i], sizeof out[i], json_text(json_at(list, i), ""));
    return n;
}

/* Filings stand in arrays side by side; one that is short lacks the value. */
static void
column(const struct json *recent, const char *key, size_t i, char *out, size_t size)
{
    str_utf8_clean(out, size, json_text(json_at(json_member(recent, key), i), ""));
}

static void
read_recent(const struct json *recent, struct edgar_filer *out)
{
    out->recent_all = json_len(json_member(recent, "accessionNumber"));
    while (out->n_recent < out->recent_all && out->n_recent < EDGAR_FILER_RECENT) {
        size_t i = out->n_recent++;
        struct edgar_recent *r = &out->recent[i];

        column(recent, "accessionNumber", i, r->accession, sizeof r->accession);
        column(recent, "filingDate", i, r->filed, sizeof r->filed);
        column(recent, "acceptanceDateTime", i, r->accepted, sizeof r->accepted);
        column(recent, "form", i, r->form, sizeof r->form);
        column(recent, "items", i, r->items, sizeof r->items);
        column(recent, "primaryDocument", i, r->document, sizeof r->document);
    }
}

int
edgar_filer_read(const char *body, size_t n, struct edgar_filer *out, struct why *why)
{
    struct json *root = json_parse(body, n, why);
    const struct json *recent = json_get(root, "filings.recent");
    int rc = 0;

    *out = (struct edgar_filer){0};
    if (root == NULL)
        return ERR_SYNTAX;
    out->cik = cik_of(json_member(root, "cik"));
    if (out->cik <= 0 || !json_is_array(json_member(recent, "accessionNumber")))
        rc = why_set(why, ERR_CHANGED, "no filer with a list of filings");
    else {
        str_utf8_clean(out->name, sizeof out->name,
                       json_text(json_member(root, "name"), ""));
        out->n_tickers = texts(json_member(root, "tickers"), out->tickers);
        out->n_exchanges = texts(json_member(root, "exchanges"), out->exchanges);
        read_recent(recent, out);
    }
    json_free(&root);
    return rc;
}

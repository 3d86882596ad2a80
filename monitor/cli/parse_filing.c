/* catalyst parse filing: a document of EDGAR, of a filing or of a filer. */
#include "base/str.h"
#include "enricher/sources/edgar_filer.h"
#include "enricher/sources/edgar_filing.h"
#include "monitor/cli/parse.h"

static void
write_cik(struct jsonw *w, int64_t cik)
{
    char text[24];

    if (cik > 0 && str_fmt(text, sizeof text, "%010lld", (long long)cik))
        jw_str(w, "cik", text);
}

/* ---- a filer ----------------------------------------------------------------------
 */

static void
write_texts(struct jsonw *w, const char *key, const char texts[][16], size_t n)
{
    jw_array(w, key);
    for (size_t i = 0; i < n; i++)
        jw_str(w, NULL, texts[i][0] != '\0' ? texts[i] : NULL);
    jw_end(w);
}

static void
write_recent(struct jsonw *w, const struct edgar_recent *r)
{
    jw_object(w, "first");
    jw_str(w, "accessionNumber", r->accession);
    jw_str(w, "filingDate", r->filed);
    jw_str(w, "acceptanceDateTime", r->accepted);
    jw_str(w, "form", r->form);
    jw_str(w, "items", r->items);
    jw_str(w, "primaryDocument", r->document);
    jw_end(w);
}

static int
filer(const struct document *d, struct jsonw *w, struct why *why)
{
    struct edgar_filer f;
    int rc = edgar_filer_read(d->body, d->len, &f, why);

    if (rc != 0)
        return rc;
    write_cik(w, f.cik);
    jw_str(w, "name", f.name);
    write_texts(w, "tickers", f.tickers, f.n_tickers);
    write_texts(w, "exchanges", f.exchanges, f.n_exchanges);
    jw_int(w, "recent", (int64_t)f.recent_all);
    if (f.n_recent > 0)
        write_recent(w, &f.recent[0]);
    return 0;
}

/* ---- a filing ---------------------------------------------------------------------
 */

static void
write_items(struct jsonw *w, const struct edgar_filing *f)
{
    jw_array(w, "items");
    for (size_t i = 0; i < f->n_items; i++)
        jw_str(w, NULL, f->items[i].name);
    jw_end(w);
    jw_array(w, "item_numbers");
    for (size_t i = 0; i < f->n_items; i++)
        jw_str(w, NULL, f->items[i].number);
    jw_end(w);
}

static void
write_documents(struct jsonw *w, const struct edgar_filing *f)
{
    jw_array(w, "documents");
    for (size_t i = 0; i < f->n_documents; i++)
        jw_str(w, NULL, f->documents[i].type);
    jw_end(w);
    jw_array(w, "files");
    for (size_t i = 0; i < f->n_documents; i++)
        jw_str(w, NULL, f->documents[i].file);
    jw_end(w);
    jw_int(w, "documents_all", (int64_t)f->documents_all);
}

/* What only a header or an index page says. */
static void
write_head(struct jsonw *w, const struct edgar_filing *f)
{
    jw_str(w, "form", f->form);
    jw_str(w, "accession", f->accession);
    jw_str(w, "name", f->name);
    write_cik(w, f->cik);
    if (f->accepted_ms > 0)
        jw_int(w, "accepted_ms", f->accepted_ms);
    write_items(w, f);
    write_documents(w, f);
    jw_bool(w, "cut", f->cut);
}

static void
write_filing(struct jsonw *w, const struct edgar_filing *f)
{
    jw_str(w, "layout", f->layout);
    if (!str_eq(f->layout, "document"))
        write_head(w, f);
    if (f->n_symbols > 0)
        jw_str(w, "dei_TradingSymbol", f->symbols[0]);
    if (f->ticker[0] != '\0')
        jw_str(w, "ticker", f->ticker);
    jw_array(w, "items_in_text");
    for (size_t i = 0; i < f->n_in_text; i++)
        jw_str(w, NULL, f->in_text[i]);
    jw_end(w);
    jw_str(w, "text_type", f->text_type);
    jw_int(w, "text_bytes", (int64_t)strlen(f->text));
    jw_str(w, "text", f->text);
}

int
parse_filing(const struct document *d, struct jsonw *w, struct why *why)
{
    struct edgar_filing f;
    int rc;

    if (parse_is_json(d))
        return filer(d, w, why);
    rc = edgar_filing_read(d->body, d->len, &f, why);
    if (rc != 0)
        return rc;
    rc = edgar_filing_status(d->status, why);
    if (rc == 0)
        write_filing(w, &f);
    edgar_filing_free(&f);
    return rc;
}

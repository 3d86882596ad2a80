/* catalyst parse feed: entries of a feed, and the items ingest makes of them. */
#include "base/str.h"
#include "ingest/charset.h"
#include "ingest/item.h"
#include "monitor/cli/parse.h"

enum {
    DIGEST_CHARS = 60, /* of a title in the list */
    FORMS_MAX = 128    /* kinds of form one page can hold */
};

/* ---- one entry ----------------------------------------------------------------------
 */

/* Fields as they are called in feeds; the reader's order. */
static const struct {
    enum feed_field field;
    const char *key;
} fields[] = {
    {FEED_ID, "id"},
    {FEED_TITLE, "title"},
    {FEED_LINK, "link"},
    {FEED_SUMMARY, "summary"},
    {FEED_CONTENT, "content"},
    {FEED_CONTENT_TYPE, "content_type"},
    {FEED_PUBLISHED, "published"},
    {FEED_UPDATED, "updated"},
    {FEED_EXPIRES, "expires"},
    {FEED_AUTHOR, "author"},
    {FEED_LICENSE, "license"},
    {FEED_FORM, "form"},
    {FEED_SYMBOL, "symbol"},
    {FEED_ISSUE, "issue"},
    {FEED_REASON, "reason"},
    {FEED_HALT_DATE, "halt_date"},
    {FEED_HALT_TIME, "halt_time"},
    {FEED_RESUME_DATE, "resume_date"},
    {FEED_RESUME_TIME, "resume_time"},
};

/* A field whose lines are values with tabs between, as an array of objects. */
static const struct rows {
    enum feed_field field;
    const char *key;
    const char *columns[7];
} rows[] = {
    {FEED_LINKS, "links", {"rel", "type", "hreflang", "length", "href", "title"}},
    {FEED_TAGS, "tags", {"term", "scheme", "label"}},
};

static void
write_row(struct jsonw *w, const struct rows *r, const char *line, size_t n)
{
    const char *end = line + n;
    char value[2432];

    jw_object(w, NULL);
    for (int i = 0; r->columns[i] != NULL && line <= end; i++) {
        const char *tab = memchr(line, '\t', (size_t)(end - line));
        size_t len = (size_t)((tab == NULL ? end : tab) - line);

        (void)str_copyn(value, sizeof value, line, len);
        if (len > 0)
            jw_str(w, r->columns[i], value);
        line += len + 1;
    }
    jw_end(w);
}

static void
write_rows(struct jsonw *w, const struct rows *r, const struct feed_entry *e)
{
    const char *cursor = feed_text(e, r->field), *line;
    size_t n;

    if (*cursor == '\0')
        return;
    jw_array(w, r->key);
    while ((line = str_piece(&cursor, "\n", &n)) != NULL)
        write_row(w, r, line, n);
    jw_end(w);
}

static void
write_stocks(struct jsonw *w, const struct feed_entry *e)
{
    const char *cursor = feed_text(e, FEED_STOCKS), *line;
    char stock[256];
    size_t n;

    jw_array(w, "stock");
    while ((line = str_piece(&cursor, "\n", &n)) != NULL) {
        (void)str_copyn(stock, sizeof stock, line, n);
        jw_str(w, NULL, stock);
    }
    jw_end(w);
}

static void
write_fields(struct jsonw *w, const struct feed_entry *e)
{
    for (size_t i = 0; i < STR_LEN(fields); i++)
        if (*feed_text(e, fields[i].field) != '\0')
            jw_str(w, fields[i].key, feed_text(e, fields[i].field));
    for (size_t i = 0; i < STR_LEN(rows); i++)
        write_rows(w, &rows[i], e);
    if (*feed_text(e, FEED_PERMALINK) != '\0')
        jw_bool(w, "permalink", str_ieq(feed_text(e, FEED_PERMALINK), "true"));
}

/* As ingest would take it; the feed's kind shows in the entry. */
static int
item_of(const struct feed_entry *e, struct item *out)
{
    enum item_kind kind = *feed_text(e, FEED_SYMBOL) != '\0' ? ITEM_HALT
                          : *feed_text(e, FEED_FORM) != '\0' ? ITEM_FILING
                                                             : ITEM_NEWS;

    return item_from_entry(e, kind, "", out);
}

static void
write_item(struct jsonw *w, const struct feed_entry *e)
{
    struct item it;

    if (item_of(e, &it) != 0)
        return;
    jw_object(w, "item");
    jw_str(w, "id", it.id);
    jw_str(w, "kind", item_kind_name(it.kind));
    jw_str(w, "title", it.title);
    jw_str(w, "summary", it.summary);
    jw_str(w, "link", it.link);
    if (it.form[0] != '\0')
        jw_str(w, "form", it.form);
    if (it.cik > 0)
        jw_int(w, "cik", it.cik);
    if (it.published_ms > 0)
        jw_int(w, "published_ms", it.published_ms);
    jw_end(w);
}

/* ---- a wire's page: what to see at a glance
 * ------------------------------------------- */

static void
write_list(struct jsonw *w, const struct feed *f)
{
    char digest[4 * DIGEST_CHARS + 1];

    jw_array(w, "list");
    for (size_t i = 0; i < f->n; i++) {
        const char *title = feed_text(&f->entries[i], FEED_TITLE);

        jw_object(w, NULL);
        (void)str_copyn(digest, sizeof digest, title,
                        str_utf8_prefix(title, strlen(title), DIGEST_CHARS));
        jw_str(w, "title", digest);
        jw_str(w, "pubDate", feed_text(&f->entries[i], FEED_PUBLISHED));
        write_stocks(w, &f->entries[i]);
        jw_end(w);
    }
    jw_end(w);
}

/* ---- EDGAR's page
 * -------------------------------------------------------------------- */

struct forms {
    const char *name[FORMS_MAX]; /* borrowed from the feed */
    int64_t n[FORMS_MAX];
    size_t len;
};

static int64_t *
form_slot(struct forms *forms, const char *name)
{
    for (size_t i = 0; i < forms->len; i++)
        if (str_eq(forms->name[i], name))
            return &forms->n[i];
    if (forms->len == FORMS_MAX)
        return NULL;
    forms->name[forms->len] = name;
    return &forms->n[forms->len++];
}

static int64_t
form_count(const struct forms *forms, const char *name)
{
    for (size_t i = 0; i < forms->len; i++)
        if (str_eq(forms->name[i], name))
            return forms->n[i];
    return 0;
}

static void
write_forms(struct jsonw *w, const struct feed *f)
{
    struct forms forms = {.len = 0};

    for (size_t i = 0; i < f->n; i++) {
        int64_t *slot = form_slot(&forms, feed_text(&f->entries[i], FEED_FORM));

        if (slot != NULL)
            ++*slot;
    }
    jw_object(w, "forms");
    for (size_t i = 0; i < forms.len; i++)
        jw_int(w, forms.name[i], forms.n[i]);
    jw_end(w);
    jw_int(w, "n_8K", form_count(&forms, "8-K"));
    jw_int(w, "n_424B5", form_count(&forms, "424B5"));
}

/* How many filings the entries are of; several entries can be of one. */
static void
write_accessions(struct jsonw *w, const struct feed *f)
{
    char(*seen)[24] = calloc(f->n + 1, sizeof *seen);
    size_t n = 0, at;

    if (seen == NULL)
        return;
    for (size_t i = 0; i < f->n; i++) {
        if (!item_accession(feed_text(&f->entries[i], FEED_ID), seen[n]))
            continue;
        for (at = 0; !str_eq(seen[at], seen[n]);)
            at++;
        n += at == n;
        if (i == 0)
            jw_str(w, "first_accession", seen[at]);
        if (i + 1 == f->n)
            jw_str(w, "last_accession", seen[at]);
    }
    jw_int(w, "unique_accessions", (int64_t)n);
    free(seen);
}

static void
write_filings(struct jsonw *w, const struct feed *f)
{
    write_forms(w, f);
    write_accessions(w, f);
    if (f->n == 0)
        return;
    jw_str(w, "first", feed_text(&f->entries[0], FEED_TITLE));
    jw_str(w, "first_updated", feed_text(&f->entries[0], FEED_UPDATED));
}

/* ---- halts
 * ---------------------------------------------------------------------------- */

static void
write_halts(struct jsonw *w, const struct feed *f)
{
    static const enum feed_field columns[] = {FEED_SYMBOL, FEED_HALT_DATE,
                                              FEED_HALT_TIME, FEED_REASON};

    jw_array(w, "halts");
    for (size_t i = 0; i < f->n; i++) {
        jw_array(w, NULL);
        for (size_t c = 0; c < STR_LEN(columns); c++)
            jw_str(w, NULL, feed_text(&f->entries[i], columns[c]));
        jw_end(w);
    }
    jw_end(w);
}

/* ---- all
 * ------------------------------------------------------------------------------- */

/* A list without entries is an empty one of every kind. */
static bool
is_of(const struct feed *f, enum feed_field field)
{
    return f->n == 0 || *feed_text(&f->entries[0], field) != '\0';
}

static void
write_feed(struct jsonw *w, const struct feed *f)
{
    jw_int(w, "entries", (int64_t)f->n);
    jw_int(w, "items", (int64_t)f->n);
    jw_int(w, "dropped", (int64_t)f->dropped);
    jw_int(w, "cut", (int64_t)f->cut);
    jw_bool(w, "broken", f->broken);
    if (f->broken)
        jw_str(w, "why", f->why.text);
    jw_object(w, "feed");
    write_fields(w, &f->head);
    jw_end(w);
    if (is_of(f, FEED_FORM))
        write_filings(w, f);
    if (is_of(f, FEED_SYMBOL))
        write_halts(w, f);
    write_list(w, f);
    jw_array(w, "full");
    for (size_t i = 0; i < f->n; i++) {
        jw_object(w, NULL);
        write_fields(w, &f->entries[i]);
        write_item(w, &f->entries[i]);
        jw_end(w);
    }
    jw_end(w);
}

static void
write_charset(struct jsonw *w, const struct document *d)
{
    struct charset c = charset_of(d->content_type, d->body, d->len);

    jw_str(w, "encoding", c.name);
    jw_bool(w, "wrong_type", c.wrong_type);
    jw_bool(w, "encoding_overridden", c.overridden);
}

/* What can be said of an answer that is no feed. */
static void
write_other(struct jsonw *w, const struct document *d)
{
    int64_t lines = 0;

    for (size_t i = 0; i < d->len; i++)
        lines += d->body[i] == '\n';
    jw_bool(w, "not_atom", true);
    jw_int(w, "lines", lines + (d->len > 0 && d->body[d->len - 1] != '\n'));
}

int
parse_feed(const struct document *d, struct jsonw *w, struct why *why)
{
    struct feed f;
    int rc = feed_parse(d->body, d->len, &f, why);

    if (rc != 0) {
        write_other(w, d);
        return rc;
    }
    write_charset(w, d);
    write_feed(w, &f);
    feed_free(&f);
    return 0;
}

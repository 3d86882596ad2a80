#include "enricher/sources/edgar_filing.h"

#include "base/str.h"
#include "base/text.h"
#include "domain/symbols.h"
#include "enricher/sources/edgar_header.h"
#include "enricher/sources/refusal.h"

#include <ctype.h>

enum {
    LOOK_BYTES = 16 * 1024, /* how far a layout shows itself */
    PAGE_BYTES = 32 * 1024, /* a refusal is shorter than that */
    LINE_BYTES = 256,
    SYMBOL_BYTES = 4096 /* of a symbol with all the styled spans around it */
};

/* A stretch of the body. */
struct span {
    const char *s;
    size_t n;
};

static const char *
find(struct span in, const char *word)
{
    return in.n == 0 ? NULL : memmem(in.s, in.n, word, strlen(word));
}

/* What is left of `in` from p on; p within it. */
static struct span
from(struct span in, const char *p)
{
    return (struct span){p, in.n - (size_t)(p - in.s)};
}

/* What of `in` comes before p; NULL: all of it. */
static struct span
until(struct span in, const char *p)
{
    return p == NULL ? in : (struct span){in.s, (size_t)(p - in.s)};
}

static struct span
head(struct span in, size_t most)
{
    return (struct span){in.s, in.n < most ? in.n : most};
}

/* ---- items and symbols ------------------------------------------------------------
 */

/* Keeps the list ascending and each number once. */
static void
in_text_add(struct edgar_filing *f, const char *number)
{
    size_t i = 0;

    while (i < f->n_in_text && strncmp(f->in_text[i], number, 4) < 0)
        i++;
    if (f->n_in_text == EDGAR_ITEMS ||
        (i < f->n_in_text && strncmp(f->in_text[i], number, 4) == 0))
        return;
    memmove(f->in_text + i + 1, f->in_text + i,
            (f->n_in_text - i) * sizeof f->in_text[0]);
    (void)str_copyn(f->in_text[i], sizeof f->in_text[i], number, 4);
    f->n_in_text++;
}

/* "Item 5.02", in any case, in plain text. */
static void
scan_items(const char *text, struct edgar_filing *f)
{
    for (const char *s = strcasestr(text, "item "); s != NULL;
         s = strcasestr(s + 5, "item ")) {
        const char *no = s + 5;

        if (no[0] >= '1' && no[0] <= '9' && no[1] == '.' &&
            isdigit((unsigned char)no[2]) && isdigit((unsigned char)no[3]) &&
            !isdigit((unsigned char)no[4]))
            in_text_add(f, no);
    }
}

/* Some write that they have none. */
static bool
is_symbol(const char *s, char *canonical)
{
    return !str_ieq(s, "N/A") && !str_ieq(s, "none") && symbol_canonical(s, canonical);
}

static void
symbol_add(struct edgar_filing *f, const char *s)
{
    for (size_t i = 0; i < f->n_symbols; i++)
        if (str_eq(f->symbols[i], s))
            return;
    if (*s == '\0' || f->n_symbols == EDGAR_SYMBOLS)
        return;
    (void)str_copy(f->symbols[f->n_symbols++], sizeof f->symbols[0], s);
    if (f->ticker[0] == '\0' && !is_symbol(s, f->ticker))
        f->ticker[0] = '\0';
}

/* The cover page's <ix:nonNumeric name="dei:TradingSymbol" ...>NVDA</ix:nonNumeric>,
 * which may hold spans; a machine's copy of it in another document has no quotes. */
static void
scan_symbols(struct span doc, struct edgar_filing *f)
{
    static const char word[] = "dei:TradingSymbol";
    const char *p, *open, *stop;
    char text[24];

    while ((p = find(doc, word)) != NULL) {
        char before = p > doc.s ? p[-1] : ' ';

        doc = from(doc, p + strlen(word));
        if (before != '"' && before != '\'')
            continue;
        open = find(doc, ">");
        if (open == NULL)
            return;
        if (open > doc.s && open[-1] == '/') /* empty: not said */
            continue;
        doc = from(doc, open + 1);
        stop = refusal_find(doc.s, head(doc, SYMBOL_BYTES).n, "</ix:nonNumeric");
        if (stop == NULL)
            continue;
        (void)text_from_html(doc.s, (size_t)(stop - doc.s), text, sizeof text);
        symbol_add(f, text);
    }
}

/* ---- text -------------------------------------------------------------------------
 */

/* Inline XBRL begins with a block no reader sees: its facts once more, for machines. */
static char *
plain_text(struct span doc)
{
    const char *hidden, *seen;
    char *text;
    size_t len;

    doc = head(doc, EDGAR_SCAN);
    text = malloc(doc.n + 2);
    if (text == NULL)
        return NULL;
    hidden = find(doc, "<ix:header");
    seen = hidden == NULL ? NULL : find(from(doc, hidden), "</ix:header");
    if (seen == NULL)
        return text_from_html(doc.s, doc.n, text, doc.n + 2);
    (void)text_from_html(doc.s, until(doc, hidden).n, text, doc.n + 2);
    len = strlen(text);
    text[len++] = ' ';
    doc = from(doc, seen);
    (void)text_from_html(doc.s, doc.n, text + len, doc.n + 1);
    return text;
}

/* Replaces the text; the numbers of items in it are noted.  A release that is nothing
 * but pictures leaves what there is. */
static int
set_text(struct edgar_filing *f, struct span doc, const char *type)
{
    char *text = plain_text(doc), *fitted;

    if (text == NULL)
        return ERR_NOMEM;
    scan_items(text, f);
    text[str_utf8_prefix(
        text, strlen(text) < EDGAR_TEXT ? strlen(text) : EDGAR_TEXT - 1, SIZE_MAX)] =
        '\0';
    if (*str_trim(text) == '\0' && f->text != NULL) {
        free(text);
        return 0;
    }
    fitted = realloc(text, strlen(text) + 1);
    free(f->text);
    f->text = fitted == NULL ? text : fitted;
    (void)str_copy(f->text_type, sizeof f->text_type, type);
    return 0;
}

/* ---- the layouts -------------------------------------------------------------------
 */

/* Documents a press release comes as, the best first; some write a word behind it:
 * "EX-99.1 PRESS RELEASE". */
static int
release_rank(const char *type)
{
    static const char *const types[] = {"EX-99.1", "EX-99.01", "EX-99"};
    char word[24];

    (void)str_copyn(word, sizeof word, type, strcspn(type, " \t"));
    for (size_t i = 0; i < STR_LEN(types); i++)
        if (str_ieq(word, types[i]))
            return (int)(STR_LEN(types) - i);
    return 0;
}

/* The value of a "<TYPE>" line in the few lines before a document's text. */
static void
tag_line(struct span lines, const char *tag, char *out, size_t size)
{
    const char *s = find(lines, tag);

    *out = '\0';
    if (s != NULL) {
        s += strlen(tag);
        (void)edgar_line(&s, lines.s + lines.n, out, size);
    }
}

/* The first document is the primary one; a press release gives the better text. */
static int
read_document(struct edgar_filing *f, struct span doc, int *rank)
{
    struct span lines = until(doc, find(doc, "<TEXT>"));
    struct span text = from(doc, doc.s + lines.n);
    char type[24], file[128];
    bool primary = f->documents_all == 0;

    tag_line(lines, "<TYPE>", type, sizeof type);
    tag_line(lines, "<FILENAME>", file, sizeof file);
    edgar_document_add(f, type, file);
    text = until(text, find(text, "</TEXT>"));
    if (primary)
        scan_symbols(text, f);
    if (!primary && release_rank(type) <= *rank)
        return 0;
    *rank = release_rank(type);
    return set_text(f, text, type);
}

/* Without a header it is one document as it stands in the archive: where that ends is
 * its end. */
static bool
is_cut(struct span body, struct span header)
{
    static const char *const ends[] = {"</SEC-DOCUMENT>", "&lt;/SEC-DOCUMENT&gt;",
                                       "</IMS-DOCUMENT>"}; /* until 2000 */

    for (size_t i = 0; i < STR_LEN(ends); i++)
        if (find(body, ends[i]) != NULL)
            return false;
    return find(header, "-HEADER>") != NULL || find(body, "</DOCUMENT>") == NULL;
}

/* A header, then documents.  As a page (-index-headers.html) there are none: only the
 * type that its header names. */
static int
read_submission(struct span body, struct edgar_filing *f)
{
    const char *doc = find(body, "<DOCUMENT>");
    struct span header = until(body, doc);
    int rank = 0, rc = 0;

    f->layout = "submission";
    edgar_header_read(header.s, header.n, f);
    if (doc == NULL && find(header, "<TYPE>") != NULL)
        edgar_document_add(f, f->form, "");
    f->cut = is_cut(body, header);
    while (rc == 0 && doc != NULL) {
        const char *stop;

        body = from(body, doc + 10);
        stop = find(body, "</DOCUMENT>");
        rc = read_document(f, until(body, stop), &rank);
        body = stop == NULL ? (struct span){0} : from(body, stop);
        doc = find(body, "<DOCUMENT>");
    }
    return rc;
}

static int
read_index(struct span body, struct edgar_filing *f)
{
    f->layout = "index";
    edgar_index_read(body.s, body.n, f);
    return set_text(f, body, "");
}

static int
read_page(struct span body, struct edgar_filing *f)
{
    f->layout = "document";
    scan_symbols(body, f);
    return set_text(f, body, "");
}

/* The first whose mark is there. */
static const struct layout {
    const char *mark; /* stands in the first bytes, in any case */
    int (*read)(struct span body, struct edgar_filing *f); /* NULL: it is no filing */
} layouts[] = {
    {"<SEC-HEADER>", read_submission},
    {"<SEC-DOCUMENT>", read_submission},
    {"<IMS-HEADER>", read_submission}, /* until 2000 */
    {"<IMS-DOCUMENT>", read_submission},
    {"<DOCUMENT>", read_submission}, /* the page within it begins later */
    {"<rss", NULL},
    {"<feed xmlns", NULL},
    {"id=\"formHeader\"", read_index},
    {"<html", read_page},
    {"<body", read_page},
    {"<div", read_page},
    {"<p>", read_page},
    {"<p ", read_page},
    {"<font", read_page},
    {"<center>", read_page},
    {"<table", read_page},
    {"<ownershipDocument", read_page}, /* XML: forms 3, 4 and 5 */
    {"<edgarSubmission", read_page},   /* 13D, 13G, 144, D */
    {"<PAGE>", read_page},             /* plain text with its few tags, until 2001 */
    {"<TEXT>", read_page},
    {"Securities and Exchange Commission", read_page}, /* and without any */
};

/* ---- what is no filing
 * --------------------------------------------------------------- */

static const struct {
    const char *word;
    int rc;
} refusals[] = {
    {"Undeclared Automated Tool", ERR_BLOCKED},
    {"Request Rate Threshold Exceeded", ERR_LIMITED},
    {"Service Unavailable", ERR_NET},
    {"File Not Found Error Alert", ERR_NOT_FOUND},
    {"<title>SEC.gov |", ERR_NET}, /* no filing has the site's own title */
};

/* The store behind EDGAR answers 403 or 404 with a code when a file is not there. */
static int
check_answer(struct span body, struct why *why)
{
    struct span start = head(body, LINE_BYTES);
    const char *code = find(start, "<Code>"), *error = find(start, "<Error>");
    char text[64];

    if (body.n == 0)
        return why_set(why, ERR_EMPTY, "no bytes");
    if (code != NULL && error != NULL) {
        struct span in = from(start, code + 6);

        in = until(in, find(in, "<"));
        (void)text_from_html(in.s, in.n, text, sizeof text);
        return why_set(why, ERR_NOT_FOUND, "EDGAR has no such file (%s)", text);
    }
    for (size_t i = 0; body.n < PAGE_BYTES && i < STR_LEN(refusals); i++)
        if (refusal_find(body.s, body.n, refusals[i].word) != NULL)
            return why_set(why, refusals[i].rc, "a page saying: %s", refusals[i].word);
    return 0;
}

static const struct layout *
layout_of(struct span body)
{
    struct span start = head(body, LOOK_BYTES);

    for (size_t i = 0; i < STR_LEN(layouts); i++)
        if (refusal_find(start.s, start.n, layouts[i].mark) != NULL)
            return layouts[i].read == NULL ? NULL : &layouts[i];
    return NULL;
}

int
edgar_filing_read(const char *body, size_t n, struct edgar_filing *out, struct why *why)
{
    struct span all = {body, n};
    const struct layout *layout;
    int rc;

    *out = (struct edgar_filing){.layout = ""};
    if ((rc = check_answer(all, why)) != 0)
        return rc;
    layout = layout_of(all);
    if (layout == NULL)
        return why_set(why, ERR_CHANGED, "%zu bytes, no layout of EDGAR's", n);
    rc = layout->read(all, out);
    if (rc == 0 && out->text == NULL && (out->text = strdup("")) == NULL)
        rc = ERR_NOMEM;
    if (rc == 0 && out->text[0] == '\0' && out->accession[0] == '\0')
        rc = why_set(why, ERR_EMPTY, "a page without text or header");
    if (rc == ERR_NOMEM)
        (void)why_set(why, rc, "%s", err_str(rc));
    if (rc != 0)
        edgar_filing_free(out);
    return rc;
}

void
edgar_filing_free(struct edgar_filing *f)
{
    free(f->text);
    f->text = NULL;
}

int
edgar_filing_status(int status, struct why *why)
{
    static const struct {
        int status, rc;
    } rows[] = {
        {200, 0},           {401, ERR_BLOCKED},
        {403, ERR_BLOCKED}, {404, ERR_NOT_FOUND},
        {429, ERR_LIMITED},
    };
    int rc = ERR_NET;

    for (size_t i = 0; i < STR_LEN(rows); i++)
        if (rows[i].status == status)
            rc = rows[i].rc;
    return rc == 0 ? 0 : why_set(why, rc, "a page with HTTP %d", status);
}

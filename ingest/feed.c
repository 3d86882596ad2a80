#include "ingest/feed.h"

#include "base/buf.h"
#include "base/str.h"
#include "ingest/repair.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

enum {
    COPY_FACTOR = 5 /* the worst the repair can do: every byte a bare ampersand */
};

/* Which child of an item is which field.  The first that is not empty wins.  A prefix
 * of NULL means: as the item itself has it. */
static const struct element {
    const char *name;
    const char *prefix;
    enum feed_field field;
} elements[] = {
    {"guid", NULL, FEED_ID},
    {"id", NULL, FEED_ID},
    {"title", NULL, FEED_TITLE},
    {"link", NULL, FEED_LINK},
    {"description", NULL, FEED_SUMMARY},
    {"summary", NULL, FEED_SUMMARY},
    {"encoded", "content", FEED_CONTENT},
    {"content", NULL, FEED_CONTENT},
    {"pubDate", NULL, FEED_PUBLISHED},
    {"published", NULL, FEED_PUBLISHED},
    {"issued", NULL, FEED_PUBLISHED},
    {"date", "dc", FEED_PUBLISHED},
    {"updated", NULL, FEED_UPDATED},
    {"modified", NULL, FEED_UPDATED},
    {"IssueSymbol", "ndaq", FEED_SYMBOL},
    {"IssueName", "ndaq", FEED_ISSUE},
    {"ReasonCode", "ndaq", FEED_REASON},
    {"HaltDate", "ndaq", FEED_HALT_DATE},
    {"HaltTime", "ndaq", FEED_HALT_TIME},
    {"ResumptionDate", "ndaq", FEED_RESUME_DATE},
    {"ResumptionTradeTime", "ndaq", FEED_RESUME_TIME},
};

static const char *const roots[] = {"rss", "RDF", "rdf", "feed", "channel"};

struct reader {
    struct feed *out;
    struct feed_entry entry;            /* the one being read */
    struct buf text;                    /* of the field being read */
    char prefix[16];                    /* of the item's tag */
    int depth, item_depth, field_depth; /* 0: not inside one */
    enum feed_field field;
    bool started, is_feed;
    int rc;
};

static const char *
str(const xmlChar *s)
{
    return s == NULL ? "" : (const char *)s;
}

static void
entry_clear(struct feed_entry *e)
{
    for (int i = 0; i < FEED_FIELDS; i++)
        free(e->text[i]);
    *e = (struct feed_entry){0};
}

/* Sets a field unless it has a value; stocks collect, a line each. */
static void
entry_set(struct reader *r, enum feed_field field, const char *s, size_t n)
{
    char **slot = &r->entry.text[field];
    char *joined = NULL;

    while (n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL)
        n--;
    while (n > 0 && strchr(" \t\r\n", *s) != NULL)
        s++, n--;
    if (n == 0 || (*slot != NULL && field != FEED_STOCKS))
        return;
    if (*slot == NULL)
        *slot = strndup(s, n);
    else if (strlen(*slot) + n < FEED_FIELD_MAX &&
             asprintf(&joined, "%s\n%.*s", *slot, (int)n, s) > 0) {
        free(*slot);
        *slot = joined;
    }
    if (*slot == NULL)
        r->rc = ERR_NOMEM;
}

static int
list_add(struct feed *f, struct feed_entry *e)
{
    if (f->n == FEED_ENTRIES_MAX) {
        f->dropped++;
        entry_clear(e);
        return 0;
    }
    if ((f->n & (f->n - 1)) == 0) {
        size_t cap = f->n == 0 ? 1 : f->n * 2;
        void *grown = realloc(f->entries, cap * sizeof(*f->entries));

        if (grown == NULL)
            return ERR_NOMEM;
        f->entries = grown;
    }
    f->entries[f->n++] = *e;
    *e = (struct feed_entry){0};
    return 0;
}

/* The parser leaves the ampersands of attributes as references to their number. */
static void
plain_ampersands(char *s)
{
    while ((s = strstr(s, "&#38;")) != NULL)
        memmove(s + 1, s + 5, strlen(s + 5) + 1), s++;
}

/* Copies the value of an attribute; false (and "") when there is none.  attrs: names
 * and values in turn, NULL at the end; NULL when there are none. */
static bool
attribute(const xmlChar **attrs, const char *name, char *out, size_t size)
{
    for (; attrs != NULL && attrs[0] != NULL; attrs += 2) {
        if (!str_eq(str(attrs[0]), name))
            continue;
        (void)str_copy(out, size, str(attrs[1]));
        plain_ampersands(out);
        return true;
    }
    *out = '\0';
    return false;
}

/* Atom: the address is an attribute, and only the alternate is the item's own. */
static void
on_link(struct reader *r, const xmlChar **attrs)
{
    char rel[32], href[2048];

    if (!attribute(attrs, "href", href, sizeof(href)))
        return;
    if (!attribute(attrs, "rel", rel, sizeof(rel)) || str_eq(rel, "alternate"))
        entry_set(r, FEED_LINK, href, strlen(href));
}

static void
begin_field(struct reader *r, enum feed_field field)
{
    r->field = field;
    r->field_depth = r->depth;
    buf_clear(&r->text);
}

/* A stock tag's text is a symbol; an EDGAR category's term is the form. */
static void
on_category(struct reader *r, const xmlChar **attrs)
{
    char label[32], term[256], domain[256];

    if (attribute(attrs, "domain", domain, sizeof(domain)) &&
        str_ends(domain, "/rss/stock"))
        begin_field(r, FEED_STOCKS);
    if (attribute(attrs, "label", label, sizeof(label)) && str_eq(label, "form type") &&
        attribute(attrs, "term", term, sizeof(term)))
        entry_set(r, FEED_FORM, term, strlen(term));
}

static void
on_child(struct reader *r, const char *name, const char *prefix, const xmlChar **attrs)
{
    bool own = str_eq(prefix, r->prefix);

    if (str_eq(name, "link") && (own || str_eq(prefix, "atom")))
        on_link(r, attrs);
    if (own && str_eq(name, "category"))
        on_category(r, attrs);
    for (size_t i = 0; i < STR_LEN(elements); i++) {
        const struct element *e = &elements[i];

        if (str_eq(name, e->name) &&
            (e->prefix == NULL ? own : str_eq(prefix, e->prefix))) {
            begin_field(r, e->field);
            return;
        }
    }
}

static void
on_root(struct reader *r, const char *name)
{
    r->started = true;
    for (size_t i = 0; i < STR_LEN(roots); i++)
        if (str_eq(name, roots[i]))
            r->is_feed = true;
}

/* The parser gives names with their prefix, bound or not: "media:title". */
static const char *
split(const xmlChar *qname, char *prefix, size_t size)
{
    const char *name = str(qname), *colon = strchr(name, ':');

    (void)str_copyn(prefix, size, name, colon == NULL ? 0 : (size_t)(colon - name));
    return colon == NULL ? name : colon + 1;
}

/* The shape is libxml2's: all of its parameters have to be there. */
static void
on_start(void *self, const xmlChar *qname, const xmlChar **attrs)
{
    struct reader *r = self;
    char prefix[sizeof(r->prefix)];
    const char *name = split(qname, prefix, sizeof(prefix));

    r->depth++;
    if (!r->started)
        on_root(r, name);
    if (r->field_depth > 0)
        (void)buf_addc(&r->text, ' '); /* markup inside a text: a word ends here */
    else if (r->item_depth > 0 && r->depth == r->item_depth + 1)
        on_child(r, name, prefix, attrs);
    else if (r->item_depth == 0 && (str_eq(name, "item") || str_eq(name, "entry"))) {
        r->item_depth = r->depth;
        (void)str_copy(r->prefix, sizeof(r->prefix), prefix);
    }
}

static void
on_end(void *self, const xmlChar *qname)
{
    struct reader *r = self;

    (void)qname;
    if (r->field_depth == r->depth && r->field_depth > 0) {
        entry_set(r, r->field, buf_str(&r->text), r->text.len);
        r->field_depth = 0;
    }
    if (r->item_depth == r->depth && r->item_depth > 0) {
        r->item_depth = 0;
        if (list_add(r->out, &r->entry) != 0)
            r->rc = ERR_NOMEM;
    }
    r->depth--;
}

static void
on_text(void *self, const xmlChar *s, int len)
{
    struct reader *r = self;
    size_t n = (size_t)len;

    if (r->field_depth == 0 || len <= 0)
        return;
    if (n > r->text.max - r->text.len) {
        n = str_utf8_prefix((const char *)s, r->text.max - r->text.len, SIZE_MAX);
        r->out->cut++;
    }
    if (buf_add(&r->text, s, n) == ERR_NOMEM)
        r->rc = ERR_NOMEM;
}

/* An entity nobody declared is left for the HTML decoder. */
static void
on_reference(void *self, const xmlChar *name)
{
    char entity[64];

    if (name[0] != '#' && str_fmt(entity, sizeof(entity), "&%s;", str(name)))
        on_text(self, (const xmlChar *)entity, (int)strlen(entity));
}

/* libxml2 keeps the tree-building handlers it is not told to drop, so all of them are
 * replaced: no tree, no subset, no entity table. */
static const xmlSAXHandler handler = {
    .initialized = 1, /* the plain interface: it does not mind unbound prefixes */
    .startElement = on_start,
    .endElement = on_end,
    .characters = on_text,
    .ignorableWhitespace = on_text,
    .cdataBlock = on_text,
    .reference = on_reference,
};

static void
note_error(struct feed *f, xmlParserCtxtPtr ctxt)
{
    const xmlError *e = xmlCtxtGetLastError(ctxt);

    f->broken = true;
    (void)why_set(&f->why, 0, "line %d: %s", e == NULL ? 0 : e->line,
                  e == NULL || e->message == NULL ? "not well-formed" : e->message);
    for (char *c = f->why.text; *c != '\0'; c++)
        if (*c == '\n')
            *c = ' ';
    (void)str_trim(f->why.text);
}

/* Some errors of the decoder go to stderr whatever the options say. */
static void
silent(void *self, const char *fmt, ...)
{
    (void)self, (void)fmt;
}

static int
run_parser(struct reader *r, const struct buf *doc)
{
    xmlParserCtxtPtr ctxt = xmlCreateMemoryParserCtxt(doc->data, (int)doc->len);

    if (ctxt == NULL)
        return ERR_NOMEM;
    xmlSetGenericErrorFunc(NULL, silent);
    *ctxt->sax = handler;
    ctxt->userData = r;
    (void)xmlCtxtUseOptions(ctxt, XML_PARSE_RECOVER | XML_PARSE_NONET |
                                      XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    ctxt->hasExternalSubset = 1; /* else an unknown entity is dropped, not reported */
    (void)xmlParseDocument(ctxt);
    if (!ctxt->wellFormed)
        note_error(r->out, ctxt);
    xmlFreeDoc(ctxt->myDoc); /* always NULL with our handlers */
    ctxt->myDoc = NULL;
    xmlFreeParserCtxt(ctxt);
    return r->rc;
}

int
feed_parse(const char *body, size_t len, struct feed *out, struct why *why)
{
    struct reader r = {.out = out};
    struct buf doc;
    int rc;

    *out = (struct feed){0};
    if (len == 0)
        return why_set(why, ERR_EMPTY, "no bytes");
    buf_init(&doc, len * COPY_FACTOR + 1);
    buf_init(&r.text, FEED_FIELD_MAX);
    rc = repair_feed(body, len, &doc);
    if (rc == 0)
        rc = run_parser(&r, &doc);
    entry_clear(&r.entry);
    buf_free(&r.text);
    buf_free(&doc);
    if (rc == 0 && !r.is_feed)
        rc = why_set(why, ERR_CHANGED, "not a feed: %s",
                     r.started ? "another kind of document" : "no XML element");
    if (rc != 0)
        feed_free(out);
    return rc;
}

void
feed_free(struct feed *f)
{
    for (size_t i = 0; i < f->n; i++)
        entry_clear(&f->entries[i]);
    free(f->entries);
    *f = (struct feed){0};
}

const char *
feed_text(const struct feed_entry *e, enum feed_field field)
{
    return e->text[field] == NULL ? "" : e->text[field];
}

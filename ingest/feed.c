#include "ingest/feed.h"

#include "base/buf.h"
#include "base/str.h"
#include "base/text_char.h"
#include "ingest/feed_reader.h"
#include "ingest/repair.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

enum {
    COPY_FACTOR = 5 /* the worst the repair can do: every byte a bare ampersand */
};

static const char *const roots[] = {"rss", "RDF", "rdf", "feed", "channel"};

static void
entry_clear(struct feed_entry *e)
{
    for (int i = 0; i < FEED_FIELDS; i++)
        free(e->text[i]);
    *e = (struct feed_entry){0};
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

static void
on_root(struct feed_reader *r, const char *name)
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
    const char *name = feed_str(qname), *colon = strchr(name, ':');

    (void)str_copyn(prefix, size, name, colon == NULL ? 0 : (size_t)(colon - name));
    return colon == NULL ? name : colon + 1;
}

/* ---- text, and markup inside it ---------------------------------------------------
 */

/* What does not fit is cut at a character and counted. */
static void
text_add(struct feed_reader *r, const char *s, size_t n)
{
    size_t room = r->text.max - r->text.len;

    if (n > room) {
        n = str_utf8_prefix(s, room, SIZE_MAX);
        r->out->cut++;
    }
    if (buf_add(&r->text, s, n) == ERR_NOMEM)
        r->rc = ERR_NOMEM;
}

/* Text between tags of its own has to stay apart from them. */
static void
text_escape(struct feed_reader *r, const char *s, size_t n)
{
    for (size_t i = 0, len; i < n; i += len) {
        len = strcspn(s + i, "&<>");
        if (len > n - i)
            len = n - i;
        if (len > 0) {
            text_add(r, s + i, len);
            continue;
        }
        len = 1;
        if (s[i] == '&')
            text_add(r, "&amp;", 5);
        else
            text_add(r, s[i] == '<' ? "&lt;" : "&gt;", 4);
    }
}

/* Atom wraps a text with markup into one <div> that is no part of it. */
static bool
is_wrapper(const struct feed_reader *r, const char *name)
{
    return r->xhtml && r->depth == r->field_depth + 1 && str_eq(name, "div");
}

static void
markup_start(struct feed_reader *r, const char *qname, const xmlChar **attrs)
{
    if (is_wrapper(r, qname))
        return;
    text_add(r, "<", 1);
    text_add(r, qname, strlen(qname));
    for (; attrs != NULL && attrs[0] != NULL; attrs += 2) {
        text_add(r, " ", 1);
        text_add(r, feed_str(attrs[0]), strlen(feed_str(attrs[0])));
        text_add(r, "=\"", 2);
        text_add(r, feed_str(attrs[1]), strcspn(feed_str(attrs[1]), "\""));
        text_add(r, "\"", 1);
    }
    text_add(r, ">", 1);
}

static void
markup_end(struct feed_reader *r, const char *qname)
{
    if (is_wrapper(r, qname))
        return;
    text_add(r, "</", 2);
    text_add(r, qname, strlen(qname));
    text_add(r, ">", 1);
}

static void
on_item(struct feed_reader *r, const char *prefix)
{
    r->item_depth = r->depth;
    (void)str_copy(r->prefix, sizeof(r->prefix), prefix);
}

/* The feed's own fields stand beside the items, or before them. */
static void
on_head(struct feed_reader *r, const char *prefix)
{
    r->head_depth = r->depth;
    (void)str_copy(r->head_prefix, sizeof(r->head_prefix), prefix);
}

/* Takes the text as the field's value, undoing what was encoded once too often. */
static void
end_field(struct feed_reader *r)
{
    struct feed_entry *e = feed_open_entry(r);
    struct buf fixed;

    if (r->field == FEED_EXPIRES) { /* the last one said counts */
        free(e->text[r->field]);
        e->text[r->field] = NULL;
    }
    if (!repair_text_needed(buf_str(&r->text), r->text.len)) {
        feed_entry_set(r, r->field, buf_str(&r->text), r->text.len);
        return;
    }
    buf_init(&fixed, 2 * FEED_FIELD_MAX);
    if (repair_text(buf_str(&r->text), r->text.len, &fixed) == 0)
        feed_entry_set(r, r->field, buf_str(&fixed), fixed.len);
    else
        r->rc = ERR_NOMEM;
    buf_free(&fixed);
}

/* The shape is libxml2's: all of its parameters have to be there. */
static void
on_start(void *self, const xmlChar *qname, const xmlChar **attrs)
{
    struct feed_reader *r = self;
    char prefix[sizeof(r->prefix)];
    const char *name = split(qname, prefix, sizeof(prefix));

    r->depth++;
    if (!r->started)
        on_root(r, name);
    if (r->field_depth > 0)
        markup_start(r, feed_str(qname), attrs);
    else if (r->item_depth > 0 && r->depth == r->item_depth + 1)
        feed_child(r, name, prefix, attrs);
    else if (r->item_depth > 0)
        return;
    else if (str_eq(name, "item") || str_eq(name, "entry"))
        on_item(r, prefix);
    else if (r->head_depth > 0 && r->depth == r->head_depth + 1)
        feed_child(r, name, prefix, attrs);
    else if (r->head_depth == 0 && (str_eq(name, "channel") || str_eq(name, "feed")))
        on_head(r, prefix);
}

static void
on_end(void *self, const xmlChar *qname)
{
    struct feed_reader *r = self;

    if (r->field_depth > 0 && r->depth > r->field_depth)
        markup_end(r, feed_str(qname));
    if (r->field_depth == r->depth && r->field_depth > 0) {
        end_field(r);
        r->field_depth = 0;
    }
    if (r->head_depth == r->depth)
        r->head_depth = 0;
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
    struct feed_reader *r = self;

    if (r->field_depth == 0 || len <= 0)
        return;
    if (r->xhtml || r->depth > r->field_depth)
        text_escape(r, (const char *)s, (size_t)len);
    else
        text_add(r, (const char *)s, (size_t)len);
}

/* An entity that no DTD declares is HTML's; one that is not is left as it stands. */
static void
on_reference(void *self, const xmlChar *name)
{
    struct feed_reader *r = self;
    char entity[64], bytes[4];
    uint32_t code;

    if (r->field_depth == 0 || name[0] == '#' ||
        !str_fmt(entity, sizeof(entity), "&%s;", feed_str(name)))
        return;
    if (text_char_at(entity, strlen(entity), &code) == strlen(entity))
        text_add(r, bytes, text_char_put(code, bytes));
    else
        text_add(r, entity, strlen(entity));
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
run_parser(struct feed_reader *r, const struct buf *doc)
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
    struct feed_reader r = {.out = out};
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
    entry_clear(&f->head);
    free(f->entries);
    *f = (struct feed){0};
}

const char *
feed_text(const struct feed_entry *e, enum feed_field field)
{
    return e->text[field] == NULL ? "" : e->text[field];
}

/* What the children of an item say, each in its own way. */
#include "base/str.h"
#include "ingest/feed_reader.h"

enum { ROW_BYTES = 2432 /* of values between tabs */ };

/* Which child of an item is which field.  The first that is not empty wins, but one of
 * the item's own over one of Dublin Core.  A prefix of NULL means: as the item itself
 * has it. */
#define NAME(literal)                                                                  \
    {                                                                                  \
        (literal), sizeof(literal) - 1                                                 \
    }

static const struct element {
    struct slice name;
    const char *prefix;
    enum feed_field field;
} elements[] = {
    {NAME("guid"), NULL, FEED_ID},
    {NAME("id"), NULL, FEED_ID},
    {NAME("title"), NULL, FEED_TITLE},
    {NAME("description"), NULL, FEED_SUMMARY},
    {NAME("summary"), NULL, FEED_SUMMARY},
    {NAME("encoded"), "content", FEED_CONTENT},
    {NAME("content"), NULL, FEED_CONTENT},
    {NAME("fullitem"), NULL, FEED_CONTENT},
    {NAME("body"), NULL, FEED_CONTENT},
    {NAME("body"), "xhtml", FEED_CONTENT},
    {NAME("pubDate"), NULL, FEED_PUBLISHED},
    {NAME("published"), NULL, FEED_PUBLISHED},
    {NAME("issued"), NULL, FEED_PUBLISHED},
    {NAME("date"), "dc", FEED_PUBLISHED},
    {NAME("updated"), NULL, FEED_UPDATED},
    {NAME("modified"), NULL, FEED_UPDATED},
    {NAME("issued"), "dcterms", FEED_PUBLISHED},
    {NAME("created"), "dcterms", FEED_PUBLISHED},
    {NAME("modified"), "dcterms", FEED_UPDATED},
    {NAME("lastBuildDate"), NULL, FEED_UPDATED},
    {NAME("updated"), "atom", FEED_UPDATED},
    {NAME("published"), "atom", FEED_PUBLISHED},
    {NAME("title"), "dc", FEED_TITLE},
    {NAME("description"), "dc", FEED_SUMMARY},
    {NAME("subtitle"), NULL, FEED_SUMMARY},
    {NAME("tagline"), NULL, FEED_SUMMARY},
    {NAME("creator"), "dc", FEED_AUTHOR},
    {NAME("author"), "dc", FEED_AUTHOR},
    {NAME("author"), NULL, FEED_AUTHOR},
    {NAME("publisher"), "dc", FEED_AUTHOR},
    {NAME("license"), "creativeCommons", FEED_LICENSE},
    {NAME("expirationDate"), NULL, FEED_EXPIRES},
    {NAME("IssueSymbol"), "ndaq", FEED_SYMBOL},
    {NAME("IssueName"), "ndaq", FEED_ISSUE},
    {NAME("ReasonCode"), "ndaq", FEED_REASON},
    {NAME("HaltDate"), "ndaq", FEED_HALT_DATE},
    {NAME("HaltTime"), "ndaq", FEED_HALT_TIME},
    {NAME("ResumptionDate"), "ndaq", FEED_RESUME_DATE},
    {NAME("ResumptionTradeTime"), "ndaq", FEED_RESUME_TIME},
};

/* What the content of an element is, where the element itself says so. */
static const struct {
    const char *name, *type;
} content_types[] = {
    {"encoded", "text/html"},
    {"fullitem", "text/html"},
    {"body", "application/xhtml+xml"},
};

/* Fields that collect, a line each. */
enum { STOCKS, LINKS, TAGS };

static const enum feed_field lists[FEED_LISTS] = {
    [STOCKS] = FEED_STOCKS,
    [LINKS] = FEED_LINKS,
    [TAGS] = FEED_TAGS,
};

static struct feed_draft *
open_draft(struct feed_reader *r)
{
    return r->item_depth > 0 ? &r->item : &r->head;
}

/* What does not fit is left out. */
static void
add_line(struct feed_list *list, const char *s, size_t n)
{
    if (n + 1 > sizeof list->s - list->n)
        return;
    memcpy(list->s + list->n, s, n);
    list->n += n;
    list->s[list->n++] = '\n';
}

static void
keep(struct feed_reader *r, char **slot, const char *s, size_t n)
{
    if ((*slot = arena_keep(&r->out->texts, s, n)) == NULL)
        r->rc = ERR_NOMEM;
}

void
feed_draft_end(struct feed_reader *r, struct feed_draft *d)
{
    for (size_t i = 0; i < FEED_LISTS; i++)
        if (d->lists[i].n > 0)
            keep(r, &d->entry.text[lists[i]], d->lists[i].s, d->lists[i].n - 1);
}

static bool
is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A line of values, tabs between; one that is too long is left out. */
static void
add_row(struct feed_list *list, const char *const *values, size_t n)
{
    char line[ROW_BYTES];
    size_t used = 0;

    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(values[i]);

        if (len + 1 > sizeof line - used)
            return;
        memcpy(line + used, values[i], len);
        used += len;
        line[used++] = '\t';
    }
    add_line(list, line, used - 1);
}

#define WANTED(name)                                                                   \
    {                                                                                  \
#name, name, sizeof(name), false                                               \
    }

/* The category is whole.  One of a .../rss/stock domain is a symbol, in Atom as in
 * RSS. */
static void
end_category(struct feed_reader *r, const char *text, size_t n)
{
    struct feed_category *c = &r->category;
    const char *const row[] = {c->term, c->scheme, c->label};

    if (c->term[0] == '\0')
        (void)str_copyn(c->term, sizeof c->term, text, n);
    if (c->term[0] != '\0' && str_ends(c->scheme, "/rss/stock"))
        add_line(&open_draft(r)->lists[STOCKS], c->term, strlen(c->term));
    add_row(&open_draft(r)->lists[TAGS], row, STR_LEN(row));
}

/* Atom's author has a name and a mail address in elements of their own; as RSS has it:
 * "name (address)". */
static size_t
plain_author(char *text, size_t n)
{
    char name[256] = "", mail[256] = "", *to = NULL;
    struct markup m;
    struct markup_token t;

    markup_init(&m, text, n);
    while (markup_next(&m, &t) != MARKUP_END) {
        if (t.kind == MARKUP_OPEN)
            to = SLICE_IS(t.name, "name")    ? name
                 : SLICE_IS(t.name, "email") ? mail
                                             : NULL;
        else if (t.kind == MARKUP_CLOSE)
            to = NULL;
        else if (to != NULL)
            (void)str_copyn(to, sizeof name, t.text.s, t.text.n);
    }
    (void)str_fmt(text, n + 1, mail[0] == '\0' ? "%s" : "%s (%s)", name, mail);
    return strlen(text);
}

void
feed_field_end(struct feed_reader *r, char *s, size_t n)
{
    while (n > 0 && is_space(s[n - 1]))
        n--;
    while (n > 0 && is_space(*s))
        s++, n--;
    if (r->field == FEED_TAGS) {
        end_category(r, s, n);
        return;
    }
    if (r->field == FEED_AUTHOR && n > 0 && *s == '<')
        n = plain_author(s, n);
    feed_field_set(r, r->field, s, n);
    r->borrowed = false; /* attributes are their element's own */
}

void
feed_field_set(struct feed_reader *r, enum feed_field field, const char *s, size_t n)
{
    struct feed_draft *d = open_draft(r);
    char **slot = &d->entry.text[field];
    bool better = (d->borrowed & 1u << field) != 0 && !r->borrowed;

    while (n > 0 && is_space(s[n - 1]))
        n--;
    while (n > 0 && is_space(*s))
        s++, n--;
    if (n == 0)
        return;
    if (*slot != NULL && field == FEED_SUMMARY && !better)
        slot =
            &d->entry.text[FEED_CONTENT]; /* description and summary: the second one */
    if (*slot == NULL || field == FEED_EXPIRES || better) {
        keep(r, slot, s, n);
        d->borrowed &= ~(1u << field);
        d->borrowed |= (unsigned)r->borrowed << field;
    }
}

/* Atom 0.3 says how a text is written; in 1.0 what is a file, neither text nor XML, is
 * base64. */
static bool
is_base64(const char *type, const char *mode)
{
    if (*mode != '\0')
        return str_eq(mode, "base64");
    return strchr(type, '/') != NULL && !str_istarts(type, "text/") &&
           !str_ends(type, "+xml") && !str_ends(type, "/xml");
}

static bool
is_text(enum feed_field field)
{
    return field == FEED_TITLE || field == FEED_SUMMARY || field == FEED_CONTENT;
}

static void
begin_field(struct feed_reader *r, enum feed_field field,
            const struct markup_token *tag)
{
    char type[64], mode[16];
    struct markup_wanted w[] = {WANTED(type), WANTED(mode)};

    r->field = field;
    r->field_depth = r->depth;
    r->xhtml = r->base64 = r->borrowed = false;
    if (tag->text.n > 0) {
        markup_attributes(tag, w, STR_LEN(w));
        r->xhtml = str_eq(type, "xhtml");
        r->base64 = is_text(field) && is_base64(type, mode);
    }
    r->text.n = 0;
    r->text.cut = r->text.wide = false;
}

/* A relation's name; it may be written as the address of its registration. */
static void
plain_relation(char *rel)
{
    static const char registry[] = "http://www.iana.org/assignments/relation/";

    if (str_istarts(rel, registry))
        memmove(rel, rel + strlen(registry), strlen(rel + strlen(registry)) + 1);
    (void)str_lower(rel);
}

/* Atom: the address is an attribute, and only the alternate is the item's own. */
static void
on_link(struct feed_reader *r, const struct markup_token *tag)
{
    char rel[80], type[64], hreflang[16], length[16], href[2048], title[128];
    const char *const row[] = {rel, type, hreflang, length, href, title};
    struct markup_wanted w[] = {WANTED(href),     WANTED(rel),    WANTED(type),
                                WANTED(hreflang), WANTED(length), WANTED(title)};

    markup_attributes(tag, w, STR_LEN(w));
    plain_relation(rel);
    if (!w[1].found)
        (void)str_copy(rel, sizeof(rel), "alternate");
    if (w[0].found) {
        if (str_eq(rel, "alternate"))
            feed_field_set(r, FEED_LINK, href, strlen(href));
        add_row(&open_draft(r)->lists[LINKS], row, STR_LEN(row));
    } else if (str_eq(rel, "alternate")) { /* the address may be its text instead */
        begin_field(r, FEED_LINK, tag);
    }
}

/* RSS has a domain where Atom has a scheme; an EDGAR category's term is the form. */
static void
on_category(struct feed_reader *r, const struct markup_token *tag)
{
    struct feed_category *c = &r->category;
    char domain[sizeof c->scheme];
    struct markup_wanted w[] = {
        WANTED(domain),
        {"term", c->term, sizeof c->term, false},
        {"label", c->label, sizeof c->label, false},
        {"scheme", c->scheme, sizeof c->scheme, false},
    };

    markup_attributes(tag, w, STR_LEN(w));
    if (c->scheme[0] == '\0')
        (void)str_copy(c->scheme, sizeof c->scheme, domain);
    if (str_eq(c->label, "form type"))
        feed_field_set(r, FEED_FORM, c->term, strlen(c->term));
    begin_field(r, FEED_TAGS, tag);
}

/* RSS: what hangs on an item is a link of its own. */
static void
on_enclosure(struct feed_reader *r, const struct markup_token *tag)
{
    char type[64], length[16], url[2048];
    const char *const row[] = {"enclosure", type, "", length, url, ""};
    struct markup_wanted w[] = {WANTED(url), WANTED(type), WANTED(length)};

    markup_attributes(tag, w, STR_LEN(w));
    if (w[0].found)
        add_row(&open_draft(r)->lists[LINKS], row, STR_LEN(row));
}

/* Elements that say it in an attribute. */
static void
on_license(struct feed_reader *r, const struct markup_token *tag)
{
    char address[1024];

    if (markup_attribute(tag, "rdf:resource", address, sizeof(address)))
        feed_field_set(r, FEED_LICENSE, address, strlen(address));
}

static void
on_guid(struct feed_reader *r, const struct markup_token *tag)
{
    char is[8];

    if (markup_attribute(tag, "isPermaLink", is, sizeof(is)))
        feed_field_set(r, FEED_PERMALINK, is, strlen(is));
}

/* A type without a slash is Atom's short name for one, and none is plain text. */
static void
on_content(struct feed_reader *r, struct slice name, const struct markup_token *tag)
{
    static const struct {
        const char *name, *type;
    } shorts[] = {
        {"", "text/plain"},
        {"text", "text/plain"},
        {"html", "text/html"},
        {"xhtml", "application/xhtml+xml"},
    };
    char type[64];

    (void)markup_attribute(tag, "type", type, sizeof(type));
    for (size_t i = 0; i < STR_LEN(content_types); i++)
        if (slice_is_name(name, content_types[i].name, strlen(content_types[i].name)))
            (void)str_copy(type, sizeof(type), content_types[i].type);
    for (size_t i = 0; i < STR_LEN(shorts); i++)
        if (str_eq(type, shorts[i].name))
            (void)str_copy(type, sizeof(type), shorts[i].type);
    feed_field_set(r, FEED_CONTENT_TYPE, type, strlen(type));
}

static bool
is_same(struct slice a, struct slice b)
{
    return slice_is(a, b.s, b.n);
}

/* The field that the element's text is; NULL: none. */
static const struct element *
element_of(const struct feed_name *name, bool own)
{
    for (size_t i = 0; i < STR_LEN(elements); i++) {
        const struct element *e = &elements[i];

        if (slice_is_name(name->local, e->name.s, e->name.n) &&
            (e->prefix == NULL
                 ? own
                 : slice_is_name(name->prefix, e->prefix, strlen(e->prefix))))
            return e;
    }
    return NULL;
}

void
feed_child(struct feed_reader *r, const struct feed_name *name,
           const struct markup_token *tag)
{
    bool own = is_same(name->prefix, open_draft(r)->prefix);
    const struct element *e;

    if (SLICE_IS(name->local, "link")) {
        if (own || SLICE_IS(name->prefix, "atom"))
            on_link(r, tag);
        return;
    }
    if (own ? SLICE_IS(name->local, "category")
            : SLICE_IS(name->prefix, "dc") && SLICE_IS(name->local, "subject"))
        on_category(r, tag);
    if (own && SLICE_IS(name->local, "enclosure"))
        on_enclosure(r, tag);
    if (own && SLICE_IS(name->local, "guid"))
        on_guid(r, tag);
    if (SLICE_IS(name->prefix, "cc") && SLICE_IS(name->local, "license"))
        on_license(r, tag);
    if (r->field_depth > 0) /* a category */
        return;
    if ((e = element_of(name, own)) == NULL)
        return;
    if (e->field == FEED_CONTENT)
        on_content(r, name->local, tag);
    begin_field(r, e->field, tag);
    r->borrowed = e->prefix != NULL && e->field != FEED_CONTENT;
}

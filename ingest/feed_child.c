/* What the children of an item say, each in its own way. */
#include "base/str.h"
#include "ingest/feed_reader.h"

#include <ctype.h>

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
    {"description", NULL, FEED_SUMMARY},
    {"summary", NULL, FEED_SUMMARY},
    {"encoded", "content", FEED_CONTENT},
    {"content", NULL, FEED_CONTENT},
    {"fullitem", NULL, FEED_CONTENT},
    {"body", NULL, FEED_CONTENT},
    {"body", "xhtml", FEED_CONTENT},
    {"pubDate", NULL, FEED_PUBLISHED},
    {"published", NULL, FEED_PUBLISHED},
    {"issued", NULL, FEED_PUBLISHED},
    {"date", "dc", FEED_PUBLISHED},
    {"updated", NULL, FEED_UPDATED},
    {"modified", NULL, FEED_UPDATED},
    {"creator", "dc", FEED_AUTHOR},
    {"expirationDate", NULL, FEED_EXPIRES},
    {"IssueSymbol", "ndaq", FEED_SYMBOL},
    {"IssueName", "ndaq", FEED_ISSUE},
    {"ReasonCode", "ndaq", FEED_REASON},
    {"HaltDate", "ndaq", FEED_HALT_DATE},
    {"HaltTime", "ndaq", FEED_HALT_TIME},
    {"ResumptionDate", "ndaq", FEED_RESUME_DATE},
    {"ResumptionTradeTime", "ndaq", FEED_RESUME_TIME},
};

/* What the content of an element is, where the element itself says so. */
static const struct {
    const char *name, *type;
} content_types[] = {
    {"encoded", "text/html"},
    {"fullitem", "text/html"},
    {"body", "application/xhtml+xml"},
};

struct feed_entry *
feed_open_entry(struct feed_reader *r)
{
    return r->item_depth > 0 ? &r->entry : &r->out->head;
}

/* Fields whose lines are values between tabs: an empty one counts as well. */
static bool
is_row(enum feed_field field)
{
    return field == FEED_LINKS || field == FEED_TAGS;
}

/* Fields that collect, a line each. */
static bool
is_list(enum feed_field field)
{
    return field == FEED_STOCKS || is_row(field);
}

void
feed_entry_set(struct feed_reader *r, enum feed_field field, const char *s, size_t n)
{
    struct feed_entry *e = feed_open_entry(r);
    char **slot = &e->text[field];
    char *joined = NULL;

    while (n > 0 && isspace((unsigned char)s[n - 1]) && !is_row(field))
        n--;
    while (n > 0 && isspace((unsigned char)*s) && !is_row(field))
        s++, n--;
    if (n > 0 && *slot != NULL && field == FEED_SUMMARY)
        slot = &e->text[FEED_CONTENT]; /* description and summary: the second one */
    if (n == 0 || (*slot != NULL && !is_list(field)))
        return;
    if (*slot == NULL)
        *slot = strndup(s, n);
    else if (strlen(*slot) + n < FEED_LIST_MAX &&
             asprintf(&joined, "%s\n%.*s", *slot, (int)n, s) > 0) {
        free(*slot);
        *slot = joined;
    }
    if (*slot == NULL)
        r->rc = ERR_NOMEM;
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
        if (!str_eq(feed_str(attrs[0]), name))
            continue;
        (void)str_copy(out, size, feed_str(attrs[1]));
        plain_ampersands(out);
        return true;
    }
    *out = '\0';
    return false;
}

static void
begin_field(struct feed_reader *r, enum feed_field field, const xmlChar **attrs)
{
    char type[32];

    r->field = field;
    r->field_depth = r->depth;
    r->xhtml = attribute(attrs, "type", type, sizeof(type)) && str_eq(type, "xhtml");
    buf_clear(&r->text);
}

/* Atom: the address is an attribute, and only the alternate is the item's own. */
static void
on_link(struct feed_reader *r, const xmlChar **attrs)
{
    char rel[32], type[64], lang[16], length[16], href[2048], line[2304];

    if (!attribute(attrs, "rel", rel, sizeof(rel)))
        (void)str_copy(rel, sizeof(rel), "alternate");
    if (!attribute(attrs, "href", href, sizeof(href))) {
        if (str_eq(rel, "alternate")) /* the address may be its text instead */
            begin_field(r, FEED_LINK, NULL);
        return;
    }
    if (str_eq(rel, "alternate"))
        feed_entry_set(r, FEED_LINK, href, strlen(href));
    (void)attribute(attrs, "type", type, sizeof(type));
    (void)attribute(attrs, "hreflang", lang, sizeof(lang));
    (void)attribute(attrs, "length", length, sizeof(length));
    if (str_fmt(line, sizeof(line), "%s\t%s\t%s\t%s\t%s", rel, type, lang, length,
                href))
        feed_entry_set(r, FEED_LINKS, line, strlen(line));
}

/* A stock tag's text is a symbol; an EDGAR category's term is the form. */
static void
on_category(struct feed_reader *r, const xmlChar **attrs)
{
    char label[64], term[256], domain[256], scheme[256], line[640];

    (void)attribute(attrs, "label", label, sizeof(label));
    (void)attribute(attrs, "scheme", scheme, sizeof(scheme));
    if (attribute(attrs, "domain", domain, sizeof(domain)) &&
        str_ends(domain, "/rss/stock"))
        begin_field(r, FEED_STOCKS, NULL);
    if (attribute(attrs, "term", term, sizeof(term)) && str_eq(label, "form type"))
        feed_entry_set(r, FEED_FORM, term, strlen(term));
    if (str_fmt(line, sizeof(line), "%s\t%s\t%s", term,
                *scheme == '\0' ? domain : scheme, label))
        feed_entry_set(r, FEED_TAGS, line, strlen(line));
}

/* Elements that say it in an attribute. */
static void
on_license(struct feed_reader *r, const xmlChar **attrs)
{
    char address[1024];

    if (attribute(attrs, "rdf:resource", address, sizeof(address)))
        feed_entry_set(r, FEED_LICENSE, address, strlen(address));
}

static void
on_guid(struct feed_reader *r, const xmlChar **attrs)
{
    char is[8];

    if (attribute(attrs, "isPermaLink", is, sizeof(is)))
        feed_entry_set(r, FEED_PERMALINK, is, strlen(is));
}

/* A type without a slash is Atom's short name for one. */
static void
on_content(struct feed_reader *r, const char *name, const xmlChar **attrs)
{
    static const struct {
        const char *name, *type;
    } shorts[] = {
        {"text", "text/plain"},
        {"html", "text/html"},
        {"xhtml", "application/xhtml+xml"},
    };
    char type[64];

    (void)attribute(attrs, "type", type, sizeof(type));
    for (size_t i = 0; i < STR_LEN(content_types); i++)
        if (str_eq(name, content_types[i].name))
            (void)str_copy(type, sizeof(type), content_types[i].type);
    for (size_t i = 0; i < STR_LEN(shorts); i++)
        if (str_eq(type, shorts[i].name))
            (void)str_copy(type, sizeof(type), shorts[i].type);
    feed_entry_set(r, FEED_CONTENT_TYPE, type, strlen(type));
}

void
feed_child(struct feed_reader *r, const char *name, const char *prefix,
           const xmlChar **attrs)
{
    bool own = str_eq(prefix, r->item_depth > 0 ? r->prefix : r->head_prefix);

    if (str_eq(name, "link")) {
        if (own || str_eq(prefix, "atom"))
            on_link(r, attrs);
        return;
    }
    if (own && str_eq(name, "category"))
        on_category(r, attrs);
    if (own && str_eq(name, "guid"))
        on_guid(r, attrs);
    if (str_eq(prefix, "cc") && str_eq(name, "license"))
        on_license(r, attrs);
    if (r->field_depth > 0) /* its text is the address or the symbol */
        return;
    for (size_t i = 0; i < STR_LEN(elements); i++) {
        const struct element *e = &elements[i];

        if (str_eq(name, e->name) &&
            (e->prefix == NULL ? own : str_eq(prefix, e->prefix))) {
            if (e->field == FEED_CONTENT)
                on_content(r, name, attrs);
            begin_field(r, e->field, attrs);
            return;
        }
    }
}

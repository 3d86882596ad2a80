#include "enricher/sources/page.h"

#include "base/str.h"

#include <libxml/HTMLparser.h>

struct page {
    htmlDocPtr doc;
    xmlNode *at; /* the row given last; NULL before the first */
};

struct page *
page_open(const char *html, size_t n)
{
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                        HTML_PARSE_NONET | HTML_PARSE_COMPACT;
    struct page *p = calloc(1, sizeof *p);

    if (p == NULL)
        return NULL;
    if (n <= INT_MAX)
        p->doc = htmlReadMemory(html, (int)n, NULL, "UTF-8", options);
    if (p->doc == NULL)
        page_close(&p);
    return p;
}

void
page_close(struct page **p)
{
    if (*p != NULL) {
        xmlFreeDoc((*p)->doc);
        free(*p);
    }
    *p = NULL;
}

static bool
is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && str_ieq((const char *)node->name, name);
}

/* The node behind `node` in the order of the page, within root; skipping its children
 * when told to. */
static xmlNode *
next_node(const xmlNode *root, xmlNode *node, bool skip)
{
    if (!skip && node->children != NULL)
        return node->children;
    while (node != root && node->next == NULL)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* Blanks of any kind become one space; c0 a0 is the no-break space of UTF-8. */
static void
add_text(char *out, size_t size, const char *s)
{
    size_t len = strlen(out);
    bool gap = len == 0 || out[len - 1] == ' ';

    for (; *s != '\0' && len + 1 < size; s++) {
        bool no_break = (unsigned char)s[0] == 0xc2 && (unsigned char)s[1] == 0xa0;

        if (no_break)
            s++;
        if (no_break || (unsigned char)*s <= ' ') {
            if (!gap)
                out[len++] = ' ';
            gap = true;
            continue;
        }
        out[len++] = *s;
        gap = false;
    }
    out[len] = '\0';
}

/* The text in a cell or a title; size is at most PAGE_TITLE. */
static void
text_of(const xmlNode *node, char *out, size_t size)
{
    bool skip = false;
    char text[PAGE_TITLE];

    text[0] = '\0';
    for (xmlNode *n = node->children; n != NULL; n = next_node(node, n, skip)) {
        skip =
            is_element(n, "table") || is_element(n, "script") || is_element(n, "style");
        if (is_element(n, "br"))
            add_text(text, size, " ");
        if (n->type == XML_TEXT_NODE && n->content != NULL)
            add_text(text, size, (const char *)n->content);
    }
    str_utf8_clean(out, size, str_trim(text)); /* may have been cut in a letter */
}

void
page_title(const struct page *p, char *out)
{
    const xmlNode *root = (const xmlNode *)p->doc;
    xmlNode *n = p->doc->children;

    while (n != NULL && !is_element(n, "title"))
        n = next_node(root, n, false);
    out[0] = '\0';
    if (n != NULL)
        text_of(n, out, PAGE_TITLE);
}

static const char *
class_of(const xmlNode *node)
{
    const xmlAttr *a = node->type == XML_ELEMENT_NODE ? node->properties : NULL;

    while (a != NULL && !str_ieq((const char *)a->name, "class"))
        a = a->next;
    if (a == NULL || a->children == NULL || a->children->content == NULL)
        return "";
    return (const char *)a->children->content;
}

bool
page_has_class(const struct page_row *row, const char *name)
{
    const char *cursor = row->table_class, *piece;
    size_t len = strlen(name), n;

    while ((piece = str_piece(&cursor, " \t\r\n\f", &n)) != NULL)
        if (n == len && memcmp(piece, name, n) == 0)
            return true;
    return false;
}

static const xmlNode *
table_of(const xmlNode *row)
{
    const xmlNode *n = row->parent;

    while (n != NULL && n->parent != NULL && !is_element(n, "table"))
        n = n->parent;
    return n;
}

bool
page_next_row(struct page *p, struct page_row *row)
{
    const xmlNode *root = (const xmlNode *)p->doc;
    const xmlNode *table;
    xmlNode *n = p->at == NULL ? p->doc->children : next_node(root, p->at, false);

    while (n != NULL && !is_element(n, "tr"))
        n = next_node(root, n, false);
    p->at = n;
    if (n == NULL) {
        p->at = NULL;
        return false;
    }
    row->table = table = table_of(n);
    row->table_class = table == NULL ? "" : class_of(table);
    row->n = 0;
    for (xmlNode *c = n->children; c != NULL && row->n < PAGE_CELLS; c = c->next)
        if (is_element(c, "td") || is_element(c, "th"))
            text_of(c, row->cells[row->n++], PAGE_TEXT);
    return true;
}

int
page_column(const struct page_row *row, const char *const *names)
{
    for (size_t i = 0; i < row->n; i++)
        for (size_t k = 0; names[k] != NULL; k++)
            if (str_ieq(row->cells[i], names[k]))
                return (int)i;
    return -1;
}

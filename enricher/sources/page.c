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
add_text(char *out, const char *s)
{
    size_t len = strlen(out);
    bool gap = len == 0 || out[len - 1] == ' ';

    for (; *s != '\0' && len + 1 < PAGE_TEXT; s++) {
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

static void
cell_text(const xmlNode *cell, char *out)
{
    bool skip = false;
    char text[PAGE_TEXT];

    text[0] = '\0';
    for (xmlNode *n = cell->children; n != NULL; n = next_node(cell, n, skip)) {
        skip =
            is_element(n, "table") || is_element(n, "script") || is_element(n, "style");
        if (n->type == XML_TEXT_NODE && n->content != NULL)
            add_text(text, (const char *)n->content);
    }
    str_utf8_clean(out, PAGE_TEXT, str_trim(text)); /* may have been cut in a letter */
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
    xmlNode *n = p->at == NULL ? p->doc->children : next_node(root, p->at, false);

    while (n != NULL && !is_element(n, "tr"))
        n = next_node(root, n, false);
    p->at = n;
    if (n == NULL) {
        p->at = NULL;
        return false;
    }
    row->table = table_of(n);
    row->n = 0;
    for (xmlNode *c = n->children; c != NULL && row->n < PAGE_CELLS; c = c->next)
        if (is_element(c, "td") || is_element(c, "th"))
            cell_text(c, row->cells[row->n++]);
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

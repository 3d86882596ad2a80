#include "ingest/feed.h"

#include "base/buf.h"
#include "base/str.h"
#include "ingest/base64.h"
#include "ingest/feed_reader.h"
#include "ingest/recode.h"
#include "ingest/repair.h"

static const char *const roots[] = {"rss", "RDF", "feed", "channel"};

static int
list_add(struct feed *f, const struct feed_entry *e)
{
    if (f->n == FEED_ENTRIES_MAX) {
        f->dropped++;
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
    return 0;
}

static void
on_root(struct feed_reader *r, struct slice name)
{
    r->started = true;
    for (size_t i = 0; i < STR_LEN(roots); i++)
        if (slice_is_name(name, roots[i], strlen(roots[i])))
            r->is_feed = true;
}

static void
split(const struct feed_reader *r, struct slice name, struct feed_name *out)
{
    const char *colon = memchr(name.s, ':', name.n);
    size_t n = colon == NULL ? 0 : (size_t)(colon - name.s);
    size_t behind = colon == NULL ? 0 : n + 1;

    out->prefix = feed_space_of(r, (struct slice){name.s, n});
    out->local.s = name.s + behind;
    out->local.n = name.n - behind;
}

/* ---- text, and markup inside it ----------------------------------------------------
 */

static void
add(struct feed_reader *r, const char *s)
{
    markup_decode((struct slice){s, strlen(s)}, false, &r->text);
}

/* Text between tags of its own has to stay apart from them. */
static void
add_escaped(struct feed_reader *r, struct slice text)
{
    const char *s = text.s, *end = text.s + text.n;

    for (const char *run = s; run < end; run = s) {
        while (s < end && *s != '&' && *s != '<' && *s != '>')
            s++;
        markup_decode((struct slice){run, (size_t)(s - run)}, false, &r->text);
        if (s < end)
            add(r, *s == '&' ? "&amp;" : *s == '<' ? "&lt;" : "&gt;");
        s += s < end;
    }
}

/* Atom wraps a text with markup into one <div> that is no part of it. */
static bool
is_wrapper(const struct feed_reader *r, struct slice name)
{
    struct feed_name whole;

    if (!r->xhtml || r->depth != r->field_depth + 1)
        return false;
    split(r, name, &whole);
    return SLICE_IS(whole.local, "div");
}

static void
markup_start(struct feed_reader *r, const struct markup_token *tag)
{
    if (is_wrapper(r, tag->name))
        return;
    add(r, "<");
    markup_decode(tag->name, false, &r->text);
    markup_decode(tag->text, false, &r->text);
    add(r, ">");
}

static void
markup_end(struct feed_reader *r, struct slice name)
{
    if (is_wrapper(r, name))
        return;
    add(r, "</");
    markup_decode(name, false, &r->text);
    add(r, ">");
}

/* UTF-8 without a NUL; else it is a picture, or the like. */
static bool
is_text(const char *s, size_t n)
{
    return str_is_utf8(s, n) && memchr(s, '\0', n) == NULL;
}

/* Takes the text as the field's value, undoing what was encoded once too often. */
static void
end_field(struct feed_reader *r)
{
    struct buf fixed;

    r->field_depth = 0;
    r->out->cut += r->text.cut;
    if (r->base64 && base64_decode(r->text.s, &r->text.n)) {
        feed_field_end(r, r->text.s, is_text(r->text.s, r->text.n) ? r->text.n : 0);
        return;
    }
    if (!r->text.wide || !repair_text_needed(r->text.s, r->text.n)) {
        feed_field_end(r, r->text.s, r->text.n);
        return;
    }
    buf_init(&fixed, 2 * FEED_FIELD_MAX);
    if (repair_text(r->text.s, r->text.n, &fixed) == 0)
        feed_field_end(r, fixed.data, fixed.len);
    else
        r->rc = ERR_NOMEM;
    buf_free(&fixed);
}

/* ---- tokens ------------------------------------------------------------------------
 */

/* An item within an item: the end of the former was lost. */
static bool
is_next_item(const struct feed_reader *r, const struct markup_token *tag)
{
    return slice_is(tag->name, r->item_name.s, r->item_name.n);
}

static void
begin_item(struct feed_reader *r, const struct markup_token *tag, struct slice prefix)
{
    char about[2048];

    r->item_depth = r->depth;
    r->item_name = tag->name;
    r->item.prefix = prefix;
    r->item.entry = (struct feed_entry){0};
    r->item.borrowed = 0;
    for (size_t i = 0; i < FEED_LISTS; i++)
        r->item.lists[i].n = 0;
    if (tag->text.n > 0 && markup_attribute(tag, "rdf:about", about, sizeof about))
        feed_field_set(r, FEED_ID, about, strlen(about)); /* RSS 1.0 */
}

static void
end_item(struct feed_reader *r)
{
    if (r->field_depth > 0)
        end_field(r);
    feed_draft_end(r, &r->item);
    r->item_depth = 0;
    if (list_add(r->out, &r->item.entry) != 0)
        r->rc = ERR_NOMEM;
}

static void
on_open(struct feed_reader *r, const struct markup_token *tag)
{
    struct feed_name name;

    r->depth++;
    if (r->depth <= 2 && tag->text.n > 0) /* the feed's own elements declare them */
        feed_spaces_add(r, tag);
    split(r, tag->name, &name);
    if (!r->started)
        on_root(r, name.local);
    if (r->item_depth > 0 && is_next_item(r, tag))
        end_item(r);
    if (r->field_depth > 0) {
        markup_start(r, tag);
    } else if (r->item_depth > 0) {
        if (r->depth == r->item_depth + 1)
            feed_child(r, &name, tag);
    } else if (SLICE_IS(name.local, "item") || SLICE_IS(name.local, "entry")) {
        begin_item(r, tag, name.prefix);
    } else if (r->head_depth > 0) { /* its own fields stand beside the items */
        if (r->depth == r->head_depth + 1)
            feed_child(r, &name, tag);
    } else if (SLICE_IS(name.local, "channel") || SLICE_IS(name.local, "feed")) {
        r->head_depth = r->depth;
        r->head.prefix = name.prefix;
    }
}

static void
on_close(struct feed_reader *r, const struct markup_token *tag)
{
    if (r->field_depth > 0 && r->depth > r->field_depth)
        markup_end(r, tag->name);
    if (r->field_depth == r->depth && r->field_depth > 0)
        end_field(r);
    if (r->head_depth == r->depth)
        r->head_depth = 0;
    if (r->item_depth == r->depth && r->item_depth > 0)
        end_item(r);
    r->depth--;
}

static void
on_text(struct feed_reader *r, const struct markup_token *t)
{
    bool nested = r->xhtml || r->depth > r->field_depth;

    if (r->field_depth == 0)
        return;
    if (nested && t->kind == MARKUP_CDATA)
        add_escaped(r, t->text);
    else
        markup_decode(t->text, !nested && t->kind == MARKUP_TEXT, &r->text);
}

static void (*const handlers[])(struct feed_reader *r, const struct markup_token *t) = {
    [MARKUP_OPEN] = on_open,
    [MARKUP_CLOSE] = on_close,
    [MARKUP_TEXT] = on_text,
    [MARKUP_CDATA] = on_text,
};

static void
read_all(struct feed_reader *r, struct slice doc)
{
    struct markup m;
    struct markup_token t;

    markup_init(&m, doc.s, doc.n);
    while (r->rc == 0 && markup_next(&m, &t) != MARKUP_END)
        handlers[t.kind](r, &t);
    feed_draft_end(r, &r->head);
    r->out->head = r->head.entry;
    r->out->broken = m.why != NULL;
    if (r->out->broken)
        (void)why_set(&r->out->why, 0, "line %d: %s", markup_line(&m), m.why);
}

/* The reader is large, and most of it is written before it is read. */
static struct feed_reader *
reader_new(struct feed *out)
{
    struct feed_reader *r = malloc(sizeof *r);

    if (r == NULL)
        return NULL;
    r->out = out;
    r->head.entry = (struct feed_entry){0};
    r->head.borrowed = 0;
    for (size_t i = 0; i < FEED_LISTS; i++)
        r->head.lists[i].n = 0;
    r->text = (struct gather){.s = r->bytes, .size = FEED_FIELD_MAX};
    r->depth = r->head_depth = r->item_depth = r->field_depth = 0;
    r->started = r->is_feed = r->xhtml = r->base64 = r->borrowed = false;
    r->n_spaces = 0;
    r->rc = 0;
    return r;
}

int
feed_parse(const char *body, size_t len, struct feed *out, struct why *why)
{
    struct feed_reader *r;
    struct slice doc;
    char *copy;
    int rc;

    *out = (struct feed){0};
    if (len == 0)
        return why_set(why, ERR_EMPTY, "no bytes");
    rc = recode(body, len, &copy, &doc);
    if ((r = reader_new(out)) == NULL)
        rc = ERR_NOMEM;
    if (rc == 0) {
        read_all(r, doc);
        rc = r->rc;
    }
    if (rc == 0 && !r->is_feed)
        rc = why_set(why, ERR_CHANGED, "not a feed: %s",
                     r->started ? "another kind of document" : "no XML element");
    free(r);
    free(copy);
    if (rc != 0)
        feed_free(out);
    return rc;
}

void
feed_free(struct feed *f)
{
    arena_free(&f->texts);
    free(f->entries);
    *f = (struct feed){0};
}

const char *
feed_text(const struct feed_entry *e, enum feed_field field)
{
    return e->text[field] == NULL ? "" : e->text[field];
}

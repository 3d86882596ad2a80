#include "ingest/markup.h"

#include "base/str.h"

void
markup_init(struct markup *m, const char *s, size_t n)
{
    m->begin = m->at = s;
    m->end = s + n;
    m->depth = m->closing = 0;
    m->begun = false;
    m->why = m->where = NULL;
}

static void
fault(struct markup *m, const char *where, const char *why)
{
    if (m->why != NULL)
        return;
    m->why = why;
    m->where = where;
}

int
markup_line(const struct markup *m)
{
    int line = 1;

    for (const char *s = m->begin; m->where != NULL && s < m->where; s++)
        line += *s == '\n';
    return line;
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool
is_name_start(char c)
{
    return (c | 0x20) >= 'a' ? (c | 0x20) <= 'z' || c == '_' || (c & 0x80) != 0
                             : c == ':' || (c & 0x80) != 0;
}

static const bool ends_name[256] = {
    [' '] = true, ['\n'] = true, ['\t'] = true, ['\r'] = true,
    ['>'] = true, ['/'] = true,  ['<'] = true,  ['='] = true,
};

/* Where a name that begins at s ends. */
static const char *
name_end(const char *s, const char *end)
{
    while (s < end && !ends_name[(unsigned char)*s])
        s++;
    return s;
}

/* ---- elements ----------------------------------------------------------------------
 */

static bool
open_element(struct markup *m, struct markup_token *t, bool empty)
{
    if (m->depth == 0 && m->begun)
        fault(m, t->name.s, "a second element outside all others");
    if (m->depth < MARKUP_DEEP) { /* part by part: as a whole it waits for both */
        m->open[m->depth].s = t->name.s;
        m->open[m->depth].n = t->name.n;
    }
    m->depth++;
    m->begun = true;
    m->closing = empty;
    t->kind = MARKUP_OPEN;
    return true;
}

static bool
close_element(struct markup *m, struct markup_token *t)
{
    m->closing--;
    m->depth--;
    t->kind = MARKUP_CLOSE;
    t->name = m->depth < MARKUP_DEEP ? m->open[m->depth] : (struct slice){"", 0};
    t->text = (struct slice){"", 0};
    return true;
}

static bool
is_innermost(const struct markup *m, struct slice name)
{
    return m->depth > 0 && m->depth <= MARKUP_DEEP &&
           slice_is(m->open[m->depth - 1], name.s, name.n);
}

/* How many elements an end tag closes that is not the innermost's: those up to the
 * nearest of its name.  One of no open element's name, but as long as the innermost's,
 * is that with a damaged byte. */
static size_t
closed_by(const struct markup *m, struct slice name)
{
    if (m->depth > MARKUP_DEEP)
        return 1;
    for (size_t i = m->depth; i > 0; i--)
        if (slice_is(m->open[i - 1], name.s, name.n))
            return m->depth - i + 1;
    return m->depth > 0 && m->open[m->depth - 1].n == name.n;
}

/* Where the tag ends that has its attributes from s on: its '>', or what stands where
 * it should be.  A value holds no '<', so a quote that was never closed takes no more
 * than its own tag. */
static const char *
tag_end(struct markup *m, const char *s)
{
    const char *first = NULL, *end = m->end; /* first: '>' behind the open quote */
    char quote = '\0';

    for (; s < end && *s != '<'; s++) {
        if (*s == '>' && quote == '\0')
            return s;
        if (*s == '>' && first == NULL)
            first = s;
        if (quote == '\0' && (*s == '"' || *s == '\''))
            quote = *s, first = NULL;
        else if (*s == quote)
            quote = '\0';
    }
    if (quote != '\0')
        fault(m, m->at, "a quote that is not closed");
    return first != NULL ? first : s;
}

/* ---- what begins with '<' ----------------------------------------------------------
 */

/* Each takes what stands at m->at; false: it was no token. */
typedef bool take_fn(struct markup *m, struct markup_token *t);

/* Passes over what ends with `tail`. */
static bool
skip_to(struct markup *m, const char *from, const char *tail, size_t n)
{
    const char *found = memmem(from, (size_t)(m->end - from), tail, n);

    if (found == NULL)
        fault(m, m->at, "a comment or an instruction that does not end");
    m->at = found == NULL ? m->end : found + n;
    return false;
}

static bool
take_comment(struct markup *m, struct markup_token *t)
{
    (void)t;
    return skip_to(m, m->at + 4, "-->", 3);
}

static bool
take_instruction(struct markup *m, struct markup_token *t)
{
    (void)t;
    return skip_to(m, m->at + 2, "?>", 2);
}

/* With declarations of its own in brackets. */
static bool
take_doctype(struct markup *m, struct markup_token *t)
{
    const char *s = m->at;
    int deep = 0;
    char quote = '\0';

    (void)t;
    for (; s < m->end && (*s != '>' || deep > 0 || quote != '\0'); s++) {
        if (quote != '\0')
            quote = *s == quote ? '\0' : quote;
        else if (*s == '"' || *s == '\'')
            quote = *s;
        else
            deep += (*s == '[') - (*s == ']');
    }
    if (s == m->end)
        fault(m, m->at, "a document type that does not end");
    m->at = s == m->end ? s : s + 1;
    return false;
}

/* One whose end was lost goes up to the next end tag. */
static bool
take_cdata(struct markup *m, struct markup_token *t)
{
    const char *s = m->at + 9;
    const char *tail = memmem(s, (size_t)(m->end - s), "]]>", 3);

    if (tail == NULL) {
        fault(m, m->at, "CDATA that does not end");
        tail = memmem(s, (size_t)(m->end - s), "</", 2);
        m->at = tail = tail == NULL ? m->end : tail;
    } else {
        m->at = tail + 3;
    }
    t->kind = MARKUP_CDATA;
    t->text = (struct slice){s, (size_t)(tail - s)};
    return t->text.n > 0;
}

static bool
take_close(struct markup *m, struct markup_token *t)
{
    const char *s = m->at + 2, *stop = name_end(s, m->end);
    struct slice name = {s, (size_t)(stop - s)};

    while (stop < m->end && *stop != '>' && *stop != '<')
        stop++;
    if (stop == m->end || *stop == '<')
        fault(m, m->at, "an end tag that does not end");
    m->closing = 1;
    if (!is_innermost(m, name)) {
        m->closing = closed_by(m, name);
        fault(m, m->at, "an end tag of another element than the open one");
    }
    m->at = stop < m->end && *stop == '>' ? stop + 1 : stop;
    return m->closing > 0 && close_element(m, t);
}

static bool
take_open(struct markup *m, struct markup_token *t)
{
    const char *s = m->at + 1, *behind = name_end(s, m->end);
    const char *stop = behind < m->end && *behind == '>' ? behind : tag_end(m, behind);
    bool ends = stop < m->end && *stop == '>';
    bool empty = stop > behind && stop[-1] == '/';

    if (!ends)
        fault(m, m->at, "a tag that does not end");
    if (stop == m->end) {
        m->at = stop;
        return false;
    }
    t->name = (struct slice){s, (size_t)(behind - s)};
    t->text = (struct slice){behind, (size_t)(stop - behind) - empty};
    m->at = stop + ends;
    return open_element(m, t, empty);
}

/* Up to the next tag; a '<' at its first byte is part of it. */
static bool
take_text(struct markup *m, struct markup_token *t)
{
    const char *s = m->at;
    const char *stop = memchr(s + 1, '<', (size_t)(m->end - s) - 1);

    stop = stop == NULL ? m->end : stop;
    m->at = stop;
    if (*s == '<')
        fault(m, s, "a '<' that begins no tag");
    t->kind = MARKUP_TEXT;
    t->text = (struct slice){s, (size_t)(stop - s)};
    if (m->depth > 0)
        return true;
    while (s < stop && is_space(*s))
        s++;
    if (s < stop)
        fault(m, s, "text outside all elements");
    return false;
}

/* The first that fits; what none fits is an element, or text. */
static const struct {
    const char *head;
    size_t n;
    take_fn *take;
} heads[] = {
    {"<!--", 4, take_comment},
    {"<![CDATA[", 9, take_cdata},
    {"<!DOCTYPE", 9, take_doctype},
    {"<?", 2, take_instruction},
};

static take_fn *
taker_of(const struct markup *m)
{
    size_t left = (size_t)(m->end - m->at);

    if (*m->at != '<')
        return take_text;
    if (left > 1 && is_name_start(m->at[1]))
        return take_open;
    if (left > 1 && m->at[1] == '/')
        return take_close;
    for (size_t i = 0; i < STR_LEN(heads); i++)
        if (left >= heads[i].n && memcmp(m->at, heads[i].head, heads[i].n) == 0)
            return heads[i].take;
    return take_text;
}

enum markup_kind
markup_next(struct markup *m, struct markup_token *t)
{
    if (m->closing > 0 && close_element(m, t))
        return t->kind;
    while (m->at < m->end)
        if (taker_of(m)(m, t))
            return t->kind;
    if (m->depth > 0)
        fault(m, m->end, "the document ends within an element");
    t->kind = MARKUP_END;
    return MARKUP_END;
}

/* ---- attributes --------------------------------------------------------------------
 */

static const char *
skip_space(const char *s, const char *end)
{
    while (s < end && is_space(*s))
        s++;
    return s;
}

/* The value behind a '=', with or without quotes; returns where it is over. */
static const char *
take_value(const char *s, const char *end, struct slice *value)
{
    const char *stop;
    bool quoted = s < end && (*s == '"' || *s == '\'');

    if (quoted) {
        stop = memchr(s + 1, *s, (size_t)(end - s) - 1);
        stop = stop == NULL ? end : stop;
        s++;
    } else {
        for (stop = s; stop < end && !is_space(*stop);)
            stop++;
    }
    *value = (struct slice){s, (size_t)(stop - s)};
    return stop + (quoted && stop < end);
}

bool
markup_next_attribute(struct slice *rest, struct slice *name, struct slice *value)
{
    const char *s = rest->s, *end = s + rest->n, *stop;

    while (s < end && name_end(s, end) == s) /* no byte of a name */
        s++;
    if (s == end)
        return false;
    stop = name_end(s, end);
    *name = (struct slice){s, (size_t)(stop - s)};
    *value = (struct slice){"", 0};
    s = skip_space(stop, end);
    if (s < end && *s == '=')
        s = take_value(skip_space(s + 1, end), end, value);
    *rest = (struct slice){s, (size_t)(end - s)};
    return true;
}

static void
keep_value(struct slice value, struct markup_wanted *w)
{
    struct gather to = {.s = w->out, .size = w->size - 1};

    markup_decode(value, true, &to);
    w->out[to.n] = '\0';
    for (char *c = w->out; *c != '\0'; c++)
        *c = is_space(*c) ? ' ' : *c;
    w->found = true;
}

void
markup_attributes(const struct markup_token *t, struct markup_wanted *w, size_t n)
{
    struct slice rest = t->text, name, value;

    for (size_t i = 0; i < n; i++) {
        w[i].out[0] = '\0';
        w[i].found = false;
    }
    while (rest.n > 0 && markup_next_attribute(&rest, &name, &value))
        for (size_t i = 0; i < n; i++)
            if (!w[i].found && slice_is_name(name, w[i].name, strlen(w[i].name)))
                keep_value(value, &w[i]);
}

bool
markup_attribute(const struct markup_token *t, const char *name, char *out, size_t size)
{
    struct markup_wanted w = {.name = name, .out = out, .size = size};

    markup_attributes(t, &w, 1);
    return w.found;
}

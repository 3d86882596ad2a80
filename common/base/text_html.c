#include "base/text.h"

#include "base/str.h"
#include "base/text_char.h"

#include <ctype.h>

enum { TAG_NAME = 12 }; /* bytes that matter: "</script" */

/* Where the reader stands: in text, behind a '<', in a tag, in an attribute's value. */
enum state { TEXT, NAME, TAG, VALUE, QUOTED, COMMENT, DROPPED };

struct reader {
    const char *s;
    size_t n, at;
    char *out;
    size_t size, len;
    bool space; /* one is due before the next character */
    enum state state;
    uint32_t quote; /* that ends QUOTED */
    char name[TAG_NAME];
    size_t name_len;
    char dropped[TAG_NAME];  /* "script" or "style" in DROPPED */
    uint32_t last, before;   /* the two characters before: "--" of a comment */
    size_t tag_at, tag_next; /* where the open tag began, and the byte after */
    bool has_value;          /* the open tag has an attribute with a value */
    bool in_cdata;
    bool plain_quotes; /* a quote in a tag was never closed */
    bool plain_tags;   /* a tag was never closed */
};

static bool
is_space(uint32_t c)
{
    return c <= ' ' || (c >= 0x7f && c <= 0xa0) || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Characters without a width: they only break words that should match. */
static bool
is_invisible(uint32_t c)
{
    return c == 0xad || (c >= 0x200b && c <= 0x200f) || c == 0x2060 || c == 0xfeff;
}

/* Bytes that fit behind the blank that is due. */
static size_t
room(const struct reader *r)
{
    size_t used = r->len + (r->space && r->len > 0) + 1;

    return used < r->size ? r->size - used : 0;
}

/* What fits, n > 0. */
static void
put(struct reader *r, const char *s, size_t n)
{
    if (r->space && r->len > 0)
        r->out[r->len++] = ' ';
    memcpy(r->out + r->len, s, n);
    r->len += n;
    r->space = false;
}

static void
emit(struct reader *r, uint32_t c)
{
    char bytes[4];
    size_t len;

    if (is_space(c)) {
        r->space = true;
        return;
    }
    if (is_invisible(c))
        return;
    len = text_char_put(c, bytes);
    if (len > room(r))
        r->size = 0; /* full: nothing shorter may slip in behind */
    else
        put(r, bytes, len);
}

/* Printable ASCII that begins neither a tag nor an entity and ends no CDATA. */
static bool
is_plain(char c)
{
    return c > ' ' && c < 0x7f && c != '&' && c != '<' && c != '>';
}

/* How many plain bytes stand at s, with blanks between them but no two in a row. */
static size_t
plain_length(const char *s, size_t left)
{
    size_t n = text_plain_run(s, left);

    while (n < left && (is_plain(s[n]) || (s[n] == ' ' && is_plain(s[n - 1]))))
        n++;
    return n;
}

/* Takes the plain bytes that stand there, and the blank behind them, at once: most of
 * every text.  False when there are none. */
static bool
emit_run(struct reader *r)
{
    const char *s = r->s + r->at;
    size_t n, words, fits = room(r); /* bytes: all, without the blank, that fit */

    if (!is_plain(*s))
        return false;
    n = plain_length(s, r->n - r->at);
    words = n - (s[n - 1] == ' ');
    r->at += n;
    if (words > fits) {
        r->size = 0; /* full: nothing shorter may slip in behind */
        words = fits - (fits > 0 && s[fits - 1] == ' ');
    }
    if (words > 0)
        put(r, s, words);
    r->space = s[n - 1] == ' ';
    return true;
}

/* A '<' opens a tag only before a letter, '/', '!' or '?': "a < b" is text. */
static void
on_text(struct reader *r, uint32_t c)
{
    uint32_t next = 0;

    if (c == '<' && !r->plain_tags && r->tag_next < r->n)
        (void)text_char_at(r->s + r->tag_next, r->n - r->tag_next,
                           &next); /* a look ahead */
    if (next < 0x80 && next != 0 && (isalpha((int)next) || strchr("/!?", (int)next))) {
        r->state = NAME;
        r->name_len = 0;
        r->has_value = false;
        return;
    }
    if (c == '>' && r->in_cdata && r->len >= 2 &&
        memcmp(r->out + r->len - 2, "]]", 2) == 0) {
        r->len -= 2;
        r->len -= r->len > 0 && r->out[r->len - 1] == ' ';
        r->in_cdata = false;
        c = ' ';
    }
    emit(r, c);
}

static void
end_tag(struct reader *r)
{
    bool opens = r->state != DROPPED;

    r->name[r->name_len] = '\0';
    r->space = true;
    r->state = TEXT;
    if (opens && (str_ieq(r->name, "script") || str_ieq(r->name, "style"))) {
        str_copy(r->dropped, sizeof r->dropped, r->name);
        r->state = DROPPED;
        r->name_len = 0;
    }
}

static void
on_name(struct reader *r, uint32_t c)
{
    r->name[r->name_len] = '\0';
    if (c == '>') {
        end_tag(r);
    } else if (c == '-' && str_eq(r->name, "!-")) {
        r->state = COMMENT;
        r->last = r->before = 0;
    } else if (c == '[' && str_eq(r->name, "![CDATA")) {
        r->state = TEXT; /* its content is text */
        r->in_cdata = r->space = true;
    } else if (is_space(c) || (c == '/' && r->name_len > 0)) {
        r->state = TAG;
    } else if (r->name_len < sizeof r->name - 1) {
        r->name[r->name_len++] = c < 0x80 ? (char)c : TEXT_BAD;
    }
}

static void
on_tag(struct reader *r, uint32_t c)
{
    if (c == '>') {
        end_tag(r);
    } else if (c == '=') {
        r->state = VALUE;
        r->has_value = true;
    }
}

/* Behind a '=': a quote opens a value that may hold '>'. */
static void
on_value(struct reader *r, uint32_t c)
{
    if (is_space(c))
        return;
    r->state = TAG;
    if ((c == '"' || c == '\'') && !r->plain_quotes) {
        r->state = QUOTED;
        r->quote = c;
    } else {
        on_tag(r, c);
    }
}

static void
on_quoted(struct reader *r, uint32_t c)
{
    if (c == r->quote)
        r->state = TAG;
}

static void
on_comment(struct reader *r, uint32_t c)
{
    if (c == '>' && r->last == '-' && r->before == '-') {
        r->state = TEXT;
        r->space = true;
    }
    r->before = r->last;
    r->last = c;
}

/* In a script or style: all is dropped up to its end tag. */
static void
on_dropped(struct reader *r, uint32_t c)
{
    r->name[r->name_len] = '\0';
    if (c == '<') {
        r->name_len = 0;
        r->name[r->name_len++] = '<';
    } else if (c == '>' && str_starts(r->name, "</") &&
               str_ieq(r->name + 2, r->dropped)) {
        end_tag(r);
    } else if (!is_space(c) && r->name_len > 0 && r->name_len < sizeof r->name - 1) {
        r->name[r->name_len++] = c < 0x80 ? (char)c : TEXT_BAD;
    }
}

static void (*const handlers[])(struct reader *r, uint32_t c) = {
    [TEXT] = on_text,       [NAME] = on_name,     [TAG] = on_tag,
    [VALUE] = on_value,     [QUOTED] = on_quoted, [COMMENT] = on_comment,
    [DROPPED] = on_dropped,
};

/* The end came inside a tag.  Its quote was not one, or it was no tag at all: read on
 * from where it began, with that known.  Each happens once, so the whole stays O(n).
 * A tag that was cut off has a value; "a <b and c" has none and is text. */
static bool
read_again(struct reader *r)
{
    if (r->state == QUOTED && !r->plain_quotes) {
        r->plain_quotes = true;
        r->at = r->tag_at;
    } else if (r->state == TAG && !r->plain_tags && !r->has_value) {
        r->plain_tags = true;
        r->at = r->tag_at;
    } else {
        return false;
    }
    r->state = TEXT;
    return true;
}

static void
read_char(struct reader *r)
{
    uint32_t c;
    size_t used = text_char_at(r->s + r->at, r->n - r->at, &c);

    if (r->state == TEXT) {
        r->tag_at = r->at;
        r->tag_next = r->at + used;
    }
    r->at += used;
    handlers[r->state](r, c);
}

/* To the end, or until the text is full. */
static void
read_all(struct reader *r)
{
    while (r->at < r->n && r->size > 0)
        if (r->state != TEXT || !emit_run(r))
            read_char(r);
}

char *
text_from_html(const char *html, size_t n, char *out, size_t size)
{
    struct reader r = {.s = html, .n = html != NULL ? n : 0, .out = out, .size = size};

    if (size == 0)
        return out;
    do
        read_all(&r);
    while (read_again(&r));
    out[r.len] = '\0';
    return out;
}

/* markup - tags and texts of an XML document, one by one
 *
 * Reads what feeds really send.  What is not well-formed is read as well as it can be,
 * and the first fault is remembered: an element that a later end tag leaves open ends
 * there, an end tag of nothing is passed over, a '<' that begins no tag is text.
 * Elements still open at the end of the document are not closed: what they hold is not
 * whole.  No DTD is read, no entity of one is expanded.
 *
 * Names, texts and attributes are pieces of the document as they stand in it;
 * markup_decode and markup_attribute decode them.  Pure: no allocation, no clock, log
 * or socket.  O(n) for the whole document.
 */
#ifndef CATALYST_INGEST_MARKUP_H
#define CATALYST_INGEST_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <strings.h>

enum { MARKUP_DEEP = 256 }; /* elements deeper than that are closed by any end tag */

/* Bytes of the document, borrowed from it. */
struct slice {
    const char *s;
    size_t n;
};

enum markup_kind {
    MARKUP_OPEN,  /* an element begins: its name, and its attributes as text */
    MARKUP_CLOSE, /* it ends: its name; one for each MARKUP_OPEN before the end */
    MARKUP_TEXT,  /* with references */
    MARKUP_CDATA, /* as it stands */
    MARKUP_END    /* of the document */
};

struct markup_token {
    enum markup_kind kind;
    struct slice name; /* with its prefix: "dc:date" */
    struct slice text;
};

struct markup {
    const char *at, *end, *begin;
    size_t depth;      /* of the elements that are open */
    size_t closing;    /* how many of them the last tag closes */
    bool begun;        /* there was an element */
    const char *why;   /* the first fault, static; NULL while there is none */
    const char *where; /* it is in the document */
    struct slice open[MARKUP_DEEP];
};

/* Begins with s[n], UTF-8 as far as possible, which outlives m. */
void markup_init(struct markup *m, const char *s, size_t n);

/* The next token; MARKUP_END for ever when there is none. */
enum markup_kind markup_next(struct markup *m, struct markup_token *t);

/* The line of the first fault, from 1. */
int markup_line(const struct markup *m);

/* Bytes of decoded text: what does not fit is cut at a character. */
struct gather {
    char *s; /* the caller's, `size` bytes; no NUL is put behind */
    size_t n, size;
    bool cut;
    bool wide; /* it has bytes beyond ASCII */
};

/* Adds decoded text.  With `refers`, references to characters and HTML's entities are
 * decoded, those nobody knows stay; bytes that are no UTF-8 are taken for Latin-1,
 * controls for blanks. */
void markup_decode(struct slice from, bool refers, struct gather *out);

/* An attribute that is asked for, and where its value goes. */
struct markup_wanted {
    const char *name;
    char *out; /* size bytes */
    size_t size;
    bool found;
};

/* The values of some attributes of a MARKUP_OPEN, decoded, white space in them blanks;
 * cut to size.  "" where there is none. */
void markup_attributes(const struct markup_token *t, struct markup_wanted *w, size_t n);

/* The same for one; returns whether it was found. */
bool markup_attribute(const struct markup_token *t, const char *name, char *out,
                      size_t size);

/* Steps through attributes: takes the first off `rest`, which begins as the text of a
 * MARKUP_OPEN.  value: raw, without its quotes; empty when there is none.  false at the
 * end. */
bool markup_next_attribute(struct slice *rest, struct slice *name, struct slice *value);

static inline bool
slice_is(struct slice a, const char *s, size_t n)
{
    return a.n == n && (n == 0 || (*a.s == *s && __builtin_memcmp(a.s, s, n) == 0));
}

/* Names of feeds are in whatever case their makers liked. */
static inline bool
slice_is_name(struct slice a, const char *s, size_t n)
{
    return a.n == n &&
           (n == 0 || ((*a.s | 0x20) == (*s | 0x20) && strncasecmp(a.s, s, n) == 0));
}

/* Of a literal: the compiler knows its length. */
#define SLICE_IS(slice, literal) slice_is_name((slice), literal, sizeof(literal) - 1)

#endif

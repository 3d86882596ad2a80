#include "classifier/words.h"

#include "base/hash.h"
#include "base/str.h"

/* What one character does to the word that is being read. */
enum effect { LETTER, JOINS, SEPARATES, ENDS_CLAUSE };

struct glyph {
    enum effect effect;
    size_t n; /* bytes */
};

/* The few characters beyond ASCII that are not letters, as UTF-8. */
static const struct {
    const char *bytes;
    enum effect effect;
} marks[] = {
    {"\xe2\x80\x98", JOINS},       /* left quote, as an apostrophe */
    {"\xe2\x80\x99", JOINS},       /* right quote */
    {"\xe2\x80\x90", SEPARATES},   /* hyphen */
    {"\xe2\x80\x91", SEPARATES},   /* no-break hyphen */
    {"\xe2\x80\x93", ENDS_CLAUSE}, /* en dash */
    {"\xe2\x80\x94", ENDS_CLAUSE}, /* em dash */
    {"\xe2\x80\x9c", SEPARATES},   /* left double quote */
    {"\xe2\x80\x9d", SEPARATES},   /* right double quote */
    {"\xe2\x80\xa2", ENDS_CLAUSE}, /* bullet */
    {"\xe2\x80\xa6", ENDS_CLAUSE}, /* ellipsis */
    {"\xe2\x84\xa2", SEPARATES},   /* trade mark */
    {"\xe2\x82\xac", SEPARATES},   /* euro */
    {"\xc2\xa0", SEPARATES},       /* no-break space */
    {"\xc2\xa3", SEPARATES},       /* pound */
    {"\xc2\xa9", SEPARATES},       /* copyright */
    {"\xc2\xae", SEPARATES},       /* registered */
};

static bool
is_alnum(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool
is_space(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_open_end(unsigned char c)
{
    return c == '\0' || is_space(c) || c == '"' || c == '\'';
}

/* Is the point behind one letter alone, as in "U.S." or "J.P."? */
static bool
is_initial(const char *start, const char *p)
{
    return p > start && is_alnum((unsigned char)p[-1]) &&
           !(p[-1] >= '0' && p[-1] <= '9') &&
           (p - start == 1 || !is_alnum((unsigned char)p[-2]));
}

/* Punctuation inside a figure or a name ("1.64", "U.S.A", "U.S. Navy") only separates.
 */
static enum effect
punctuation(const char *start, const char *p)
{
    unsigned char c = (unsigned char)*p;
    unsigned char before = p > start ? (unsigned char)p[-1] : ' ';

    if (c == '\'')
        return JOINS;
    if (c == '.' && is_initial(start, p))
        return SEPARATES;
    if (strchr(".,:;!?", c) != NULL)
        return is_open_end((unsigned char)p[1]) ? ENDS_CLAUSE : SEPARATES;
    if (c == '(' || c == '[')
        return is_space(before) ? ENDS_CLAUSE : SEPARATES;
    if (c == '-')
        return p[1] == '-' || (is_space(before) && is_space((unsigned char)p[1]))
                   ? ENDS_CLAUSE
                   : SEPARATES;
    return c == '|' || c == '\n' ? ENDS_CLAUSE : SEPARATES;
}

static struct glyph
glyph_at(const char *start, const char *p)
{
    unsigned char c = (unsigned char)*p;

    if (is_alnum(c))
        return (struct glyph){LETTER, 1};
    if (c < 0x80)
        return (struct glyph){punctuation(start, p), 1};
    for (size_t i = 0; (c == 0xe2 || c == 0xc2) && i < STR_LEN(marks); i++) {
        if (str_starts(p, marks[i].bytes))
            return (struct glyph){marks[i].effect, strlen(marks[i].bytes)};
    }
    return (struct glyph){LETTER, 1};
}

static void
word_end(struct words *w, size_t at, size_t from, bool *opens)
{
    size_t len = w->used - at;

    if (len == 0)
        return;
    if (w->n == WORDS_MAX) {
        w->used = at;
        w->cut = true;
        return;
    }
    w->list[w->n++] = (struct word){
        .hash = hash64(w->text + at, len),
        .at = (uint16_t)at,
        .len = (uint16_t)len,
        .opens = *opens,
        .from = (uint16_t)(from < UINT16_MAX ? from : UINT16_MAX),
    };
    *opens = false;
}

static void
word_letter(struct words *w, unsigned char c)
{
    if (w->used == WORDS_TEXT) {
        w->cut = true;
        return;
    }
    if (c >= 'A' && c <= 'Z')
        c = (unsigned char)(c + ('a' - 'A'));
    w->text[w->used++] = (char)c;
}

/* "company's" is the company; "doesn't" is one word without its apostrophe. */
static bool
is_genitive(const char *p)
{
    return (p[0] == 's' || p[0] == 'S') && !is_alnum((unsigned char)p[1]);
}

void
words_clear(struct words *w)
{
    w->n = 0;
    w->n_title = 0;
    w->fields = 0;
    w->used = 0;
    w->cut = false;
}

void
words_add(struct words *w, const char *text)
{
    bool opens = true;
    size_t at = w->used, from = 0;

    for (const char *p = text; p != NULL && *p != '\0' && !w->cut;) {
        struct glyph g = glyph_at(text, p);

        if (g.effect == LETTER) {
            from = w->used == at ? (size_t)(p - text) : from;
            word_letter(w, (unsigned char)*p);
        }
        p += g.n;
        if (g.effect == JOINS && is_genitive(p))
            p++;
        if (g.effect == SEPARATES || g.effect == ENDS_CLAUSE) {
            word_end(w, at, from, &opens);
            at = w->used;
        }
        if (g.effect == ENDS_CLAUSE)
            opens = true;
    }
    word_end(w, at, from, &opens);
    if (w->fields++ == 0)
        w->n_title = w->n;
}

bool
words_are(const struct words *w, size_t i, const char *word)
{
    return i < w->n && w->list[i].len == strlen(word) &&
           memcmp(w->text + w->list[i].at, word, strlen(word)) == 0;
}

char *
words_text(const struct words *w, size_t first, size_t last, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = first; i <= last && i < w->n && used < size; i++) {
        char piece[64];

        (void)str_copyn(piece, sizeof piece, w->text + w->list[i].at, w->list[i].len);
        (void)str_fmt(out + used, size - used, "%s%s", i > first ? " " : "", piece);
        used += strlen(out + used);
    }
    return out;
}

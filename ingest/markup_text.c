/* What the texts of a document mean. */
#include "base/str.h"
#include "base/text_char.h"
#include "ingest/markup.h"

#include <ctype.h>

enum { REFERENCE_MAX = 32 /* bytes of "&...;" */ };

/* Bytes that stand for themselves wherever they stand: most of every feed. */
static const bool is_plain[256] = {
    ['\t'] = true, ['\n'] = true,         [' ' ... '%'] = true,
    ['\''] = true, ['(' ... 0x7f] = true,
};

/* "#38;" or "#x26;" behind the '&', n bytes with the ';': what it refers to. */
static uint32_t
number_of(const char *s, size_t n)
{
    bool hex = n > 2 && (s[1] == 'x' || s[1] == 'X');
    uint32_t code = 0;
    size_t i = hex ? 2 : 1;

    if (i + 1 >= n)
        return 0;
    for (; i + 1 < n; i++) {
        int c = tolower((unsigned char)s[i]);

        if (!isdigit(c) && !(hex && isxdigit(c)))
            return 0;
        code = code * (hex ? 16 : 10) + (uint32_t)(isdigit(c) ? c - '0' : c - 'a' + 10);
        code = code > 0x110000 ? 0x110000 : code; /* too large stays too large */
    }
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? TEXT_BAD : code;
}

static uint32_t
name_of(const char *s, size_t n)
{
    static const struct {
        const char *name;
        size_t n;
        char c;
    } common[] = {{"lt;", 3, '<'},
                  {"gt;", 3, '>'},
                  {"amp;", 4, '&'},
                  {"quot;", 5, '"'},
                  {"apos;", 5, '\''}};
    char entity[REFERENCE_MAX + 2];
    uint32_t code;

    for (size_t i = 0; i < STR_LEN(common); i++)
        if (n == common[i].n && memcmp(s, common[i].name, n) == 0)
            return (uint32_t)common[i].c;
    entity[0] = '&';
    (void)str_copyn(entity + 1, sizeof entity - 1, s, n);
    return text_char_at(entity, n + 1, &code) == n + 1 ? code : 0;
}

/* The character that a reference at s[n] means, and its length; 0: it is none. */
static size_t
reference_at(const char *s, size_t n, uint32_t *code)
{
    size_t len = 1;
    uint32_t found;

    while (len < n && len < REFERENCE_MAX &&
           (isalnum((unsigned char)s[len]) || (len == 1 && s[len] == '#')))
        len++;
    if (len == 1 || len == n || s[len] != ';')
        return 0;
    found = s[1] == '#' ? number_of(s + 1, len) : name_of(s + 1, len);
    if (found == 0)
        return 0;
    *code = found;
    return len + 1;
}

/* One character that is not plain: its bytes into out[4], how many into *n, and how
 * many of s[left] it took. */
static size_t
odd_at(const char *s, size_t left, bool refers, char out[4], size_t *n)
{
    uint32_t code = (unsigned char)*s;
    size_t took = 1, len;

    if (code >= 0x80) {
        if ((len = str_utf8_next(s, left)) > 0) {
            memcpy(out, s, len);
            *n = len;
            return len;
        }
    } else if (code == '&') {
        if (refers && (len = reference_at(s, left, &code)) > 0)
            took = len;
    } else if (code == '\r') {
        code = '\n';
        took += left > 1 && s[1] == '\n';
    }
    if (code < ' ' && code != '\t' && code != '\n')
        code = ' ';
    *n = text_char_put(code, out);
    return took;
}

/* The longest run of plain bytes, as far as they fit. */
static const char *
add_plain(const char *s, const char *end, struct gather *out)
{
    size_t left = (size_t)(end - s), room = out->size - out->n, n;

    left = left < room ? left : room;
    for (n = text_plain_run(s, left); n < left && is_plain[(unsigned char)s[n]]; n++)
        if (s[n] == '\n' || s[n] == '>') /* behind what stopped the run */
            n += text_plain_run(s + n + 1, left - n - 1);
    memcpy(out->s + out->n, s, n);
    out->n += n;
    return s + n;
}

void
markup_decode(struct slice from, bool refers, struct gather *out)
{
    const char *s = from.s, *end = from.s + from.n;
    char bytes[4];

    while (!out->cut && (s = add_plain(s, end, out)) < end) {
        size_t n = 0, took = odd_at(s, (size_t)(end - s), refers, bytes, &n);

        out->cut = n > out->size - out->n;
        out->wide = out->wide || n > 1;
        for (size_t i = 0; i < n && !out->cut; i++)
            out->s[out->n++] = bytes[i];
        s += took;
    }
}

#include "base/text_char.h"

#include "base/str.h"
#include "base/text.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>

enum {
    ENTITY_MAX = 32, /* bytes of a name */
    ENTITY_DEEP = 4, /* &amp;amp;... is followed this far */
    DATELINE = 160   /* bytes in which one ends */
};

/* What browsers make of the numbers 128 .. 159: Windows-1252. */
static const uint16_t windows[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
    0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
    0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
};

/* Names that came after HTML 4, as far as feeds use them. */
static const struct {
    const char *name;
    uint32_t code;
} newer[] = {
    {"apos", '\''}, {"colon", ':'}, {"comma", ','}, {"dollar", '$'}, {"excl", '!'},
    {"lpar", '('},  {"rpar", ')'},  {"num", '#'},   {"percnt", '%'}, {"period", '.'},
    {"plus", '+'},  {"quest", '?'}, {"semi", ';'},  {"sol", '/'},    {"NewLine", '\n'},
    {"Tab", '\t'},  {"AMP", '&'},   {"LT", '<'},    {"GT", '>'},     {"QUOT", '"'},
};

uint32_t
text_windows(unsigned char byte)
{
    return byte >= 0x80 && byte <= 0x9f ? windows[byte - 0x80] : byte;
}

static uint32_t
number_code(uint32_t v)
{
    if (v <= 0xff && v > 0)
        return text_windows((unsigned char)v);
    return v == 0 || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff) ? TEXT_BAD : v;
}

/* Do the n bytes behind a letter's first go on with it? */
static bool
goes_on(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (((unsigned char)s[i] & 0xc0) != 0x80)
            return false;
    return true;
}

/* One code point of UTF-8.  A byte that is none is one of Windows-1252, which old
 * documents are written in; what is left of a letter that was cut off is TEXT_BAD. */
static size_t
utf8_at(const char *s, size_t n, uint32_t *out)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char c = (unsigned char)s[0];
    size_t len = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    uint32_t code = c & (0xffu >> (len + 1));

    *out = c < 0x80 ? c : number_code(c);
    if (len == 1 || c < 0xc2 || c > 0xf4)
        return 1;
    if (!goes_on(s + 1, (len < n ? len : n) - 1))
        return 1;
    if (len > n) {
        *out = TEXT_BAD;
        return n;
    }
    for (size_t i = 1; i < len; i++)
        code = code << 6 | ((unsigned char)s[i] & 0x3f);
    if (code < least[len] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return 1;
    *out = code;
    return len;
}

size_t
text_char_put(uint32_t code, char out[4])
{
    size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const uint32_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};

    for (size_t i = len; i-- > 1; code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)(lead[len] | code);
    return len;
}

/* "#39;" or "#x27;"; the length, 0 when it is none. */
static size_t
number_at(const char *s, size_t n, uint32_t *out)
{
    bool hex = n > 1 && (s[1] == 'x' || s[1] == 'X');
    size_t first = hex ? 2 : 1, i = first;
    uint32_t v = 0;

    for (; i < n && i < ENTITY_MAX && isxdigit((unsigned char)s[i]); i++) {
        int c = tolower((unsigned char)s[i]);

        if (!hex && !isdigit(c))
            break;
        v = v * (hex ? 16 : 10) + (uint32_t)(isdigit(c) ? c - '0' : c - 'a' + 10);
        v = v > 0x110000 ? 0x110000 : v; /* too large stays too large */
    }
    if (i == first)
        return 0;
    *out = number_code(v);
    return i < n && s[i] == ';' ? i + 1 : i;
}

static uint32_t
name_code(const char *name)
{
    const htmlEntityDesc *d = htmlEntityLookup((const xmlChar *)name);

    if (d != NULL)
        return d->value;
    for (size_t i = 0; i < STR_LEN(newer); i++)
        if (strcmp(newer[i].name, name) == 0)
            return newer[i].code;
    return 0;
}

/* Old pages leave the semicolon out behind these. */
static bool
is_lax(const char *name)
{
    return str_eq(name, "amp") || str_eq(name, "lt") || str_eq(name, "gt") ||
           str_eq(name, "quot") || str_eq(name, "nbsp");
}

/* What follows a '&': its length and code, 0 when it is no entity. */
static size_t
body_at(const char *s, size_t n, uint32_t *out)
{
    char name[ENTITY_MAX];
    size_t i = 0;
    bool closed;

    if (n > 0 && s[0] == '#')
        return number_at(s, n, out);
    while (i < n && i < sizeof name - 1 && isalnum((unsigned char)s[i]))
        i++;
    if (i == 0 || !str_copyn(name, sizeof name, s, i))
        return 0;
    closed = i < n && s[i] == ';';
    if ((!closed && !is_lax(name)) || (*out = name_code(name)) == 0)
        return 0;
    return i + closed;
}

/* One character of the decoded text: its length in the source. */
size_t
text_char_at(const char *s, size_t n, uint32_t *out)
{
    size_t used = utf8_at(s, n, out);

    for (int deep = 0; deep < ENTITY_DEEP && *out == '&'; deep++) {
        uint32_t code = 0;
        size_t len = body_at(s + used, n - used, &code);

        if (len == 0)
            break;
        used += len;
        *out = code;
    }
    return used;
}

/* Sixteen bytes side by side, as the compiler has them on every machine. */
typedef uint8_t sixteen __attribute__((vector_size(16)));

static bool
is_plain(sixteen c, sixteen next)
{
    uint64_t odd[2];
    sixteen found = (sixteen)(c - ' ' > '~' - ' ') | (sixteen)(c == '&') |
                    (sixteen)(c == '<') | (sixteen)(c == '>') |
                    (sixteen)((c | next) == ' ');

    memcpy(odd, &found, sizeof odd);
    return (odd[0] | odd[1]) == 0;
}

size_t
text_plain_run(const char *s, size_t n)
{
    size_t i = 0;

    for (sixteen c, next; i + sizeof c < n; i += sizeof c) {
        memcpy(&c, s + i, sizeof c);
        memcpy(&next, s + i + 1, sizeof next);
        if (!is_plain(c, next))
            break;
    }
    return i;
}

const char *
text_behind_dateline(const char *text)
{
    const char *dash = strstr(text, "-- ");

    return dash != NULL && dash - text < DATELINE ? dash + 3 : text;
}

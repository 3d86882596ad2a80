#include "ingest/recode.h"

#include "base/err.h"
#include "base/str.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

enum {
    PROLOG_BYTES = 4096, /* how far the XML declaration is looked for */
    NAME_BYTES = 32,     /* of an encoding */
    GROWTH = 4           /* bytes of UTF-8 for one of anything else, at most */
};

/* Encodings of more than one byte a character, by their first bytes; the longest
 * first. */
static const struct {
    const char *bytes;
    size_t n, mark; /* bytes that are no text */
    const char *name;
    size_t unit; /* bytes of a character, at least */
} wides[] = {
    {"\xff\xfe\0\0", 4, 4, "UTF-32LE", 4}, {"\0\0\xfe\xff", 4, 4, "UTF-32BE", 4},
    {"<\0\0\0", 4, 0, "UTF-32LE", 4},      {"\0\0\0<", 4, 0, "UTF-32BE", 4},
    {"\xff\xfe", 2, 2, "UTF-16LE", 2},     {"\xfe\xff", 2, 2, "UTF-16BE", 2},
    {"<\0", 2, 0, "UTF-16LE", 2},          {"\0<", 2, 0, "UTF-16BE", 2},
};

/* Where the document begins: its declaration if there is one, else the first tag. */
static struct slice
document(const char *s, size_t n)
{
    size_t look = n < PROLOG_BYTES ? n : PROLOG_BYTES;
    const char *start = memmem(s, look, "<?xml", 5);

    if (start == NULL)
        start = memchr(s, '<', n);
    if (start == NULL)
        start = s;
    return (struct slice){start, n - (size_t)(start - s)};
}

static bool
is_of(char c, const char *list)
{
    return c != '\0' && strchr(list, c) != NULL;
}

/* The name in the declaration that the document begins with; "" when it has none. */
static void
declared(struct slice doc, char name[NAME_BYTES])
{
    size_t look = doc.n < PROLOG_BYTES ? doc.n : PROLOG_BYTES, n = 0;
    const char *end = memmem(doc.s, look, "?>", 2), *s;

    name[0] = '\0';
    if (doc.n < 5 || memcmp(doc.s, "<?xml", 5) != 0 || end == NULL)
        return;
    s = memmem(doc.s, (size_t)(end - doc.s), "encoding", 8);
    if (s == NULL)
        return;
    for (s += 8; s < end && (isspace((unsigned char)*s) || is_of(*s, "='\""));)
        s++;
    for (; s < end && n + 1 < NAME_BYTES; s++, n++) {
        if (!isalnum((unsigned char)*s) && !is_of(*s, "-_.:"))
            break;
        name[n] = *s;
    }
    name[n] = '\0';
}

/* Names that cannot be true of a document whose declaration could be read, or that need
 * no work. */
static bool
is_idle(const char *name)
{
    static const char *const heads[] = {"utf-8",  "utf8",  "utf-16", "utf16",
                                        "utf-32", "utf32", "ucs",    "us-ascii"};

    for (size_t i = 0; i < STR_LEN(heads); i++)
        if (str_istarts(name, heads[i]))
            return true;
    return *name == '\0';
}

/* Names of encodings that are said of more than they hold, or that only browsers and
 * Macintoshes know, and what reads all of what is sent under them. */
static const struct {
    const char *said, *wider;
} wider[] = {
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"shift_jis", "CP932"},
    {"x-sjis", "CP932"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"big5", "BIG5-HKSCS"},
    {"latin-1", "WINDOWS-1252"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"iso-8859-11", "CP874"},
    {"tis-620", "CP874"},
    {"mac_roman", "MACINTOSH"},
    {"x-mac-roman", "MACINTOSH"},
    {"x-mac-cyrillic", "MAC-CYRILLIC"},
};

static const char *
widest(const char *name)
{
    for (size_t i = 0; i < STR_LEN(wider); i++)
        if (str_ieq(name, wider[i].said))
            return wider[i].wider;
    return name;
}

/* Names of encodings of one byte a character. */
static bool
is_one_byte(const char *name)
{
    static const char *const heads[] = {"iso-8859", "iso8859",     "iso_8859",
                                        "latin",    "windows-125", "cp125"};

    for (size_t i = 0; i < STR_LEN(heads); i++)
        if (str_istarts(name, heads[i]))
            return true;
    return false;
}

/* Is it UTF-8, and more than ASCII?  No text of one byte a character looks like that.
 */
static bool
is_wide_utf8(struct slice doc)
{
    bool wide = false;

    for (size_t i = 0, len; i < doc.n; i += len) {
        if ((len = str_utf8_next(doc.s + i, doc.n - i)) == 0)
            return false;
        wide |= len > 1;
    }
    return wide;
}

/* All of it that can be read into out, which is large enough; '?' for each unit that
 * cannot.  Returns how many bytes. */
static size_t
convert(iconv_t to_utf8, struct slice from, size_t unit, char *out)
{
    char *in = (char *)(uintptr_t)from.s, *to = out; /* iconv does not write to `in` */
    size_t left = from.n, room = from.n * GROWTH;

    while (left > 0 && iconv(to_utf8, &in, &left, &to, &room) == (size_t)-1) {
        if (errno != EILSEQ || room == 0 || left < unit)
            break; /* cut within a character */
        *to++ = '?';
        room--;
        in += unit;
        left -= unit;
    }
    return (size_t)(to - out);
}

/* Which of `wides` the bytes are; -1: none. */
static int
wide_of(const char *body, size_t n)
{
    for (size_t i = 0; i < STR_LEN(wides); i++)
        if (n >= wides[i].n && memcmp(body, wides[i].bytes, wides[i].n) == 0)
            return (int)i;
    return -1;
}

size_t
recode_unit(const char *body, size_t n)
{
    int wide = wide_of(body, n);

    return wide < 0 ? 1 : wides[wide].unit;
}

/* Into *copy; left alone when nobody knows the encoding. */
static int
from_encoding(const char *name, size_t unit, char **copy, struct slice *doc)
{
    iconv_t to_utf8 = iconv_open("UTF-8", name);

    if (to_utf8 == (iconv_t)-1)
        return 0;
    if ((*copy = malloc(doc->n * GROWTH + 1)) != NULL)
        *doc = (struct slice){*copy, convert(to_utf8, *doc, unit, *copy)};
    (void)iconv_close(to_utf8); /* was open */
    return *copy == NULL ? ERR_NOMEM : 0;
}

int
recode(const char *body, size_t n, char **copy, struct slice *out)
{
    char name[NAME_BYTES];
    int wide = wide_of(body, n), rc = 0;

    *copy = NULL;
    if (wide >= 0) {
        *out = (struct slice){body + wides[wide].mark, n - wides[wide].mark};
        rc = from_encoding(wides[wide].name, wides[wide].unit, copy, out);
        *out = document(out->s, out->n);
        return rc;
    }
    *out = document(body, n);
    declared(*out, name);
    if (!is_idle(name) && !(is_one_byte(name) && is_wide_utf8(*out)))
        rc = from_encoding(widest(name), 1, copy, out);
    return rc;
}

bool
recode_knows(const char *name)
{
    iconv_t to_utf8;

    if (is_idle(name))
        return true;
    to_utf8 = iconv_open("UTF-8", widest(name));
    if (to_utf8 == (iconv_t)-1)
        return false;
    (void)iconv_close(to_utf8); /* was open */
    return true;
}

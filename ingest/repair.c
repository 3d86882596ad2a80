#include "ingest/repair.h"

#include "base/str.h"

#include <ctype.h>

enum {
    PROLOG_BYTES = 4096, /* how far the XML declaration is looked for */
    ENTITY_BYTES = 12    /* longest name of an entity we take for one */
};

static bool
is_wide(const char *s, size_t n)
{
    const unsigned char *u = (const unsigned char *)s;

    if (n < 4)
        return false;
    if ((u[0] == 0xfe && u[1] == 0xff) || (u[0] == 0xff && u[1] == 0xfe))
        return true;
    return u[0] == 0 || u[1] == 0; /* UTF-16 and UTF-32 without a mark */
}

/* Where the document begins: the declaration if there is one, else the first tag. */
static size_t
start_of(const char *s, size_t n)
{
    size_t look = n < PROLOG_BYTES ? n : PROLOG_BYTES;
    const char *decl = memmem(s, look, "<?xml", 5);
    const char *tag = memchr(s, '<', n);

    if (decl != NULL)
        return (size_t)(decl - s);
    return tag == NULL ? 0 : (size_t)(tag - s);
}

/* True if the declaration names an encoding that is not UTF-8. */
static bool
is_foreign(const char *s, size_t n)
{
    size_t look = n < PROLOG_BYTES ? n : PROLOG_BYTES;
    const char *end = memmem(s, look, "?>", 2);
    const char *enc;

    if (n < 5 || memcmp(s, "<?xml", 5) != 0 || end == NULL)
        return false;
    enc = memmem(s, (size_t)(end - s), "encoding", 8);
    if (enc == NULL)
        return false;
    for (enc += 8; enc < end && (isspace((unsigned char)*enc) || strchr("='\"", *enc));)
        enc++;
    return strncasecmp(enc, "utf-8", 5) != 0 && strncasecmp(enc, "utf8", 4) != 0;
}

/* Length of the valid UTF-8 sequence at s, 0 when there is none. */
static size_t
sequence(const unsigned char *s, size_t n)
{
    size_t len = s[0] < 0xc2   ? 0
                 : s[0] < 0xe0 ? 2
                 : s[0] < 0xf0 ? 3
                 : s[0] < 0xf5 ? 4
                               : 0;

    if (len == 0 || len > n)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
        (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
        return 0;
    return len;
}

static bool
is_entity(const char *s, size_t n)
{
    size_t i = 1;

    if (i < n && s[i] == '#')
        i++;
    while (i < n && i < ENTITY_BYTES && isalnum((unsigned char)s[i]))
        i++;
    return i > 1 && i < n && s[i] == ';';
}

struct repair {
    struct buf *out;
    bool cdata;
    bool foreign; /* high bytes belong to another encoding */
};

/* Copies one character and says how many bytes it took. */
static size_t
one(struct repair *r, const char *s, size_t n)
{
    unsigned char c = (unsigned char)*s;
    size_t len;

    if (c >= 0x80) {
        len = r->foreign ? 1 : sequence((const unsigned char *)s, n);
        if (len > 0) {
            buf_add(r->out, s, len);
            return len;
        }
        buf_addc(r->out, (char)(0xc0 | c >> 6));
        buf_addc(r->out, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != 0x1b) {
        buf_addc(r->out, ' ');
    } else if (c == '&' && !r->cdata && !is_entity(s, n)) {
        buf_adds(r->out, "&amp;");
    } else {
        buf_addc(r->out, (char)c);
    }
    return 1;
}

int
repair_feed(const char *body, size_t n, struct buf *out)
{
    struct repair r = {.out = out};
    size_t i;

    if (is_wide(body, n))
        return buf_add(out, body, n);
    i = start_of(body, n);
    r.foreign = is_foreign(body + i, n - i);
    while (i < n && out->err == 0) {
        size_t left = n - i;

        if (!r.cdata && left > 9 && memcmp(body + i, "<![CDATA[", 9) == 0)
            r.cdata = true;
        else if (r.cdata && left > 3 && memcmp(body + i, "]]>", 3) == 0)
            r.cdata = false;
        i += one(&r, body + i, left);
    }
    return out->err;
}

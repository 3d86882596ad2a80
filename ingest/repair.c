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
    } else if (n > 3 && memcmp(s, "&#X", 3) == 0 && !r->cdata) {
        buf_adds(r->out, "&#x"); /* HTML takes either, XML only the small one */
        return 3;
    } else {
        buf_addc(r->out, (char)c);
    }
    return 1;
}

/* Bytes that stay as they are wherever they stand: most of every feed. */
static const bool is_plain[256] = {
    ['\t'] = true,         ['\n'] = true,         ['\r'] = true,
    [0x1b] = true,         [' ' ... '%'] = true,  ['\'' ... ';'] = true,
    ['=' ... '\\'] = true, ['^' ... 0x7f] = true,
};

/* Copies the plain bytes that stand there and says how many they were. */
static size_t
plain_run(struct repair *r, const char *s, size_t n)
{
    size_t i = 0;

    while (i < n && is_plain[(unsigned char)s[i]])
        i++;
    if (i > 0)
        buf_add(r->out, s, i);
    return i;
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
    while ((i += plain_run(&r, body + i, n - i)) < n && out->err == 0) {
        size_t left = n - i;

        if (!r.cdata && left > 9 && memcmp(body + i, "<![CDATA[", 9) == 0)
            r.cdata = true;
        else if (r.cdata && left > 3 && memcmp(body + i, "]]>", 3) == 0)
            r.cdata = false;
        i += one(&r, body + i, left);
    }
    return out->err;
}

/* ---- one text ----------------------------------------------------------------------
 */

/* Windows-1252 from 0x80 on; 0: not used there. */
static const unsigned short windows[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
    0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

bool
repair_text_needed(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] == 0xc2 || (unsigned char)s[i] == 0xc3)
            return true;
    return false;
}

/* The bytes that a text of Latin-1 characters only was made of; false when it has
 * others. */
static bool
bytes_of(const char *s, size_t n, struct buf *out)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];

        if (c < 0x80) {
            buf_addc(out, (char)c);
            continue;
        }
        if ((c != 0xc2 && c != 0xc3) || i + 1 == n)
            return false;
        i++;
        buf_addc(out, (char)((c & 3) << 6 | (s[i] & 0x3f)));
    }
    return out->err == 0;
}

/* True if every byte beyond ASCII is part of a UTF-8 sequence. */
static bool
is_utf8(const char *s, size_t n)
{
    for (size_t i = 0, len; i < n; i += len) {
        len = (unsigned char)s[i] < 0x80
                  ? 1
                  : sequence((const unsigned char *)s + i, n - i);
        if (len == 0)
            return false;
    }
    return true;
}

/* A control between 0x80 and 0x9f as the character Windows has there; all else as it
 * is. */
static void
add_windows(const char *s, size_t n, struct buf *out)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char next = i + 1 < n ? (unsigned char)s[i + 1] : 0;
        unsigned code = (unsigned char)s[i] == 0xc2 && next >= 0x80 && next <= 0x9f
                            ? windows[next - 0x80]
                            : 0;

        if (code == 0) {
            buf_addc(out, s[i]);
            continue;
        }
        i++;
        if (code >= 0x800)
            buf_addc(out, (char)(0xe0 | code >> 12));
        buf_addc(out,
                 (char)(code >= 0x800 ? 0x80 | (code >> 6 & 0x3f) : 0xc0 | code >> 6));
        buf_addc(out, (char)(0x80 | (code & 0x3f)));
    }
}

int
repair_text(const char *s, size_t n, struct buf *out)
{
    struct buf bytes;

    buf_init(&bytes, n + 1);
    if (bytes_of(s, n, &bytes) && is_utf8(buf_str(&bytes), bytes.len))
        (void)buf_add(out, buf_str(&bytes), bytes.len); /* out keeps the error */
    else
        add_windows(s, n, out);
    buf_free(&bytes);
    return out->err;
}

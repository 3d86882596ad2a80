#include "ingest/repair.h"

#include "base/str.h"

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
    return memchr(s, 0xc2, n) != NULL || memchr(s, 0xc3, n) != NULL;
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
        if ((len = str_utf8_next(s + i, n - i)) == 0)
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

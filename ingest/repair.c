#include "ingest/repair.h"

#include "base/str.h"
#include "base/text_char.h"

bool
repair_text_needed(const char *s, size_t n)
{
    return memchr(s, 0xc2, n) != NULL || memchr(s, 0xc3, n) != NULL;
}

/* The character of the len bytes at s, which are UTF-8 of at most three. */
static unsigned
code_of(const char *s, size_t len)
{
    unsigned code = (unsigned char)s[0] & (0xffu >> (len + 1));

    for (size_t i = 1; i < len; i++)
        code = code << 6 | ((unsigned char)s[i] & 0x3f);
    return code;
}

/* The byte that a character was in Latin-1 or Windows-1252; -1: in neither. */
static int
byte_of(unsigned code)
{
    if (code <= 0xff)
        return (int)code;
    for (int byte = 0x80; byte <= 0x9f; byte++)
        if (text_windows((unsigned char)byte) == code)
            return byte;
    return -1;
}

/* The bytes that a text was made of which was read in one of those two; false when it
 * has other characters. */
static bool
bytes_of(const char *s, size_t n, struct buf *out)
{
    for (size_t i = 0, len; i < n; i += len) {
        int byte = (unsigned char)s[i];

        len = 1;
        if (byte >= 0x80) {
            len = str_utf8_next(s + i, n - i);
            byte = len < 2 || len > 3 ? -1 : byte_of(code_of(s + i, len));
        }
        if (byte < 0)
            return false;
        buf_addc(out, (char)byte);
    }
    return out->err == 0;
}

/* First bytes of letters that are likely: with others a name in capitals before its
 * sign, as CAFE with an accent and (R), would be a letter of some far language. */
static bool
is_likely(unsigned char lead)
{
    return lead < 0x80 || (lead >= 0xc2 && lead <= 0xc5) ||
           (lead >= 0xce && lead <= 0xd1) || (lead >= 0xe2 && lead <= 0xe6) ||
           lead == 0xef || lead == 0xf0;
}

/* True if every byte beyond ASCII is part of a likely UTF-8 sequence. */
static bool
is_likely_utf8(const char *s, size_t n)
{
    for (size_t i = 0, len; i < n; i += len) {
        len = str_utf8_next(s + i, n - i);
        if (len == 0 || !is_likely((unsigned char)s[i]))
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
        char letter[4];

        if ((unsigned char)s[i] != 0xc2 || next < 0x80 || next > 0x9f) {
            buf_addc(out, s[i]);
            continue;
        }
        i++;
        (void)buf_add(out, letter, text_char_put(text_windows(next), letter));
    }
}

int
repair_text(const char *s, size_t n, struct buf *out)
{
    struct buf bytes;

    buf_init(&bytes, n + 1);
    if (bytes_of(s, n, &bytes) && is_likely_utf8(buf_str(&bytes), bytes.len))
        (void)buf_add(out, buf_str(&bytes), bytes.len); /* out keeps the error */
    else
        add_windows(s, n, out);
    buf_free(&bytes);
    return out->err;
}

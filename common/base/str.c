#include "base/str.h"

#include "base/err.h"

#include <errno.h>
#include <math.h>

/* ---- UTF-8 ---------------------------------------------------------------------- */

static bool
is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Bytes that a lead byte promises; 0 for one that may not lead. */
static size_t
utf8_promise(unsigned char c)
{
    if (c < 0x80)
        return 1;
    if (c >= 0xC2 && c <= 0xDF)
        return 2;
    if (c >= 0xE0 && c <= 0xEF)
        return 3;
    return c >= 0xF0 && c <= 0xF4 ? 4 : 0;
}

/* The second byte rules out overlong forms, surrogates and beyond U+10FFFF. */
static bool
is_second(unsigned char lead, unsigned char c)
{
    if (lead == 0xE0)
        return c >= 0xA0 && c <= 0xBF;
    if (lead == 0xED)
        return c >= 0x80 && c <= 0x9F;
    if (lead == 0xF0)
        return c >= 0x90 && c <= 0xBF;
    if (lead == 0xF4)
        return c >= 0x80 && c <= 0x8F;
    return is_tail(c);
}

size_t
str_utf8_next(const char *s, size_t n)
{
    const unsigned char *u = (const unsigned char *)s;
    size_t len;

    if (n == 0)
        return 0;
    len = utf8_promise(u[0]);
    if (len == 0 || len > n)
        return 0;
    if (len > 1 && !is_second(u[0], u[1]))
        return 0;
    for (size_t i = 2; i < len; i++)
        if (!is_tail(u[i]))
            return 0;
    return len;
}

bool
str_is_utf8(const char *s, size_t n)
{
    for (size_t i = 0, len; i < n; i += len)
        if ((len = str_utf8_next(s + i, n - i)) == 0)
            return false;
    return true;
}

size_t
str_utf8_prefix(const char *s, size_t n, size_t chars)
{
    size_t i = 0;

    while (i < n && chars > 0) {
        size_t len = str_utf8_next(s + i, n - i);

        if (len == 0 && utf8_promise((unsigned char)s[i]) > n - i)
            break; /* cut at the end */
        i += len > 0 ? len : 1;
        chars--;
    }
    return i;
}

const char *
str_behind_bom(const char *s, size_t *n)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t len = sizeof mark - 1;

    if (*n < len || memcmp(s, mark, len) != 0)
        return s;
    *n -= len;
    return s + len;
}

size_t
str_utf8_len(const char *s)
{
    size_t n = strlen(s), count = 0;

    for (size_t i = 0; i < n; count++) {
        size_t len = str_utf8_next(s + i, n - i);

        i += len > 0 ? len : 1;
    }
    return count;
}

void
str_utf8_clean(char *dst, size_t size, const char *src)
{
    size_t n = strlen(src), out = 0;

    if (size == 0)
        return;
    for (size_t i = 0; i < n;) {
        size_t len = str_utf8_next(src + i, n - i);
        const char *from = len > 0 ? src + i : "?";
        size_t take = len > 0 ? len : 1;

        if (out + take >= size)
            break;
        memcpy(dst + out, from, take);
        out += take;
        i += take;
    }
    dst[out] = '\0';
}

/* Where s[n] may be cut without splitting a sequence: n, or up to 3 bytes before. */
static size_t
utf8_cut(const char *s, size_t n)
{
    size_t lead = n;

    while (lead > 0 && n - lead < 3 && is_tail((unsigned char)s[lead - 1]))
        lead--;
    if (lead == 0 || utf8_promise((unsigned char)s[lead - 1]) <= n - lead + 1)
        return n;
    return lead - 1;
}

/* ---- copying -------------------------------------------------------------------- */

bool
str_copyn(char *dst, size_t size, const char *src, size_t n)
{
    size_t take = n;

    if (size == 0)
        return n == 0;
    if (n >= size)
        take = utf8_cut(src, size - 1);
    if (take > 0)
        memmove(dst, src, take);
    dst[take] = '\0';
    return take == n;
}

bool
str_copy(char *dst, size_t size, const char *src)
{
    return src != NULL ? str_copyn(dst, size, src, strlen(src))
                       : str_copyn(dst, size, "", 0);
}

bool
str_fmt(char *dst, size_t size, const char *fmt, ...)
{
    va_list ap;
    int n;

    if (size == 0)
        return false;
    va_start(ap, fmt);
    n = vsnprintf(dst, size, fmt, ap);
    va_end(ap);
    if (n < 0) {
        dst[0] = '\0';
        return false;
    }
    if ((size_t)n < size)
        return true;
    dst[utf8_cut(dst, size - 1)] = '\0';
    return false;
}

/* ---- comparing ------------------------------------------------------------------ */

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool
str_eq(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

bool
str_ieq(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

bool
str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool
str_istarts(const char *s, const char *prefix)
{
    while (*prefix != '\0' && lower(*s) == lower(*prefix)) {
        s++;
        prefix++;
    }
    return *prefix == '\0';
}

bool
str_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);

    return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

bool
str_empty(const char *s)
{
    return s == NULL || *s == '\0';
}

/* ---- in place ------------------------------------------------------------------- */

static bool
is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

char *
str_trim(char *s)
{
    size_t n = strlen(s), at = 0;

    while (n > 0 && is_space(s[n - 1]))
        n--;
    while (at < n && is_space(s[at]))
        at++;
    memmove(s, s + at, n - at);
    s[n - at] = '\0';
    return s;
}

char *
str_lower(char *s)
{
    for (char *p = s; *p != '\0'; p++)
        *p = lower(*p);
    return s;
}

char *
str_upper(char *s)
{
    for (char *p = s; *p != '\0'; p++)
        if (*p >= 'a' && *p <= 'z')
            *p = (char)(*p - ('a' - 'A'));
    return s;
}

const char *
str_piece(const char **cursor, const char *seps, size_t *n)
{
    const char *piece = *cursor + strspn(*cursor, seps);

    *n = strcspn(piece, seps);
    *cursor = piece + *n;
    return *n > 0 ? piece : NULL;
}

/* ---- numbers -------------------------------------------------------------------- */

/* strtoll and strtod forgive leading space, strtod also words: we do not. */
static bool
is_number_start(const char *s)
{
    if (*s == '-' || *s == '+')
        s++;
    return (*s >= '0' && *s <= '9') || *s == '.';
}

int
str_i64(const char *s, int64_t *out)
{
    char *end;
    long long v;

    if (!is_number_start(s))
        return ERR_SYNTAX;
    errno = 0;
    v = strtoll(s, &end, 10);
    if (end == s || *end != '\0')
        return ERR_SYNTAX;
    if (errno == ERANGE)
        return ERR_RANGE;
    *out = v;
    return 0;
}

int
str_f64(const char *s, double *out)
{
    char *end;
    double v;

    if (!is_number_start(s) || strpbrk(s, "xX") != NULL) /* no hexadecimal */
        return ERR_SYNTAX;
    v = strtod(s, &end);
    if (end == s || *end != '\0')
        return ERR_SYNTAX;
    if (!isfinite(v))
        return ERR_RANGE;
    *out = v;
    return 0;
}

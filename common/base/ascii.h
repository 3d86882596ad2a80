/* ascii - what bytes of plain text are, whatever the locale
 *
 * The C library asks the locale for each byte, by a call; these are a comparison or two
 * and never true of a byte beyond ASCII.
 */
#ifndef CATALYST_BASE_ASCII_H
#define CATALYST_BASE_ASCII_H

#include <stdbool.h>

static inline bool
ascii_is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

static inline bool
ascii_is_upper(char c)
{
    return (unsigned char)(c - 'A') < 26;
}

static inline bool
ascii_is_lower(char c)
{
    return (unsigned char)(c - 'a') < 26;
}

static inline bool
ascii_is_alpha(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline bool
ascii_is_alnum(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c);
}

/* True where s, within text, stands behind no letter, digit or underscore. */
static inline bool
ascii_starts_word(const char *text, const char *s)
{
    return s == text || !(ascii_is_alnum(s[-1]) || s[-1] == '_');
}

static inline char
ascii_lower(char c)
{
    return ascii_is_upper(c) ? (char)(c | 0x20) : c;
}

#endif

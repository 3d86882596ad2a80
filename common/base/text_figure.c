#include "base/text.h"

#include "base/str.h"

#include <ctype.h>

static const char *const nothing[] = {
    "", "-", "--", "- -", "N/A", "n/a", "\xe2\x80\x93", "\xe2\x80\x94", /* dashes */
};

/* As an exponent, so that the conversion rounds once: 5.23M is 5.23e6 exactly. */
struct suffix {
    char letter;
    const char *exponent;
};

static const struct suffix suffixes[] = {
    {'K', "e3"},
    {'M', "e6"},
    {'B', "e9"},
    {'T', "e12"},
};

static bool
is_nothing(const char *s)
{
    for (size_t i = 0; i < STR_LEN(nothing); i++)
        if (strcmp(s, nothing[i]) == 0)
            return true;
    return false;
}

static char *
spaces(char *p)
{
    while (*p == ' ')
        p++;
    return p;
}

static char *
digits(char *p)
{
    while (isdigit((unsigned char)*p))
        p++;
    return p;
}

/* Squeezes the commas out of "39,606,884" in place; the groups must be of three.
 * NULL when they are not, else the end of the text that is left to read. */
static char *
groups(char *p)
{
    char *from = digits(p), *to = from;

    if (*from == ',' && (from == p || from - p > 3))
        return NULL;
    while (*from == ',') {
        if (digits(from + 1) != from + 4)
            return NULL;
        memmove(to, from + 1, 3);
        to += 3;
        from += 4;
    }
    memmove(to, from, strlen(from) + 1);
    return to;
}

/* The end of digits[,ddd...][.digits], commas removed; NULL when there is no digit. */
static char *
number(char *p)
{
    char *whole_end = groups(p), *end = whole_end;

    if (whole_end == NULL)
        return NULL;
    if (*end == '.')
        end = digits(end + 1);
    if (end == p || end[-1] == '.')
        return NULL;
    return end;
}

static char *
suffix(char *p, const char **exponent)
{
    for (size_t i = 0; i < STR_LEN(suffixes); i++) {
        if (toupper((unsigned char)*p) == suffixes[i].letter) {
            *exponent = suffixes[i].exponent;
            return p + 1;
        }
    }
    return p;
}

int
text_figure(const char *s, double *out)
{
    char work[64], text[72], *p, *end, *rest;
    const char *exponent = "";
    bool negative = false;
    double value;

    while (isspace((unsigned char)*s))
        s++;
    if (!str_copy(work, sizeof work, s))
        return ERR_SYNTAX;
    p = str_trim(work);
    if (is_nothing(p))
        return ERR_EMPTY;
    if (*p == '+' || *p == '-')
        negative = *p++ == '-';
    if ((end = number(p)) == NULL)
        return ERR_SYNTAX;
    rest = spaces(suffix(spaces(end), &exponent));
    if (*rest == '%')
        rest = spaces(rest + 1);
    if (*rest != '\0')
        return ERR_SYNTAX;
    *end = '\0';
    if (!str_fmt(text, sizeof text, "%s%s", p, exponent) || str_f64(text, &value) != 0)
        return ERR_SYNTAX;
    *out = negative ? -value : value;
    return 0;
}

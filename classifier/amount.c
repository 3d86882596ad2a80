#include "classifier/amount.h"

#include "base/str.h"

#include <ctype.h>
#include <math.h>

enum { DIGITS_MAX = 32, YEAR_FIRST = 1900, YEAR_LAST = 2100 };

/* Longer names first: "million" before "m". */
static const struct {
    const char *name;
    double factor;
    bool any_case; /* else as written; a small letter, which may be metres or a phase
                      of a trial ("3b"), only behind a currency */
    bool apart;    /* a blank or a hyphen may stand before it */
} scales[] = {
    {"thousand", 1e3, true, true}, {"million", 1e6, true, true},
    {"billion", 1e9, true, true},  {"trillion", 1e12, true, true},
    {"mln", 1e6, true, true},      {"bln", 1e9, true, true},
    {"mn", 1e6, true, true},       {"bn", 1e9, true, true},
    {"mm", 1e6, false, false},     {"MM", 1e6, false, true},
    {"K", 1e3, true, false},       {"M", 1e6, false, true},
    {"m", 1e6, false, false},      {"B", 1e9, false, true},
    {"b", 1e9, false, false},      {"T", 1e12, false, false},
};

/* What stands before a figure of money; longer ones first. */
static const char *const currencies[] = {
    "US$",      "C$",       "CA$", "A$",  "HK$", "NZ$", "$",   "\xe2\x82\xac",
    "\xc2\xa3", "\xc2\xa5", "USD", "EUR", "GBP", "CAD", "AUD", "SEK",
    "NOK",      "DKK",      "CHF", "JPY", "INR", "RMB",
};

struct cursor {
    const char *start, *p, *end;
};

static bool
is_at(const struct cursor *c, const char *word)
{
    size_t n = strlen(word);

    return (size_t)(c->end - c->p) >= n && memcmp(c->p, word, n) == 0;
}

static unsigned char
peek(const struct cursor *c, size_t ahead)
{
    return (size_t)(c->end - c->p) > ahead ? (unsigned char)c->p[ahead] : '\0';
}

static void
skip_blanks(struct cursor *c)
{
    while (peek(c, 0) == ' ')
        c->p++;
}

/* ---- before the digits ---------------------------------------------------- */

static bool
take_currency(struct cursor *c)
{
    if (c->p == c->end)
        return false;
    for (size_t i = 0; i < STR_LEN(currencies); i++) {
        if (*currencies[i] != *c->p || !is_at(c, currencies[i]))
            continue;
        c->p += strlen(currencies[i]);
        skip_blanks(c);
        return true;
    }
    return false;
}

/* "(", "-", "(-": one of them is enough; a currency may stand before or behind. */
static bool
take_sign(struct cursor *c)
{
    bool minus = false;

    for (; peek(c, 0) == '(' || peek(c, 0) == '-'; c->p++)
        minus = true;
    return minus;
}

/* ---- the digits -------------------------------------------------------------------
 */

/* A comma belongs to the figure when three digits and no fourth follow. */
static bool
is_group(const struct cursor *c)
{
    return peek(c, 0) == ',' && isdigit(peek(c, 1)) && isdigit(peek(c, 2)) &&
           isdigit(peek(c, 3)) && !isdigit(peek(c, 4));
}

static bool
take_digits(struct cursor *c, struct amount *out)
{
    char digits[DIGITS_MAX];
    size_t n = 0;
    bool point = false;

    for (; c->p < c->end && n + 1 < sizeof digits; c->p++) {
        if (is_group(c) && !point) {
            out->grouped = true;
            continue;
        }
        if (peek(c, 0) == '.' && !point && isdigit(peek(c, 1)))
            point = true;
        else if (!isdigit(peek(c, 0)))
            break;
        digits[n++] = *c->p;
    }
    digits[n] = '\0';
    if (isdigit(peek(c, 0)) || (peek(c, 0) == '.' && isdigit(peek(c, 1))))
        return false; /* too long, or a version or date: 1.2.3 */
    return str_f64(digits, &out->value) == 0;
}

/* ---- behind the digits ------------------------------------------------------------
 */

static bool
scale_fits(const char *p, size_t room, size_t i, bool any_case)
{
    size_t n = strlen(scales[i].name);

    if (room < n || (room > n && isalnum((unsigned char)p[n])))
        return false;
    return any_case ? strncasecmp(p, scales[i].name, n) == 0
                    : memcmp(p, scales[i].name, n) == 0;
}

/* The first letter tells most of them apart. */
static void
take_scale(struct cursor *c, struct amount *out)
{
    bool gap = peek(c, 0) == ' ' || peek(c, 0) == '-';
    const char *p = c->p + gap;
    int first = tolower(peek(c, gap));

    for (size_t i = 0; i < STR_LEN(scales); i++) {
        bool small = !scales[i].apart && !scales[i].any_case;

        if (tolower((unsigned char)*scales[i].name) != first ||
            (gap && !scales[i].apart) || (small && !out->money) ||
            !scale_fits(p, (size_t)(c->end - p), i, scales[i].any_case))
            continue;
        c->p = p + strlen(scales[i].name);
        out->value *= scales[i].factor;
        out->scaled = true;
        return;
    }
}

/* "$5-10 million", "$5-$10M": both ends are of the scale of the upper one, which is
 * left to be read as an amount of its own. */
static void
borrow_scale(const struct cursor *c, struct amount *out)
{
    struct cursor ahead = *c;
    struct amount upper = {.money = true};
    double plain;

    if (!out->money || out->scaled)
        return;
    if (is_at(&ahead, "\xe2\x80\x93")) /* en dash */
        ahead.p += 3;
    else if (peek(&ahead, 0) == '-')
        ahead.p++;
    else
        return;
    (void)take_currency(&ahead); /* it may lack its own */
    if (!isdigit(peek(&ahead, 0)) || !take_digits(&ahead, &upper))
        return;
    plain = upper.value;
    take_scale(&ahead, &upper);
    out->scaled = upper.scaled && plain > 0.0;
    out->value *= out->scaled ? upper.value / plain : 1.0;
}

static void
take_percent(struct cursor *c, struct amount *out)
{
    static const char *const names[] = {"%",         " %",       " percent",
                                        " per cent", "-percent", " pct"};

    for (size_t i = 0; i < STR_LEN(names) && !out->percent; i++) {
        if (!is_at(c, names[i]))
            continue;
        c->p += strlen(names[i]);
        out->percent = true;
    }
}

static bool
is_year(const struct amount *a)
{
    return !a->money && !a->scaled && !a->grouped && !a->percent &&
           fabs(a->value) >= YEAR_FIRST && fabs(a->value) <= YEAR_LAST &&
           fabs(a->value) == floor(fabs(a->value));
}

/* ---- putting them together ---------------------------------------------------------
 */

/* An amount that begins exactly at the cursor. */
static bool
amount_here(struct cursor *c, struct amount *out)
{
    bool minus, closes;

    *out = (struct amount){.from = c->p};
    minus = take_sign(c);
    out->money = take_currency(c);
    minus |= take_sign(c);
    if (!out->money)
        out->money = take_currency(c);
    if (!isdigit(peek(c, 0)) && !(peek(c, 0) == '.' && isdigit(peek(c, 1))))
        return false;
    if (!take_digits(c, out))
        return false;
    take_scale(c, out);
    borrow_scale(c, out);
    take_percent(c, out);
    closes = peek(c, 0) == ')';
    /* brackets around a remark are no sign: "(12 of them)" */
    if (minus && (closes || memchr(out->from, '-', (size_t)(c->p - out->from)) != NULL))
        out->value = -out->value;
    c->p += closes && minus;
    out->to = c->p;
    /* "5G" and "3rd" are names */
    return !isalpha(peek(c, 0)) && !is_year(out);
}

/* Inside a word or a figure nothing begins; a dash behind one joins. */
static bool
begins(const struct cursor *c)
{
    unsigned char before = c->p > c->start ? (unsigned char)c->p[-1] : ' ';

    if (*c->p == '-' || *c->p == '.')
        return !isalnum(before) && before != '.' && before != ')';
    return !isalnum(before) && before != '.';
}

/* The first bytes of signs, currencies and digits. */
static bool
may_begin(unsigned char c)
{
    static const bool first[256] = {
        ['0'] = true, ['1'] = true,  ['2'] = true,  ['3'] = true, ['4'] = true,
        ['5'] = true, ['6'] = true,  ['7'] = true,  ['8'] = true, ['9'] = true,
        ['('] = true, ['-'] = true,  ['$'] = true,  ['.'] = true, ['U'] = true,
        ['C'] = true, ['A'] = true,  ['H'] = true,  ['N'] = true, ['E'] = true,
        ['G'] = true, ['S'] = true,  ['D'] = true,  ['J'] = true, ['I'] = true,
        ['R'] = true, [0xe2] = true, [0xc2] = true,
    };

    return first[c];
}

bool
amount_next(const char *start, const char *from, const char *end, struct amount *out)
{
    for (const char *p = from; p < end && *p != '\0'; p++) {
        struct cursor c = {start, p, end};

        if (may_begin((unsigned char)*p) && begins(&c) && amount_here(&c, out))
            return true;
    }
    return false;
}

double
amount_of(const char *text)
{
    struct amount a;

    return amount_next(text, text, text + strlen(text), &a) ? a.value : NAN;
}

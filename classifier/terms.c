#include "classifier/terms.h"

#include "base/str.h"
#include "classifier/amount.h"

#include <ctype.h>
#include <math.h>

enum { BEFORE = 144, BEHIND = 48 }; /* bytes that are looked at around a figure */

static const double PRICE_MOST = 100000.0; /* USD a share; more is a total */
static const double IMPACT = -0.6;         /* percent of price a percent of dilution */

/* Words next to a figure, lower case with single blanks. */
struct around {
    char before[BEFORE + 1], behind[BEHIND + 1];
};

static void
fold(char *out, const char *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (char)tolower((unsigned char)from[i]);
    out[n] = '\0';
}

static void
around_of(const char *text, const struct amount *a, struct around *out)
{
    size_t before = (size_t)(a->from - text), behind = strlen(a->to);

    before = before < BEFORE ? before : BEFORE;
    behind = behind < BEHIND ? behind : BEHIND;
    fold(out->before, a->from - before, before);
    fold(out->behind, a->to, behind);
}

/* Is one of the '|' separated phrases at the start of what is behind the figure? */
static bool
is_behind(const struct around *r, const char *phrases)
{
    const char *p = r->behind + strspn(r->behind, " -"), *piece;
    size_t n;

    while ((piece = str_piece(&phrases, "|", &n)) != NULL) {
        if (strncmp(p, piece, n) == 0 && !isalnum((unsigned char)p[n]))
            return true;
    }
    return false;
}

/* Cuts off a last word that only rounds a figure or leads to it. */
static bool
cut_filler(char *text)
{
    static const char *const fillers[] = {
        "approximately", "about",    "up to", "of",  "at least", "to",
        "over",          "totaling", "be",    "are", "expected", "will",
        "were",          "is",       "was"};
    size_t len = strlen(str_trim(text));

    for (size_t i = 0; i < STR_LEN(fillers); i++) {
        size_t n = strlen(fillers[i]);

        if (len > n && str_ends(text, fillers[i]) && text[len - n - 1] == ' ') {
            text[len - n - 1] = '\0';
            return true;
        }
    }
    return false;
}

/* Is one of the phrases what leads to the figure? */
static bool
is_before(const struct around *r, const char *phrases)
{
    const char *start = r->before + strspn(r->before, " "), *piece;
    char text[BEFORE + 1];
    size_t n;

    (void)str_copy(text, sizeof text, start);
    while (cut_filler(text))
        continue;
    (void)str_trim(text);
    while ((piece = str_piece(&phrases, "|", &n)) != NULL) {
        size_t len = strlen(text);

        if (len >= n && memcmp(text + len - n, piece, n) == 0)
            return true;
    }
    return false;
}

/* "proceeds to the company, before expenses, of": a word leads from the noun to the
 * figure, and no other figure or sentence stands between. */
static bool
is_of(const struct around *r, const char *noun)
{
    const char *p = NULL, *next = r->before;
    char text[BEFORE + 1];

    while ((next = strstr(next, noun)) != NULL)
        p = next++;
    (void)str_copy(text, sizeof text, r->before);
    return p != NULL && strpbrk(p, ".;$0123456789") == NULL && cut_filler(text);
}

/* "a $25 million registered direct offering": the noun may have adjectives. */
static bool
is_offering_behind(const struct around *r)
{
    const char *found = strstr(r->behind, "offering");
    const char *stop = strpbrk(r->behind, ".,;:$0123456789");

    return found != NULL && (stop == NULL || stop > found);
}

/* ---- what a figure is ----------------------------------------------------- */

static bool
is_shares(const struct amount *a, const struct around *r)
{
    return !a->money && !a->percent &&
           is_behind(r,
                     "shares|ordinary shares|common shares|units|american depositary|"
                     "adss|ads|new shares|class a|shares of");
}

/* Prices that are not what a new share costs. */
static bool
is_other_price(const struct around *r)
{
    static const char *const nouns[] = {"par value", "exercise price",
                                        "conversion price", "reported sale price",
                                        "closing price"};

    for (size_t i = 0; i < STR_LEN(nouns); i++) {
        if (is_of(r, nouns[i]) || is_before(r, nouns[i]))
            return true;
    }
    return false;
}

static bool
is_price(const struct amount *a, const struct around *r)
{
    if (a->scaled || a->percent || a->value > PRICE_MOST || a->value <= 0.0)
        return false;
    if (is_other_price(r))
        return false;
    if (is_behind(r, "per share|a share|per unit|per ads|each|per ordinary share|"
                     "per common share|/share"))
        return true;
    return a->money &&
           (is_of(r, "offering price") ||
            is_before(r,
                      "at a price|price|purchase price|priced at|at a purchase price|"
                      "price to the public"));
}

static bool
is_size(const struct amount *a, const struct around *r)
{
    if (a->percent || is_shares(a, r))
        return false;
    if (is_of(r, "proceeds") ||
        is_before(r, "proceeds|offering price|offering size|aggregate purchase price"))
        return true;
    return a->money &&
           (is_before(r, "offering|placement|raise|raised|raises|raising") ||
            is_behind(r, "of shares|of common stock|of our common stock|"
                         "of its common stock|private placement") ||
            is_offering_behind(r));
}

void
terms_read(const char *text, struct terms *out)
{
    const char *end = text + strlen(text), *p = text;
    struct amount a;
    struct around r;

    for (; amount_next(text, p, end, &a); p = a.to) {
        double *slot = NULL;

        around_of(text, &a, &r);
        if (is_shares(&a, &r))
            slot = &out->shares;
        else if (is_price(&a, &r))
            slot = &out->price;
        else if (is_size(&a, &r))
            slot = &out->size;
        if (slot != NULL && !isfinite(*slot))
            *slot = a.value;
    }
}

/* ---- what it does --------------------------------------------------------- */

double
terms_shares(const struct terms *t)
{
    if (isfinite(t->shares))
        return t->shares;
    return isfinite(t->size) && t->price > 0.0 ? floor(t->size / t->price) : NAN;
}

double
dilution_pct(double shares, double float_shares)
{
    return isfinite(shares) && float_shares > 0.0 ? shares / float_shares * 100.0 : NAN;
}

double
dilution_impact_pct(double pct)
{
    return IMPACT * pct;
}

const struct dilution_row *
dilution_severity(double pct)
{
    static const struct dilution_row rows[] = {
        {5.0, "MINOR", -0.05},
        {15.0, "MODERATE", -0.15},
        {30.0, "SEVERE", -0.30},
        {INFINITY, "EXTREME", -0.50},
    };
    size_t i = 0;

    while (i + 1 < STR_LEN(rows) && pct >= rows[i].below)
        i++;
    return &rows[i];
}

#include "classifier/insider.h"

#include "base/str.h"

#include <ctype.h>
#include <math.h>

static const double STRONG_USD = 500e3;
static const double SMALL_USD = 100e3;
static const double CHIEF_FACTOR = 1.2;
static const double OTHER_ROLE = 0.5;

/* First match decides: what contains another title comes before it. */
static const struct {
    const char *title;
    double weight;
    bool chief;
} roles[] = {
    {"ceo", 1.0, true},
    {"cfo", 1.0, true},
    {"chief executive", 1.0, true},
    {"chief financial", 1.0, true},
    {"vice president", 0.5, false},
    {"vp", 0.5, false},
    {"president", 0.9, false},
    {"director", 0.7, false},
    {"beneficial owner", 0.6, false},
    {"10%", 0.6, false},
    {"ten percent", 0.6, false},
    {"officer", 0.5, false},
};

static bool
has_title(const char *text, const char *title)
{
    size_t n = strlen(title);

    for (const char *p = text; *p != '\0'; p++) {
        if (strncasecmp(p, title, n) == 0 &&
            (p == text || !isalnum((unsigned char)p[-1])) &&
            !isalnum((unsigned char)p[n]))
            return true;
    }
    return false;
}

static size_t
role_of(const char *title)
{
    size_t i = 0;

    while (i < STR_LEN(roles) && !has_title(title, roles[i].title))
        i++;
    return i;
}

double
insider_role_weight(const char *title)
{
    size_t i = role_of(title);

    return i < STR_LEN(roles) ? roles[i].weight : OTHER_ROLE;
}

/* ---- the sum -----------------------------------------------------------------------
 */

static double
bought(double usd)
{
    if (usd >= STRONG_USD)
        return fmin(0.8, 0.6 + (usd - STRONG_USD) / 5e6);
    if (usd >= SMALL_USD)
        return 0.3 + (usd - SMALL_USD) / 2e6;
    return fmin(0.2, usd / STRONG_USD);
}

static double
sold(double usd)
{
    return usd >= STRONG_USD ? fmax(-0.4, -0.2 - (usd - STRONG_USD) / 5e6) : 0.0;
}

static const char *
signal_of(double net)
{
    if (net >= STRONG_USD)
        return "STRONG_BUY";
    if (net >= SMALL_USD)
        return "BUY";
    return net <= -STRONG_USD ? "SELL" : "NEUTRAL";
}

struct insider
insider_of(const struct trade *trades, size_t n)
{
    struct insider out = {.net_usd = 0.0};
    bool chief = false;

    for (size_t i = 0; i < n; i++) {
        const struct trade *t = &trades[i];
        size_t role = role_of(t->title);
        double usd = t->shares * t->price * insider_role_weight(t->title);

        if (t->planned || !isfinite(usd))
            continue;
        out.net_usd += t->sale ? -usd : usd;
        chief |= !t->sale && role < STR_LEN(roles) && roles[role].chief;
    }
    out.score = out.net_usd >= 0.0 ? bought(out.net_usd) : sold(-out.net_usd);
    if (chief && out.score > 0.0)
        out.score = fmin(1.0, out.score * CHIEF_FACTOR);
    out.signal = signal_of(out.net_usd);
    return out;
}

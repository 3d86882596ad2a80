#include "base/str.h"
#include "domain/symbols_file.h"

#include <ctype.h>

enum { BASE_MAX = 10, CLASS_MAX = 3, SHORT_MAX = 4, PAPER_ROOT = 5 };

static const char *const type_names[] = {
    [SECURITY_UNKNOWN] = "unknown", [SECURITY_COMMON] = "common",
    [SECURITY_ADR] = "adr",         [SECURITY_PREFERRED] = "preferred",
    [SECURITY_WARRANT] = "warrant", [SECURITY_RIGHT] = "right",
    [SECURITY_UNIT] = "unit",       [SECURITY_ETF] = "etf",
    [SECURITY_FUND] = "fund",       [SECURITY_NOTE] = "note",
};

const char *
security_name(enum security t)
{
    return type_names[t];
}

/* The one spelling of what each list writes its own way behind the root. */
static const struct {
    const char *spelled, *canonical;
} classes[] = {
    {"W", "WS"}, {"WT", "WS"}, {"WTA", "WSA"}, {"WTB", "WSB"},
    {"UN", "U"}, {"R", "RT"},  {"RI", "RT"},
};

/* Signs of the Nasdaq column that stand for a whole class. */
static const struct {
    char sign;
    const char *class;
} signs[] = {
    {'+', "WS"},
    {'=', "U"},
    {'^', "RT"},
};

static const char *
class_canonical(const char *class)
{
    for (size_t i = 0; i < STR_LEN(classes); i++)
        if (str_eq(classes[i].spelled, class))
            return classes[i].canonical;
    return class;
}

/* Letters, and digits behind the first letter. */
static size_t
root_length(const char *s)
{
    size_t n = 0;

    while (isalpha((unsigned char)s[n]) || (n > 0 && isdigit((unsigned char)s[n])))
        n++;
    return n;
}

/* "ABRpD" is how the consolidated tape writes a preferred: one small p, behind
 * capitals, before at most one more. */
static size_t
tape_preferred(const char *s, size_t n)
{
    size_t at = 0;

    while (isupper((unsigned char)s[at]))
        at++;
    if (at == 0 || s[at] != 'p' || n - at > 2)
        return 0;
    return n - at == 1 || isupper((unsigned char)s[at + 1]) ? at : 0;
}

/* Classes that are no shares, as releases write them behind a root, and what may stand
 * between: "ABC/U" names two companies.  Series: a letter may follow, "WS.A". */
static const struct {
    const char *class, *behind;
    bool has_series;
} papers[] = {
    {"WS", ".-/ ", true},  {"WT", ".-/ ", true}, {"PR", ".-/", true},
    {"RT", ".-/ ", false}, {"UN", ".-/", false}, {"W", ".-", false},
    {"R", ".-", false},    {"U", ".-", false},
};

/* Bytes of a series at s, with its separator; 0: none. */
static size_t
series(const char *s)
{
    size_t n = *s != '\0' && strchr(".- ", *s) != NULL;

    return isupper((unsigned char)s[n]) && !isalnum((unsigned char)s[n + 1]) ? n + 1
                                                                             : 0;
}

/* Bytes of such a class at s, with its separator; 0: none. */
static size_t
paper_class(const char *s)
{
    if (str_starts(s, " PR")) /* as letters it is a word, unless a series follows */
        return series(s + 3) > 0 ? 3 + series(s + 3) : 0;
    for (size_t i = 0; *s != '\0' && i < STR_LEN(papers); i++) {
        size_t n = strlen(papers[i].class) + 1;

        if (strchr(papers[i].behind, *s) == NULL || !str_starts(s + 1, papers[i].class))
            continue;
        n += papers[i].has_series ? series(s + n) : 0;
        if (!isalnum((unsigned char)s[n]))
            return n;
    }
    return 0;
}

size_t
symbol_paper(const char *s)
{
    size_t root = root_length(s);
    size_t class = root > 0 && root <= PAPER_ROOT ? paper_class(s + root) : 0;

    return class > 0 ? root + class : 0;
}

/* The class behind the root into out, its separators dropped: ".WS.A" is "WSA". */
static bool
read_class(const char *p, char *out, size_t size)
{
    size_t n = 0;

    for (size_t i = 0; i < STR_LEN(signs); i++)
        if (*p == signs[i].sign)
            return p[1] == '\0' && str_copy(out, size, signs[i].class);
    if (*p == '$')
        out[n++] = 'P';
    else if (strchr(".-/ ", *p) == NULL || p[1] == '\0')
        return false;
    for (p++; *p != '\0'; p++) {
        bool is_series = n == 2 && memcmp(out, "PR", 2) == 0 && strchr("- ", *p);

        if (n > 0 && p[1] != '\0' && (*p == '.' || is_series))
            continue;
        if (!isalpha((unsigned char)*p) || n + 1 >= size)
            return false;
        out[n++] = (char)toupper((unsigned char)*p);
    }
    out[n] = '\0';
    return n > 0;
}

bool
symbol_canonical(const char *s, char *out)
{
    char text[2 * SYMBOL_SIZE], *p, class[CLASS_MAX + 1] = "";
    size_t n, preferred;

    out[0] = '\0';
    if (s == NULL || !str_copy(text, sizeof text, s))
        return false;
    p = str_trim(text);
    n = root_length(p);
    preferred = p[n] == '\0' ? tape_preferred(p, n) : 0;
    if (preferred > 0) {
        (void)str_fmt(class, sizeof class, "P%s", p + preferred + 1); /* fits */
        n = preferred;
    } else if (p[n] != '\0' && !read_class(p + n, class, sizeof class)) {
        return false;
    }
    if (n == 0 || n > BASE_MAX)
        return false;
    p[n] = '\0';
    str_upper(p);
    if (class[0] == '\0')
        return str_copyn(out, SYMBOL_SIZE, p, n);
    return str_fmt(out, SYMBOL_SIZE, "%s.%s", p, class_canonical(class));
}

/* ---- what kind of paper ---- */

/* Words of a description; the first row that hits wins.  "Units, each of one share and
 * one warrant" is a unit: what bundles comes before what is bundled.  Funds name in
 * their own name what they buy: "Preferred and Income Fund Common Stock". */
static const struct {
    const char *words;
    enum security type;
} kinds[] = {
    {"etn", SECURITY_ETF},
    {"etns", SECURITY_ETF},
    {"etf", SECURITY_ETF},
    {"common units", SECURITY_COMMON}, /* of a partnership */
    {"units representing", SECURITY_COMMON},
    {"limited partner", SECURITY_COMMON},
    {"unit", SECURITY_UNIT},
    {"units", SECURITY_UNIT},
    {"subunit", SECURITY_UNIT},
    {"warrant", SECURITY_WARRANT},
    {"warrants", SECURITY_WARRANT},
    {"right", SECURITY_RIGHT},
    {"rights", SECURITY_RIGHT},
    {"american depositary", SECURITY_ADR},
    {"american depository", SECURITY_ADR},
    {"registry shares", SECURITY_ADR},
    {"ads", SECURITY_ADR},
    {"adss", SECURITY_ADR},
    {"adr", SECURITY_ADR},
    {"fund", SECURITY_FUND},
    {"municipal", SECURITY_FUND},
    {"income trust", SECURITY_FUND},
    {"dividend trust", SECURITY_FUND},
    {"bond trust", SECURITY_FUND},
    {"common stock", SECURITY_COMMON},
    {"preferred", SECURITY_PREFERRED},
    {"preference", SECURITY_PREFERRED},
    {"pfd", SECURITY_PREFERRED},
    {"depositary shares", SECURITY_PREFERRED},
    {"note", SECURITY_NOTE},
    {"notes", SECURITY_NOTE},
    {"debentures", SECURITY_NOTE},
    {"common", SECURITY_COMMON},
    {"ordinary", SECURITY_COMMON},
    {"ord shares", SECURITY_COMMON},
    {"equity shares", SECURITY_COMMON},
    {"registered shares", SECURITY_COMMON},
    {"voting shares", SECURITY_COMMON},
    {"capital stock", SECURITY_COMMON},
    {"class a", SECURITY_COMMON},
    {"class b", SECURITY_COMMON},
    {"beneficial interest", SECURITY_COMMON},
    {"unit", SECURITY_COMMON}, /* a partnership's or a trust's own: see may_be */
    {"units", SECURITY_COMMON},
};

static const struct {
    const char *class;
    enum security type;
} class_types[] = {
    {"WS", SECURITY_WARRANT},
    {"U", SECURITY_UNIT},
    {"RT", SECURITY_RIGHT},
};

/* True if the words stand in the text as whole words, in any case. */
static bool
has_words(const char *text, const char *words)
{
    size_t n = strlen(words);

    for (const char *p = text; (p = strcasestr(p, words)) != NULL; p++) {
        bool starts = p == text || !isalnum((unsigned char)p[-1]);

        if (starts && !isalnum((unsigned char)p[n]))
            return true;
    }
    return false;
}

static enum security
type_of_class(const char *symbol)
{
    const char *class = strchr(symbol, '.');

    if (class == NULL)
        return SECURITY_UNKNOWN;
    class ++;
    if (class[0] == 'P')
        return SECURITY_PREFERRED;
    for (size_t i = 0; i < STR_LEN(class_types); i++)
        if (str_starts(class, class_types[i].class))
            return class_types[i].type;
    return SECURITY_UNKNOWN;
}

/* "Corporate Units" and "Tangible Equity Units" are bundles that end as shares. */
static bool
is_bundle(const char *description)
{
    static const char *const words[] = {"corporate unit", "corporate units",
                                        "equity unit", "equity units"};

    for (size_t i = 0; i < STR_LEN(words); i++)
        if (has_words(description, words[i]))
            return true;
    return false;
}

/* Warrants and rights have five letters or a class, and so have the units of a blank
 * cheque: in the name of a short symbol the words say what a share or a depositary
 * receipt stands for, and units are the shares of a partnership or a trust.  A bank's
 * ordinary shares are listed as "Pfd 3 Ordinary Shares". */
static bool
may_be(const char *symbol, const char *description, enum security type)
{
    bool is_short = strlen(symbol) <= SHORT_MAX && strchr(symbol, '.') == NULL;

    if (!is_short)
        return true;
    if (type == SECURITY_UNIT)
        return is_bundle(description);
    if (type == SECURITY_PREFERRED)
        return !has_words(description, "ordinary shares");
    return type != SECURITY_WARRANT && type != SECURITY_RIGHT;
}

enum security
security_of(const char *symbol, const char *description, bool etf)
{
    enum security type = etf ? SECURITY_ETF : type_of_class(symbol);

    for (size_t i = 0; i < STR_LEN(kinds) && type == SECURITY_UNKNOWN; i++)
        if (has_words(description, kinds[i].words) &&
            may_be(symbol, description, kinds[i].type))
            type = kinds[i].type;
    return type;
}

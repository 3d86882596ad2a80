#include "alerter/badge.h"

#include "base/str.h"

#include <ctype.h>

/* Words are whole words of the headline, blanks between them any white space; a star
 * at the end also takes what follows; "$-" refuses a word with an amount behind it, for
 * money is raised as well as guidance. */
static const struct badge_row {
    const char *label;
    const char *words;
    const char *categories;
} rows[] = {
    {"\xf0\x9f\x92\x8a FDA NEWS", "fda|510(k)|pdufa|orphan drug|fast track designation",
     "fda"},
    {"\xf0\x9f\x93\x8a EARNINGS",
     "earnings|eps|quarter|quarterly|q1 results|q2 results|q3 results|q4 results|"
     "full-year results|annual results|record revenue|financial results",
     "earnings earnings_negative"},
    {"\xf0\x9f\xa4\x9d M&A",
     "acquires|acquire|acquired|acquisition|acquisitions|merger|merge|merges|mergers|"
     "m&a|buyout|takeover|tender offer|business combination",
     "merger acquisition mergers m&a"},
    {"\xf0\x9f\x92\xb0 OFFERING",
     "public offering|direct offering|secondary offering|registered direct|offering|"
     "private placement|shelf registration",
     "offering dilution offering_negative dilution_negative"},
    {"\xf0\x9f\x93\x88 GUIDANCE",
     "guidance|outlook|forecast|forecasts|raises $-|lowers $-",
     "guidance guidance_negative"},
    {"\xf0\x9f\x8e\xaf ANALYST",
     "analyst|analysts|upgrade|upgrades|upgraded|downgrade|downgrades|downgraded|"
     "price target|initiates coverage",
     "analyst rating"},
    {"\xf0\x9f\x93\x84 SEC FILING",
     "8-k|10-k|10-q|6-k|s-1|s-3|13d|13g|424b*|sec filing|files with sec|filing",
     "sec_filing filing"},
    {"\xf0\x9f\x93\x9d CONTRACT", "contract|contracts|contract award|purchase order",
     "contract tech_contracts"},
    {"\xf0\x9f\xa4\x9d PARTNERSHIP",
     "partnership|partnerships|partners with|partner with|partnering|collaboration|"
     "collaborates|collaborate|strategic alliance|joint venture",
     "partnership"},
    {"\xf0\x9f\x9a\x80 PRODUCT",
     "launch|launches|launched|unveils|product line|new product|introduces", "product"},
    {"\xf0\x9f\xa7\xaa CLINICAL",
     "clinical|trial|trials|phase 1|phase 2|phase 3|phase i|phase ii|phase iii|"
     "topline|efficacy",
     "clinical trial trial_negative advanced_therapies"},
    {"\xe2\x9a\x96\xef\xb8\x8f REGULATORY", "approval|approvals|clearance|compliance",
     "regulatory approval compliance"},
};

static bool
is_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool
is_amount(const char *s)
{
    while (*s == ' ')
        s++;
    return *s == '$' || isdigit((unsigned char)*s);
}

/* True if the n bytes of `pattern` are at s, which begins a word. */
static bool
matches(const char *s, const char *pattern, size_t n)
{
    bool no_amount = n > 3 && strncmp(pattern + n - 3, " $-", 3) == 0;
    bool open = n > 1 && pattern[n - 1] == '*';
    size_t at = 0;

    n -= no_amount ? 3 : open ? 1 : 0;
    for (size_t i = 0; i < n; i++, at++) {
        if (s[at] == '\0' || tolower((unsigned char)s[at]) != pattern[i])
            return false;
        while (s[at] == ' ' && s[at + 1] == ' ')
            at++;
    }
    if (!open && is_word(s[at]) && is_word(s[at - 1]))
        return false;
    return !no_amount || !is_amount(s + at);
}

static bool
says(const char *title, const char *words)
{
    const char *piece;
    size_t n;

    while ((piece = str_piece(&words, "|", &n)) != NULL)
        for (const char *s = title; *s; s++)
            if ((s == title || !is_word(s[-1])) && matches(s, piece, n))
                return true;
    return false;
}

/* In any case: a category may be a word that somebody chose. */
static bool
is_among(const char *list, const char *word, size_t n)
{
    const char *piece;
    size_t m;

    while ((piece = str_piece(&list, " ", &m)) != NULL)
        if (m == n && strncasecmp(piece, word, n) == 0)
            return true;
    return false;
}

static bool
is_category(const char *categories, const char *list)
{
    const char *piece;
    size_t n;

    while ((piece = str_piece(&categories, ", ", &n)) != NULL)
        if (is_among(list, piece, n))
            return true;
    return false;
}

static bool
is_filing(const struct badge_of *of)
{
    return str_eq(of->kind, "filing") || str_starts(of->feed ? of->feed : "", "sec_");
}

size_t
badges(const struct badge_of *of, const char **out, size_t most)
{
    const char *title = of->title ? of->title : "";
    const char *categories = of->categories ? of->categories : "";
    size_t n = 0;

    for (size_t i = 0; i < STR_LEN(rows) && n < most; i++)
        if (says(title, rows[i].words) || is_category(categories, rows[i].categories) ||
            (is_filing(of) && is_among(rows[i].categories, "sec_filing", 10)))
            out[n++] = rows[i].label;
    if (n == 0 && most > 0)
        out[n++] = "\xf0\x9f\x93\xb0 NEWS";
    return n;
}

#include "classifier/offering.h"

#include "base/str.h"

#include <ctype.h>

enum {
    PROOF_BEFORE = 8, /* words before the deed in which its proof may stand */
    PROOF_BEHIND = 4, /* and behind */
    SPAN_TEXT = 512   /* of them all */
};

/* Which offerings are of securities. */
#define OF_SHARES                                                                      \
    "public offering|direct offering|registered direct|secondary|underwritten|"        \
    "follow on|rights offering|private offering|private placement|bought deal|"        \
    "best efforts|marketed|stock|equity|share offering|shares|units|adss|ads|common|"  \
    "american depositary|shelf|prospectus|at the market|atm"

/* How notes are sold, and what is done with those that were sold before. */
#define SELLS_NOTES                                                                    \
    "announce|announces|announced|price|prices|priced|pricing|close|closes|closed|"    \
    "closing|issue|issues|issued|issuance|sell|sells|sold|sale|offer|offers|"          \
    "offering|placement|launch|launches|launched|commences|complete|completes|"        \
    "completed|completion|raise|raises|raised|secures|purchase agreement"
#define UNDOES_NOTES                                                                   \
    "repay|repays|repaid|repayment|prepays|prepayment|redeem|redeems|redeemed|"        \
    "redeeming|redemption|repurchase|repurchases|repurchased|retire|retires|retired|"  \
    "retirement|amend|amends|amended|amendment|extend|extends|extension|exchange|"     \
    "exchanges|convert|converts|converted|conversion|tender|consent solicitation|"     \
    "matures|maturity of|default|defaults|pays off|pays down|refinances|rating|rated|" \
    "rates|upgrade|upgrades|downgrade|downgrades|eliminates|extinguishes|settles"

/* Each phrase names both the deed and the offering of securities. */
const struct offering_row offering_rows[OFFERING_STAGES] = {
    [OFFERING_NONE] = {"", "OFFERING", 0.0, 0.0, false, NULL},
    [OFFERING_WITHDRAWN] =
        {"withdrawn", "WITHDRAWN", 0.2, 0.90, true,
         "withdraws * offering|withdrew * offering|withdrawn * offering|"
         "withdrawal of * offering|terminates * offering|terminated * offering|"
         "termination of * offering|cancels * offering|cancelled * offering|"
         "canceled * offering|cancellation of * offering|abandons * offering|"
         "postpones * offering|postponed * offering|postponement of * offering"},
    [OFFERING_DEBT] =
        {"debt", "DEBT OFFERING", 0.3, 0.90, true,
         "notes offering|note offering|debt offering|bond offering|"
         "offering of * notes|offering of * bonds|offering of * debentures|"
         "prices * notes|priced * notes|pricing of * notes|closes * notes|"
         "closing of * notes"},
    [OFFERING_UPSIZE] =
        {"upsize", "UPSIZED", -0.7, 0.95, false,
         "upsize * offering|upsizes * offering|upsized * offering|"
         "upsizing of * offering|increase * offering size|increases * offering size|"
         "increased * offering size|increases * size of * offering"},
    [OFFERING_CLOSING] =
        {"closing", "CLOSING", 0.2, 0.90, true,
         "closing of * offering|closes * offering|closed * offering|"
         "completed * offering|completes * offering|finalized * offering|"
         "finalizes * offering|completion of * offering|consummation of * offering|"
         "consummates * offering|consummated * offering|closing of * direct|"
         "closes * private placement|closed * private placement|"
         "closing of * private placement|completes * private placement|"
         "completed * private placement|completion of * private placement"},
    [OFFERING_PRICING] =
        {"pricing", "PRICED", -0.5, 0.90, false,
         "prices * offering|priced * offering|price * offering at|"
         "pricing of * offering|offering priced at|offering * priced at|"
         "per share in * offering|sets price * offering|set price * offering|"
         "prices * direct|pricing of * private placement"},
    [OFFERING_ANNOUNCEMENT] =
        {"announcement", "ANNOUNCED", -0.6, 0.85, false,
         "announces * registered direct|announces proposed * offering|"
         "proposed public offering|proposes * offering|files * shelf|filed * shelf|"
         "files * offering of|shelf registration|shelf offering|"
         "registration * offering|intends to offer|plans to offer|"
         "to offer * common stock|to offer * shares|"
         "preliminary * prospectus|at-the-market offering|at the market offering|"
         "atm offering|at-the-market equity|at-the-market program|atm program|"
         "files * prospectus supplement|filed * prospectus supplement"},
    [OFFERING_UNKNOWN] = {"unknown", "OFFERING", -0.5, 0.70, false,
                          "underwritten public offering|registered direct offering|"
                          "public offering of common|public offering of shares|"
                          "public offering of ordinary|secondary public offering|"
                          "follow-on public offering"},
};

/* Repaying notes early is no offering of debt, a broad offering of products none of
 * shares: these phrases need a sum of money next to them, or a word that proves it; and
 * no phrase of the stage counts behind what undoes it. */
static const struct {
    const char *phrases, *proof, *undone;
} bare_rows[OFFERING_STAGES] = {
    [OFFERING_DEBT] = {"convertible note|senior note|secured note|unsecured note|"
                       "subordinated note|institutional note|convertible bond|"
                       "convertible debenture|senior debenture",
                       SELLS_NOTES, UNDOES_NOTES},
    [OFFERING_UPSIZE] = {"expand * offering|expands * offering|expanded * offering|"
                         "enlarge * offering|enlarges * offering|enlarged * offering|"
                         "increase * offering|increases * offering|"
                         "increased * offering|increasing * offering",
                         OF_SHARES, NULL},
    [OFFERING_ANNOUNCEMENT] =
        {"announce * offering|announces * offering|announced * offering|"
         "announces * offering of * stock|announces * offering of * shares|"
         "file * offering|files * offering|filed * offering|registers * offering|"
         "registering * offering|launches * offering|launched * offering|"
         "launch of * offering|plans * offering|plan for * offering|"
         "starts * offering|begins * offering|agreement for * offering|"
         "commences * offering|commenced * offering|"
         "commencement of * offering",
         OF_SHARES, NULL},
};

/* A hit's tag is first_tag + stage, of a bare phrase OFFERING_STAGES more. */
int
offering_add(struct match *m, int first_tag, struct why *why)
{
    int rc = 0;

    for (int i = 0; i < OFFERING_STAGES && rc == 0; i++) {
        const char *full = offering_rows[i].phrases, *bare = bare_rows[i].phrases;

        if (full != NULL)
            rc = match_add(m, full, first_tag + i, why);
        if (bare != NULL && rc == 0)
            rc = match_add(m, bare, first_tag + OFFERING_STAGES + i, why);
    }
    return rc;
}

/* ---- what stands around a phrase ---------------------------------------------------
 */

/* The words from first to last. */
struct span {
    size_t first, last;
};

/* Around the end of a hit, in its clause. */
static struct span
around(const struct words *w, const struct hit *h, size_t before, size_t behind)
{
    struct span s = {h->last, h->last};

    while (s.first > 0 && h->last - s.first < before && !w->list[s.first].opens)
        s.first--;
    while (s.last + 1 < w->n && s.last - h->last < behind && !w->list[s.last + 1].opens)
        s.last++;
    return s;
}

/* Of one word or several, which stand between blanks in text. */
static bool
has_phrase(const char *text, size_t len, const char *phrase, size_t n)
{
    const char *p = text;

    while ((p = memmem(p, len - (size_t)(p - text), phrase, n)) != NULL) {
        if (p > text && p[-1] == ' ' && p[n] == ' ')
            return true;
        p++;
    }
    return false;
}

/* One of the '|' separated phrases is there. */
static bool
has_words(const struct words *w, struct span s, const char *phrases)
{
    char text[SPAN_TEXT], padded[SPAN_TEXT + 2];
    const char *piece;
    size_t n, len;

    if (phrases == NULL)
        return false;
    (void)str_fmt(padded, sizeof padded, " %s ",
                  words_text(w, s.first, s.last, text, sizeof text));
    len = strlen(padded);
    while ((piece = str_piece(&phrases, "|", &n)) != NULL) {
        if (has_phrase(padded, len, piece, n))
            return true;
    }
    return false;
}

static bool
is_one_of(const struct words *w, size_t i, const char *const *names, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (words_are(w, i, names[k]))
            return true;
    }
    return false;
}

static bool
is_ending(const char *text, size_t len)
{
    static const char *const endings[] = {"m", "mm", "mn", "mln", "b", "bn"};

    for (size_t i = 0; i < STR_LEN(endings); i++) {
        if (strlen(endings[i]) == len && memcmp(text, endings[i], len) == 0)
            return true;
    }
    return false;
}

/* "75m", "30mm", "1bn", "million", "000": the end of a sum. */
static bool
is_sum(const struct words *w, size_t i)
{
    static const char *const names[] = {"million", "billion", "mln", "bn", "000"};
    const char *text = w->text + w->list[i].at;
    size_t digits = 0;

    while (digits < w->list[i].len && isdigit((unsigned char)text[digits]))
        digits++;
    if (digits == 0 || digits == w->list[i].len)
        return is_one_of(w, i, names, STR_LEN(names));
    return is_ending(text + digits, w->list[i].len - digits);
}

/* Before the end of the hit, but that of nothing else ("a $5 million order for its
 * offering"), or behind it ("offering of up to $5 million"). */
static bool
has_sum(const struct words *w, const struct hit *h)
{
    static const char *const away[] = {"for", "with", "by", "from", "on", "in", "to"};
    struct span s = around(w, h, PROOF_BEFORE, PROOF_BEHIND);

    for (size_t i = h->last; i > s.first; i--) {
        if (is_one_of(w, i, away, STR_LEN(away)))
            break;
        if (is_sum(w, i - 1))
            return true;
    }
    for (size_t i = h->last + 1u; i <= s.last; i++) {
        if (is_sum(w, i))
            return true;
    }
    return false;
}

static bool
is_meant(const struct words *w, const struct hit *h, int stage, bool bare)
{
    const char *proof = bare_rows[stage].proof, *undone = bare_rows[stage].undone;

    if (bare && !has_sum(w, h) &&
        !has_words(w, around(w, h, PROOF_BEFORE, PROOF_BEHIND), proof))
        return false;
    return undone == NULL || !has_words(w, around(w, h, PROOF_BEFORE, 0), undone);
}

enum offering_stage
offering_stage(const struct hits *hits, const struct words *w, int first_tag)
{
    enum offering_stage best = OFFERING_NONE;

    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *h = &hits->list[i];
        int place = h->tag - first_tag, stage = place % OFFERING_STAGES;

        if (place < 0 || place >= OFFERING_TAGS ||
            (best != OFFERING_NONE && stage >= (int)best))
            continue;
        if (is_meant(w, h, stage, place >= OFFERING_STAGES))
            best = (enum offering_stage)stage;
    }
    return best;
}

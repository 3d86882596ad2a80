#include "classifier/guidance.h"

#include "base/str.h"

#include <ctype.h>

const struct guidance_row guidance_rows[GUIDANCE_WORDS] = {
    [GUIDANCE_NONE] = {"", NULL},
    [GUIDANCE_RAISED] = {"raised",
                         "raise|raises|raised|raising|increases|increased|increasing|"
                         "boosts|boosted|boosting|lifts|lifted|lifting|hikes|hiked|"
                         "hiking|ups|upped|upping|"
                         "higher|exceeds|exceeding|upward|above"},
    [GUIDANCE_LOWERED] = {"lowered",
                          "lower|lowers|lowered|lowering|cut|cuts|cutting|reduces|"
                          "reduced|reducing|decreases|decreased|decreasing|trims|"
                          "trimmed|trimming|slashes|slashed|slashing|revises down|"
                          "revised down|downward|below"},
    [GUIDANCE_WITHDRAWN] = {"lowered",
                            "withdraws|withdrew|withdrawn|withdrawing|"
                            "suspends|suspended|suspending|pulls|scraps|abandons"},
    [GUIDANCE_MAINTAINED] = {"maintained",
                             "reaffirms|reaffirmed|reaffirming|reaffirm|affirms|"
                             "affirmed|maintains|maintained|maintaining|maintain|"
                             "reiterates|reiterated|reiterating|reiterate|confirms|"
                             "confirmed|confirming|unchanged|unaltered|"
                             "keeps|consistent with|in line with|continue to expect|"
                             "continues to expect"},
    [GUIDANCE_NEW] =
        {"new", "expect|expects|expecting|anticipates|anticipate|issues|"
                "issued|provides|provided|initiates|introduces|forecasts|"
                "projects|sets|gives|we project|we forecast|forecasting|projecting|"
                "providing|issuing|introducing|initiating|initial|sees|"
                "guides"},
    [GUIDANCE_WIDENED] = {"lowered", "widens|widened|widening|deepens|deepened"},
    [GUIDANCE_NARROWED] = {"raised", "narrows|narrowed|narrowing|shrinks"},
    [GUIDANCE_IMPROVED] = {"raised", "improves|improved|improving|strengthens|"
                                     "strengthened|strengthening"},
    [GUIDANCE_WORSENED] = {"lowered", "worsens|worsened|weakens|weakened|weaker|"
                                      "softer"},
    [GUIDANCE_AHEAD] = {"raised", "exceeded|better than|ahead of|stronger than"},
    [GUIDANCE_SHORT] = {"lowered", "missing|misses|missed|falls short|fell short|"
                                   "falling short|worse than"},
    [GUIDANCE_STRONG] = {"strong",
                         "confident|confidently|strong|strongly|robust|firmly|"
                         "well positioned|on track|committed|certain|solid"},
    [GUIDANCE_UNCERTAIN] = {"uncertain",
                            "could|may|might|potentially|possibly|uncertain|"
                            "uncertainty|cautious|cautiously|subject to|challenging"},
    [GUIDANCE_BURDEN] = {"", "loss|losses|net loss|expense|cost|debt|churn|tax rate|"
                             "cash burn|deficit|charge|impairment|leverage"},
    [GUIDANCE_NOUN] = {"", "guidance|outlook|forecast|full year target|projection"},
};

/* What a direction means of guidance, and of what is better when there is less of it.
 * Only of such has it a meaning that it is wider or narrower. */
static const struct {
    enum guidance_word plain, of_burden;
} meanings[GUIDANCE_WORDS] = {
    [GUIDANCE_RAISED] = {GUIDANCE_RAISED, GUIDANCE_LOWERED},
    [GUIDANCE_LOWERED] = {GUIDANCE_LOWERED, GUIDANCE_RAISED},
    [GUIDANCE_WITHDRAWN] = {GUIDANCE_LOWERED, GUIDANCE_LOWERED},
    [GUIDANCE_MAINTAINED] = {GUIDANCE_MAINTAINED, GUIDANCE_MAINTAINED},
    [GUIDANCE_NEW] = {GUIDANCE_NEW, GUIDANCE_NEW},
    [GUIDANCE_WIDENED] = {GUIDANCE_NONE, GUIDANCE_LOWERED},
    [GUIDANCE_NARROWED] = {GUIDANCE_NONE, GUIDANCE_RAISED},
    [GUIDANCE_IMPROVED] = {GUIDANCE_RAISED, GUIDANCE_RAISED},
    [GUIDANCE_WORSENED] = {GUIDANCE_LOWERED, GUIDANCE_LOWERED},
    [GUIDANCE_AHEAD] = {GUIDANCE_RAISED, GUIDANCE_RAISED},
    [GUIDANCE_SHORT] = {GUIDANCE_LOWERED, GUIDANCE_LOWERED},
};

/* A result against the guidance changes nothing of it. */
static bool
is_of_result(enum guidance_word word)
{
    return word == GUIDANCE_AHEAD || word == GUIDANCE_SHORT;
}

static enum guidance_word
word_of(const struct hit *h, int first_tag)
{
    int word = h->tag - first_tag;

    return word > GUIDANCE_NONE && word < GUIDANCE_WORDS ? (enum guidance_word)word
                                                         : GUIDANCE_NONE;
}

/* Words between two hits, or a large number across the end of a clause. */
static size_t
distance(const struct words *w, const struct hit *a, const struct hit *b)
{
    const struct hit *l = a->first <= b->first ? a : b, *r = l == a ? b : a;

    for (size_t i = l->first + 1u; i <= r->first; i++) {
        if (w->list[i].opens)
            return WORDS_MAX;
    }
    return r->first <= l->last ? 0 : (size_t)(r->first - l->last);
}

/* The next noun of guidance and how near it is; NULL when there is none. */
static const struct hit *
next_noun(const struct hits *hits, const struct words *w, int first_tag,
          const struct hit *direction, size_t *near)
{
    const struct hit *noun = NULL;

    *near = WORDS_MAX;
    for (size_t i = 0; i < hits->n; i++) {
        size_t away = distance(w, &hits->list[i], direction);

        if (word_of(&hits->list[i], first_tag) != GUIDANCE_NOUN || away >= *near)
            continue;
        *near = away;
        noun = &hits->list[i];
    }
    return noun;
}

/* A word of direction stands between two hits. */
static bool
is_divided(const struct hits *hits, int first_tag, const struct hit *l,
           const struct hit *r)
{
    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *h = &hits->list[i];

        if (h->first > l->last && h->last < r->first &&
            meanings[word_of(h, first_tag)].of_burden != GUIDANCE_NONE)
            return true;
    }
    return false;
}

/* What the noun speaks of, if more of it is bad: "net loss guidance", "outlook for
 * expenses"; NULL else. */
static const char *
burden_of(const struct hits *hits, const struct words *w, int first_tag,
          const struct hit *noun)
{
    bool is_for =
        words_are(w, noun->last + 1u, "for") || words_are(w, noun->last + 1u, "of");

    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *h = &hits->list[i];

        if (word_of(h, first_tag) != GUIDANCE_BURDEN ||
            distance(w, h, noun) > GUIDANCE_BESIDE)
            continue;
        if (h->first > noun->last ? is_for : !is_divided(hits, first_tag, h, noun))
            return h->phrase;
    }
    return NULL;
}

/* ---- the period --------------------------------------------------------------------
 */

static bool
is_year(const struct words *w, size_t i)
{
    const char *text;

    if (i >= w->n || w->list[i].len != 4)
        return false;
    text = w->text + w->list[i].at;
    return text[0] == '2' && text[1] == '0' && isdigit((unsigned char)text[2]) &&
           isdigit((unsigned char)text[3]);
}

/* "fy2025", "fy25", "fy 2025", "fiscal 2025", "fiscal year 2025" */
static bool
fiscal_year(const struct words *w, size_t i, char *out)
{
    const char *text = w->text + w->list[i].at;
    size_t year = i + 1 + words_are(w, i + 1, "year");

    if (w->list[i].len == 6 && memcmp(text, "fy20", 4) == 0)
        return str_fmt(out, GUIDANCE_SCOPE, "FY%.4s", text + 2);
    if (w->list[i].len == 4 && memcmp(text, "fy", 2) == 0 &&
        isdigit((unsigned char)text[2]) && isdigit((unsigned char)text[3]))
        return str_fmt(out, GUIDANCE_SCOPE, "FY20%.2s", text + 2);
    if (!words_are(w, i, "fy") && !words_are(w, i, "fiscal"))
        return false;
    return is_year(w, year) &&
           str_fmt(out, GUIDANCE_SCOPE, "FY%.4s", w->text + w->list[year].at);
}

/* "h2 2025", "q3 2025" */
static bool
part_year(const struct words *w, size_t i, char *out)
{
    const char *text = w->text + w->list[i].at;

    if (w->list[i].len != 2 || (text[0] != 'h' && text[0] != 'q') || text[1] < '1' ||
        text[1] > '4' || !is_year(w, i + 1))
        return false;
    return str_fmt(out, GUIDANCE_SCOPE, "%c%c %.4s", toupper((unsigned char)text[0]),
                   text[1], w->text + w->list[i + 1].at);
}

/* "fourth quarter 2025", "second half of fiscal 2025" */
static bool
named_part_year(const struct words *w, size_t i, char *out)
{
    static const char *const ordinals[] = {"first", "second", "third", "fourth"};
    bool half = words_are(w, i + 1, "half");
    size_t year = i + 2, n = 0;

    if (!half && !words_are(w, i + 1, "quarter"))
        return false;
    while (n < STR_LEN(ordinals) && !words_are(w, i, ordinals[n]))
        n++;
    year += words_are(w, year, "of");
    year += words_are(w, year, "fiscal");
    year += words_are(w, year, "year");
    return n < (half ? 2 : STR_LEN(ordinals)) && is_year(w, year) &&
           str_fmt(out, GUIDANCE_SCOPE, "%c%zu %.4s", half ? 'H' : 'Q', n + 1,
                   w->text + w->list[year].at);
}

static void
read_scope(const struct words *w, char *out)
{
    out[0] = '\0';
    for (size_t i = 0; i < w->n; i++) {
        if (fiscal_year(w, i, out) || part_year(w, i, out) ||
            named_part_year(w, i, out))
            return;
        if ((words_are(w, i, "full") && words_are(w, i + 1, "year")) ||
            words_are(w, i, "annual")) {
            (void)str_copy(out, GUIDANCE_SCOPE, "full-year");
            return;
        }
    }
}

/* ---- all of it ------------------------------------------------------------ */

/* The direction next to a noun; without one the first in the order of the rows. */
static void
read_direction(const struct hits *hits, const struct words *w, int first_tag,
               struct guidance *out)
{
    size_t near = GUIDANCE_REACH + 1;

    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *h = &hits->list[i];
        enum guidance_word word = word_of(h, first_tag);
        size_t away;
        const struct hit *noun = next_noun(hits, w, first_tag, h, &away);
        const char *burden = noun ? burden_of(hits, w, first_tag, noun) : NULL;

        away = is_of_result(word) ? WORDS_MAX : away;
        word = burden != NULL ? meanings[word].of_burden : meanings[word].plain;
        if (word == GUIDANCE_NONE ||
            (away >= near && (out->named || (out->phrase && word >= out->direction))))
            continue;
        out->named = away < near || out->named;
        near = away < near ? away : near;
        out->direction = word;
        out->phrase = h->phrase;
        out->burden = burden;
    }
}

void
guidance_of(const struct hits *hits, const struct words *w, int first_tag,
            struct guidance *out)
{
    *out = (struct guidance){.phrase = NULL};
    read_direction(hits, w, first_tag, out);
    for (size_t i = 0; i < hits->n; i++) {
        enum guidance_word word = word_of(&hits->list[i], first_tag);

        if (word == GUIDANCE_UNCERTAIN ||
            (word == GUIDANCE_STRONG && out->sure == GUIDANCE_NONE))
            out->sure = word;
    }
    read_scope(w, out->scope);
}

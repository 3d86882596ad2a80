#include "ingest/story.h"

#include "base/hash.h"
#include "base/str.h"
#include "base/text.h"

#include <ctype.h>

enum {
    WORDS_MAX = 64,  /* of a title */
    TEXT_WORDS = 40, /* of a text: wires cut it at different places behind that */
    TEXT_LEAST = 20, /* a text of fewer words proves nothing */
    TEXT_APART = 10, /* of 64 bits; unrelated texts are some 32 apart */
    SHINGLE = 3,     /* words that are hashed together */
    WORD_BYTES = 32, /* of a word of a text */
    HASH_BITS = 64
};

#define ALIKE 0.8

struct words {
    size_t n;
    struct word {
        const char *s;
        size_t n;
    } list[WORDS_MAX];
};

/* ---- titles ---------------------------------------------------------------------- */

/* Phrases that desks use for one another, as words of story_title. */
static const struct {
    const char *phrase, *word;
} synonyms[] = {
    {"misses estimates", "misses_estimates"},
    {"misses expectations", "misses_estimates"},
    {"cuts outlook", "revises_outlook"},
    {"lowers outlook", "revises_outlook"},
    {"price hikes", "price_increase"},
    {"price hike", "price_increase"},
    {"price increases", "price_increase"},
    {"consumer backlash", "consumer_resistance"},
    {"impact of tariffs", "tariff_impact"},
    {"shares fall", "shares declines"},
    {"shares drop", "shares declines"},
    {"stock falls", "stock declines"},
    {"stock drops", "stock declines"},
    {"shares rise", "shares increases"},
    {"shares climb", "shares increases"},
    {"stock rises", "stock increases"},
    {"stock climbs", "stock increases"},
};

/* Words that the same release has on one wire and not on the other; sorted. */
static const char *const fillers[] = {
    "a",         "american",    "amex",   "an",           "and",   "announce",
    "announced", "announces",   "at",     "by",           "co",    "company",
    "corp",      "corporation", "for",    "from",         "group", "has",
    "holdings",  "in",          "inc",    "incorporated", "its",   "limited",
    "llc",       "ltd",         "market", "nasdaq",       "nyse",  "of",
    "on",        "otc",         "otcqb",  "otcqx",        "plc",   "reports",
    "the",       "to",          "today",  "tsx",          "tsxv",  "with",
};

/* Words that make another event of it; sorted. */
static const char *const tellings[] = {
    "acquires",   "amended",   "april",      "august",    "cancels",   "closes",
    "closing",    "completes", "completion", "cuts",      "december",  "delays",
    "enters",     "expands",   "extends",    "fails",     "february",  "final",
    "first",      "fourth",    "fy",         "halts",     "increased", "increases",
    "january",    "july",      "june",       "launch",    "launches",  "lowers",
    "march",      "may",       "not",        "november",  "october",   "preliminary",
    "priced",     "prices",    "pricing",    "proposed",  "raises",    "receives",
    "rejects",    "resumes",   "second",     "september", "signs",     "suspends",
    "terminates", "third",     "upsized",    "upsizes",   "withdraws",
};

/* How a title says that it replaces another; as words of story_title. */
static const struct {
    const char *words;
    enum story_kind kind;
} marks[] = {
    {"c o r r e c t i o n", STORY_CORRECTION},
    {"correction from source", STORY_CORRECTION},
    {"correction and replacement", STORY_CORRECTION},
    {"correcting and replacing", STORY_CORRECTION},
    {"correction", STORY_CORRECTION},
    {"corrected", STORY_CORRECTION},
    {"corrects", STORY_CORRECTION},
    {"replacement", STORY_CORRECTION},
    {"u p d a t e", STORY_UPDATE},
    {"update", STORY_UPDATE},
    {"updated", STORY_UPDATE},
    {"updating and replacing", STORY_UPDATE},
    {"revised", STORY_UPDATE},
};

static bool
is_word_byte(char c)
{
    return isalnum((unsigned char)c) || (c & 0x80);
}

/* Next word at *cursor in lower case; its length, 0 at the end. */
static size_t
next_word(const char **cursor, char *out, size_t size)
{
    const char *s = *cursor;
    size_t n = 0;

    while (*s != '\0' && !is_word_byte(*s))
        s++;
    for (; is_word_byte(*s); s++)
        if (n + 1 < size)
            out[n++] = (char)tolower((unsigned char)*s);
    out[n] = '\0';
    *cursor = s;
    return n;
}

/* Where the words stand in a title, whole; NULL when they do not. */
static char *
find_words(char *title, const char *words)
{
    size_t n = strlen(words);

    for (char *s = title; (s = strstr(s, words)) != NULL; s++)
        if ((s == title || s[-1] == ' ') && (s[n] == ' ' || s[n] == '\0'))
            return s;
    return NULL;
}

static void
replace_words(char title[STORY_TITLE], const char *phrase, const char *word)
{
    char rest[STORY_TITLE], *at;

    while ((at = find_words(title, phrase)) != NULL) {
        (void)str_copy(rest, sizeof rest, at + strlen(phrase));
        (void)str_fmt(at, STORY_TITLE - (size_t)(at - title), "%s%s", word, rest);
    }
}

void
story_title(const char *title, char out[STORY_TITLE])
{
    size_t used = 0, n;

    while (used + 2 < STORY_TITLE &&
           (n = next_word(&title, out + used, STORY_TITLE - used)) > 0) {
        used += n;
        out[used++] = ' ';
    }
    out[used > 0 ? used - 1 : 0] = '\0';
    for (size_t i = 0; i < STR_LEN(synonyms); i++)
        replace_words(out, synonyms[i].phrase, synonyms[i].word);
}

/* A mark counts where it leads the title or ends it: "update" within is a word. */
static enum story_kind
take_mark(char *title)
{
    for (size_t i = 0; i < STR_LEN(marks); i++) {
        char *at = find_words(title, marks[i].words);
        size_t n = strlen(marks[i].words);

        if (at == title && title[n] == ' ')
            memmove(title, title + n + 1, strlen(title + n));
        else if (at != NULL && at > title && at[n] == '\0')
            at[-1] = '\0';
        else
            continue;
        return marks[i].kind;
    }
    return STORY_FIRST;
}

const char *
story_kind_name(enum story_kind kind)
{
    static const char *const names[] = {"", "correction", "update"};

    return names[kind];
}

/* ---- texts ----------------------------------------------------------------------- */

static void
vote(int votes[HASH_BITS], uint64_t hash)
{
    for (int bit = 0; bit < HASH_BITS; bit++)
        votes[bit] += hash >> bit & 1 ? 1 : -1;
}

/* Each run of SHINGLE words votes on each bit. */
static void
hash_text(const char *text, struct story *out)
{
    uint64_t run[SHINGLE] = {0}; /* hashes of its words */
    char word[WORD_BYTES];
    int votes[HASH_BITS] = {0};
    size_t n;

    text = text_behind_dateline(text);
    out->text = 0;
    for (out->words = 0; out->words < TEXT_WORDS; out->words++) {
        if ((n = next_word(&text, word, sizeof word)) == 0)
            break;
        memmove(run, run + 1, sizeof run - sizeof run[0]);
        run[SHINGLE - 1] = hash64(word, n);
        vote(votes, hash64(run, sizeof run));
    }
    for (int bit = 0; bit < HASH_BITS; bit++)
        out->text |= (uint64_t)(votes[bit] > 0) << bit;
}

void
story_make(const char *title, const char *summary, struct story *out)
{
    story_title(title, out->title);
    out->kind = take_mark(out->title);
    hash_text(summary, out);
}

/* ---- comparing ------------------------------------------------------------------- */

static int
by_word(const void *a, const void *b)
{
    const struct word *x = a, *y = b;
    int rc = memcmp(x->s, y->s, x->n < y->n ? x->n : y->n);

    return rc != 0 ? rc : x->n < y->n ? -1 : x->n > y->n;
}

/* The words of a title, sorted, each once. */
static void
split(const char *title, struct words *out)
{
    size_t n, kept = 0;
    const char *s;

    out->n = 0;
    while (out->n < WORDS_MAX && (s = str_piece(&title, " ", &n)) != NULL)
        out->list[out->n++] = (struct word){s, n};
    qsort(out->list, out->n, sizeof out->list[0], by_word);
    for (size_t i = 0; i < out->n; i++)
        if (kept == 0 || by_word(&out->list[kept - 1], &out->list[i]) != 0)
            out->list[kept++] = out->list[i];
    out->n = kept;
}

/* What both have, what only a has, what only b has. */
struct split {
    struct words both, only_a, only_b;
};

static void
put_word(struct words *to, struct word w)
{
    to->list[to->n++] = w;
}

static void
compare(const char *a, const char *b, struct split *out)
{
    struct words x, y;
    size_t i = 0, k = 0;

    out->both.n = out->only_a.n = out->only_b.n = 0;
    split(a, &x);
    split(b, &y);
    while (i < x.n || k < y.n) {
        int rc = i == x.n ? 1 : k == y.n ? -1 : by_word(&x.list[i], &y.list[k]);

        if (rc == 0)
            put_word(&out->both, x.list[i]);
        else
            put_word(rc < 0 ? &out->only_a : &out->only_b,
                     rc < 0 ? x.list[i] : y.list[k]);
        i += rc <= 0;
        k += rc >= 0;
    }
}

static size_t
join(const struct words *w, char out[STORY_TITLE])
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < w->n; i++, used = strlen(out))
        (void)str_fmt(out + used, STORY_TITLE - used, "%s%.*s", i > 0 ? " " : "",
                      (int)w->list[i].n, w->list[i].s);
    return used;
}

/* Length of the longest text that can be had from both by leaving out bytes. */
static size_t
common_length(const char *a, const char *b)
{
    size_t row[STORY_TITLE] = {0}, n = strlen(b);

    for (; *a != '\0'; a++) {
        size_t before = 0;

        for (size_t k = 0; k < n; k++) {
            size_t above = row[k + 1];

            if (*a == b[k])
                row[k + 1] = before + 1;
            else if (row[k] > above)
                row[k + 1] = row[k];
            before = above;
        }
    }
    return row[n];
}

static double
ratio(size_t common, size_t a, size_t b)
{
    return a + b == 0 ? 1 : 2.0 * (double)common / (double)(a + b);
}

double
story_likeness(const char *a, const char *b)
{
    struct split parts;
    char x[STORY_TITLE], y[STORY_TITLE], both[STORY_TITLE];
    size_t n, na, nb, gap;
    double best, other;

    compare(a, b, &parts);
    n = join(&parts.both, both);
    na = join(&parts.only_a, x);
    nb = join(&parts.only_b, y);
    if (n > 0 && (na == 0 || nb == 0))
        return 1;
    gap = n > 0; /* the blank between what both have and the rest */
    best = ratio(n + gap + common_length(x, y), n + gap + na, n + gap + nb);
    other = ratio(n, n, n + gap + (na < nb ? na : nb));
    return other > best ? other : best;
}

static int
compare_text(const void *key, const void *row)
{
    const struct word *w = key;
    const char *s = *(const char *const *)row;
    int rc = strncmp(w->s, s, w->n);

    return rc != 0 ? rc : s[w->n] == '\0' ? 0 : -1;
}

static bool
is_of(const struct word *w, const char *const *list, size_t n)
{
    return bsearch(w, list, n, sizeof *list, compare_text) != NULL;
}

static bool
has_telling(const struct words *w)
{
    for (size_t i = 0; i < w->n; i++) {
        if (is_of(&w->list[i], tellings, STR_LEN(tellings)))
            return true;
        for (size_t k = 0; k < w->list[i].n; k++)
            if (isdigit((unsigned char)w->list[i].s[k]))
                return true;
    }
    return false;
}

static bool
is_filler(const struct words *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (!is_of(&w->list[i], fillers, STR_LEN(fillers)))
            return false;
    return true;
}

static bool
is_same_text(const struct story *a, const struct story *b)
{
    return a->words >= TEXT_LEAST && b->words >= TEXT_LEAST &&
           __builtin_popcountll(a->text ^ b->text) <= TEXT_APART;
}

bool
story_is_same(const struct story *a, const struct story *b)
{
    struct split parts;

    if (a->kind != b->kind)
        return false;
    if (str_eq(a->title, b->title))
        return true;
    compare(a->title, b->title, &parts);
    if (has_telling(&parts.only_a) || has_telling(&parts.only_b))
        return false;
    if (parts.both.n > 0 && is_filler(&parts.only_a) && is_filler(&parts.only_b))
        return true;
    return is_same_text(a, b) && story_likeness(a->title, b->title) >= ALIKE;
}

bool
story_follows(const struct story *later, const struct story *former)
{
    return later->kind != STORY_FIRST && later->kind != former->kind &&
           story_likeness(later->title, former->title) >= ALIKE;
}

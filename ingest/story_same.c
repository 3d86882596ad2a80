/* When two stories are the same. */
#include "base/ascii.h"
#include "base/str.h"
#include "ingest/story.h"

enum {
    WORDS_MAX = 64,  /* of a title */
    TEXT_LEAST = 20, /* a text of fewer words proves nothing */
    TEXT_APART = 10, /* of 64 bits; unrelated texts are some 32 apart */
    LONG = 5         /* letters of a word that wires do not leave out */
};

#define ALIKE 0.8

struct words {
    size_t n;
    struct word {
        const char *s;
        size_t n;
        uint64_t head; /* its first bytes, so that most words compare as numbers */
    } list[WORDS_MAX];
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

/* How those of LONG letters and more begin. */
static const char filler_heads[] = "acghilmnort";

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

static int
by_word(const struct word *x, const struct word *y)
{
    int rc;

    if (x->head != y->head)
        return x->head < y->head ? -1 : 1;
    rc = memcmp(x->s, y->s, x->n < y->n ? x->n : y->n);
    return rc != 0 ? rc : x->n < y->n ? -1 : x->n > y->n;
}

/* Keeps the list sorted, each word once. */
static void
insert_word(struct words *to, struct word w)
{
    size_t at = to->n;
    int rc = 1;

    while (at > 0 && (rc = by_word(&to->list[at - 1], &w)) > 0)
        at--;
    if (at > 0 && rc == 0)
        return;
    memmove(to->list + at + 1, to->list + at, (to->n - at) * sizeof w);
    to->list[at] = w;
    to->n++;
}

/* The word at s. */
static struct word
word_at(const char *s)
{
    struct word w = {.s = s};

    for (; s[w.n] != ' ' && s[w.n] != '\0'; w.n++)
        if (w.n < sizeof w.head)
            w.head |= (uint64_t)(unsigned char)s[w.n] << 8 * (7 - w.n);
    return w;
}

/* The words of a title, sorted, each once. */
static void
split(const char *title, struct words *out)
{
    out->n = 0;
    for (size_t i = 0; i < WORDS_MAX && *title != '\0'; i++) {
        struct word w = word_at(title);

        if (w.n > 0)
            insert_word(out, w);
        title += w.n + (title[w.n] == ' ');
    }
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
            if (ascii_is_digit(w->list[i].s[k]))
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

/* A bit for each word that both titles of one story have: a long one that begins as no
 * filler of its length does.  Titles whose bits differ are not the same but for
 * fillers.
 */
static uint64_t
firm_words(const char *s)
{
    uint64_t bits = 0;

    while (*s != '\0') {
        size_t n = 0;

        while (s[n] != ' ' && s[n] != '\0')
            n++;
        if (n >= LONG && strchr(filler_heads, *s) == NULL)
            bits |= UINT64_C(1) << ((s[0] * 5 + s[2] * 17 + s[4] + (int)n) & 63);
        s += n + (s[n] == ' ');
    }
    return bits;
}

bool
story_is_same(const struct story *a, const struct story *b)
{
    struct split parts;

    if (a->kind != b->kind)
        return false;
    if (str_eq(a->title, b->title))
        return true;
    if (!is_same_text(a, b) && firm_words(a->title) != firm_words(b->title))
        return false; /* most pairs */
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

#include "ingest/story.h"

#include "base/ascii.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/text.h"

enum {
    WORDS_MAX = 64,   /* of a title */
    TEXT_WORDS = 40,  /* of a text: wires cut it at different places behind that */
    TEXT_LEAST = 20,  /* a text of fewer words proves nothing */
    TEXT_APART = 10,  /* of 64 bits; unrelated texts are some 32 apart */
    SHINGLE = 3,      /* words that are hashed together */
    TEXT_BYTES = 512, /* of those words in lower case */
    LONG = 5,         /* letters of a word that wires do not leave out */
    VOTE_BITS = 6     /* of a count of up to TEXT_WORDS */
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

/* What they begin with. */
static const char phrase_heads[] = "clmpis";

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

/* How a title says that it replaces another; as words of story_title.  What only leads
 * ends titles of another sense ("knee replacement"). */
static const struct {
    const char *words;
    enum story_kind kind;
    bool only_leads;
} marks[] = {
    {"c o r r e c t i o n", STORY_CORRECTION},
    {"correction from source", STORY_CORRECTION},
    {"correction and replacement", STORY_CORRECTION},
    {"correcting and replacing", STORY_CORRECTION},
    {"correction", STORY_CORRECTION},
    {"corrected", STORY_CORRECTION},
    {"corrects", STORY_CORRECTION},
    {"replacement", STORY_CORRECTION, .only_leads = true},
    {"u p d a t e", STORY_UPDATE},
    {"update", STORY_UPDATE},
    {"updated", STORY_UPDATE},
    {"updating and replacing", STORY_UPDATE},
    {"revised", STORY_UPDATE},
};

/* Bytes of words, and what makes a small letter of a capital. */
enum { WORD = 1, SMALL = 0x20 };

static const unsigned char kinds[256] = {
    ['0' ... '9'] = WORD,
    ['A' ... 'Z'] = WORD | SMALL,
    ['a' ... 'z'] = WORD,
    [0x80 ... 0xff] = WORD,
};

/* Next word at *cursor in lower case; its length, 0 at the end. */
static size_t
next_word(const char **cursor, char *out, size_t size)
{
    const unsigned char *s = (const unsigned char *)*cursor;
    size_t n = 0;

    while (*s != '\0' && kinds[*s] == 0)
        s++;
    for (; kinds[*s] != 0; s++)
        if (n + 1 < size)
            out[n++] = (char)(*s | (kinds[*s] & SMALL));
    out[n] = '\0';
    *cursor = (const char *)s;
    return n;
}

/* Length of the phrase that stands at s, whole; 0 when it does not. */
static size_t
phrase_at(const char *s, const char *phrase)
{
    size_t n = 0;

    while (phrase[n] != '\0' && s[n] == phrase[n])
        n++;
    return phrase[n] == '\0' && (s[n] == ' ' || s[n] == '\0') ? n : 0;
}

/* The word for the phrase that stands at s, which may become longer. */
static void
replace_phrase(char *s, size_t size)
{
    char rest[STORY_TITLE];

    if (strchr(phrase_heads, *s) == NULL)
        return;
    for (size_t i = 0; i < STR_LEN(synonyms); i++) {
        size_t n = phrase_at(s, synonyms[i].phrase);

        if (n == 0)
            continue;
        (void)str_copy(rest, sizeof rest, s + n);
        (void)str_fmt(s, size, "%s%s", synonyms[i].word, rest);
        return;
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
    for (char *s = out; s != NULL; s = strchr(s, ' ')) {
        s += *s == ' ';
        replace_phrase(s, STORY_TITLE - (size_t)(s - out));
    }
}

/* A mark counts where it leads the title or ends it: "update" within is a word. */
static enum story_kind
take_mark(char *title)
{
    size_t len = strlen(title);

    for (size_t i = 0; i < STR_LEN(marks); i++) {
        size_t n = strlen(marks[i].words);

        if (len <= n)
            continue;
        if (title[n] == ' ' && memcmp(title, marks[i].words, n) == 0)
            memmove(title, title + n + 1, len - n);
        else if (title[len - n - 1] == ' ' && !marks[i].only_leads &&
                 memcmp(title + len - n, marks[i].words, n) == 0)
            title[len - n - 1] = '\0';
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

/* How many hashes have each bit: 64 counters side by side, planes[k] holds their bits
 * of weight 2^k. */
static void
vote(uint64_t planes[VOTE_BITS], uint64_t hash)
{
    for (int k = 0; k < VOTE_BITS && hash != 0; k++) {
        uint64_t carry = planes[k] & hash;

        planes[k] ^= hash;
        hash = carry;
    }
}

/* The bits that more than so many hashes have. */
static uint64_t
elected(const uint64_t planes[VOTE_BITS], unsigned many)
{
    uint64_t more = 0, equal = UINT64_MAX;

    for (int k = VOTE_BITS - 1; k >= 0; k--) {
        uint64_t wanted = many >> k & 1 ? UINT64_MAX : 0;

        more |= equal & planes[k] & ~wanted;
        equal &= ~(planes[k] ^ wanted);
    }
    return more;
}

/* Each run of SHINGLE words votes on each bit. */
static void
hash_text(const char *text, struct story *out)
{
    size_t from[SHINGLE] = {0}; /* where its words begin */
    char lower[TEXT_BYTES];
    uint64_t planes[VOTE_BITS] = {0};
    size_t n, used = 0;

    text = text_behind_dateline(text);
    for (out->words = 0; out->words < TEXT_WORDS; out->words++) {
        if ((n = next_word(&text, lower + used, sizeof lower - used)) == 0)
            break;
        memmove(from, from + 1, sizeof from - sizeof from[0]);
        from[SHINGLE - 1] = used;
        used += n;
        vote(planes, hash64(lower + from[0], used - from[0]));
        if (used + 1 == sizeof lower)
            break;
        lower[used++] = ' ';
    }
    out->text = elected(planes, (unsigned)out->words / 2);
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

#include "ingest/story.h"

#include "base/hash.h"
#include "base/str.h"
#include "base/text.h"

enum {
    TEXT_WORDS = 40,  /* of a text: wires cut it at different places behind that */
    SHINGLE = 3,      /* words that are hashed together */
    TEXT_BYTES = 512, /* of those words in lower case */
    VOTE_BITS = 6     /* of a count of up to TEXT_WORDS */
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

#define PCRE2_CODE_UNIT_WIDTH 8
#include "ingest/noise.h"

#include "base/str.h"
#include "ingest/noise_rows.h"

#include <assert.h>
#include <endian.h>
#include <pcre2.h>

/* Whether asserts look at what is passed over: then it has to be there. */
#ifdef NDEBUG
#define CHECKS_STEMS false
#else
#define CHECKS_STEMS true
#endif

enum {
    TEXT_BYTES = 2048, /* of title and summary together */
    STEM_HEAD = 4,     /* bytes of a word: what rules are looked up by */
    STEM_BYTES = 8,    /* the longest */
    STEM_SLOTS = 1024  /* a power of two, several times the number of stems */
};

struct pattern {
    pcre2_code *must, *also, *unless; /* also, unless: NULL where the row has none */
};

/* A set of rules, a bit each. */
typedef uint32_t rule_set;

/* Which rules may hit where a word begins so. */
struct stem {
    uint64_t bytes; /* lower case, the first one lowest; 0: free */
    uint64_t mask;  /* of those that count */
    rule_set must, also;
};

_Static_assert(NOISE_ROWS <= 32, "a bit a rule");

struct noise {
    struct stem stems[STEM_SLOTS];
    rule_set always; /* rules whose `must` has no stems */
    rule_set alone;  /* rules whose `also` has none */
    struct pattern patterns[NOISE_ROWS];
    pcre2_match_data *data;
    pcre2_match_context *context;
};

static int
compile(const char *text, pcre2_code **out, struct why *why)
{
    uint32_t flags = PCRE2_CASELESS | PCRE2_NEVER_UTF | PCRE2_NO_AUTO_CAPTURE;
    size_t at;
    int err;

    if (text == NULL)
        return 0;
    *out =
        pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, flags, &err, &at, NULL);
    if (*out == NULL)
        return why_set(why, ERR_SYNTAX, "pattern \"%.60s\": error %d at %zu", text, err,
                       at);
    (void)pcre2_jit_compile(*out, PCRE2_JIT_COMPLETE); /* best effort: only faster */
    return 0;
}

/* ---- stems: most texts have no word that any rule begins with ---------------------
 */

static const bool is_word[256] = {
    ['0' ... '9'] = true,
    ['A' ... 'Z'] = true,
    ['a' ... 'z'] = true,
    ['_'] = true,
};

/* The first eight bytes of a word of `len`, in lower case; `left` may be read. */
static uint64_t
head_of(const char *s, size_t len, size_t left)
{
    uint64_t w = 0;

    if (left >= sizeof w)
        memcpy(&w, s, sizeof w);
    else
        memcpy(&w, s, left);
    w = le64toh(w) | UINT64_C(0x2020202020202020);
    return len >= sizeof w ? w : w & ((UINT64_C(1) << 8 * len) - 1);
}

/* Where the stems of its first four bytes begin in the table. */
static size_t
home(uint64_t bytes)
{
    return (uint32_t)((uint32_t)bytes * UINT32_C(2654435761)) >> 22;
}

/* Its slot in the table, or the free one where it belongs. */
static struct stem *
stem_slot(struct noise *n, uint64_t bytes)
{
    size_t i = home(bytes);

    while (n->stems[i].bytes != 0 && n->stems[i].bytes != bytes)
        i = (i + 1) % STEM_SLOTS;
    return &n->stems[i];
}

static void
add_stems(struct noise *n, size_t rule)
{
    const char *cursor = noise_rows[rule].stems, *piece;
    rule_set bit = UINT32_C(1) << rule;
    bool also = false;
    size_t len;

    if (cursor == NULL)
        n->always |= bit;
    while (cursor != NULL && (piece = str_piece(&cursor, " ", &len)) != NULL) {
        uint64_t bytes = head_of(piece, len, len);
        struct stem *slot = stem_slot(n, bytes);

        if (*piece == '/') {
            also = true;
            continue;
        }
        assert(len <= STEM_BYTES);
        slot->bytes = bytes;
        slot->mask = len < STEM_HEAD || len == STEM_BYTES
                         ? UINT64_MAX
                         : (UINT64_C(1) << 8 * len) - 1;
        slot->must |= also ? 0 : bit;
        slot->also |= also ? bit : 0;
    }
    if (!also)
        n->alone |= bit;
}

static const struct stem *
next_stem(const struct noise *n, const struct stem *stem)
{
    return stem == &n->stems[STEM_SLOTS - 1] ? n->stems : stem + 1;
}

/* Adds the rules that the words of a text let hope. */
static void
add_rules(const struct noise *n, const char *text, rule_set *must, rule_set *also)
{
    const char *end = text + strlen(text), *s;

    for (; text < end; text = s) {
        for (s = text; is_word[(unsigned char)*s];)
            s++;
        if (s == text) {
            s++;
            continue;
        }
        uint64_t word = head_of(text, (size_t)(s - text), (size_t)(end - text));
        const struct stem *stem = &n->stems[home(word)];

        for (; stem->bytes != 0; stem = next_stem(n, stem)) {
            bool begins = (word & stem->mask) == stem->bytes;

            *must |= begins ? stem->must : 0;
            *also |= begins ? stem->also : 0;
        }
    }
}

/* ---- what others call -------------------------------------------------------------
 */

int
noise_new(struct noise **out, struct why *why)
{
    struct noise *n = calloc(1, sizeof(*n));
    int rc = n == NULL ? ERR_NOMEM : 0;

    *out = NULL;
    for (size_t i = 0; rc == 0 && i < NOISE_ROWS; i++) {
        struct pattern *p = &n->patterns[i];

        add_stems(n, i);
        rc = compile(noise_rows[i].must, &p->must, why);
        if (rc == 0)
            rc = compile(noise_rows[i].also, &p->also, why);
        if (rc == 0)
            rc = compile(noise_rows[i].unless, &p->unless, why);
    }
    if (rc == 0) {
        n->data = pcre2_match_data_create(1, NULL);
        n->context = pcre2_match_context_create(NULL);
        if (n->data == NULL || n->context == NULL)
            rc = ERR_NOMEM;
        else
            (void)pcre2_set_match_limit(n->context, NOISE_STEPS);
    }
    if (rc != 0)
        noise_free(&n);
    *out = n;
    return rc;
}

void
noise_free(struct noise **n)
{
    if (*n == NULL)
        return;
    for (size_t i = 0; i < NOISE_ROWS; i++) {
        pcre2_code_free((*n)->patterns[i].must);
        pcre2_code_free((*n)->patterns[i].also);
        pcre2_code_free((*n)->patterns[i].unless);
    }
    pcre2_match_data_free((*n)->data);
    pcre2_match_context_free((*n)->context);
    free(*n);
    *n = NULL;
}

/* The piece of text that matches goes into matched[size], if that is wanted. */
static bool
matches(const struct noise *n, const pcre2_code *code, const char *text, char *matched,
        size_t size)
{
    size_t *at;

    if (pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, 0, n->data, n->context) <
        0)
        return false;
    if (matched != NULL) {
        at = pcre2_get_ovector_pointer(n->data);
        (void)str_copyn(matched, size, text + at[0], at[1] - at[0]);
    }
    return true;
}

static bool
hits(const struct noise *n, size_t rule, const char *text, struct noise_hit *hit)
{
    const struct pattern *p = &n->patterns[rule];

    return matches(n, p->must, text, hit->matched, sizeof(hit->matched)) &&
           (p->also == NULL || matches(n, p->also, text, NULL, 0)) &&
           (p->unless == NULL || !matches(n, p->unless, text, NULL, 0));
}

/* The rules of a row's text that can hit. */
static rule_set
hopeful(const struct noise *n, rule_set must, rule_set also)
{
    return (must | n->always) & (also | n->alone);
}

bool
noise_find(const struct noise *n, const char *title, const char *summary,
           struct noise_hit *hit)
{
    rule_set must = 0, also = 0, in_title, in_both;
    char both[TEXT_BYTES] = "";

    add_rules(n, title, &must, &also);
    in_title = hopeful(n, must, also);
    add_rules(n, summary, &must, &also);
    in_both = hopeful(n, must, also);
    for (size_t i = 0; i < NOISE_ROWS; i++) {
        bool is_title = noise_rows[i].where == NOISE_TITLE;
        bool hopes = ((is_title ? in_title : in_both) >> i & 1) != 0;

        if (!is_title && both[0] == '\0' && (hopes || CHECKS_STEMS))
            (void)str_fmt(both, sizeof(both), "%s\n%s", title, summary);
        assert(hopes || !hits(n, i, is_title ? title : both, hit)); /* a stem lacks */
        if (!hopes || !hits(n, i, is_title ? title : both, hit))
            continue;
        hit->reason = noise_rows[i].reason;
        hit->rule = noise_rows[i].name;
        return true;
    }
    return false;
}

const char *
noise_reason(size_t i)
{
    size_t seen = 0;

    for (size_t k = 0; k < NOISE_ROWS; k++)
        if ((k == 0 || !str_eq(noise_rows[k].reason, noise_rows[k - 1].reason)) &&
            seen++ == i)
            return noise_rows[k].reason;
    return NULL;
}

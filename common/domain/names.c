#include "domain/names.h"

#include "base/ascii.h"
#include "base/hash.h"
#include "base/str.h"

#include <stdlib.h>

enum {
    WORDS_MAX = 8, /* of a name */
    WORD_BYTES = 32,
    HEADS = 1 << 16, /* bits */
    KEY_BYTES = WORDS_MAX * WORD_BYTES
};

struct name {
    uint64_t key;
    int64_t owner;
    uint32_t value, order;
};

struct names {
    size_t n, most;
    struct name *list; /* owned; by key once ready, without what is shared */
    uint64_t
        heads[HEADS / 64]; /* a bit for each first word: most texts begin with none */
};

struct phrase {
    size_t n;
    char words[WORDS_MAX + 1][WORD_BYTES]; /* and the one behind */
};

/* Legal forms; sorted. */
static const char *const forms[] = {
    "ab",          "ag",  "bv",           "co",      "company", "corp",
    "corporation", "inc", "incorporated", "limited", "llc",     "lp",
    "ltd",         "nv",  "plc",          "sa",      "se",      "spa",
};

/* What begins the description of the paper behind a name; sorted. */
static const char *const papers[] = {
    "ads",        "american", "beneficial", "class",       "common",
    "depositary", "ordinary", "sponsored",  "subordinate", "voting",
};

/* What companies do in their headlines; sorted. */
static const char *const doings[] = {
    "accelerates", "achieves",    "acquires",     "adds",     "advances",
    "announce",    "announced",   "announces",    "appoints", "approves",
    "authorizes",  "awarded",     "begins",       "board",    "closes",
    "commences",   "completes",   "confirms",     "declares", "delivers",
    "enters",      "establishes", "exceeds",      "expands",  "extends",
    "files",       "forms",       "gets",         "grants",   "increases",
    "initiates",   "introduces",  "issues",       "joins",    "launches",
    "lowers",      "names",       "opens",        "plans",    "posts",
    "presents",    "prices",      "promotes",     "provides", "publishes",
    "raises",      "receives",    "regains",      "releases", "reports",
    "responds",    "schedules",   "secures",      "selected", "selects",
    "sells",       "sets",        "shareholders", "signs",    "stockholders",
    "submits",     "to",          "today",        "unveils",  "updates",
    "welcomes",    "will",        "wins",
};

static int
by_text(const void *key, const void *row)
{
    return strcmp(key, *(const char *const *)row);
}

#define IS_OF(word, list)                                                              \
    (bsearch((word), (list), STR_LEN(list), sizeof *(list), by_text) != NULL)

/* The first words of a text, in lower case; a point within one is left out ("N.V."). */
static void
split(const char *text, size_t most, struct phrase *out)
{
    out->n = 0;
    while (*text != '\0' && out->n < most) {
        char *word = out->words[out->n];
        size_t n = 0;

        for (; ascii_is_alnum(*text) || (*text & 0x80) || *text == '.' ||
               *text == '&' || *text == '\'';
             text++)
            if (*text != '.' && n + 1 < WORD_BYTES)
                word[n++] = ascii_lower(*text);
        word[n] = '\0';
        out->n += n > 0;
        if (*text == '/' || strncmp(text, " - ", 3) == 0)
            break; /* "/DE/", or what the paper is */
        text += *text != '\0';
    }
}

static uint64_t
key_of(const struct phrase *p, size_t n)
{
    char key[KEY_BYTES + WORDS_MAX] = "";
    size_t used = 0;

    for (size_t i = 0; i < n; i++, used = strlen(key))
        (void)str_fmt(key + used, sizeof key - used, " %s", p->words[i]);
    return hash64_str(key);
}

/* Where the bit of its first word is. */
static size_t
head_of(const struct phrase *p)
{
    return hash64_str(p->words[0]) % HEADS;
}

int
names_new(struct names **out, size_t most)
{
    struct names *n = calloc(1, sizeof *n);

    *out = n;
    if (n == NULL)
        return ERR_NOMEM;
    n->most = most;
    n->list = calloc(most + 1, sizeof *n->list);
    if (n->list == NULL) {
        names_free(out);
        return ERR_NOMEM;
    }
    return 0;
}

void
names_free(struct names **n)
{
    if (*n == NULL)
        return;
    free((*n)->list);
    free(*n);
    *n = NULL;
}

void
names_add(struct names *n, const char *name, int64_t owner, uint32_t value)
{
    struct phrase p;
    size_t words = 0;

    split(name, WORDS_MAX + 1, &p);
    if (p.n > 1 && str_eq(p.words[0], "the"))
        return;
    while (words < p.n && words < WORDS_MAX && !IS_OF(p.words[words], forms) &&
           (words == 0 || !IS_OF(p.words[words], papers)))
        words++;
    if (words == 0 || n->n == n->most)
        return;
    n->list[n->n] = (struct name){key_of(&p, words), owner, value, (uint32_t)n->n};
    n->heads[head_of(&p) / 64] |= UINT64_C(1) << head_of(&p) % 64;
    n->n++;
}

static int
by_key(const void *a, const void *b)
{
    const struct name *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

void
names_ready(struct names *n)
{
    size_t kept = 0, i = 0;

    qsort(n->list, n->n, sizeof *n->list, by_key);
    while (i < n->n) {
        size_t end = i;
        bool shared = false;

        for (; end < n->n && n->list[end].key == n->list[i].key; end++)
            shared = shared || n->list[end].owner != n->list[i].owner;
        if (!shared)
            n->list[kept++] = n->list[i];
        i = end;
    }
    n->n = kept;
}

static int
compare_key(const void *key, const void *row)
{
    uint64_t x = *(const uint64_t *)key, y = ((const struct name *)row)->key;

    return x < y ? -1 : x > y;
}

/* Behind a name of so many words stands what makes sure that it ends there. */
static bool
ends_there(const struct phrase *p, size_t words)
{
    if (words >= p->n)
        return false;
    return IS_OF(p->words[words], forms) ||
           (words > 1 && IS_OF(p->words[words], doings));
}

int64_t
names_find(const struct names *n, const char *text)
{
    struct phrase p;
    const struct name *found;

    split(text, 1, &p);
    if (p.n == 0 || (n->heads[head_of(&p) / 64] >> head_of(&p) % 64 & 1) == 0)
        return NAMES_NONE;
    split(text, WORDS_MAX + 1, &p);
    for (size_t words = p.n < WORDS_MAX ? p.n : WORDS_MAX; words > 0; words--) {
        uint64_t key;

        if (!ends_there(&p, words))
            continue;
        key = key_of(&p, words);
        found = bsearch(&key, n->list, n->n, sizeof *n->list, compare_key);
        if (found != NULL)
            return found->value;
    }
    return NAMES_NONE;
}

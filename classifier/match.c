#include "classifier/match.h"

#include "base/hash.h"
#include "base/str.h"

enum { BUCKETS = 4096, PHRASE_TEXT = 96 };

struct phrase {
    uint64_t hashes[MATCH_WORDS];
    uint64_t plural; /* of the last word */
    unsigned gaps;   /* bit i: a gap stands before word i */
    size_t n;
    int tag;
    char text[PHRASE_TEXT];
};

/* A phrase under the hash of its first word; one of a single word is in twice, under
 * its plural as well. */
struct entry {
    uint64_t hash;
    uint32_t phrase;
    uint32_t next; /* index + 1; 0 ends the bucket */
};

struct match {
    struct phrase **phrases;
    size_t n_phrases, cap_phrases;
    struct entry *entries;
    size_t n_entries, cap_entries;
    uint32_t buckets[BUCKETS]; /* index + 1 of the first entry */
};

int
match_new(struct match **out)
{
    *out = calloc(1, sizeof **out);
    return *out == NULL ? ERR_NOMEM : 0;
}

void
match_free(struct match **mp)
{
    struct match *m = *mp;

    if (m == NULL)
        return;
    for (size_t i = 0; i < m->n_phrases; i++)
        free(m->phrases[i]);
    free(m->phrases);
    free(m->entries);
    free(m);
    *mp = NULL;
}

/* ---- building ---------------------------------------------------------------- */

/* The array with room for one more, or NULL with the old one untouched. */
static void *
grown(void *array, size_t n, size_t *cap, size_t size)
{
    void *more = n < *cap ? array : realloc(array, (*cap + 256) * size);

    if (more != NULL && n >= *cap)
        *cap += 256;
    return more;
}

static int
add_entry(struct match *m, uint64_t hash, size_t phrase)
{
    uint32_t *link = &m->buckets[hash % BUCKETS];
    struct entry *more;

    more = grown(m->entries, m->n_entries, &m->cap_entries, sizeof *more);
    if (more == NULL)
        return ERR_NOMEM;
    m->entries = more;
    /* longer phrases first, so that a scan gives them first */
    while (*link != 0 &&
           m->phrases[m->entries[*link - 1].phrase]->n > m->phrases[phrase]->n)
        link = &m->entries[*link - 1].next;
    m->entries[m->n_entries] = (struct entry){hash, (uint32_t)phrase, *link};
    *link = (uint32_t)++m->n_entries;
    return 0;
}

static uint64_t
plural_of(const struct words *w, const struct word *last)
{
    char text[PHRASE_TEXT + 1];

    (void)str_copyn(text, sizeof text, w->text + last->at, last->len);
    if (last->len < 3 || text[last->len - 1] == 's')
        return last->hash;
    (void)str_fmt(text, sizeof text, "%.*s%s", (int)last->len, w->text + last->at, "s");
    return hash64_str(text);
}

/* The words of one phrase; a lone `*` is no word but marks the next one. */
static int
phrase_read(struct phrase *p, struct words *w)
{
    const char *cursor = p->text, *piece;
    size_t len;
    bool gap = false;

    words_clear(w);
    while ((piece = str_piece(&cursor, " ", &len)) != NULL) {
        char text[PHRASE_TEXT];
        size_t before = w->n;

        if (len == 1 && *piece == '*') {
            if (before == 0)
                return ERR_SYNTAX;
            gap = true;
            continue;
        }
        (void)str_copyn(text, sizeof text, piece, len);
        words_add(w, text);
        if (w->n == before || w->n > MATCH_WORDS)
            return ERR_SYNTAX;
        if (gap)
            p->gaps |= 1u << before;
        gap = false;
    }
    if (w->n == 0 || gap)
        return ERR_SYNTAX;
    for (p->n = 0; p->n < w->n; p->n++)
        p->hashes[p->n] = w->list[p->n].hash;
    p->plural = plural_of(w, &w->list[w->n - 1]);
    return 0;
}

static int
add_one(struct match *m, const char *text, size_t n, int tag, struct words *w,
        struct why *why)
{
    struct phrase **more =
        grown(m->phrases, m->n_phrases, &m->cap_phrases, sizeof(struct phrase *));
    struct phrase *p = calloc(1, sizeof *p);
    int rc;

    if (more != NULL)
        m->phrases = more;
    if (p == NULL || more == NULL) {
        free(p);
        return why_set(why, ERR_NOMEM, "out of memory");
    }
    p->tag = tag;
    m->phrases[m->n_phrases++] = p;
    if (!str_copyn(p->text, sizeof p->text, text, n) || phrase_read(p, w) != 0)
        return why_set(why, ERR_SYNTAX, "bad phrase: \"%.*s\"", (int)n, text);
    rc = add_entry(m, p->n == 1 ? p->plural : p->hashes[0], m->n_phrases - 1);
    if (rc == 0 && p->n == 1 && p->plural != p->hashes[0])
        rc = add_entry(m, p->hashes[0], m->n_phrases - 1);
    return rc;
}

int
match_add(struct match *m, const char *phrases, int tag, struct why *why)
{
    const char *cursor = phrases, *piece;
    struct words *w = malloc(sizeof *w);
    size_t n;
    int rc = 0;

    if (w == NULL)
        return why_set(why, ERR_NOMEM, "out of memory");
    while (rc == 0 && (piece = str_piece(&cursor, "|", &n)) != NULL)
        rc = add_one(m, piece, n, tag, w, why);
    free(w);
    return rc;
}

/* ---- looking up -------------------------------------------------------------- */

static bool
word_is(const struct phrase *p, size_t i, uint64_t hash)
{
    return hash == p->hashes[i] || (i + 1 == p->n && hash == p->plural);
}

/* Where the phrase that starts at `at` ends, or WORDS_MAX.  The first place that fits
 * ends a gap: no way back, so the cost stays bounded by MATCH_WORDS * MATCH_GAP. */
static size_t
phrase_end(const struct phrase *p, const struct words *w, size_t at)
{
    for (size_t i = 1; i < p->n; i++) {
        size_t room = p->gaps & (1u << i) ? MATCH_GAP : 0;

        for (at++;; at++, room--) {
            if (at >= w->n || w->list[at].opens)
                return WORDS_MAX;
            if (word_is(p, i, w->list[at].hash))
                break;
            if (room == 0)
                return WORDS_MAX;
        }
    }
    return at;
}

static void
add_hit(struct hits *out, const struct phrase *p, size_t first, size_t last)
{
    if (out->n == MATCH_HITS) {
        out->lost++;
        return;
    }
    out->list[out->n++] = (struct hit){
        .first = (uint16_t)first,
        .last = (uint16_t)last,
        .tag = p->tag,
        .phrase = p->text,
    };
}

void
match_scan(const struct match *m, const struct words *w, struct hits *out)
{
    out->n = 0;
    out->lost = 0;
    for (size_t i = 0; i < w->n; i++) {
        uint64_t hash = w->list[i].hash;

        for (uint32_t e = m->buckets[hash % BUCKETS]; e != 0;
             e = m->entries[e - 1].next) {
            const struct phrase *p = m->phrases[m->entries[e - 1].phrase];
            size_t last;

            if (m->entries[e - 1].hash != hash)
                continue;
            last = phrase_end(p, w, i);
            if (last < WORDS_MAX)
                add_hit(out, p, i, last);
        }
    }
}

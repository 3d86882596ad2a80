#include "base/map.h"

#include "base/err.h"
#include "base/hash.h"

#include <assert.h>
#include <stdint.h>
#include <sys/random.h>

/* A slot is empty (key NULL, value NULL), gone (key NULL, value GONE) or in use.
 * Gone slots keep a walk valid while its entries are taken; growing drops them. */
struct slot {
    uint64_t hash;
    char *key;
    void *value;
};

struct map {
    struct slot *slots;
    size_t cap; /* 0 or a power of two */
    size_t len;
    size_t gone;
    size_t max;
    uint64_t seed; /* so that nobody outside can choose keys that collide */
};

enum { MAP_LEAST = 16 };

/* No value of a caller: an address that nothing lives at. */
#define GONE ((void *)UINTPTR_MAX)

struct map *
map_new(size_t max)
{
    struct map *m = calloc(1, sizeof *m);

    if (m == NULL)
        return NULL;
    m->max = max;
    if (getrandom(&m->seed, sizeof m->seed, GRND_NONBLOCK) != sizeof m->seed)
        m->seed = (uintptr_t)m; /* early in boot: a fair second best */
    return m;
}

void
map_free(struct map **m, void (*free_value)(void *value))
{
    if (*m == NULL)
        return;
    for (size_t i = 0; i < (*m)->cap; i++) {
        struct slot *s = &(*m)->slots[i];

        if (s->key == NULL)
            continue;
        free(s->key);
        if (free_value != NULL)
            free_value(s->value);
    }
    free((*m)->slots);
    free(*m);
    *m = NULL;
}

size_t
map_len(const struct map *m)
{
    return m->len;
}

static struct slot *
map_find(const struct map *m, const char *key, uint64_t hash)
{
    if (m->len == 0)
        return NULL;
    for (size_t i = hash & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
        struct slot *s = &m->slots[i];

        if (s->key == NULL && s->value == NULL)
            return NULL;
        if (s->key != NULL && s->hash == hash && strcmp(s->key, key) == 0)
            return s;
    }
}

static struct slot *
map_vacancy(struct slot *slots, size_t cap, uint64_t hash)
{
    size_t i = hash & (cap - 1);

    while (slots[i].key != NULL)
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

/* Keeps at least a quarter of the slots empty, so that every search ends. */
static int
map_reserve(struct map *m)
{
    size_t cap = m->cap == 0 ? MAP_LEAST : m->cap;
    struct slot *slots;

    if (m->cap != 0 && (m->len + m->gone + 1) * 4 <= m->cap * 3)
        return 0;
    while ((m->len + 1) * 2 > cap)
        cap *= 2;
    if ((slots = calloc(cap, sizeof *slots)) == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < m->cap; i++)
        if (m->slots[i].key != NULL)
            *map_vacancy(slots, cap, m->slots[i].hash) = m->slots[i];
    free(m->slots);
    m->slots = slots;
    m->cap = cap;
    m->gone = 0;
    return 0;
}

static uint64_t
map_hash(const struct map *m, const char *key)
{
    return hash64_seeded(key, strlen(key), m->seed);
}

void *
map_get(const struct map *m, const char *key)
{
    const struct slot *s = map_find(m, key, map_hash(m, key));

    return s != NULL ? s->value : NULL;
}

int
map_put(struct map *m, const char *key, void *value, void **old)
{
    uint64_t hash = map_hash(m, key);
    struct slot *s = map_find(m, key, hash);
    char *copy;
    int rc;

    assert(value != NULL);
    if (old != NULL)
        *old = s != NULL ? s->value : NULL;
    if (s != NULL) {
        s->value = value;
        return 0;
    }
    if (m->len >= m->max)
        return ERR_TOO_BIG;
    if ((rc = map_reserve(m)) != 0)
        return rc;
    if ((copy = strdup(key)) == NULL)
        return ERR_NOMEM;
    s = map_vacancy(m->slots, m->cap, hash);
    m->gone -= s->value == GONE;
    *s = (struct slot){.hash = hash, .key = copy, .value = value};
    m->len++;
    return 0;
}

/* A gone slot before an empty one ends no search: it may be empty itself. */
static void
map_sweep(struct map *m, size_t i)
{
    const struct slot *next = &m->slots[(i + 1) & (m->cap - 1)];

    if (next->key != NULL || next->value != NULL)
        return;
    while (m->slots[i].key == NULL && m->slots[i].value == GONE) {
        m->slots[i].value = NULL;
        m->gone--;
        i = (i - 1) & (m->cap - 1);
    }
}

void *
map_take(struct map *m, const char *key)
{
    struct slot *s = map_find(m, key, map_hash(m, key));
    void *value;

    if (s == NULL)
        return NULL;
    value = s->value;
    free(s->key);
    s->key = NULL;
    s->value = GONE;
    m->len--;
    m->gone++;
    map_sweep(m, (size_t)(s - m->slots));
    return value;
}

bool
map_next(const struct map *m, size_t *cursor, const char **key, void **value)
{
    while (*cursor < m->cap) {
        const struct slot *s = &m->slots[(*cursor)++];

        if (s->key == NULL)
            continue;
        if (key != NULL)
            *key = s->key;
        if (value != NULL)
            *value = s->value;
        return true;
    }
    return false;
}

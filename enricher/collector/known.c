#include "enricher/collector/archive.h"

#include "base/map.h"
#include "base/str.h"
#include "enricher/collector/plan.h"
#include "wire/db.h"

enum { WANTED_SAVE_MS = 3600 * 1000 };

struct known_set {
    struct map *by_ticker;
    struct archive *archive;
    const struct clock *clock;
    struct log *log;
    struct life life;
    size_t n_dirty;
    int64_t n_forgotten;
    STAILQ_HEAD(, known) dirty;
    TAILQ_HEAD(ages, known) by_age;
};

/* ---- opening and closing --------------------------------------------------------- */

static char *
copy_why(const char *why)
{
    char text[KNOWN_WHY];

    if (why == NULL || str_empty(why))
        return NULL;
    (void)str_copy(text, sizeof text, why); /* an enricher may say much */
    return strdup(text);                    /* no memory: only the word is lost */
}

/* Who was tried and had nothing, the caller knows. */
static void
fill(struct known_set *k, enum fact_id id, struct slot *slot, const struct figure *fact)
{
    bool is_none = fact->state == SLOT_EMPTY;

    free(slot->why);
    *slot = (struct slot){.value = fact->value,
                          .as_of_ms = fact->as_of_ms,
                          .got_ms = fact->got_ms,
                          .source = fact->source,
                          .state = fact->state,
                          .why = is_none ? copy_why(fact->why) : NULL};
    slot->life = life_span(&k->life, id, is_none ? slot_why(slot) : NULL, fact->got_ms);
}

static void
move_last(struct known_set *k, struct known *n)
{
    TAILQ_REMOVE(&k->by_age, n, by_age);
    TAILQ_INSERT_TAIL(&k->by_age, n, by_age);
}

static void
load_ticker(void *self, const char *ticker, int64_t wanted_ms)
{
    struct known_set *k = self;
    struct known *n = known_of(k, ticker);

    if (n == NULL)
        return;
    n->wanted_ms = n->wanted_saved_ms = wanted_ms;
    move_last(k, n);
}

static void
load_fact(void *self, const char *ticker, enum fact_id id, const struct figure *fact)
{
    struct known_set *k = self;
    struct known *n = known_of(k, ticker);

    if (n == NULL)
        return;
    fill(k, id, &n->slots[id], fact);
    n->slots[id].saved = true;
    n->slots[id].tried = fact->state == SLOT_EMPTY ? 1u << fact->source : 0;
    n->slots[id].unknown = str_eq(fact->why, WHY_UNKNOWN) ? n->slots[id].tried : 0;
}

static int
open_archive(struct known_set *k, const char *path, struct why *why)
{
    struct archive_reader reader = {
        .ticker = load_ticker, .fact = load_fact, .self = k};

    return archive_open(&k->archive, path, clock_wall_ms(k->clock), &reader, why);
}

static void
known_free(struct known *n)
{
    for (int i = 0; i < SOURCES_MOST; i++)
        free(n->failures[i].why);
    for (int id = 0; id < FACT_COUNT; id++)
        free(n->slots[id].why);
    free(n->text);
    free(n);
}

static void
free_all(struct known_set *k)
{
    struct known *n;

    while ((n = TAILQ_FIRST(&k->by_age)) != NULL) {
        TAILQ_REMOVE(&k->by_age, n, by_age);
        (void)map_take(k->by_ticker, n->ticker);
        known_free(n);
    }
}

int
known_open(struct known_set **out, const char *path, const struct clock *clock,
           struct log *log, const struct life *life, struct why *why)
{
    struct known_set *k = calloc(1, sizeof *k);
    int rc;

    *out = k;
    if (k == NULL)
        return ERR_NOMEM;
    STAILQ_INIT(&k->dirty);
    TAILQ_INIT(&k->by_age);
    k->clock = clock;
    k->log = log;
    k->life = *life;
    if ((k->by_ticker = map_new(KNOWN_TICKERS)) == NULL)
        return ERR_NOMEM;
    rc = open_archive(k, path, why);
    if (rc != ERR_DAMAGED && rc != ERR_UNSUPPORTED)
        return rc;
    log_error(log, "CACHE-DAMAGED", kv_str("why", why->text),
              kv_str("what", "set aside as .bad, a new one begins"));
    archive_close(&k->archive);
    free_all(k);
    if ((rc = db_set_aside(path, why)) != 0)
        return rc;
    return open_archive(k, path, why);
}

void
known_close(struct known_set **kp)
{
    struct known_set *k = *kp;

    *kp = NULL;
    if (k == NULL)
        return;
    if (k->n_dirty > 0)
        known_flush(k);
    archive_close(&k->archive);
    free_all(k);
    map_free(&k->by_ticker, NULL);
    free(k);
}

int64_t
known_epoch(const struct known_set *k)
{
    return archive_epoch(k->archive);
}

/* ---- one for each ticker --------------------------------------------------------- */

/* A cache that cannot be written costs requests after a restart, nothing else. */
static bool
end_writing(struct known_set *k)
{
    if (archive_end(k->archive) == 0)
        return true;
    log_warn(k->log, "CACHE-UNSAVED", kv_str("why", archive_error(k->archive)));
    return false;
}

static bool
is_in_use(const struct known *n, int64_t since_ms)
{
    if (!LIST_EMPTY(&n->waiters) || n->dirty || n->text != NULL ||
        n->wanted_ms >= since_ms)
        return true;
    for (size_t i = 0; i < n_sources; i++)
        if (n->asks[i] != NULL)
            return true;
    return false;
}

static void
forget(struct known_set *k, struct known *n)
{
    archive_forget(k->archive, n->ticker);
    TAILQ_REMOVE(&k->by_age, n, by_age);
    (void)map_take(k->by_ticker, n->ticker);
    known_free(n);
    k->n_forgotten++;
}

static void
make_room(struct known_set *k)
{
    int64_t since_ms = clock_wall_ms(k->clock) - KNOWN_IN_USE_S * INT64_C(1000);
    struct known *n = TAILQ_FIRST(&k->by_age), *next;

    known_flush(k); /* what is dirty would not go */
    archive_begin(k->archive);
    for (int i = 0; i < KNOWN_ROOM && n != NULL; i++, n = next) {
        next = TAILQ_NEXT(n, by_age);
        if (!is_in_use(n, since_ms))
            forget(k, n);
    }
    (void)end_writing(k); /* said there */
}

struct known *
known_of(struct known_set *k, const char *ticker)
{
    struct known *n = map_get(k->by_ticker, ticker);

    if (n != NULL)
        return n;
    if (strlen(ticker) >= sizeof n->ticker)
        return NULL;
    if (map_len(k->by_ticker) >= KNOWN_TICKERS)
        make_room(k);
    if ((n = calloc(1, sizeof *n)) == NULL)
        return NULL;
    (void)str_copy(n->ticker, sizeof n->ticker, ticker);
    LIST_INIT(&n->waiters);
    if (map_put(k->by_ticker, ticker, n, NULL) != 0) {
        free(n);
        return NULL;
    }
    TAILQ_INSERT_HEAD(&k->by_age, n, by_age); /* never wanted yet */
    return n;
}

static void
mark_dirty(struct known_set *k, struct known *n)
{
    if (n->dirty)
        return;
    n->dirty = true;
    STAILQ_INSERT_TAIL(&k->dirty, n, dirty_link);
    k->n_dirty++;
}

/* When it was wanted is written with its facts; by itself only now and then. */
void
known_want(struct known_set *k, struct known *n)
{
    n->wanted_ms = clock_wall_ms(k->clock);
    move_last(k, n);
    if (n->wanted_ms - n->wanted_saved_ms >= WANTED_SAVE_MS)
        mark_dirty(k, n);
}

struct known *
known_newest(const struct known_set *k)
{
    return TAILQ_LAST(&k->by_age, ages);
}

struct known *
known_older(const struct known *n)
{
    return TAILQ_PREV(n, ages, by_age);
}

/* ---- what is known of it --------------------------------------------------------- */

void
known_failed(struct known *n, int source, enum status status, const char *why)
{
    struct failure *f = &n->failures[source];

    f->status = status;
    free(f->why);
    f->why = copy_why(why);
}

const char *
known_failed_why(const struct known *n, int source)
{
    const char *why = n->failures[source].why;

    return why == NULL ? "" : why;
}

void
known_forgive(struct known *n, int source)
{
    free(n->failures[source].why);
    n->failures[source] = (struct failure){0};
}

static bool
lives(const struct slot *s, int64_t now_ms)
{
    return s->state != SLOT_NONE && s->got_ms <= now_ms && now_ms < s->life.fresh_ms;
}

bool
known_same_document(const struct slot *a, const struct slot *b)
{
    return a->source == b->source && a->got_ms == b->got_ms;
}

/* The day's change is made of two figures: which of two documents is kept, the price
 * decides. */
static bool
goes_with_price(const struct known *n, enum fact_id id, const struct figure *fact)
{
    const struct slot *price = &n->slots[FACT_LAST_PRICE];

    return id == FACT_PREV_CLOSE && price->state == SLOT_OK &&
           price->source == fact->source && price->got_ms == fact->got_ms;
}

static bool
is_better(const struct known *n, enum fact_id id, const struct figure *fact,
          const struct offer *o)
{
    const struct slot *held = &n->slots[id];
    bool is_proper = (o->gives[fact->source] & FACT(id)) != 0;
    bool was_proper = (o->gives[held->source] & FACT(id)) != 0;

    if (held->state != SLOT_OK)
        return true;
    if (fact->state != SLOT_OK)
        return false;
    if (goes_with_price(n, id, fact))
        return true;
    return is_proper == was_proper ? fact->source <= held->source : is_proper;
}

void
known_put(struct known_set *k, struct known *n, enum fact_id id,
          const struct figure *fact, const struct offer *o, int64_t since_ms)
{
    struct slot *slot = &n->slots[id];
    struct moment now = {.wall_ms = fact->got_ms, .since_ms = since_ms};
    bool answers = known_answers(n, id, &now);
    uint32_t tried = answers ? slot->tried : 0;
    uint32_t unknown = answers ? slot->unknown : 0;

    if (fact->state == SLOT_EMPTY) {
        tried |= 1u << fact->source;
        if (str_eq(fact->why, WHY_UNKNOWN))
            unknown |= 1u << fact->source;
    }
    if (!answers || is_better(n, id, fact, o)) {
        fill(k, id, slot, fact);
        if (id != FACT_FILING_TEXT) /* those have a table of their own */
            mark_dirty(k, n);
    }
    slot->tried = tried;
    slot->unknown = unknown;
}

void
known_drop(struct known *n, enum fact_id id)
{
    free(n->slots[id].why);
    n->slots[id] = (struct slot){0};
}

const char *
slot_why(const struct slot *s)
{
    return s->why == NULL ? "" : s->why;
}

bool
known_answers(const struct known *n, enum fact_id id, const struct moment *now)
{
    const struct slot *s = &n->slots[id];
    bool is_recent = s->got_ms >= now->since_ms && s->got_ms <= now->wall_ms;

    return lives(s, now->wall_ms) || (s->state != SLOT_NONE && is_recent);
}

bool
known_is_stale(const struct known *n, enum fact_id id, int64_t now_ms)
{
    const struct slot *s = &n->slots[id];

    return s->state == SLOT_OK && s->got_ms <= now_ms && now_ms < s->life.stale_ms;
}

struct db *
known_db(struct known_set *k)
{
    return archive_db(k->archive);
}

size_t
known_len(const struct known_set *k)
{
    return map_len(k->by_ticker);
}

int64_t
known_forgotten(const struct known_set *k)
{
    return k->n_forgotten;
}

size_t
known_dirty(const struct known_set *k)
{
    return k->n_dirty;
}

/* A ticker is written once for each of its documents: only what is new of it. */
static void
mark_saved(struct known *n)
{
    for (int id = 0; id < FACT_COUNT; id++)
        n->slots[id].saved = true;
}

void
known_flush(struct known_set *k)
{
    struct known *n;
    bool is_saved;

    if (k->n_dirty == 0)
        return;
    archive_begin(k->archive);
    STAILQ_FOREACH(n, &k->dirty, dirty_link)
    archive_write(k->archive, n);
    is_saved = end_writing(k);
    while ((n = STAILQ_FIRST(&k->dirty)) != NULL) {
        STAILQ_REMOVE_HEAD(&k->dirty, dirty_link);
        n->dirty = false;
        n->wanted_saved_ms = n->wanted_ms;
        if (is_saved)
            mark_saved(n);
    }
    k->n_dirty = 0;
}

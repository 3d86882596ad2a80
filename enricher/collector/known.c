#include "enricher/collector/known.h"

#include "base/map.h"
#include "base/str.h"
#include "wire/db.h"

#define EPOCH_BEGAN_S INT64_C(1767225600) /* 2026-01-01 */

struct known_set {
    struct map *by_ticker;
    struct db *db;
    struct db_stmt *write;
    const struct clock *clock;
    struct log *log;
    struct life life;
    int64_t epoch;
    size_t n_dirty;
    STAILQ_HEAD(, known) dirty;
};

static const char *const migrations[] = {
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;"
    "INSERT INTO meta VALUES('epoch', 0);"
    "CREATE TABLE fact(ticker TEXT NOT NULL, fact TEXT NOT NULL, state INTEGER NOT NULL,"
    " value REAL NOT NULL, as_of_ms INTEGER NOT NULL, got_ms INTEGER NOT NULL,"
    " source TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY(ticker, fact))"
    " STRICT, WITHOUT ROWID;",
};

static void
set_life(struct known_set *k, enum fact_id id, struct slot *slot)
{
    const char *why = slot->state == SLOT_OK ? NULL : slot->why;

    slot->life = life_span(&k->life, id, why, slot->got_ms);
}

static void
load_row(struct known_set *k, struct db_stmt *s)
{
    int id = fact_find(db_text(s, 1)), source = source_index(db_text(s, 6));
    struct known *n;
    struct slot *slot;

    if (id < 0 || source < 0) /* a row of another version: it ages away */
        return;
    if ((n = known_of(k, db_text(s, 0))) == NULL)
        return;
    slot = &n->slots[id];
    slot->state = db_int(s, 2) == SLOT_OK ? SLOT_OK : SLOT_EMPTY;
    slot->value = db_num(s, 3);
    slot->as_of_ms = db_int(s, 4);
    slot->got_ms = db_int(s, 5);
    slot->source = source;
    slot->tried = slot->state == SLOT_EMPTY ? 1u << source : 0;
    (void)str_copy(slot->why, sizeof slot->why, db_text(s, 7));
    set_life(k, (enum fact_id)id, slot);
}

static int
load(struct known_set *k, struct why *why)
{
    struct db_stmt *old = db_prepare(k->db, "DELETE FROM fact WHERE got_ms < ?", why);
    struct db_stmt *all = db_prepare(k->db,
                                     "SELECT ticker, fact, state, value, as_of_ms,"
                                     " got_ms, source, why FROM fact",
                                     why);
    int rc;

    if (old == NULL || all == NULL)
        return ERR_DB;
    db_bind_int(old, 1, clock_wall_ms(k->clock) - (int64_t)KNOWN_KEEP_S * 1000);
    if ((rc = db_run(old)) < 0)
        return why_set(why, rc, "%s", db_error(k->db));
    while ((rc = db_step(all)) == 1)
        load_row(k, all);
    return rc < 0 ? why_set(why, rc, "%s", db_error(k->db)) : 0;
}

/* The ledger acts on a higher epoch only.  So that a lost file does not begin again
 * with old ones, it begins with the minutes since 2026; leases have room until 2041. */
static int64_t
least_epoch(const struct known_set *k)
{
    int64_t minutes = (clock_wall_ms(k->clock) - EPOCH_BEGAN_S * 1000) / 60000;

    return minutes > 1 ? minutes : 1;
}

static int
next_epoch(struct known_set *k, struct why *why)
{
    struct db_stmt *s =
        db_prepare(k->db,
                   "UPDATE meta SET value = max(value + 1, ?) WHERE name = 'epoch'"
                   " RETURNING value",
                   why);

    if (s == NULL)
        return ERR_DB;
    db_bind_int(s, 1, least_epoch(k));
    if (db_step(s) != 1)
        return why_set(why, ERR_DB, "%s", db_error(k->db));
    k->epoch = db_int(s, 0);
    return db_run(s) < 0 ? why_set(why, ERR_DB, "%s", db_error(k->db)) : 0;
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
    k->clock = clock;
    k->log = log;
    k->life = *life;
    if ((k->by_ticker = map_new(KNOWN_TICKERS)) == NULL)
        return ERR_NOMEM;
    rc = db_open(&k->db, path, DB_NORMAL, migrations, STR_LEN(migrations), why);
    if (rc != 0 || (rc = next_epoch(k, why)) != 0 || (rc = load(k, why)) != 0)
        return rc;
    k->write = db_prepare(
        k->db, "INSERT OR REPLACE INTO fact VALUES(?, ?, ?, ?, ?, ?, ?, ?)", why);
    return k->write == NULL ? ERR_DB : 0;
}

void
known_close(struct known_set **kp)
{
    struct known_set *k = *kp;

    *kp = NULL;
    if (k == NULL)
        return;
    if (k->write != NULL)
        known_flush(k);
    db_close(&k->db);
    map_free(&k->by_ticker, free);
    free(k);
}

int64_t
known_epoch(const struct known_set *k)
{
    return k->epoch;
}

struct known *
known_of(struct known_set *k, const char *ticker)
{
    struct known *n = map_get(k->by_ticker, ticker);

    if (n != NULL)
        return n;
    if (strlen(ticker) >= sizeof n->ticker || (n = calloc(1, sizeof *n)) == NULL)
        return NULL;
    (void)str_copy(n->ticker, sizeof n->ticker, ticker);
    LIST_INIT(&n->waiters);
    if (map_put(k->by_ticker, ticker, n, NULL) != 0) {
        free(n);
        return NULL;
    }
    return n;
}

void
known_failed(struct known *n, int source, enum status status, const char *why)
{
    struct failure *f = &n->failures[source];

    f->status = status;
    (void)str_copy(f->why, sizeof f->why, why);
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

static bool
lives(const struct slot *s, int64_t now_ms)
{
    return s->state != SLOT_NONE && s->got_ms <= now_ms && now_ms < s->life.fresh_ms;
}

void
known_put(struct known_set *k, struct known *n, enum fact_id id,
          const struct slot *fact)
{
    struct slot *slot = &n->slots[id];
    bool is_fresh = lives(slot, fact->got_ms);
    uint32_t tried = is_fresh ? slot->tried : 0;

    if (fact->state == SLOT_EMPTY)
        tried |= 1u << fact->source;
    slot->tried = tried;
    if (is_fresh && slot->state == SLOT_OK &&
        (fact->state == SLOT_EMPTY || fact->source > slot->source))
        return;
    *slot = *fact;
    slot->tried = tried;
    set_life(k, id, slot);
    mark_dirty(k, n);
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

size_t
known_len(const struct known_set *k)
{
    return map_len(k->by_ticker);
}

size_t
known_dirty(const struct known_set *k)
{
    return k->n_dirty;
}

static int
write_slots(struct known_set *k, const struct known *n)
{
    int rc = 0;

    for (int id = 0; id < FACT_COUNT && rc >= 0; id++) {
        const struct slot *s = &n->slots[id];

        if (s->state == SLOT_NONE)
            continue;
        db_bind_text(k->write, 1, n->ticker);
        db_bind_text(k->write, 2, fact_rows[id].name);
        db_bind_int(k->write, 3, s->state);
        db_bind_num(k->write, 4, s->value);
        db_bind_int(k->write, 5, s->as_of_ms);
        db_bind_int(k->write, 6, s->got_ms);
        db_bind_text(k->write, 7, sources[s->source]->name);
        db_bind_text(k->write, 8, s->why);
        rc = db_run(k->write);
    }
    return rc;
}

/* A cache that cannot be written costs requests after a restart, nothing else. */
void
known_flush(struct known_set *k)
{
    struct known *n;
    int rc;

    if (k->n_dirty == 0)
        return;
    rc = db_begin(k->db);
    while ((n = STAILQ_FIRST(&k->dirty)) != NULL) {
        STAILQ_REMOVE_HEAD(&k->dirty, dirty_link);
        n->dirty = false;
        if (rc == 0)
            rc = write_slots(k, n);
    }
    k->n_dirty = 0;
    if (rc == 0)
        rc = db_commit(k->db);
    if (rc < 0) {
        log_warn(k->log, "CACHE-UNSAVED", kv_str("why", db_error(k->db)));
        db_rollback(k->db);
    }
}

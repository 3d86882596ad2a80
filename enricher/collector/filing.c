#include "enricher/collector/filing.h"

#include "base/str.h"
#include "wire/db.h"

static int
index_of_source(void)
{
    for (size_t i = 0; i < n_sources; i++)
        if ((sources[i]->gives & FACT(FACT_FILING_TEXT)) != 0)
            return (int)i;
    return -1;
}

/* ---- in memory ------------------------------------------------------------------- */

static void
drop(struct collector *c, struct known *n)
{
    TAILQ_REMOVE(&c->filings, n, of_filings);
    c->n_filings--;
    free(n->text);
    n->text = NULL;
    known_drop(n, FACT_FILING_TEXT);
}

static void
make_room(struct collector *c)
{
    struct known *n, *next;

    for (n = TAILQ_FIRST(&c->filings); n != NULL && c->n_filings > FILINGS_KEPT;
         n = next) {
        next = TAILQ_NEXT(n, of_filings);
        if (LIST_EMPTY(&n->waiters))
            drop(c, n);
    }
}

static bool
shelve(struct collector *c, struct known *n, const char *text)
{
    char *copy = strdup(text);

    if (copy == NULL) {
        c->stats[CS_NO_MEMORY]++;
        return false;
    }
    if (n->text != NULL) {
        TAILQ_REMOVE(&c->filings, n, of_filings);
        c->n_filings--;
        free(n->text);
    }
    n->text = copy;
    TAILQ_INSERT_TAIL(&c->filings, n, of_filings);
    c->n_filings++;
    return true;
}

struct known *
filing_known(struct collector *c, const char *name)
{
    int source = index_of_source();

    if (str_empty(name) || source < 0 || (c->enabled >> source & 1) == 0)
        return NULL;
    return known_of(c->known, name);
}

/* ---- on disk --------------------------------------------------------------------- */

static void
load_one(struct collector *c, struct db_stmt *s)
{
    struct known *n = known_of(c->known, db_text(s, 0));
    struct figure text = {.state = SLOT_OK,
                          .source = index_of_source(),
                          .got_ms = db_int(s, 1),
                          .as_of_ms = db_int(s, 1),
                          .value = (double)strlen(db_text(s, 2))};
    struct offer offer;

    if (n == NULL || text.source < 0 || !shelve(c, n, db_text(s, 2)))
        return;
    collector_offer(c, text.got_ms, &offer);
    known_put(c->known, n, FACT_FILING_TEXT, &text, &offer, INT64_MAX);
}

static const char tidy[] = "DELETE FROM filing WHERE got_ms < ?1 OR name NOT IN"
                           " (SELECT name FROM filing ORDER BY got_ms DESC LIMIT ?2)";

static int
run_tidy(struct collector *c)
{
    int64_t now = clock_wall_ms(&c->proc->clock);

    db_bind_int(c->filings_tidy, 1, now - FILING_KEEP_S * INT64_C(1000));
    db_bind_int(c->filings_tidy, 2, FILINGS_KEPT);
    return db_run(c->filings_tidy);
}

int
filing_open(struct collector *c, struct why *why)
{
    struct db *db = known_db(c->known);
    struct db_stmt *all;
    int rc;

    TAILQ_INIT(&c->filings);
    c->filings_tidy = db_prepare(db, tidy, why);
    c->filings_write = db_prepare(
        db, "INSERT OR REPLACE INTO filing(name, got_ms, text) VALUES(?, ?, ?)", why);
    all = db_prepare(db, "SELECT name, got_ms, text FROM filing ORDER BY got_ms", why);
    if (c->filings_tidy == NULL || c->filings_write == NULL || all == NULL)
        return ERR_DB;
    if ((rc = run_tidy(c)) < 0)
        return why_set(why, ERR_DB, "%s", db_error(db));
    while ((rc = db_step(all)) == 1)
        load_one(c, all);
    return rc < 0 ? why_set(why, ERR_DB, "%s", db_error(db)) : 0;
}

void
filing_keep(struct collector *c, struct known *n, const char *text)
{
    if (!shelve(c, n, text))
        return;
    make_room(c);
    db_bind_text(c->filings_write, 1, n->ticker);
    db_bind_int(c->filings_write, 2, clock_wall_ms(&c->proc->clock));
    db_bind_text(c->filings_write, 3, text);
    if (db_run(c->filings_write) < 0 || run_tidy(c) < 0)
        log_warn(c->proc->log, "CACHE-UNSAVED",
                 kv_str("why", db_error(known_db(c->known))));
}

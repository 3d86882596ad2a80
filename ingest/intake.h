/* intake - a feed's new body to units in the store
 *
 * Entries become items; an item never seen before goes through the gates and makes a
 * candidate for each of its primary tickers, or a reject.  All of one answer (units,
 * seen marks, the feed's validators) is one transaction: either all of it is kept or
 * the answer counts as not read.  Nothing is published here.
 */
#ifndef CATALYST_INGEST_INTAKE_H
#define CATALYST_INGEST_INTAKE_H

#include "base/conf.h"
#include "base/log.h"
#include "base/map.h"
#include "domain/symbols.h"
#include "ingest/books.h"
#include "ingest/cycle.h"
#include "ingest/item.h"
#include "ingest/noise.h"
#include "ingest/poll.h"

/* All borrowed for the life of the intake. */
struct intake_env {
    const struct conf *conf;
    struct log *log;
    const struct clock *clock;
    struct store *store;
    const struct symbols *symbols;
    const struct noise *noise;
    const struct map *watched; /* canonical symbols; values do not matter */
    struct books *books;
    int64_t *counts;
    struct crash_mark *mark; /* set while a body is read; may be NULL */

    /* Hears of every unit that was made, within the transaction.  May be NULL. */
    void (*judged)(void *self, const struct unit *u);
    void *self;
};

struct intake;

int intake_new(struct intake **out, const struct intake_env *env);
void intake_free(struct intake **in);

/* Another list is in force from now on; borrowed like the first. */
void intake_symbols(struct intake *in, const struct symbols *symbols);

/* 0 with a->entries and a->fresh set, *added = candidates that now wait in the store,
 * and cycle (may be NULL) counted up; or, with why, the error of feed_parse, ERR_IO
 * when the mark cannot be set, or ERR_DB. */
int intake_take(struct intake *in, struct poll_answer *a, struct cycle *cycle,
                int64_t *added, struct why *why);

/* One item as if a feed had just brought it at now_ms, in the caller's transaction: for
 * replays.  Nothing is counted.  0 or ERR_DB. */
int intake_item(struct intake *in, const struct conf_feed *feed,
                const struct item *item, int64_t now_ms);

#endif

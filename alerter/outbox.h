/* outbox - the deliveries, as rows of ledger.db
 *
 * Everything but the counts happens inside a transaction of the ledger.  `put` is the
 * only way a row changes.
 */
#ifndef CATALYST_ALERTER_OUTBOX_H
#define CATALYST_ALERTER_OUTBOX_H

#include "alerter/delivery.h"
#include "base/err.h"
#include "base/jsonw.h"

#include <stdbool.h>
#include <stdint.h>

struct ledger;
struct outbox;

/* l is borrowed.  0, ERR_DB, ERR_NOMEM with why. */
int outbox_open(struct outbox **out, struct ledger *l, struct why *why);
void outbox_close(struct outbox **o);

/* Turns what a crash left on its way into what it is now.  A transaction of its own.
 * Number of unclear ones, or ERR_DB. */
int outbox_recover(struct outbox *o, int64_t now_ms);

int outbox_put(struct outbox *o, const struct delivery *d);

/* 0, ERR_NOT_FOUND, ERR_DB. */
int outbox_get(struct outbox *o, const char *id, const char *sink, struct delivery *d);

/* The newest news that may go to a sink now: unsent, or an edit that is due.
 * 0, ERR_NOT_FOUND when there is none, ERR_DB. */
int outbox_next(struct outbox *o, const char *sink, int64_t now_ms, struct delivery *d);

/* When the next one of a sink may go, wall clock ms; INT64_MAX when there is none. */
int64_t outbox_due(struct outbox *o, const char *sink);

/* Failed and in-doubt deliveries of a candidate go out again.  A transaction of its
 * own.  How many, or ERR_DB. */
int outbox_again(struct outbox *o, const char *id, int64_t now_ms);

struct outbox_counts {
    int64_t by_state[DELIVERY_STATES];
    int64_t unclear;   /* requests whose end is not known: each may be a copy */
    int64_t oldest_ms; /* when the oldest unsent one was made; 0 none */
};

/* sink NULL: of all sinks, also of those no longer configured. */
void outbox_count(struct outbox *o, const char *sink, struct outbox_counts *out);

#endif

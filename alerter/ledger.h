/* ledger - every verdict, on disk
 *
 * Owner of ledger.db, synchronous: what was committed survives the machine.  All
 * writing of one turn of the loop is one transaction (group commit), and nothing is
 * said or sent before it is committed.  Only a higher (epoch, revision) changes a
 * verdict.  Other programs read the tables verdict, delivery, totals and tally.
 */
#ifndef CATALYST_ALERTER_LEDGER_H
#define CATALYST_ALERTER_LEDGER_H

#include "alerter/alert.h"
#include "base/err.h"
#include "base/jsonw.h"
#include "wire/msg.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct ledger;

enum { LEDGER_REASON = 64, LEDGER_PRUNE_MOST = 1000 };

/* What the ledger holds of a candidate after a message was taken. */
struct entry {
    bool fresh; /* the message changed it: new, or a higher (epoch, revision) */
    bool alert;
    bool final;
    int64_t epoch, revision;
    char verdict[8]; /* alert or reject */
    char reason[LEDGER_REASON];
    char face[ALERT_FACE_SIZE];
};

/* 0, ERR_DB, ERR_LOCKED, ERR_UNSUPPORTED with why. */
int ledger_open(struct ledger **out, const char *path, struct why *why);
void ledger_close(struct ledger **l);

int ledger_begin(struct ledger *l);
int ledger_commit(struct ledger *l);
void ledger_rollback(struct ledger *l);
int ledger_sync(struct ledger *l); /* db_sync */
int ledger_tidy(struct ledger *l); /* db_tidy */

/* Takes a message in the open transaction.  0; ERR_RANGE when the verdict is neither
 * alert nor reject or the id is empty or too long; ERR_DB. */
int ledger_take(struct ledger *l, const struct msg_scored *s, int64_t now_ms,
                struct entry *out);

/* The last message of a candidate: free with msg_free.  0, ERR_NOT_FOUND, ERR_DB, or
 * what msg_unpack says. */
int ledger_message(struct ledger *l, const char *id, struct msg *out);

/* What is kept of it now.  0, ERR_NOT_FOUND or ERR_DB. */
int ledger_entry(struct ledger *l, const char *id, struct entry *out);

/* Moves at most LEDGER_PRUNE_MOST verdicts written before into `totals`, with nothing
 * of theirs still to be sent.  A transaction of its own.  How many, or ERR_DB. */
int ledger_prune(struct ledger *l, int64_t before_ms);

/* Writes "books": {"alerted", "rejected", "total", "reasons": {reason: n}}, kept and
 * pruned together, into the open object. */
void ledger_books(struct ledger *l, struct jsonw *w);

const char *ledger_error(const struct ledger *l);
bool ledger_full(const struct ledger *l); /* the disk is */

struct db *ledger_db(struct ledger *l); /* borrowed: the outbox keeps its rows there */

#endif

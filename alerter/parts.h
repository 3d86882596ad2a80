/* parts - what the alerter is made of
 *
 * For the files of the stage itself: alerter.c takes turns, panel.c shows them.
 */
#ifndef CATALYST_ALERTER_PARTS_H
#define CATALYST_ALERTER_PARTS_H

#include "alerter/alerter.h"
#include "alerter/courier.h"
#include "alerter/ledger.h"
#include "alerter/outbox.h"
#include "wire/sender.h"

enum { BATCH = COURIER_TURN }; /* messages a transaction */

enum metric {
    M_RECEIVED,
    M_BAD,
    M_STALE,
    M_REVISED,
    M_DONE,
    M_COMMITS,
    M_STUCK,
    M_OWN
};

struct alerter {
    struct proc *p;
    struct ledger *ledger;
    struct outbox *outbox;
    struct courier *courier;
    struct sender *done;
    void *scored;
    struct timer *timer; /* the next turn */
    struct msg batch[BATCH];
    struct entry entries[BATCH];
    bool bad[BATCH]; /* not to be recorded */
    size_t n_batch;
    bool unsafe; /* the batch is written, and not known to be on the disk */
    bool stuck, draining;
    int64_t drain_ms; /* boot clock: when the last `done` is given up */
    int64_t prune_ms; /* boot clock */
    int64_t m[M_OWN];
    int64_t last_sent, last_received;
    double sent_per_s, received_per_s;
};

/* Asks for a turn soon. */
void alerter_wake(void *self);

#endif

/* courier - the only one who sends
 *
 * Takes deliveries out of the outbox, newest news first, as many as each sink has
 * slots and as often as its limit allows, and brings home how they ended.  All its
 * writing happens in the transaction of a turn:
 *
 *     courier_settle    what ended since the last turn, some milliseconds ago at most
 *     courier_revise    what a verdict means for each sink
 *     courier_claim     pending -> sending
 *   commit, or courier_undo when it failed
 *     courier_post      what goes over the network leaves
 *   once that is safe on the disk
 *     courier_go        what goes to files leaves, and what ended is told
 */
#ifndef CATALYST_ALERTER_COURIER_H
#define CATALYST_ALERTER_COURIER_H

#include "alerter/delivery.h"
#include "alerter/ledger.h"
#include "alerter/outbox.h"
#include "base/conf.h"
#include "base/jsonw.h"
#include "wire/msg.h"

#include <stdbool.h>
#include <stdint.h>

struct courier;
struct proc;

enum courier_metric {
    COURIER_STARTED,
    COURIER_SENT,
    COURIER_EDITED,
    COURIER_RETRIED,
    COURIER_LIMITED,
    COURIER_FAILED,
    COURIER_UNCLEAR,
    COURIER_LATE,
    COURIER_METRICS
};

/* Everything is borrowed.  wake(self) asks for a turn soon; it is called by
 * the courier's timers. */
struct courier_setup {
    struct proc *proc;
    struct ledger *ledger;
    struct outbox *outbox;
    void (*wake)(void *self);
    void *self;
};

/* Opens every enabled sink.  0, ERR_CONFIG or ERR_IO with why. */
int
courier_open(struct courier **out, const struct courier_setup *setup, struct why *why);
void courier_close(struct courier **c); /* what is on its way becomes unclear */

enum { COURIER_TURN = 64 }; /* verdicts revised in one turn, at most */

/* Each 0 or ERR_DB.  What is revised is borrowed until courier_claim or courier_undo.
 */
int courier_settle(struct courier *c);
int
courier_revise(struct courier *c, const struct msg_scored *s, const struct entry *e);
int courier_claim(struct courier *c);

void courier_post(struct courier *c);
void courier_go(struct courier *c);
void courier_undo(struct courier *c);

/* No new request from now on. */
void courier_drain(struct courier *c);

/* Nothing is on its way, and nothing that ended is unsettled. */
bool courier_is_idle(const struct courier *c);

/* Sets the timer for the next delivery that is due. */
void courier_schedule(struct courier *c);

/* Sinks that were switched off are on again, with the addresses of conf. */
void courier_reload(struct courier *c, const struct conf *conf);

/* "sinks": [...] and "deliveries": {...} into the open object. */
void courier_stats(struct courier *c, struct jsonw *w);

const int64_t *courier_metrics(const struct courier *c); /* COURIER_METRICS values */

#endif

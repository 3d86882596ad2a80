/* outbox - how many candidates are out, and when they are sent again
 *
 * At most `window` candidates are out (published, not done), watched and newest first;
 * the rest wait in the store.  The window doubles when a whole window is done and
 * halves when a stage starts anew, which also calls back all that was out.  What is not
 * done in time is sent again, later each time.  A candidate that was alone on its way
 * OUTBOX_ATTEMPTS times when a process restarted is dead.
 */
#ifndef CATALYST_INGEST_OUTBOX_H
#define CATALYST_INGEST_OUTBOX_H

#include "base/clock.h"
#include "base/log.h"
#include "ingest/store.h"
#include "wire/loop.h"
#include "wire/msg.h"

enum { OUTBOX_ATTEMPTS = 3 };

struct outbox;

/* All borrowed for the life of the outbox. */
struct outbox_env {
    struct store *store;
    struct loop *loop;
    struct log *log;
    const struct clock *clock;
    int64_t *counts; /* COUNTS values */
    int64_t window_start, window_max;
    int64_t resend_ms, resend_max_ms;

    /* Sends one on; first: it was never sent before.  0 or ERR_*. */
    int (*publish)(void *self, const struct msg_candidate *c, bool first);
    /* False while the socket takes no more: the outbox waits for outbox_pump. */
    bool (*has_room)(void *self);
    /* Messages handed over that have not left yet. */
    size_t (*queued)(void *self);
    /* One was given up (reason "poison"). */
    void (*died)(void *self, const char *id);
    void *self;
};

/* Calls back what was out when the process ended.  waiting: how many units wait in the
 * store, those included. */
int outbox_new(struct outbox **out, const struct outbox_env *env, int64_t waiting);
/* Calls back what is out without blame: this end was in order. */
void outbox_free(struct outbox **o);

/* n more units wait in the store. */
void outbox_added(struct outbox *o, int64_t n);

/* Sends as many as window and socket allow. */
void outbox_pump(struct outbox *o);

/* An answer.  Several belong between begin and end: one transaction.
 * outbox_done: 1, STORE_WAS_DEAD or 0 as store_done; ERR_DB. */
int outbox_begin(struct outbox *o);
int outbox_done(struct outbox *o, const struct msg_done *m);
void outbox_end(struct outbox *o); /* commits, then pumps */

/* Sends an out one again at once.  1, or 0: it is not out. */
int outbox_again(struct outbox *o, const char *id);

/* A stage began to run at at_ms (wall clock): what was out is sent again. */
void outbox_started(struct outbox *o, const char *stage, int64_t at_ms);

size_t outbox_out(const struct outbox *o);
int64_t outbox_pending(const struct outbox *o); /* out and waiting */

#endif

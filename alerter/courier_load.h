/* courier_load - what courier.c and courier_report.c share
 *
 * Private to the courier.
 */
#ifndef CATALYST_ALERTER_COURIER_LOAD_H
#define CATALYST_ALERTER_COURIER_LOAD_H

#include "alerter/courier.h"

struct http;
struct timer;

enum { COURIER_LOADS = 64 };

/* free -> claimed -> away -> home -> settled -> free; claimed and settled only
 * between a statement and its commit. */
enum phase { LOAD_FREE, LOAD_CLAIMED, LOAD_AWAY, LOAD_HOME, LOAD_SETTLED };

struct load {
    struct parcel parcel; /* first: the call-back gets it */
    struct courier *courier;
    enum phase phase;
    struct delivery delivery; /* as it is on disk */
    struct delivery after;    /* as it ended, once settled */
    struct sink_outcome outcome;
    char face[ALERT_FACE_SIZE]; /* what is being sent */
    char ticker[32];
    int64_t cycle;
};

/* A verdict of this turn, borrowed from its revision to its claim: most are claimed at
 * once, and need not be read back from the ledger for each sink. */
struct hand {
    const struct msg_scored *verdict;
    const char *face;
};

struct courier {
    struct courier_setup s;
    struct http *http;
    struct timer *timer;  /* the next delivery that is due */
    struct timer *settle; /* what came home and is not written yet, */
    bool settle_due;      /* and has waited long enough */
    struct sink sinks[CONF_SINKS];
    size_t n_sinks;
    struct load loads[COURIER_LOADS];
    struct hand hand[COURIER_TURN];
    size_t n_hand;
    int64_t metrics[COURIER_METRICS];
    bool draining;
};

/* Says what is being sent, to whoever watches. */
void courier_tell(struct courier *c, const struct delivery *d);

/* Counts, logs and tells how a load ended. */
void courier_report(struct courier *c, const struct load *l);

#endif

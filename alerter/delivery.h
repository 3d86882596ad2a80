/* delivery - one alert to one sink, with its state
 *
 *                 start              end
 *     pending ----------> sending ----------> sent      (edit: none, due, sending)
 *        ^                  |   |
 *        |   again, limited |   +-----------> failed    refused, tries used up
 *        |   sink gone,     |   +-----------> in_doubt  unclear twice
 *        +------------------+
 *        first unclear end
 *
 * `sending` is written before the request leaves us, so a crash leaves it behind: its
 * end is unclear.  An unclear send is repeated once at most.  Pure: rows in, rows out;
 * the outbox stores them.
 */
#ifndef CATALYST_ALERTER_DELIVERY_H
#define CATALYST_ALERTER_DELIVERY_H

#include "alerter/alert.h"
#include "alerter/sink.h"
#include "base/conf.h"

#include <stdbool.h>
#include <stdint.h>

enum delivery_state {
    DELIVERY_PENDING,
    DELIVERY_SENDING,
    DELIVERY_SENT,
    DELIVERY_FAILED,
    DELIVERY_IN_DOUBT,
    DELIVERY_SUPPRESSED, /* on purpose: record only, or rejected before it was sent */
    DELIVERY_STATES
};

enum delivery_edit { EDIT_NONE, EDIT_DUE, EDIT_SENDING };

enum { DELIVERY_ID = 256, DELIVERY_ERROR = 160, DELIVERY_UNCLEAR_MOST = 2 };

struct delivery {
    char id[DELIVERY_ID]; /* of the candidate */
    char sink[CONF_NAME];
    enum delivery_state state;
    enum delivery_edit edit; /* of one that is sent */
    int64_t attempts;        /* requests begun */
    int64_t tries;           /* that surely failed, since the last success */
    int64_t limited;         /* that were answered 429, in a row */
    int64_t unclear;         /* whose end is not known: each may be a copy */
    int64_t edits;           /* that arrived */
    int64_t news_ms;         /* time of the news: the newest is sent first */
    int64_t first_ms, updated_ms;
    int64_t due_ms; /* wall clock; not before */
    bool late;
    char message_id[SINK_MESSAGE_ID]; /* of the sink, for edits */
    char face[ALERT_FACE_SIZE];       /* what the sink shows */
    char error[DELIVERY_ERROR];       /* of the last failure */
};

const char *delivery_state_name(enum delivery_state s);     /* "in_doubt" */
enum delivery_state delivery_state_parse(const char *name); /* unknown: failed */

void delivery_new(struct delivery *d, const char *id, const char *sink, int64_t news_ms,
                  int64_t now_ms);

/* The verdict changed, or may have while this was on its way. */
struct revision {
    bool alert;       /* the verdict is alert (else reject) */
    bool record_only; /* nothing is to be sent at all */
    const char *face; /* what a person would see of it now */
    enum sink_edit edit;
};

/* true when the row changed. */
bool delivery_revise(struct delivery *d, const struct revision *r, int64_t now_ms);

/* A request is about to leave: pending -> sending, or an edit that is due. */
void delivery_start(struct delivery *d, int64_t now_ms);

/* It ended.  face: what was sent.  Returns how long the whole sink has to wait, ms. */
int64_t delivery_end(struct delivery *d, const struct sink_outcome *out,
                     const char *face, int64_t max_tries, int64_t now_ms);

/* Found like this at start: what was on its way is unclear. */
void delivery_found(struct delivery *d, int64_t now_ms);

/* Someone asked for another round: failed or in doubt becomes pending. */
bool delivery_again(struct delivery *d, int64_t now_ms);

#endif

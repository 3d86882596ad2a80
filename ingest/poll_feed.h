/* poll_feed - one feed: its request, its answers, its health
 *
 * For poll.c, which says when.  A poll of a feed is one answer of one of its addresses,
 * or of several pages of it; it ends with poll_env's `answered`, once.
 */
#ifndef CATALYST_INGEST_POLL_FEED_H
#define CATALYST_INGEST_POLL_FEED_H

#include "ingest/address.h"
#include "ingest/page.h"
#include "ingest/poll.h"
#include "ingest/pulse.h"

enum flight { IDLE, QUEUED, FLYING };

struct poll_feed {
    /* Set by the owner. */
    const struct poll_env *env;
    const struct conf_feed *conf;
    struct http *http;
    const char *agent;
    void (*queued)(void *self); /* a page or another address is QUEUED: start it */
    void *self;
    enum flight flight;
    bool edgar, skipped;
    int64_t cycle;

    struct http_call *call;
    int64_t asked_ms;  /* boot clock */
    size_t address;    /* the one being asked */
    bool retried;      /* this poll: a redirect led nowhere, and it was asked again */
    size_t page;       /* of it */
    int64_t newest_ms; /* over the pages so far */
    int64_t items;     /* since the start */
    int http_status;
    char status[32];
    char why[160]; /* of the last failure */
    struct addresses addresses;
    struct pulse pulse;
    struct feed_state state;
};

/* Starts with what the store knows of it.  0 or ERR_DB. */
int poll_feed_load(struct poll_feed *f);

/* True if it may be asked at now_ms (boot clock). */
bool poll_feed_is_due(const struct poll_feed *f, int64_t now_ms);

/* Begins a poll: QUEUED, to be started by poll_feed_start. */
void poll_feed_queue(struct poll_feed *f, int64_t cycle);
void poll_feed_start(struct poll_feed *f);

void poll_feed_write(const struct poll_feed *f, struct jsonw *w);

#endif

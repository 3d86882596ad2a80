/* poll - asks the feeds, politely, and keeps their health
 *
 * Conditional requests, one transfer a feed.  An answer with a new body is handed to
 * the taker, who writes the validators with the items; a body that is known, a 304 or
 * a failure goes no further.  An address that fails is followed by the alternatives of
 * its feed; a list that grew by more than a page is read page by page.  EDGAR is asked
 * at most 4 times a second and only with a contact in the user agent.  A body that
 * ended this process twice is left unread until it changes.
 */
#ifndef CATALYST_INGEST_POLL_H
#define CATALYST_INGEST_POLL_H

#include "base/conf.h"
#include "base/jsonw.h"
#include "base/log.h"
#include "ingest/crash_mark.h"
#include "ingest/store.h"
#include "wire/http.h"

struct poll;

struct poll_answer {
    const struct conf_feed *feed;
    struct feed_state *state; /* already as it is to be stored with the items, but
                                 for items_last */
    const char *body, *hash;  /* and what it is told apart by */
    size_t len;
    int64_t cycle;
    bool first;        /* this feed never gave a good answer before */
    size_t page;       /* of the list: 0 its top */
    size_t page_size;  /* entries of a full page; 0: there is one page */
    int64_t newest_ms; /* of the pages before; the taker adds its own */
    int64_t entries;   /* set by the taker: entries read */
    int64_t fresh;     /* set by the taker: items never seen before */
    bool more;         /* set by the taker: the next page is wanted too */
};

/* All borrowed for the life of the poll. */
struct poll_env {
    const struct conf *conf;
    struct loop *loop;
    struct log *log;
    const struct clock *clock;
    struct store *store;
    struct crash_mark *mark;
    int64_t *counts;

    /* Takes a new body.  0; ERR_CHANGED and such when it is no feed (with why); ERR_DB
     * or ERR_IO.  Anything but 0 leaves the validators as they were. */
    int (*take)(void *self, struct poll_answer *a, struct why *why);
    /* A feed of the round has answered, or failed to. */
    void (*answered)(void *self, int64_t cycle, const char *feed, const char *status,
                     int http_status, int64_t elapsed_us);
    void *self;
};

int poll_new(struct poll **out, const struct poll_env *env);
void poll_free(struct poll **p);

/* Marks every feed that is due and not being asked for the round; returns how many will
 * answer.  poll_go starts them. */
size_t poll_round(struct poll *p, int64_t cycle);
void poll_go(struct poll *p);

/* "feeds": [{name, kind, health, status, http, failures, items, ok_ms, ...}]; `health`
 * is "never", "ok", "empty" (it used to have items), "failing", "down" or "off". */
void poll_write(const struct poll *p, struct jsonw *w);

#endif

/* sink - somewhere alerts go
 *
 * A kind of sink is one const row: how it edits, how it renders, how it sends.  The
 * courier does the rest, the same for all: states, order, spacing, retries.  A new
 * kind is one file in sinks/ and one row in sinks/sinks.c.
 */
#ifndef CATALYST_ALERTER_SINK_H
#define CATALYST_ALERTER_SINK_H

#include "alerter/alert.h"
#include "alerter/discord_limit.h"
#include "base/buf.h"
#include "base/conf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http;
struct http_call;
struct sink;

/* What becomes of an alert that was sent and then changed. */
enum sink_edit {
    SINK_EDIT_NONE,   /* stays as it was sent */
    SINK_EDIT_APPEND, /* a second, shorter entry says what changed */
    SINK_EDIT_PATCH   /* the entry itself is changed */
};

enum sink_result {
    SINK_SENT,
    SINK_LIMITED, /* surely not sent; the whole sink waits outcome.asked_ms */
    SINK_AGAIN,   /* surely not sent; may be tried again */
    SINK_UNCLEAR, /* may have been sent */
    SINK_REFUSED, /* surely not sent, and never will be */
    SINK_GONE     /* surely not sent; the sink is to be switched off */
};

enum { SINK_MESSAGE_ID = 40 };

struct sink_outcome {
    enum sink_result result;
    int64_t asked_ms;                 /* how long it asks us to wait, 0 nothing */
    char message_id[SINK_MESSAGE_ID]; /* for edits, "" none */
    struct why why; /* for a person; never holds the address of a sink */
};

/* One rendering on its way.  The courier owns it; `done` is called exactly once. */
struct parcel {
    struct sink *sink;
    struct buf body;
    const char *message_id; /* "" for a new entry, else what to change */
    struct http_call *call; /* the transfer, NULL when there is none */
    void (*done)(struct parcel *p, const struct sink_outcome *out);
};

struct sink_row {
    const char *kind;
    enum sink_edit edit;
    int slots; /* parcels on their way at once */
    bool needs_url;
    int64_t max_bytes; /* of one rendering */

    /* Appends one rendering.  Pure.  0 or ERR_* (then the delivery fails). */
    int (*render)(const struct alert *a, struct buf *out);

    /* Sends it; `p->done` may be called before it returns. */
    void (*send)(struct sink *s, struct parcel *p);

    /* What was sent before is safe on disk: asked before it is recorded as sent, once
     * for many.  0 or ERR_IO with why.  NULL where `send` sees to that. */
    int (*sync)(struct sink *s, struct why *why);

    /* Both may be NULL. */
    int (*open)(struct sink *s, struct why *why);
    void (*close)(struct sink *s);
};

struct sink {
    const struct sink_row *row;
    char name[CONF_NAME];
    char url[CONF_TEXT];        /* a secret, or a path */
    struct discord_limit limit; /* boot clock */
    struct http *http;          /* borrowed */
    int64_t timeout_ms;
    bool off;    /* until `reload` */
    bool colour; /* console */
    int fd;      /* console, jsonl; -1 none */
    int in_flight;
};

/* NULL when there is no such kind. */
const struct sink_row *sink_row_find(const char *kind);

/* Fills *s from its section and opens it.  base_dir: for relative paths.
 * 0, ERR_CONFIG or ERR_IO with why. */
int sink_open(struct sink *s, const struct conf_sink *conf, struct http *http,
              int64_t timeout_ms, const char *base_dir, struct why *why);
void sink_close(struct sink *s);

const char *sink_edit_name(enum sink_edit edit); /* "none", "append", "patch" */

#endif

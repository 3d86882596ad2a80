/* store - ingest.db: what was seen, what waits, what became of it
 *
 * The durable end of the pipeline on its way in.  Items, seen marks and the feed's
 * validators of one answer are written in one transaction, before anything of it is
 * published, and are safe on the disk right after it; a unit stays until it is done.
 * Other programs may read the tables.
 *
 * States of a unit: rejected (by a gate), waiting, out (published, not answered),
 * done, dead (given up, kept with its reason).
 *
 * Every function may answer ERR_DB; store_full tells a full disk from other faults.
 */
#ifndef CATALYST_INGEST_STORE_H
#define CATALYST_INGEST_STORE_H

#include "base/err.h"
#include "ingest/story.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STORE_ID = 96, STORE_VALIDATOR = 256, STORE_HASH = 33 };

struct store;

/* The unit of account: an item with one of its tickers, or an item without. */
struct unit {
    const char *id; /* item + "/" + ticker */
    const char *item, *ticker, *feed;
    const char *state;
    const char *reason, *rule, *matched; /* why it was rejected or is dead */
    const char *title, *link;
    int64_t cycle, seen_ms, published_ms;
    bool watched;
    const void *body; /* the packed candidate; NULL for a reject */
    size_t body_len;
};

/* What is remembered of a feed between polls and starts. */
struct feed_state {
    char etag[STORE_VALIDATOR], last_modified[STORE_VALIDATOR];
    char body_hash[STORE_HASH];  /* of the last body that was taken */
    char crash_hash[STORE_HASH]; /* of a body that ended the process */
    int64_t crashes;             /* how often */
    int64_t items_last;          /* entries of the last answer that had some */
    int64_t ok_ms;               /* when that was; 0 never */
    int64_t newest_ms;           /* filings: the newest entry read, and all before it */
};

int store_open(struct store **out, const char *path, struct why *why);
void store_close(struct store **s);

bool store_full(const struct store *s); /* the last error was a full disk */

/* Tries whether there is room again, for more than the row that the next write is: 0,
 * and store_full is false; or ERR_DB. */
int store_room(struct store *s);
const char *store_error(const struct store *s);

/* What is committed survives the process; the machine it survives once store_sync has
 * returned 0, which waits for the disk.  Only what was taken in needs that: that a unit
 * is out, or done, a resend makes good. */
int store_begin(struct store *s);
int store_commit(struct store *s);
void store_rollback(struct store *s);
int store_sync(struct store *s);
int store_tidy(struct store *s); /* db_tidy */

/* ---- seen marks: ids of items and keys of stories ---- */
bool store_seen(struct store *s, const char *id);
int store_seen_add(struct store *s, const char *id, int64_t now_ms);
/* It is still listed: its mark lives on from now_ms.  Written once a day at most. */
int store_seen_still(struct store *s, const char *id, int64_t now_ms);
bool store_seen_any(struct store *s);

/* ---- items: what was judged, as it came (item_json.h), for `catalyst record` ---- */
int store_item_add(struct store *s, const char *id, int64_t seen_ms, const char *json);

/* ---- stories: what was told of a ticker ---- */
int store_story_add(struct store *s, const char *ticker, const char *item,
                    int64_t at_ms, const struct story *story);

/* What was told of a ticker from since_ms on, newest first, at most STORE_STORIES of
 * them; link is "" where the item is forgotten.  fn returns true to stop; all text is
 * borrowed for the call. */
enum { STORE_STORIES = 64 };
typedef bool store_story_fn(void *self, const char *item, const char *link,
                            const struct story *story);
int store_stories(struct store *s, const char *ticker, int64_t since_ms,
                  store_story_fn *fn, void *self);

/* ---- feeds ---- */
int store_feed(struct store *s, const char *name, const char *url,
               struct feed_state *out); /* all empty when unknown or of another url */
int store_feed_put(struct store *s, const char *name, const char *url,
                   const struct feed_state *f);

/* ---- units ---- */
int store_unit_add(struct store *s, const struct unit *u); /* ERR_EXISTS: known */

/* The first of those that wait, watched and newest first, becomes `out`.  1 with id,
 * body (borrowed until the next call), its number of sendings and its cycle; 0: none.
 */
struct waiting {
    char id[STORE_ID];
    int64_t sent, cycle;
    const void *body;
    size_t body_len;
};
int store_next(struct store *s, int64_t now_ms, struct waiting *out);

/* Tickers of the units that store_next would give then, in that order.  Their number,
 * at most `most`, or ERR_DB. */
enum { STORE_TICKER = 16 };
int store_coming(struct store *s, char (*out)[STORE_TICKER], int most);

/* An `out` unit's body again, for another sending.  1 or 0 (not out). */
int store_again(struct store *s, const char *id, struct waiting *out);

/* It is out: for one that was published while the disk was full. */
int store_mark_out(struct store *s, const char *id, int64_t now_ms);

/* 1: it was out or waiting and is done now; STORE_WAS_DEAD: it was given up too early;
 * 0: neither (done before, unknown). */
enum { STORE_WAS_DEAD = 2 };
int store_done(struct store *s, const char *id, const char *verdict, const char *reason,
               int64_t now_ms);

/* Everything out waits again.  blame: if exactly one was out, the restart counts
 * against it, and at `attempts_max` it is dead: its id goes into dead[STORE_ID] (""
 * when none is).  Returns how many wait again, or ERR_DB. */
int64_t
store_recall(struct store *s, bool blame, int attempts_max, int64_t now_ms, char *dead);

/* ---- the books ---- */
typedef void
store_count_fn(void *self, const char *state, const char *reason, int64_t n);
/* Units of each state and reason, those forgotten included. */
int store_counts(struct store *s, store_count_fn *fn, void *self);

/* Forgets seen marks, items and finished units older than before_ms, at most `most` of
 * each; their numbers move to the totals.  One transaction of its own. */
int store_forget(struct store *s, int64_t before_ms, int64_t most);

/* Number of the next cycle, never used before. */
int store_cycle(struct store *s, int64_t *out);

/* Dead units, newest first, at most 100; all text borrowed for the call. */
typedef void store_dead_fn(void *self, const struct unit *u);
int store_dead(struct store *s, store_dead_fn *fn, void *self);

#endif

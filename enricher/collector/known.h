/* known - what is known of each ticker
 *
 * The fact cache: a slot a fact, with its origin, age and reason, kept in
 * collector.db so that a restart asks no upstream twice.  "No such data" is known
 * too.  Also the place where the asks in flight for a ticker are found, so that the
 * same document is never in flight twice.
 */
#ifndef CATALYST_KNOWN_H
#define CATALYST_KNOWN_H

#include "base/err.h"
#include "base/log.h"
#include "enricher/collector/life.h"
#include "enricher/metrics/metric.h"
#include "enricher/sources/source.h"

#include <sys/queue.h>

enum {
    KNOWN_TICKERS = 50000,     /* the longest unasked make room */
    KNOWN_ROOM = 500,          /* for so many at a time */
    KNOWN_IN_USE_S = 2 * 3600, /* who was asked for since then is not forgotten */
    KNOWN_KEEP_S = 7 * 86400,
    KNOWN_FAILED_MS = 5000, /* a source that failed for a ticker is not asked again */
    KNOWN_WHY = 80          /* bytes of a reason */
};

enum slot_state { SLOT_NONE, SLOT_OK, SLOT_EMPTY };

/* What a document says of one fact. */
struct figure {
    enum slot_state state;
    int source; /* index in sources[] */
    double value;
    int64_t as_of_ms; /* wall clock the figure is of */
    int64_t got_ms;   /* wall clock of the document */
    const char *why;  /* there is none; NULL: no reason */
};

/* What is known of one fact.  There are thousands of them: a reason is kept apart, for
 * most have none. */
struct slot {
    double value;
    int64_t as_of_ms, got_ms;
    struct span life;
    char *why;        /* owned, NULL: none */
    uint32_t tried;   /* sources that had no value, bit 1 << index */
    uint32_t unknown; /* of these, who does not know the ticker at all */
    int source;
    enum slot_state state;
    bool saved; /* in the file as it is here */
};

/* A source's last failure for this ticker. */
struct failure {
    int64_t until_ms; /* boot clock; 0: none */
    enum status status;
    char *why; /* owned, NULL: none; few tickers have any */
};

struct ask;
struct wait;

struct known {
    char ticker[SUBJECT_SIZE]; /* or the filing, "CIK/accession" */
    struct slot slots[FACT_COUNT];
    struct failure failures[SOURCES_MOST];
    struct ask *asks[SOURCES_MOST]; /* in flight or queued, NULL: none */
    LIST_HEAD(, wait) waiters;      /* of candidates, for a fact of it */
    char *text;                     /* of a filing; owned, NULL: none */
    TAILQ_ENTRY(known) of_filings;
    int64_t wanted_ms;         /* wall clock of the last question; 0: none */
    int64_t wanted_saved_ms;   /* as it stands in the file */
    int64_t ahead_ms;          /* boot clock; when it was asked for ahead */
    TAILQ_ENTRY(known) by_age; /* the last asked for is last */
    STAILQ_ENTRY(known) dirty_link;
    bool dirty;
};

struct db;
struct known_set;
struct offer; /* plan.h */

/* The instant of a question, by both clocks, and what it takes for an answer. */
struct moment {
    int64_t wall_ms, boot_ms;
    int64_t since_ms; /* what was got since then answers, however short it lives;
                         INT64_MAX: nothing does by that alone */
};

/* Opens collector.db and loads what is not too old.  The epoch is counted up and stored
 * before anything else happens.  A file that is damaged, or of a later program, is set
 * aside with a word in the log: it is only a cache.  clock and log are borrowed, the
 * settings copied. */
int known_open(struct known_set **out, const char *path, const struct clock *clock,
               struct log *log, const struct life *life, struct why *why);
void known_close(struct known_set **k); /* writes what is dirty */

/* Of this start: higher than that of any earlier one, with this file or a lost one. */
int64_t known_epoch(const struct known_set *k);

/* The entry of a ticker, made if need be; at the bound those that were asked for
 * longest ago are forgotten for it.  NULL when memory is out, when all are in use, or
 * when it is too long to be a ticker. */
struct known *known_of(struct known_set *k, const char *ticker);

/* Somebody asks for it: it is the last to be forgotten.  What is kept longer than a
 * turn must be wanted. */
void known_want(struct known_set *k, struct known *n);

/* From the one asked for last to the one asked for first; NULL after it. */
struct known *known_newest(const struct known_set *k);
struct known *known_older(const struct known *n);

/* Writes down why a source had no document for the ticker, and reads it again. */
void known_failed(struct known *n, int source, enum status status, const char *why);
const char *known_failed_why(const struct known *n, int source); /* "" for none */

/* It had one: its last failure is forgotten. */
void known_forgive(struct known *n, int source);

/* Puts one fact of a document that has just landed.  What answers (what was got since
 * since_ms does so for somebody who waits) is not replaced by "empty", nor by a spare,
 * nor by the value of a less preferred source.  A previous close goes with the price of
 * its document, so a document's price is put first. */
void known_put(struct known_set *k, struct known *n, enum fact_id id,
               const struct figure *fact, const struct offer *o, int64_t since_ms);

/* Forgets what is known of it. */
void known_drop(struct known *n, enum fact_id id);

const char *slot_why(const struct slot *s); /* "" for none */

/* Two figures of one document: the same source at the same moment. */
bool known_same_document(const struct slot *a, const struct slot *b);

/* True when the slot, a value or the knowledge that there is none, answers now.  An
 * entry from the future does not. */
bool known_answers(const struct known *n, enum fact_id id, const struct moment *now);

/* True when it has a value that may be served as stale. */
bool known_is_stale(const struct known *n, enum fact_id id, int64_t now_ms);

/* collector.db, for what else is kept in it. */
struct db *known_db(struct known_set *k);

size_t known_len(const struct known_set *k);
int64_t known_forgotten(const struct known_set *k); /* for room, since the start */
size_t known_dirty(const struct known_set *k);

/* Writes the dirty ones in one transaction. */
void known_flush(struct known_set *k);

#endif

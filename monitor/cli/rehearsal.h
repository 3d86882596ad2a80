/* rehearsal - a recorded item through the pipeline's own code
 *
 * Ingest's identity, duplicates, tickers and gates, then the classifier's score, with
 * one set of weights or two.  Items are judged as of the moment they were seen; nothing
 * is written to disk and nothing is sent.
 */
#ifndef CATALYST_CLI_REHEARSAL_H
#define CATALYST_CLI_REHEARSAL_H

#include "base/conf.h"
#include "base/json.h"
#include "classifier/verdict.h"
#include "classifier/weights.h"

enum { REHEARSAL_SETS = 2 };

struct rehearsal;

/* One candidate, or an item that ingest rejected.  All of it borrowed. */
struct rehearsed {
    const char *id, *ticker, *feed, *title, *link;
    int64_t seen_ms;
    const char *reason, *rule, *matched; /* of ingest's gate; reason "": it passed */
    size_t n;                            /* verdicts, one a set; 0 unless it passed */
    const struct verdict *verdicts;
};

/* Borrowed for the life of the rehearsal. */
struct rehearsal_env {
    const struct conf *conf;
    const struct weights *sets;
    size_t n_sets; /* 1 or REHEARSAL_SETS */
    void (*judged)(void *self, const struct rehearsed *r);
    /* Metrics of a ticker as JSON, for a line that brings none; NULL: unknown. */
    const struct json *(*metrics)(void *self, const char *ticker);
    void *self;
};

/* 0, or ERR_* with why. */
int rehearsal_open(struct rehearsal **out, const struct rehearsal_env *env,
                   struct why *why);
void rehearsal_close(struct rehearsal **r);

/* One line of a recording (item_json.h, and "metrics": {TICKER: {NAME: {...}}}); an
 * item that was there before counts as known and is not judged again.  0, or ERR_*
 * with why: then the line says nothing. */
int rehearsal_line(struct rehearsal *r, const char *text, size_t n, struct why *why);

#endif

/* gate - the cheap tests before any request is made
 *
 * One row a gate, in the order of cost.  A story that fails one is kept as a rejected
 * unit with the gate's reason, the rule that hit and the text that did it: that is
 * what users ask about.
 *
 * Pure but for the one question that the store answers (`told`).
 */
#ifndef CATALYST_INGEST_GATE_H
#define CATALYST_INGEST_GATE_H

#include "ingest/item.h"
#include "ingest/noise.h"
#include "ingest/tickers.h"

#include <stdbool.h>
#include <stdint.h>

/* What the gates look at.  All of it borrowed. */
struct gate_view {
    const struct item *item;
    const struct tickers *tickers; /* all that was found */
    size_t n_primary;
    const char *feed;
    int64_t now_ms;           /* wall clock */
    int64_t max_age_ms;       /* 0: any age */
    const char *skip_sources; /* names of feeds, space separated */
    bool allow_otc;
    const struct noise *noise;

    /* Of one candidate; the gates of the item do not look at these. */
    const struct ticker *ticker;
    const struct symbol *symbol; /* NULL: not in the directory */
    bool watched;                /* spares it from the instrument gate */

    /* The item that told this story of the ticker before, NULL if none did; what it
     * corrects or updates is no such item.  May be NULL.  Borrowed. */
    const char *(*told)(void *self, const char *ticker);
    void *self;
};

struct gate_hit {
    const char *reason; /* "stale"; static */
    char rule[96];
    char matched[NOISE_MATCHED];
};

/* Gates of the item, then of each candidate.  True: rejected, see hit. */
bool gate_item(const struct gate_view *v, struct gate_hit *hit);
bool gate_candidate(const struct gate_view *v, struct gate_hit *hit);

/* Reasons of all gates, in order; NULL at the end. */
const char *gate_reason(size_t i);

#endif

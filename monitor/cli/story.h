/* story - all that is known of one candidate
 *
 * Put together from ingest's row, the ledger's verdict and its deliveries.
 */
#ifndef CATALYST_CLI_STORY_H
#define CATALYST_CLI_STORY_H

#include "monitor/cli/shelf.h"
#include "wire/msg.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STORY_ID = 256, STORY_TEXT = 1024, STORY_DELIVERIES = 16, STORIES_MAX = 1000 };

struct story_delivery {
    char sink[64], state[24], error[240];
    int64_t attempts, first_ms, updated_ms, late, edits;
};

struct story {
    char id[STORY_ID], item[STORY_ID], ticker[32], feed[64];
    char title[STORY_TEXT], link[STORY_TEXT];
    int64_t published_ms, seen_ms;

    bool has_unit; /* ingest's row */
    char state[24], reason[64], rule[240], matched[240], outcome[24];
    int64_t cycle, sent_ms, done_ms, attempts;

    bool has_verdict; /* the ledger's row */
    int64_t ledger_ms;
    struct msg scored; /* owned; empty when the body cannot be read */

    size_t n_deliveries;
    struct story_delivery deliveries[STORY_DELIVERIES];
};

struct stories {
    size_t n;
    struct story *list; /* owned */
};

/* Those whose id, item or ticker (any case) is `word`, newest first, at most `most`.
 * 0 (also when there is none), or ERR_* with why. */
int stories_find(struct stories *out, const struct shelf *shelf, const char *word,
                 size_t most, struct why *why);
void stories_free(struct stories *s);

/* The scored message, NULL when there is none. */
const struct msg_scored *story_scored(const struct story *s);

#endif

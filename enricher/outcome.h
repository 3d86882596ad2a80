/* outcome - how the fetching of a document ended
 *
 * Pure: from what HTTP and the parser say to the status that travels in a result.
 */
#ifndef CATALYST_ENRICHER_OUTCOME_H
#define CATALYST_ENRICHER_OUTCOME_H

#include "enricher/sources/source.h"

enum outcome {
    OUTCOME_OK,      /* at least one figure */
    OUTCOME_EMPTY,   /* a good document without any */
    OUTCOME_BLOCKED, /* challenge or bot page */
    OUTCOME_DENIED,  /* the credential is no good */
    OUTCOME_LIMITED, /* 429 */
    OUTCOME_TIMEOUT,
    OUTCOME_ERROR,
    OUTCOME_CANCELLED, /* by the collector, or because it was lost */
    OUTCOME_COUNT
};

const char *outcome_name(enum outcome o); /* "ok" ... as in msg_result.status */

/* Of a transfer that failed with rc (an http_reply's). */
enum outcome outcome_of_transfer(int rc);

/* Of a document that came: rc is the parser's, facts what it found. */
enum outcome outcome_of_parse(int rc, const struct facts *facts);

#endif

/* discord_answer - what an answer of a webhook means
 *
 * Pure: status, headers and body in, outcome out.  Tries are not counted here, that
 * is discord_retry's business.
 */
#ifndef CATALYST_ALERTER_DISCORD_ANSWER_H
#define CATALYST_ALERTER_DISCORD_ANSWER_H

#include "alerter/sink.h"

enum {
    DISCORD_PAGE_HOLD_MS = 60000,    /* a 429 not of Discord itself, without a figure */
    DISCORD_PAGE_MOST_S = 24 * 3600, /* the longest of them that is waited for */
    DISCORD_WHY = 160                /* bytes of an error's text that are kept */
};

struct discord_answer {
    int status;  /* 0: none came */
    bool unsent; /* the request did not leave us */
    struct discord_headers headers;
    const char *body;
    size_t body_len;
};

/* out->asked_ms is also set on success, when no request is left. */
void discord_answer_read(const struct discord_answer *a, struct sink_outcome *out);

/* The address to use: `?wait=true` of a new entry, `/messages/ID` of an edit; a query
 * of the address (thread_id) is kept.  0 or ERR_TOO_BIG, ERR_SYNTAX (bad message id).
 */
int
discord_address(const char *webhook, const char *message_id, char *out, size_t size);

#endif

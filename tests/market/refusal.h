/* refusal - the answers that upstreams give in the place of a document
 *
 * Each as it is known from the site it is named after: status, headers and words are
 * what readers tell them apart by.
 */
#ifndef CATALYST_MARKET_REFUSAL_H
#define CATALYST_MARKET_REFUSAL_H

#include "answer.h"

struct refusal {
    int status;
    const char *type;
    const char *header, *value; /* one more header; NULL: none */
    const char *body;
    size_t fill; /* so many blanks behind it */
};

extern const struct refusal refusal_challenge, refusal_1010, refusal_403,
    refusal_bot_page, refusal_429, refusal_429_edge, refusal_invalid_crumb,
    refusal_back_soon, refusal_edgar_503, refusal_undeclared, refusal_edgar_rate,
    refusal_no_file, refusal_moved, refusal_no_items, refusal_no_entries,
    refusal_unavailable, refusal_not_available, refusal_500, refusal_503;

/* Whatever the answer was, it is this now. */
void refusal_answer(const struct refusal *r, struct answer *a);

#endif

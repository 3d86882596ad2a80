/* census - what every stage says of itself, together with the books
 *
 * The material of `catalyst stats`.
 */
#ifndef CATALYST_CLI_CENSUS_H
#define CATALYST_CLI_CENSUS_H

#include "base/conf.h"
#include "monitor/cli/ages.h"
#include "monitor/cli/ask.h"
#include "monitor/cli/balance.h"

#include <stdbool.h>
#include <stdint.h>

struct census {
    int64_t at_ms; /* wall clock */
    int n;
    struct answer answers[ASK_MAX];
    bool has_books;
    struct why books_why; /* why there are none */
    struct balance books;
    struct ages ages[AGES_QUEUES];
};

/* Asks all at once, then reads the databases.  0, or ERR_* with why. */
int
census_take(struct census *c, const struct conf *conf, int64_t now_ms, struct why *why);
void census_free(struct census *c);

bool census_complete(const struct census *c); /* every stage answered */

/* The stats of a stage, NULL when it did not answer. */
const struct json *census_of(const struct census *c, const char *stage);

void census_json(const struct census *c, struct buf *out);
void census_print(const struct census *c, struct buf *out);

#endif

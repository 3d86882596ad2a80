/* ages - what waits on disk, by how long it has waited
 *
 * Like Postfix's qshape: a row a queue, a column an age.
 */
#ifndef CATALYST_CLI_AGES_H
#define CATALYST_CLI_AGES_H

#include "base/jsonw.h"
#include "monitor/cli/shelf.h"

#include <stdint.h>

enum { AGES_BUCKETS = 9, AGES_QUEUES = 3 };

struct ages {
    const char *name; /* "waiting", "out", "deliveries" */
    int64_t total;
    int64_t counts[AGES_BUCKETS]; /* younger than ages_limits_s[i], last: older */
};

extern const int64_t ages_limits_s[AGES_BUCKETS - 1];

int ages_count(struct ages out[AGES_QUEUES], const struct shelf *shelf, int64_t now_ms,
               struct why *why);
void ages_print(const struct ages ages[AGES_QUEUES], struct buf *out);
void ages_json(const struct ages ages[AGES_QUEUES], struct jsonw *w);

#endif

/* balance - in = alerted + rejected + pending + dead
 *
 * Counted by id: every unit of ingest.db, then what the ledger says of it.  A unit that
 * ingest holds for done and the ledger does not know is missing, and the books do not
 * balance.  Finished units that retention took are in by their totals.
 */
#ifndef CATALYST_CLI_BALANCE_H
#define CATALYST_CLI_BALANCE_H

#include "base/jsonw.h"
#include "monitor/cli/shelf.h"

#include <stdint.h>

enum { BALANCE_REASONS = 64 };

struct balance {
    int64_t in;
    int64_t alerted;
    int64_t rejected; /* by an early gate or by the classifier */
    int64_t pending;  /* waiting or out, no verdict yet */
    int64_t dead;
    int64_t missing; /* done for ingest, unknown to the ledger */
    int64_t unclear; /* deliveries in doubt */
    size_t n_reasons;
    struct {
        char reason[64];
        int64_t n;
    } reasons[BALANCE_REASONS]; /* of the rejected; the last takes what is beyond */
};

/* 0 or ERR_DB with why. */
int balance_count(struct balance *out, const struct shelf *shelf, struct why *why);

/* As the members of the object that is open. */
void balance_json(const struct balance *b, struct jsonw *w);
void balance_print(const struct balance *b, struct buf *out);

#endif

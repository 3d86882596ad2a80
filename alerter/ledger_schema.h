/* ledger_schema - the tables of ledger.db, version by version
 *
 * `tally` and `sink_tally` are counts kept by triggers, so that the books are exact at
 * any instant and cost nothing to read.  `face`, `due_ms` and the like are private;
 * the other columns of verdict and delivery are read by the operator's command.
 */
#ifndef CATALYST_ALERTER_LEDGER_SCHEMA_H
#define CATALYST_ALERTER_LEDGER_SCHEMA_H

#include <stddef.h>

extern const char *const ledger_migrations[];
extern const size_t ledger_migrations_len;

#endif

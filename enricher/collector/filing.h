/* filing - the texts of filings that were fetched
 *
 * A filing is a subject of its own beside its tickers: candidates of one filing wait
 * for the same document.  Its text does not change, so the last FILINGS_KEPT are kept,
 * in memory and in collector.db: a candidate that comes again, or a restart, asks EDGAR
 * no second time.
 */
#ifndef CATALYST_FILING_H
#define CATALYST_FILING_H

#include "enricher/collector/collector.h"

enum { FILINGS_KEPT = 100, FILING_KEEP_S = 86400 };

/* Reads those on disk that are not too old.  0 or ERR_DB. */
int filing_open(struct collector *c, struct why *why);

/* The subject of "CIK/accession"; NULL when there is none, memory is out, or nobody can
 * be asked for it. */
struct known *filing_known(struct collector *c, const char *name);

/* The text of the filing has come: kept, and the oldest that nobody waits for goes. */
void filing_keep(struct collector *c, struct known *n, const char *text);

#endif

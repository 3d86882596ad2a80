/* filing - what the archive of EDGAR has of one story
 *
 * Pure: a story in, a document out, in EDGAR's layouts.  The press release of the story
 * is its EX-99.1, if it has one; else the primary document tells it.
 */
#ifndef CATALYST_MARKET_FILING_H
#define CATALYST_MARKET_FILING_H

#include "base/buf.h"
#include "news.h"

enum { FILING_ACCESSION = 24, FILING_TIME = 48 };

/* "0000950170-26-000012" */
void filing_accession(const struct story *s, char out[FILING_ACCESSION]);

/* The number of the story that an accession number names; 0 when it is none of ours. */
uint64_t filing_number(const char *accession);

/* The CIK it is filed under. */
int64_t filing_cik(const struct story *s);
const char *filing_name(const struct story *s);

/* Eastern wall clock by strftime's format, into out[FILING_TIME]. */
void filing_time(int64_t wall_ms, const char *format, char *out);

/* "-05:00", or "-04:00" in summer. */
const char *filing_zone(int64_t wall_ms);

/* The full submission: header, primary document, EX-99.1, pictures. */
void filing_text(const struct story *s, struct buf *out);

/* The page that lists its documents. */
void filing_index(const struct story *s, struct buf *out);

#endif

/* docket - what companies file, from rows: form, items, press release */
#ifndef CATALYST_MARKET_DOCKET_H
#define CATALYST_MARKET_DOCKET_H

#include "news.h"

enum { DOCKET_BULK = 4 << 20 }; /* bytes of pictures in a large filing */

/* Everything of s about a filing of its listing; `pick` chooses the row, of all forms
 * when mixed, else of the 8-K.  The texts go to title[NEWS_HEADLINE],
 * summary[NEWS_SUMMARY] and release[NEWS_SUMMARY], and s points there; no release:
 * NULL. A few filings are large, a few are not in the archive. */
struct docket_texts {
    char title[NEWS_HEADLINE], summary[NEWS_SUMMARY], release[NEWS_SUMMARY];
};
void
docket_write(struct story *s, uint64_t pick, bool mixed, struct docket_texts *texts);

#endif

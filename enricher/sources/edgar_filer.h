/* edgar_filer - a filer's own page at EDGAR (submissions/CIK##########.json)
 *
 * Who files, under which symbols, and the newest filings.  The times of this document
 * are not read: some are UTC, some New York time with a false Z, both in one file.
 *
 * Pure: no clock, log or socket.
 */
#ifndef CATALYST_SOURCES_EDGAR_FILER_H
#define CATALYST_SOURCES_EDGAR_FILER_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum {
    EDGAR_FILER_TICKERS = 64, /* classes of one filer; what is beyond is not read */
    EDGAR_FILER_RECENT = 32   /* filings that are kept, the newest first */
};

struct edgar_recent {
    char accession[24];
    char filed[16];    /* "2026-03-04" */
    char accepted[32]; /* as written: see above */
    char form[24];
    char items[192]; /* "2.02,9.01"; "" when it has none */
    char document[192];
};

struct edgar_filer {
    int64_t cik;
    char name[192];
    char tickers[EDGAR_FILER_TICKERS][16]; /* as written, the common one first */
    size_t n_tickers;
    char exchanges[EDGAR_FILER_TICKERS][16]; /* "Nasdaq"; "" where it is null */
    size_t n_exchanges;
    size_t recent_all; /* filings the document lists */
    struct edgar_recent recent[EDGAR_FILER_RECENT];
    size_t n_recent;
};

/* 0, ERR_SYNTAX (no JSON) or ERR_CHANGED (JSON of another kind) with why.  O(n). */
int
edgar_filer_read(const char *body, size_t n, struct edgar_filer *out, struct why *why);

#endif

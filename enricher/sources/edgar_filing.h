/* edgar_filing - what a document of an EDGAR filing says
 *
 * Reads what EDGAR answers for one filing: the full submission (.txt with its header),
 * the same header as a page (-index-headers.html), the filing's index page
 * (-index.htm), a primary document (with or without inline XBRL) and an exhibit such
 * as the press release EX-99.1.  Each says some of the fields; the rest stay empty.
 *
 * Pure: no clock, log or socket.
 */
#ifndef CATALYST_SOURCES_EDGAR_FILING_H
#define CATALYST_SOURCES_EDGAR_FILING_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    EDGAR_ITEMS = 32,            /* of one filing; what is beyond is not read */
    EDGAR_DOCUMENTS = 12,        /* that are listed; all are counted */
    EDGAR_SYMBOLS = 16,          /* classes on one cover page */
    EDGAR_TEXT = 64 * 1024,      /* bytes of plain text that are kept */
    EDGAR_SCAN = 4 * 1024 * 1024 /* bytes of one document that are read for text */
};

struct edgar_item {
    char number[8]; /* "5.02"; "" when its name is not known */
    char name[256]; /* in EDGAR's words; "" when only the number is said */
};

struct edgar_document {
    char type[24];  /* "EX-99.1" */
    char file[128]; /* "ex991.htm"; "" when not said */
};

struct edgar_filing {
    const char *layout;  /* "submission", "index", "document"; static */
    char form[24];       /* "8-K" */
    char accession[24];  /* "0001045810-26-000024" */
    char name[128];      /* of the filer, as conformed by EDGAR */
    int64_t cik;         /* of the filer; 0 unknown */
    int64_t accepted_ms; /* wall clock; 0 unknown.  EDGAR writes New York time */
    char symbols[EDGAR_SYMBOLS][24]; /* on the cover page, as written; first: the
                                        common one */
    size_t n_symbols;
    char ticker[16]; /* the first symbol that is one, canonical; "" when none */
    struct edgar_item items[EDGAR_ITEMS]; /* of the header or index */
    size_t n_items;
    char in_text[EDGAR_ITEMS][8]; /* numbers that the text names, ascending */
    size_t n_in_text;
    struct edgar_document documents[EDGAR_DOCUMENTS];
    size_t n_documents; /* listed above */
    size_t documents_all;
    char text_type[24]; /* type of the document the text is of */
    char *text;         /* owned, never NULL after 0; one line of plain text */
    bool cut;           /* a submission whose end is not there */
};

/* 0; ERR_EMPTY (no bytes, or no text at all); ERR_NOT_FOUND (the store's "no such
 * file", which comes with status 403 or 404 and is no refusal); ERR_BLOCKED (user agent
 * not declared); ERR_LIMITED (too many requests); ERR_CHANGED (none of the layouts);
 * ERR_NOMEM; all with why.  Free with edgar_filing_free after 0.  O(n). */
int edgar_filing_read(const char *body, size_t n, struct edgar_filing *out,
                      struct why *why);
void edgar_filing_free(struct edgar_filing *f);

/* What the status says of a body that reads like a page: 0 for 200; else ERR_NOT_FOUND
 * (404), ERR_LIMITED (429), ERR_BLOCKED (401, 403) or ERR_NET, with why. */
int edgar_filing_status(int status, struct why *why);

#endif

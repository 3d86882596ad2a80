/* edgar_header - the head of a filing, in EDGAR's three spellings
 *
 * "KEY:  value" lines and "<KEY>value" lines of a submission's header, and the same
 * facts on the index page.  For edgar_filing.c.  Pure.
 */
#ifndef CATALYST_SOURCES_EDGAR_HEADER_H
#define CATALYST_SOURCES_EDGAR_HEADER_H

#include "enricher/sources/edgar_filing.h"

/* Takes every line that is known; what is set already stays. */
void edgar_header_read(const char *text, size_t n, struct edgar_filing *out);

/* The index page: form, accession, time, items, filer, documents. */
void edgar_index_read(const char *html, size_t n, struct edgar_filing *out);

/* Adds an item once; an empty number is found by the name. */
void edgar_item_add(struct edgar_filing *f, const char *number, const char *name);

/* Counts a document, lists it while there is room. */
void edgar_document_add(struct edgar_filing *f, const char *type, const char *file);

/* The next line behind *cursor into out without its end and trimmed; false at `end`. */
bool edgar_line(const char **cursor, const char *end, char *out, size_t size);

#endif

/* page - the further pages of a list that grows at its top
 *
 * EDGAR's list of current filings says in its address which part of it is wanted:
 * start=0&count=100.  What comes in while it is read pushes the rest down, so pages
 * overlap and never leave a gap; who reads them drops what he has seen.  Pure.
 */
#ifndef CATALYST_INGEST_PAGE_H
#define CATALYST_INGEST_PAGE_H

#include <stdbool.h>
#include <stddef.h>

enum { PAGES_MAX = 10 }; /* of one poll: the thousand filings last made */

/* Entries of a full page; 0 when the address does not say, and there is one page. */
size_t page_size(const char *url);

/* The address of page no (0: url as it is) into out; false when there is no such page,
 * or no room. */
bool page_url(const char *url, size_t no, char *out, size_t size);

#endif

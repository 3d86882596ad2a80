/* headline - what a press release says, from rows of text */
#ifndef CATALYST_MARKET_HEADLINE_H
#define CATALYST_MARKET_HEADLINE_H

#include "news.h"

#include <stdbool.h>

/* Title and summary about a listing into title[NEWS_HEADLINE] and
 * summary[NEWS_SUMMARY]; `pick` chooses the row.  The summary names the company with
 * its exchange in brackets. */
void headline_write(const struct listing *l, uint64_t pick, char *title, char *summary);

/* Text (NULL is "") with the name in the place of each $ that no digit follows. */
void headline_expand(const char *text, const char *name, char *out, size_t size);

/* A story that a good reader drops: law-firm spam about the listing (true), or one
 * about no company at all (false). */
bool headline_noise(const struct listing *l, size_t i, char *title, char *summary);

#endif

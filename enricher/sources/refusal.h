/* refusal - an answer that is no document
 *
 * What every parser asks first: is this the upstream's word, or a limit, a challenge
 * page, an outage?  404 is left to the source, for it may mean "no such ticker".
 */
#ifndef CATALYST_SOURCES_REFUSAL_H
#define CATALYST_SOURCES_REFUSAL_H

#include "enricher/sources/source.h"

/* 0 when the status does not speak against it; ERR_LIMITED (429, 503), ERR_DENIED
 * (401), ERR_BLOCKED (403, 999), ERR_NET (5xx) with why, which has the words of a page
 * that blocks. */
int refusal_of_status(const struct document *d, struct why *why);

/* For a body in which the expected thing was not found: ERR_LIMITED, ERR_BLOCKED or
 * ERR_NET by the words known from such pages, else ERR_CHANGED.  Reads at most the
 * first 32 KB. */
int refusal_of_body(const struct document *d, struct why *why);

/* For a body that should be JSON and is not (syntax says why): a known page as above,
 * ERR_BLOCKED for any other page, else ERR_SYNTAX. */
int
refusal_of_page(const struct document *d, const struct why *syntax, struct why *why);

/* The first place of `word` in body[n], any case; NULL when it is not there. */
const char *refusal_find(const char *body, size_t n, const char *word);

#endif

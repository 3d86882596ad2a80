/* exchange - names of exchanges as releases write them
 *
 * One table for brackets in texts and for the tags of feeds.
 */
#ifndef CATALYST_INGEST_EXCHANGE_H
#define CATALYST_INGEST_EXCHANGE_H

#include "ingest/tickers.h"

/* The longest exchange name that s begins with, any case, words apart by blanks or
 * dashes: its length in bytes and its kind; 0 when there is none. */
size_t exchange_match(const char *s, enum listing *kind);

/* False if no name begins with the first two bytes of s, which is not empty: a word is
 * hardly ever an exchange. */
bool exchange_may_begin(const char *s);

/* The i-th name of the table, NULL behind the last. */
const char *exchange_name(size_t i);

/* Kind of a whole name as a feed's tag has it ("Other OTC"); foreign when unknown. */
enum listing exchange_kind(const char *name, size_t n);

/* Bytes of blanks at s: space, tab, line end, no-break space. */
size_t exchange_blanks(const char *s);

#endif

/* universe - the listed companies of the stand-in, from a seed
 *
 * The first sixty are well known and keep their real symbol, name, exchange, CIK and
 * rough size; the rest are made up.  The same seed makes the same universe.
 */
#ifndef CATALYST_MARKET_UNIVERSE_H
#define CATALYST_MARKET_UNIVERSE_H

#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

enum { UNIVERSE_KNOWN = 60, UNIVERSE_MAX = 10000 };

struct listing {
    char symbol[8];
    char name[64];
    const char *exchange; /* "NASDAQ", "NYSE"; static */
    int64_t cik;
    int64_t float_shares, shares, avg_volume; /* shares */
    int64_t prev_close;                       /* 1/10000 USD */
    double rvol;                              /* volume of today over the average */
    double drift;                             /* change of the whole day, e.g. 0.03 */
    double short_float;                       /* percent */
    uint64_t seed;                            /* of its tape */
};

struct universe;

/* n listings, 1 <= n <= UNIVERSE_MAX.  NULL when out of memory. */
struct universe *universe_new(size_t n, uint64_t seed);
void universe_free(struct universe **u);

size_t universe_len(const struct universe *u);
const struct listing *universe_at(const struct universe *u, size_t i);

/* By symbol, upper case; NULL when it is not listed. */
const struct listing *universe_find(const struct universe *u, const char *symbol);

/* The symbol directory and EDGAR's company list in their real layouts. */
void universe_nasdaqlisted(const struct universe *u, struct buf *out);
void universe_otherlisted(const struct universe *u, struct buf *out);
void universe_company_tickers(const struct universe *u, struct buf *out);

/* 64 well mixed bits of a and b: every random choice here is one of these, so that no
 * choice depends on the order of the others. */
uint64_t mix(uint64_t a, uint64_t b);

/* mix as 0 <= x < 1. */
double mix_unit(uint64_t a, uint64_t b);

#endif

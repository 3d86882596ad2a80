/* quote_list - what Yahoo's v7 quote says of some tickers
 *
 * In any order; a ticker it does not know is just absent.  The prices before and after
 * the session are there in those states only.  It never has the float.
 */
#ifndef CATALYST_SOURCES_QUOTE_LIST_H
#define CATALYST_SOURCES_QUOTE_LIST_H

#include "base/err.h"
#include "enricher/sources/yahoo.h"

#include <stdint.h>

enum { QUOTES_MAX = 200 };

struct quote {
    char symbol[YAHOO_SYMBOL];
    char type[20];        /* EQUITY, ETF, INDEX, NONE, ... */
    char state[16];       /* PRE REGULAR POST POSTPOST PREPRE CLOSED; "" unsaid */
    double price, volume; /* of the regular session; NAN when absent, so all */
    double prev_close;    /* before that session */
    double pre_price;     /* before the open */
    double post_price;    /* after the close */
    double avg_volume_3m; /* shares a day */
    double avg_volume_10d;
    double shares_outstanding;
    double market_cap;
    int64_t at_ms, pre_ms, post_ms; /* of the prices, wall clock; 0 when absent */
};

struct quote_list {
    size_t n;
    struct quote list[QUOTES_MAX];
    size_t dropped; /* beyond QUOTES_MAX */
    struct yahoo_error error;
};

/* The figures of a quote by number: Yahoo's name ("regularMarketPrice"; NULL beyond the
 * last) and the value. */
const char *quote_figure_key(size_t i);
double quote_figure(const struct quote *q, size_t i);

/* Reads body[n].  0, also for an empty list; ERR_EMPTY or ERR_DENIED with out->error
 * set; ERR_SYNTAX, ERR_CHANGED. */
int
quote_list_read(const char *body, size_t n, struct quote_list *out, struct why *why);

/* The quote of a ticker in our spelling; NULL when there is none. */
const struct quote *quote_list_find(const struct quote_list *l, const char *ticker);

#endif

/* summary - what Yahoo's quoteSummary says of one ticker
 *
 * A document has the modules that were asked for.  The float is in
 * defaultKeyStatistics; funds, indices and options have none.
 */
#ifndef CATALYST_SOURCES_SUMMARY_H
#define CATALYST_SOURCES_SUMMARY_H

#include "base/err.h"
#include "enricher/sources/yahoo.h"

#include <stdbool.h>

enum { SUMMARY_MODULES = 48, SUMMARY_MODULE = 48 };

struct summary {
    size_t n; /* modules; beyond SUMMARY_MODULES they are not named */
    char modules[SUMMARY_MODULES][SUMMARY_MODULE]; /* in alphabetical order */
    bool has_statistics, has_price, has_detail;    /* the three that are read */
    bool has_float;                                /* its key is there */
    double float_shares, shares_outstanding;       /* NAN when absent, so all */
    double price, volume;                          /* of the module price */
    double avg_volume;                             /* of the module summaryDetail */
    bool is_result_list; /* on an error: the result was a list, not null */
    struct yahoo_error error;
};

/* Reads body[n].  0; ERR_EMPTY or ERR_DENIED with out->error set; ERR_SYNTAX,
 * ERR_CHANGED. */
int summary_read(const char *body, size_t n, struct summary *out, struct why *why);

/* True when the float is more than 1.05 of the shares outstanding: one of the two then
 * counts other papers than the other (ordinary shares and ADRs, a class and the whole
 * company), and the float is not to be used. */
bool summary_float_is_odd(const struct summary *s);

#endif

/* tally - what one group of an upstream was asked, and whether it was too much
 *
 * Arithmetic only: times are passed in, on the boot clock.
 */
#ifndef CATALYST_MARKET_TALLY_H
#define CATALYST_MARKET_TALLY_H

#include "base/jsonw.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TALLY_RATE_MAX = 4096, TALLY_PHASES = 16 };

/* An upstream that changes its mind: so many at once, for so many round trips. */
struct phase {
    int limit;
    uint64_t requests; /* accepted ones until the next phase; 0: for ever */
    uint64_t accepted, refused;
    int64_t begin_us,
        end_us; /* first arrival; end of its last round trip; 0: not yet */
};

struct phases {
    struct phase list[TALLY_PHASES];
    size_t n, at; /* none: the limit is constant */
};

struct tally {
    int limit;      /* most in flight; 0: no limit */
    int rate_limit; /* arrivals in any one second; 0: no limit */
    struct phases phases;
    uint64_t requests, violations, too_fast, errors, duplicates, repeats, tickers,
        closed;
    uint64_t accepted, refused, connections, compressed, unmannerly;
    int in_flight, most_in_flight, highest_rate;
    int64_t service_us;             /* sum over what was answered or given up */
    int64_t first_us, last_us;      /* first arrival, last end */
    int64_t recent[TALLY_RATE_MAX]; /* arrivals of the last second, a ring */
    size_t recent_first, recent_n;
};

/* What the tally says of one arrival. */
struct arrival {
    int in_flight, limit; /* with it; as it stood */
    bool violation;       /* one too many at once */
    bool too_fast;        /* one too many in a second */
};

void tally_arrive(struct tally *t, int64_t now_us, struct arrival *out);

/* How one request ended. */
struct ending {
    int64_t arrival_us, end_us;
    bool answered;                          /* in full */
    bool failed;                            /* a fault, or a status that is an error */
    bool faulty;                            /* a fault: not the client's doing */
    bool refused;                           /* by a limit */
    bool unmannerly, compressed, connected; /* connected: first on its connection */
};

void tally_end(struct tally *t, const struct ending *e);

/* Limits, phases and what is in flight stay. */
void tally_reset(struct tally *t);

/* The object `name` with every figure. */
void tally_write(const struct tally *t, const char *name, struct jsonw *w);

/* "10x500,4x500,20": limits and round trips; the last phase stays.  "" is none.  0 or
 * ERR_SYNTAX and *out as it was. */
int phases_parse(const char *text, struct phases *out);

#endif

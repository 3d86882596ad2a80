/* paper - an upstream and its callers on paper, to see what a learner gets out of it
 *
 * The upstream takes so many requests at once, phase after phase; one more it refuses
 * at once.  The callers always have work, and as many requests under way as they may.
 * No clock: a whole day takes a moment, and the same seed gives the same day.
 */
#ifndef CATALYST_TESTS_PAPER_H
#define CATALYST_TESTS_PAPER_H

#include "base/prng.h"
#include "enricher/collector/learn.h"

#include <stddef.h>

enum { PAPER_PHASES = 4, PAPER_FLIGHT = 256 };

struct paper {
    int allowed[PAPER_PHASES]; /* at once; the last one stays */
    double until_s[PAPER_PHASES];
    size_t n_phases;
    double least_s, most_s; /* service time */
    double refused_s;       /* until a refusal is known */
    double whim;            /* share refused for no reason */
    double retry_after_s;   /* named with each refusal, 0: none */
    int work;               /* requests to be answered; 0: until the last phase ends */
    uint64_t seed;
};

struct gain {
    double took_s;
    long answered, requests, refused;
    int highest; /* most that were under way */
};

/* learn NULL: an oracle, who has exactly the allowed number under way. */
struct gain paper_run(const struct paper *p, struct learn *learn);

#endif

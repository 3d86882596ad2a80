/* options - the command line of the stand-in */
#ifndef CATALYST_MARKET_OPTIONS_H
#define CATALYST_MARKET_OPTIONS_H

#include "finviz_era.h"
#include "judge.h"
#include "news.h"

struct options {
    const char *listen;    /* HOST:PORT or PORT; port 0: a free one */
    const char *port_file; /* NULL: none */
    const char *log;
    const char *faults; /* a file, or the rows themselves */
    double latency;     /* factor on the seed's; 0: at once */
    double clock_offset_s;
    size_t tickers;
    struct news_plan news; /* with the seed of everything */
    int limits[GROUP_COUNT];
    int rates[GROUP_COUNT]; /* most in a second */
    struct phases phases[GROUP_COUNT];
    bool enforce_429;
    bool webhook_limit, no_manners, no_compression;
    const struct finviz_era *finviz_era; /* NULL: the newest */
    int ready_fd;                        /* gets one line when listening; -1: none */
};

/* 0, or exits with 2 (usage) or 0 (--help). */
int options_parse(struct options *o, int argc, char **argv);

/* "finviz=10,yahoo=15" into limits.  0 or ERR_SYNTAX. */
int options_limits(const char *text, int limits[GROUP_COUNT]);

/* "yahoo=10x500,4x500,20" with '&' or ';' between groups.  0 or ERR_SYNTAX. */
int options_phases(const char *text, struct phases phases[GROUP_COUNT]);

/* "finviz=2022": the layout of an upstream's pages.  0, or ERR_SYNTAX and *out is as it
 * was. */
int options_era(const char *text, const struct finviz_era **out);

/* "seed" 1, "zero" 0, or a factor >= 0.  0 or ERR_SYNTAX. */
int options_latency(const char *text, double *out);

#endif

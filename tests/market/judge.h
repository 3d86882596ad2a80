/* judge - what the stand-in saw, by its own clock
 *
 * A request is in flight from the moment it was received in full until it is answered
 * in full or its connection is gone.  Arithmetic only: times are passed in.
 */
#ifndef CATALYST_MARKET_JUDGE_H
#define CATALYST_MARKET_JUDGE_H

#include "base/buf.h"
#include "base/jsonw.h"
#include "tally.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum group {
    GROUP_FINVIZ,
    GROUP_YAHOO,
    GROUP_EDGAR,
    GROUP_FEEDS,
    GROUP_WEBHOOK,
    GROUP_SYMBOLS,
    GROUP_TIINGO,
    GROUP_COUNT,
    GROUP_NONE = GROUP_COUNT /* the market's own paths are not judged */
};

enum { JUDGE_KEPT = 100000, JUDGE_TARGETS = 500000 };

/* One request; open until judge_end. */
struct record {
    uint64_t seq; /* in order of the end, from 1; 0 while open */
    enum group group;
    const char *kind;           /* "finviz-screener", "yahoo-chart", ...; static */
    char *target;               /* owned */
    char *tickers;              /* owned; comma separated as asked, "" for none */
    const char *fault;          /* kind of the fault it met, or NULL; static */
    const char *outcome;        /* answered, closed, fault; static */
    int64_t arrival_us, end_us; /* boot clock */
    int64_t planned_us;         /* service time it was given */
    int status;                 /* 0: no answer */
    struct arrival arrival;     /* what its group's tally said of it */
    uint64_t nth;               /* which request for this target, from 0 */
    bool duplicate;
    bool refused, unmannerly;   /* the desk's: by a limit, for its user agent */
    bool compressed, connected; /* the desk's: answer packed, first on a connection */
};

struct judge;

/* log may be NULL; each finished request is written to it as one JSON line. */
struct judge *judge_new(FILE *log);
void judge_free(struct judge **j);

/* 0: no limit. */
void judge_set_limit(struct judge *j, enum group g, int most_in_flight);
int judge_limit(const struct judge *j, enum group g);

/* Arrivals in any one second; 0: no limit. */
void judge_set_rate(struct judge *j, enum group g, int per_s);
int judge_rate(const struct judge *j, enum group g);

/* A group with phases refuses what is too much, whatever else is enforced. */
void judge_set_phases(struct judge *j, enum group g, const struct phases *p);
bool judge_has_phases(const struct judge *j, enum group g);

/* A request has come.  tickers: "A,B" or "".  NULL when out of memory. */
struct record *judge_arrive(struct judge *j, enum group g, const char *kind,
                            const char *target, const char *tickers, int64_t now_us);

/* It is over; takes the record.  answered: all bytes are with the kernel. */
void judge_end(struct judge *j, struct record **r, int64_t now_us, int status,
               bool answered);

/* Counters to 0 and the log of requests empty; what is in flight stays in flight. */
void judge_reset(struct judge *j);

/* "groups": {...} into the object that is open. */
void judge_write(const struct judge *j, struct jsonw *w, int64_t now_us);

/* Finished requests with seq > since as JSON lines, oldest first. */
void judge_requests(const struct judge *j, uint64_t since, struct buf *out);

const char *group_name(enum group g);
int group_find(const char *name); /* -1 when there is none */

#endif

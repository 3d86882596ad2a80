/* board - the last that was heard of every process
 *
 * Pure bookkeeping: stats documents and events in, no socket, no clock.  Times are
 * ms of the boot clock, given by the caller.  Bounded at BOARD_PROCS processes and
 * BOARD_TALLIES counters; what does not fit is counted in `dropped`.
 */
#ifndef CATALYST_MONITOR_BOARD_H
#define CATALYST_MONITOR_BOARD_H

#include "base/err.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    BOARD_PROCS = 64,
    BOARD_QUEUES = 16,         /* watched for progress, per process */
    BOARD_TALLIES = 512,       /* counters of events */
    BOARD_STATS_MAX = 1 << 18, /* bytes of one stats document */
    BOARD_FORGET_MS = 60000    /* a silent process is forgotten after this */
};

/* A queue as its process last told. */
struct board_queue {
    char name[32];
    int64_t depth;
    double oldest_s;
    int64_t stuck_ms; /* when it last had work without moving on; 0: it moves */
};

struct board_proc {
    char stage[24];
    char name[64];
    int64_t pid;
    int64_t heard_ms;   /* boot clock; 0: the row is free */
    struct json *stats; /* owned */
    size_t n_queues;
    struct board_queue queues[BOARD_QUEUES];
};

/* Events of one kind, counted by two labels. */
enum tally_kind { TALLY_FETCH, TALLY_VERDICT, TALLY_DELIVERY };
struct board_tally {
    enum tally_kind kind;
    char a[40]; /* source, verdict, sink */
    char b[40]; /* status, reason, state */
    int64_t n;
    int64_t us; /* sum of the durations, of fetches */
};

struct board {
    size_t n_procs;
    struct board_proc procs[BOARD_PROCS];
    size_t n_tallies;
    struct board_tally tallies[BOARD_TALLIES];
    int64_t heard;   /* stats documents taken */
    int64_t bad;     /* that were malformed */
    int64_t dropped; /* processes or counters beyond the bounds */
};

/* All zero is an empty board.  Frees what the rows own. */
void board_free(struct board *b);

/* Takes one stats document.  A process is known by stage and name: when it comes back
 * with another pid its row starts anew.  0; ERR_SYNTAX, ERR_TYPE, ERR_MISSING or
 * ERR_TOO_BIG with why. */
int board_heard(struct board *b, const char *text, int64_t now_ms, struct why *why);

/* Forgets who was silent for BOARD_FORGET_MS. */
void board_age(struct board *b, int64_t now_ms);

void board_count(struct board *b, enum tally_kind kind, const char *a, const char *bb,
                 int64_t us);

/* The process of a stage that was heard last; NULL when there is none. */
const struct board_proc *board_stage(const struct board *b, const char *stage);

#endif

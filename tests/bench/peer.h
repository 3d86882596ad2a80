/* peer - the collector's two neighbours, doing nothing, for benchmarks
 *
 *   bench-peer crew    an enricher that, but for the first ones, gives every lease back
 *                      undone, so that it goes out again, and prints a line for each
 *                      thousand
 *   bench-peer hold    one that answers nothing, and prints a line a lease
 *   bench-peer feed N  an ingest that sends N candidates, and a classifier that counts
 *                      them
 *   bench-peer score N  scores N items and prints how many a second
 *   bench-peer read N   reads N feeds of 200 items, beside a bare pass over their bytes
 *   bench-peer watch N  prints from when to when core N stood still, until it is killed
 *
 * What is measured between them is the collector alone.  Further options are those of
 * every program (-c FILE, --slot N).
 */
#ifndef CATALYST_BENCH_PEER_H
#define CATALYST_BENCH_PEER_H

#include "base/buf.h"
#include "wire/proc.h"

struct crew;
struct feed;

/* An enricher's side of the jobs socket.  0 or ERR_*, logged. */
int crew_open(struct crew **out, struct proc *proc, bool answers);
void crew_close(struct crew **c);

/* Sends n candidates, each with a ticker of its own; ends the process when the last of
 * them has come out as final, and prints one line of JSON.  0 or ERR_*, logged. */
int feed_open(struct feed **out, struct proc *proc, int64_t n);
void feed_close(struct feed **f);

/* Scores n items and prints one line of JSON.  0 or ERR_*. */
int score_bench(int64_t n);

/* Reads n feeds and prints two lines of JSON.  0 or ERR_*. */
int read_bench(int64_t n);

/* Watches a core: a line, two moments of the boot clock in microseconds, each time that
 * it was 2 ms late or more.  Returns only for a core that there is not: ERR_RANGE. */
int watch_bench(int64_t core);

/* A feed of one of the two wires into out, emptied before, with the items first, first
 * + 1, ...; the same item is the same text.  out->err tells whether it fitted. */
void wires_feed(bool globe, int first, int items, struct buf *out);

#endif

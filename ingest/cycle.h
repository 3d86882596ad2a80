/* cycle - poll rounds and what became of their candidates
 *
 * A round is over when every feed of it has answered and every candidate is done.
 * Rounds may overlap; at most CYCLES_OPEN are watched, the oldest is let go.  A round
 * only counts: nothing waits for it.
 */
#ifndef CATALYST_INGEST_CYCLE_H
#define CATALYST_INGEST_CYCLE_H

#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CYCLES_OPEN = 16 };

struct cycle {
    int64_t no;
    const char *session;
    int64_t started_us; /* boot clock */
    int64_t polled_us;  /* when the last feed had answered; 0 not yet */
    int64_t feeds, feeds_open;
    int64_t entries, fresh, duplicates, rejected;
    int64_t candidates, sent, done, alerted;
    bool ended; /* cycle_end was sent */
};

struct cycles {
    size_t n;
    struct cycle list[CYCLES_OPEN]; /* oldest first */
};

/* Opens a round; when CYCLES_OPEN are open the oldest is logged as it is and let go. */
struct cycle *cycle_open(struct cycles *c, int64_t no, const char *session,
                         int64_t now_us, struct log *log);

struct cycle *cycle_find(struct cycles *c, int64_t no); /* NULL when not open */

/* All feeds answered; all of its candidates sent at least once. */
bool cycle_is_polled(const struct cycle *c);
bool cycle_is_sent(const struct cycle *c);

/* Logs and removes every round that is over: CYCLE_DONE and cycle_performance. */
void cycle_close_done(struct cycles *c, int64_t now_us, struct log *log);

#endif

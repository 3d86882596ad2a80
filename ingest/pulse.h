/* pulse - is a feed well, and when may it be asked again
 *
 * Counts failures in a row.  A feed that does not answer (no network, no time) costs
 * nobody anything and is asked each round; one that refuses is left alone for longer
 * and longer.  A feed without items that used to have some is `empty`: it answers, and
 * something is wrong with it.
 *
 * Pure: no clock, log or socket.  Times are of one monotonic clock, in ms.
 */
#ifndef CATALYST_INGEST_PULSE_H
#define CATALYST_INGEST_PULSE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    PULSE_REST_MAX_MS = 600000, /* the longest rest; it doubles up to here */
    PULSE_REFUSALS_FREE = 2,    /* refusals in a row that cost no rest */
    PULSE_PARDON_MS = 3600000   /* the longest pause that a feed can ask for */
};

/* How patient one is with a feed. */
struct pulse_rule {
    int64_t down_after; /* failures in a row that make it down */
    int64_t rest_ms;    /* after the third refusal in a row */
};

struct pulse {
    int64_t failures; /* in a row */
    int64_t refusals; /* in a row: those of them that the feed answered */
    int64_t errors;   /* since the start */
    int64_t goods;    /* good answers since the start */
    int64_t rest_ms;  /* not to be asked before; 0: at any time */
    bool down;        /* failed as often as it takes to say so */
    bool empty;       /* the last answer had no items, an earlier one had */
};

/* What became of it: changes are told once each. */
enum pulse_change { PULSE_SAME, PULSE_WENT_DOWN, PULSE_CAME_UP };

/* One more failure.  refused: the feed answered, with something else than a feed. */
enum pulse_change pulse_failed(struct pulse *p, bool refused,
                               const struct pulse_rule *rule, int64_t now_ms);

/* A good answer, or one that says that nothing is new. */
enum pulse_change pulse_good(struct pulse *p);

/* It asked to be left alone for pause_ms (a Retry-After). */
void pulse_pause(struct pulse *p, int64_t pause_ms, int64_t now_ms);

bool pulse_may_ask(const struct pulse *p, int64_t now_ms);

/* "never" (not asked yet), "ok", "empty", "failing", "down". */
const char *pulse_name(const struct pulse *p);

/* first_ms doubled n times, at most most_ms. */
int64_t pulse_backoff(int64_t n, int64_t first_ms, int64_t most_ms);

#endif

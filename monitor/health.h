/* health - is every stage there, and does it get on with its work
 *
 * A stage is well when one of its processes was heard within HEALTH_SILENT_MS and no
 * queue of it has held work for HEALTH_STUCK_MS without anything leaving it.  A process
 * that says itself that it is `full` or `stuck` is not well, nor is an ingest none of
 * whose feeds answers.  A feed that is not well is told of; it makes nothing else ill.
 */
#ifndef CATALYST_MONITOR_HEALTH_H
#define CATALYST_MONITOR_HEALTH_H

#include "base/jsonw.h"
#include "monitor/board.h"

enum {
    HEALTH_SILENT_MS = 5000,
    HEALTH_STUCK_MS = 60000, /* longer than any deadline of a candidate */
    HEALTH_LINES = 8
};

struct health_line {
    const char *stage;
    bool ok;
    char why[200]; /* "" when ok */
};

struct health {
    bool ok;
    size_t n;
    struct health_line lines[HEALTH_LINES];
    const struct json *feeds; /* as ingest tells of them; borrowed from the board */
};

/* enrichers: how many are wanted; with 0 none is missed. */
void health_check(const struct board *b, int64_t enrichers, int64_t now_ms,
                  struct health *out);

/* {"ok":..,"stages":{"ingest":{"ok":..,"why":".."},...},"feeds":{"sec_8k":{"health":
 * "down","why":".."}}} as the members of the object that is open.  Of the feeds those
 * that are not well. */
void health_json(const struct health *h, struct jsonw *w);

#endif

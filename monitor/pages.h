/* pages - what the monitor serves over HTTP
 *
 * One row a page; all of them are written from the board.
 */
#ifndef CATALYST_MONITOR_PAGES_H
#define CATALYST_MONITOR_PAGES_H

#include "monitor/board.h"
#include "monitor/health.h"
#include "monitor/web.h"
#include "wire/proc.h"

struct pages {
    const struct board *board; /* borrowed */
    const struct proc *proc;   /* borrowed */
    bool was_ok;               /* of the last second, to log a change once */
    bool known;
};

const struct web_page *pages_rows(void); /* ended by path NULL */

/* Once a second: logs when the health changes. */
void pages_second(struct pages *p);

/* All samples of the board as Prometheus text.  Pure. */
void pages_metrics(const struct board *b, const struct health *h, struct buf *out);

#endif

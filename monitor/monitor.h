/* monitor - hears every process, serves what it heard
 *
 * Binds `events` and only listens: when it is down nobody else notices.
 */
#ifndef CATALYST_MONITOR_H
#define CATALYST_MONITOR_H

#include "wire/proc.h"

struct monitor;

/* proc is borrowed and must outlive the monitor.  0, or ERR_* with the reason logged.
 */
int monitor_open(struct monitor **out, struct proc *proc);
void monitor_close(struct monitor **m);

#endif

/* catalyst-monitor: hears all, serves /metrics and /healthz, is needed by nobody. */
#include "monitor/monitor.h"

int
main(int argc, char **argv)
{
    struct proc proc;
    struct monitor *monitor = NULL;
    int rc;

    if ((rc = proc_start(&proc, "monitor", argc, argv)) != 0)
        return rc;
    if ((rc = monitor_open(&monitor, &proc)) == 0) {
        proc_ready(&proc);
        rc = proc_run(&proc);
    }
    monitor_close(&monitor);
    return proc_stop(&proc, rc);
}

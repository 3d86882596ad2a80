/* catalyst-collector: plans documents, leases jobs, joins facts. */
#include "enricher/collector/collector.h"

int
main(int argc, char **argv)
{
    struct proc proc;
    struct collector *collector = NULL;
    int rc;

    if ((rc = proc_start(&proc, "collector", argc, argv)) != 0)
        return rc;
    rc = collector_open(&collector, &proc);
    if (rc == 0) {
        proc_ready(&proc);
        rc = proc_run(&proc);
    }
    collector_close(&collector);
    return proc_stop(&proc, rc);
}

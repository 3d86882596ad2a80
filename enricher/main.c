/* catalyst-enricher: fetches documents under leases and reads them into facts. */
#include "enricher/worker.h"

int
main(int argc, char **argv)
{
    struct proc proc;
    struct worker *worker = NULL;
    int rc;

    if ((rc = proc_start(&proc, "enricher", argc, argv)) != 0)
        return rc;
    if (!worker_is_wanted(&proc))
        return proc_stop(&proc, 0);
    rc = worker_open(&worker, &proc);
    if (rc == 0) {
        proc_ready(&proc);
        rc = proc_run(&proc); /* until SIGTERM, drain, or a fatal error */
    }
    worker_close(&worker);
    return proc_stop(&proc, rc);
}

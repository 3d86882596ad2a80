/* catalyst-ingest - polls the feeds and publishes what may be worth an alert */
#include "ingest/stage.h"

int
main(int argc, char **argv)
{
    struct proc proc;
    struct stage *stage = NULL;
    int rc;

    if ((rc = proc_start(&proc, "ingest", argc, argv)) != 0)
        return proc_exit_code(rc);
    rc = stage_open(&stage, &proc);
    if (rc == 0) {
        proc_ready(&proc);
        rc = proc_run(&proc); /* until SIGTERM, drain or a fatal error */
    }
    stage_close(&stage);
    return proc_stop(&proc, rc);
}

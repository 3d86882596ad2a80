/* catalyst-classifier: scores, applies the gates, explains */
#include "classifier/stage.h"

#include "wire/proc.h"

int
main(int argc, char **argv)
{
    struct proc proc;
    struct stage *stage = NULL;
    struct why why = {""};
    int rc;

    if ((rc = proc_start(&proc, "classifier", argc, argv)) != 0)
        return rc;
    rc = stage_open(&stage, &proc, &why);
    if (rc == 0) {
        proc_ready(&proc);
        rc = proc_run(&proc); /* until SIGTERM, drain or a bug */
    } else {
        log_fatal(proc.log, "START", kv_str("why", why.text));
    }
    stage_close(&stage);
    return proc_stop(&proc, rc);
}

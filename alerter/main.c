/* catalyst-alerter: the ledger of every verdict, and the only sender of alerts. */
#include "alerter/alerter.h"

#include "base/str.h"

int
main(int argc, char **argv)
{
    struct proc proc;
    struct alerter *alerter = NULL;
    struct why why = {""};
    int rc = proc_start(&proc, "alerter", argc, argv);

    if (rc != 0)
        return rc;
    rc = alerter_open(&alerter, &proc, &why);
    if (rc == 0) {
        proc_ready(&proc);
        rc = proc_run(&proc);
    } else {
        log_fatal(proc.log, "START-FAILED",
                  kv_str("why", str_empty(why.text) ? err_str(rc) : why.text));
    }
    alerter_close(&alerter);
    return proc_stop(&proc, rc);
}

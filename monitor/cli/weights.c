/* catalyst weights: the set in force, as the file it could be read from. */
#include "classifier/weights.h"
#include "monitor/cli/cli.h"

enum { FILE_MAX = 1 << 20 };

int
weights_run(struct cli *cli)
{
    struct weights weights;
    struct why why = {""};
    struct buf out;
    int rc;

    if (weights_load(cli->conf.classifier.weights, &weights, &why) != 0)
        return cli_fail(cli, CLI_USAGE, "%s", why.text);
    buf_init(&out, FILE_MAX);
    weights_print(&weights, &out);
    rc = cli_print(&out);
    buf_free(&out);
    return rc;
}

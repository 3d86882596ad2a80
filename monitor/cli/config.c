/* catalyst config: every setting and where it came from. */
#include "monitor/cli/cli.h"

int
config_run(struct cli *cli)
{
    struct buf out;
    struct jsonw w;
    int rc;

    buf_init(&out, CLI_OUT_MAX);
    jsonw_init(&w, &out);
    if (cli->example) {
        conf_example(&out);
    } else if (cli->json) {
        conf_json(&cli->conf, &w);
        buf_addc(&out, '\n');
    } else {
        conf_print(&cli->conf, &out);
    }
    rc = cli_print(&out);
    buf_free(&out);
    return rc;
}

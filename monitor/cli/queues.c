/* catalyst queues: what waits on disk, by age. */
#include "monitor/cli/ages.h"
#include "monitor/cli/cli.h"

int
queues_run(struct cli *cli)
{
    struct shelf shelf;
    struct ages ages[AGES_QUEUES];
    struct why why = {""};
    struct buf out;
    struct jsonw w;
    int rc = shelf_open(&shelf, &cli->conf, &why);

    if (rc == 0) {
        rc = ages_count(ages, &shelf, clock_wall_ms(&cli->clock), &why);
        shelf_close(&shelf);
    }
    if (rc != 0)
        return cli_fail(cli, CLI_NO, "%s", why.text);
    buf_init(&out, CLI_OUT_MAX);
    jsonw_init(&w, &out);
    if (cli->json) {
        jw_object(&w, NULL);
        ages_json(ages, &w);
        jw_end(&w);
        buf_addc(&out, '\n');
    } else {
        ages_print(ages, &out);
    }
    rc = cli_print(&out);
    buf_free(&out);
    return rc;
}

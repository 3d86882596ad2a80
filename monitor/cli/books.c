/* catalyst books: does every candidate that came in have its end. */
#include "monitor/cli/balance.h"
#include "monitor/cli/cli.h"

int
books_run(struct cli *cli)
{
    struct shelf shelf;
    struct balance b;
    struct why why = {""};
    struct buf out;
    struct jsonw w;
    int rc = shelf_open(&shelf, &cli->conf, &why);

    if (rc == 0) {
        rc = balance_count(&b, &shelf, &why);
        shelf_close(&shelf);
    }
    if (rc != 0)
        return cli_fail(cli, CLI_NO, "%s", why.text);
    buf_init(&out, CLI_OUT_MAX);
    jsonw_init(&w, &out);
    if (cli->json) {
        jw_object(&w, NULL);
        balance_json(&b, &w);
        jw_end(&w);
        buf_addc(&out, '\n');
    } else {
        balance_print(&b, &out);
    }
    rc = cli_print(&out);
    buf_free(&out);
    return b.missing != 0 ? CLI_NO : rc;
}

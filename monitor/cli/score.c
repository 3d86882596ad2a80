/* catalyst score: JSON lines in, verdicts out, by the classifier's own library. */
#include "base/str.h"
#include "classifier/rules.h"
#include "classifier/score_json.h"
#include "classifier/weights.h"
#include "monitor/cli/cli.h"

#include <sys/types.h>

/* A line that cannot be scored is answered by {"error":..}, so that line n of the
 * output always belongs to line n of the input. */
static int
score_lines(const struct weights *weights, const struct rules *rules, FILE *in)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    struct buf out;
    int rc = CLI_OK;

    buf_init(&out, CLI_OUT_MAX);
    while ((n = getline(&line, &cap, in)) >= 0) {
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            n--;
        if (n == 0)
            continue;
        if (score_json_line(weights, rules, line, (size_t)n, &out) != 0)
            rc = CLI_NO;
        if (cli_print(&out) != CLI_OK) {
            rc = CLI_NO;
            break;
        }
    }
    free(line);
    buf_free(&out);
    return rc;
}

int
score_run(struct cli *cli)
{
    struct weights weights;
    struct rules rules;
    struct why why = {""};
    int rc;

    if (weights_load(cli->conf.classifier.weights, &weights, &why) != 0)
        return cli_fail(cli, CLI_USAGE, "%s", why.text);
    if (rules_open(&rules, &cli->conf, &why) != 0)
        return cli_fail(cli, CLI_USAGE, "%s", why.text);
    rc = score_lines(&weights, &rules, stdin);
    rules_close(&rules);
    return rc;
}

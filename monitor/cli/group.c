/* catalyst pause, catalyst resume: hold and release a limit group, or the polling. */
#include "base/str.h"
#include "monitor/cli/ask.h"
#include "monitor/cli/cli.h"
#include "monitor/graft.h"

static int
tell(const struct cli *cli, const char *command)
{
    const char *group = cli->words[0];
    bool polling = str_eq(group, "ingest");
    struct question q = {polling ? "ingest" : "collector", command,
                         polling ? "" : group};
    struct ask_times times = {CLI_ASK_MS, CLI_ASK_MS};
    struct answer a;
    struct why why = {""};
    struct buf out;
    struct jsonw w;
    int rc;

    if (ask_all(&cli->conf, &q, 1, times, &a, &why) != 0)
        return cli_fail(cli, CLI_SILENT, "%s", why.text);
    if (a.rc != 0 || !a.ok) {
        rc = cli_fail(cli, a.rc != 0 ? CLI_SILENT : CLI_NO, "%s: %s", q.stage,
                      answer_error(&a));
        answers_free(&a, 1);
        return rc;
    }
    buf_init(&out, CLI_OUT_MAX);
    jsonw_init(&w, &out);
    if (cli->json)
        graft_json(&w, NULL, a.json);
    else
        buf_addf(&out, "%s: %s", group,
                 str_eq(command, "pause") ? "paused" : "resumed");
    buf_addc(&out, '\n');
    rc = cli_print(&out);
    buf_free(&out);
    answers_free(&a, 1);
    return rc;
}

int
group_pause_run(struct cli *cli)
{
    return tell(cli, "pause");
}

int
group_resume_run(struct cli *cli)
{
    return tell(cli, "resume");
}

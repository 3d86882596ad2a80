/* catalyst up, catalyst down: the whole pipeline under supervisord. */
#include "base/str.h"
#include "monitor/cli/ask.h"
#include "monitor/cli/cli.h"
#include "monitor/cli/super.h"
#include "wire/proc.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

enum {
    READY_MS = 20000, /* for a stage to bind and answer */
    DOWN_MS = 120000, /* above all stopwaitsecs of supervisord.conf */
    SLOTS = 32
};

/* Every stage answers, or who did not is named. */
static int
wait_ready(const struct cli *cli)
{
    struct ask_times times = {READY_MS, READY_MS};
    struct answer answers[ASK_MAX];
    struct why why = {""};
    int n = ask_every(&cli->conf, "ping", times, answers, &why);
    int rc = CLI_OK;

    if (n < 0)
        return cli_fail(cli, CLI_SILENT, "%s", why.text);
    for (int i = 0; i < n; i++)
        if (answers[i].rc != 0)
            rc =
                cli_fail(cli, CLI_SILENT, "%s: %s; see `catalyst logs %s`",
                         answers[i].stage, answer_error(&answers[i]), answers[i].stage);
    answers_free(answers, (size_t)n);
    return rc;
}

static int
say_where(const struct cli *cli)
{
    struct buf out;
    int rc;

    buf_init(&out, CLI_OUT_MAX);
    buf_addf(&out, "every stage is ready\n  logs    %s/log   (catalyst logs -F)\n",
             getenv("CATALYST_RUN"));
    if (!str_empty(cli->conf.monitor.listen))
        buf_addf(&out, "  health  http://%s/healthz\n", cli->conf.monitor.listen);
    buf_adds(&out, "  look    catalyst stats --watch\n  stop    catalyst down\n");
    rc = cli_print(&out);
    buf_free(&out);
    return rc;
}

static int
foreground(const struct cli *cli, const char *file)
{
    (void)fprintf(stderr,
                  "catalyst: starting; alerts appear here, ^C drains and ends it\n"
                  "catalyst: logs are in %s/log; `catalyst stats --watch` and "
                  "`catalyst logs` look inside\n",
                  cli->conf.catalyst.run_dir);
    execlp("supervisord", "supervisord", "-n", "-s", "-c", file, (char *)NULL);
    return cli_fail(cli, CLI_NO, "supervisord: %s", strerror(errno));
}

static int
start(const struct cli *cli, const char *file)
{
    struct buf out;
    int rc;

    buf_init(&out, SUPER_OUT_MAX);
    rc = super_run("supervisord", (const char *const[]){"-c", file, NULL}, &out);
    if (rc < 0)
        rc = cli_fail(cli, CLI_NO, "supervisord cannot be run; is it installed?");
    else if (rc != 0)
        rc = cli_fail(cli, CLI_NO, "supervisord: exit %d: %s", rc, buf_str(&out));
    buf_free(&out);
    return rc;
}

int
up_run(struct cli *cli)
{
    char file[SUPER_PATH];
    struct why why = {""};
    int rc;

    if (super_find(file, sizeof file, &why) != 0 ||
        super_prepare(cli, cli->foreground, &why) != 0)
        return cli_fail(cli, CLI_USAGE, "%s", why.text);
    if (super_pid(&cli->conf) != 0) {
        (void)fprintf(stderr, "catalyst up: supervisord runs already\n");
        if (cli->foreground)
            return CLI_NO;
    } else if (cli->foreground) {
        return foreground(cli, file);
    } else if ((rc = start(cli, file)) != 0) {
        return rc;
    }
    rc = wait_ready(cli);
    return rc == CLI_OK ? say_where(cli) : rc;
}

int
down_run(struct cli *cli)
{
    char file[SUPER_PATH];
    struct buf out;
    struct why why = {""};
    pid_t pid = super_pid(&cli->conf);
    int rc;

    if (pid == 0) {
        (void)fprintf(stderr, "catalyst down: nothing is running\n");
        return CLI_OK;
    }
    if (super_find(file, sizeof file, &why) != 0 ||
        super_prepare(cli, false, &why) != 0)
        return cli_fail(cli, CLI_USAGE, "%s", why.text);
    buf_init(&out, SUPER_OUT_MAX);
    rc = super_run("supervisorctl", (const char *const[]){"-c", file, "shutdown", NULL},
                   &out);
    if (rc != 0)
        rc = cli_fail(cli, CLI_NO, "supervisorctl: %s", buf_str(&out));
    else if (!super_wait(pid, DOWN_MS))
        rc = cli_fail(cli, CLI_NO, "supervisord (%d) still drains", (int)pid);
    buf_free(&out);
    return rc == 0 ? CLI_OK : rc;
}

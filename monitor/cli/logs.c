/* catalyst logs: the end of the log files, by tail. */
#include "base/str.h"
#include "monitor/cli/cli.h"
#include "wire/proc.h"

#include <errno.h>
#include <glob.h>
#include <unistd.h>

enum { LINES_DEFAULT = 20, FILES_MAX = 128 };

static int
run_tail(const struct cli *cli, char *const *files, size_t n_files)
{
    char lines[32];
    const char *args[FILES_MAX + 8] = {"tail", "-n", lines};
    size_t n = 3;

    str_fmt(lines, sizeof lines, "%lld",
            (long long)(cli->count > 0 ? cli->count : LINES_DEFAULT));
    if (cli->follow)
        args[n++] = "-F";
    args[n++] = "--";
    for (size_t i = 0; i < n_files && i < FILES_MAX; i++)
        args[n++] = files[i];
    execvp(args[0], (char *const *)(uintptr_t)args); /* argv is never written to */
    return cli_fail(cli, CLI_NO, "tail: %s", strerror(errno));
}

int
logs_run(struct cli *cli)
{
    char pattern[CONF_TEXT + 128], file[96];
    glob_t found = {0};
    int rc;

    if (cli->n_words > 0 && strpbrk(cli->words[0], "/*?[") != NULL)
        return cli_fail(cli, CLI_USAGE, "\"%s\" is no stage", cli->words[0]);
    str_fmt(file, sizeof file, "log/%.64s*", cli->n_words > 0 ? cli->words[0] : "");
    if (!proc_run_path(&cli->conf, file, pattern, sizeof pattern))
        return cli_fail(cli, CLI_USAGE, "the path of the run directory is too long");
    if (glob(pattern, 0, NULL, &found) != 0 || found.gl_pathc == 0)
        rc = cli_fail(cli, CLI_NO, "no logs at %s", pattern);
    else
        rc = run_tail(cli, found.gl_pathv, found.gl_pathc);
    globfree(&found);
    return rc;
}

/* catalyst scale: how many enrichers run.
 *
 * The wanted number is written first, so that a slot that starts by itself sees it;
 * then single slots are started and stopped, highest first.  Changing supervisord's
 * numprocs instead would restart the whole group.
 */
#include "base/str.h"
#include "monitor/cli/cli.h"
#include "monitor/cli/super.h"
#include "monitor/slots.h"

enum { NAME_SIZE = 32 };

/* Slots from `first` up to `end` by the names supervisord gives them; returns how many
 * of them are in the wanted state. */
static size_t
names_of(const char *status, int64_t first, int64_t end, bool running,
         char names[SLOTS_MAX][NAME_SIZE])
{
    size_t n = 0;

    for (int64_t slot = first; slot < end; slot++) {
        char name[NAME_SIZE];
        const char *line, *state;

        str_fmt(name, sizeof name, "enricher:enricher_%02lld", (long long)slot);
        if ((line = strstr(status, name)) == NULL)
            continue;
        state = line + strlen(name) + strspn(line + strlen(name), " \t");
        if ((str_starts(state, "RUNNING") || str_starts(state, "STARTING")) == running)
            str_copy(names[n++], NAME_SIZE, name);
    }
    return n;
}

static int
control(const char *file, const char *command, char names[SLOTS_MAX][NAME_SIZE],
        size_t n, struct buf *out)
{
    const char *args[SLOTS_MAX + 4] = {"-c", file, command};

    if (n == 0)
        return 0;
    for (size_t i = 0; i < n; i++)
        args[3 + i] = names[i];
    return super_run("supervisorctl", args, out);
}

static int
apply(const struct cli *cli, const char *file, int64_t wanted)
{
    char names[SLOTS_MAX][NAME_SIZE];
    struct buf status, out;
    size_t n;
    int rc;

    buf_init(&status, SUPER_OUT_MAX);
    buf_init(&out, SUPER_OUT_MAX);
    (void)super_run("supervisorctl",
                    (const char *const[]){"-c", file, "status", "enricher:*", NULL},
                    &status); /* its exit code tells of stopped slots, not of failure */
    n = names_of(buf_str(&status), 0, wanted, false, names);
    rc = control(file, "start", names, n, &out);
    n = names_of(buf_str(&status), wanted, SLOTS_MAX, true, names);
    if (rc == 0)
        rc = control(file, "stop", names, n, &out);
    if (rc != 0)
        rc = cli_fail(cli, CLI_NO, "supervisorctl: %s", buf_str(&out));
    buf_free(&status);
    buf_free(&out);
    return rc;
}

int
scale_run(struct cli *cli)
{
    char file[SUPER_PATH];
    struct why why = {""};
    int64_t wanted;
    int rc;

    if (str_i64(cli->words[0], &wanted) != 0 || wanted < 0 || wanted > SLOTS_MAX)
        return cli_fail(cli, CLI_USAGE, "\"%s\": want a number from 0 to %d",
                        cli->words[0], SLOTS_MAX);
    if (super_find(file, sizeof file, &why) != 0 ||
        super_prepare(cli, false, &why) != 0)
        return cli_fail(cli, CLI_USAGE, "%s", why.text);
    if (slots_write(&cli->conf, wanted, &why) != 0)
        return cli_fail(cli, CLI_NO, "%s", why.text);
    if (super_pid(&cli->conf) == 0) {
        (void)printf("%lld enrichers from the next start on\n", (long long)wanted);
        return CLI_OK;
    }
    if ((rc = apply(cli, file, wanted)) != 0)
        return rc;
    (void)printf("%lld enrichers\n", (long long)wanted);
    return CLI_OK;
}

/* catalyst stats: queues, limits, enrichers, cycle and books; once or each second. */
#include "monitor/cli/census.h"
#include "monitor/cli/cli.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

static int
show(const struct cli *cli, bool clear)
{
    struct census *c = malloc(sizeof *c);
    struct why why = {""};
    struct buf out;
    int rc;

    if (c == NULL)
        return CLI_NO;
    if (census_take(c, &cli->conf, clock_wall_ms(&cli->clock), &why) != 0) {
        free(c);
        return cli_fail(cli, CLI_SILENT, "%s", why.text);
    }
    buf_init(&out, CLI_OUT_MAX);
    if (clear) /* home, then clear to the end: no flicker */
        buf_adds(&out, "\033[H\033[J");
    if (cli->json)
        census_json(c, &out);
    else
        census_print(c, &out);
    rc = cli_print(&out);
    if (rc == CLI_OK && !census_complete(c))
        rc = CLI_SILENT;
    buf_free(&out);
    census_free(c);
    free(c);
    return rc;
}

/* Waits a second.  false: q, ^C or the end of the terminal. */
static bool
go_on(int signals)
{
    struct clock clock = {0};
    int64_t end_ms = clock_boot_ms(&clock) + 1000, left_ms = 1000;
    struct pollfd p[] = {{.fd = signals, .events = POLLIN},
                         {.fd = STDIN_FILENO, .events = POLLIN}};
    char key;

    for (; left_ms > 0; left_ms = end_ms - clock_boot_ms(&clock)) {
        if (poll(p, 2, (int)left_ms) <= 0)
            continue;
        if (p[0].revents != 0)
            return false;
        if (p[1].revents == 0)
            continue;
        if (read(STDIN_FILENO, &key, 1) != 1)
            p[1].fd = -1; /* no keyboard: only a signal ends it */
        else if (key == 'q' || key == 'Q')
            return false;
    }
    return true;
}

static int
watch(const struct cli *cli)
{
    struct termios was, raw;
    bool keys = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &was) == 0;
    sigset_t set;
    int signals, rc;

    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGINT);
    (void)sigaddset(&set, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &set, NULL);
    if ((signals = signalfd(-1, &set, SFD_CLOEXEC)) < 0)
        return CLI_NO;
    if (keys) {
        raw = was;
        raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    }
    do
        rc = show(cli, !cli->json && isatty(STDOUT_FILENO));
    while (rc != CLI_NO && go_on(signals));
    if (keys)
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &was);
    close(signals);
    return rc;
}

int
stats_run(struct cli *cli)
{
    return cli->watch ? watch(cli) : show(cli, false);
}

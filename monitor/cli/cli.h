/* cli - the operator's command: one row a command
 *
 * `catalyst COMMAND ...`: a row names the command, its words, the options it takes and
 * the function that does it.  Options are rows too and mean the same in every command.
 */
#ifndef CATALYST_CLI_H
#define CATALYST_CLI_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/conf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cli_exit {
    CLI_OK = 0,
    CLI_NO = 1,    /* the thing asked is not so, or not found */
    CLI_USAGE = 2, /* command line or configuration */
    CLI_SILENT = 3 /* a stage did not answer */
};

enum {
    CLI_SETS = 64,
    CLI_WORDS = 1024,
    CLI_OUT_MAX = 64 << 20, /* bytes of one output */
    CLI_ASK_MS = 500        /* a stage that lives answers sooner */
};

struct cli;

struct cli_command {
    const char *name;
    const char *words;           /* "TICKER...", for --help */
    const char *options;         /* keys of the option rows it takes besides -c, -s */
    size_t least, most;          /* number of words */
    bool without_conf;           /* it loads the configuration itself */
    const char *help;            /* one sentence */
    const char *more;            /* further lines of --help, or NULL */
    int (*run)(struct cli *cli); /* an enum cli_exit */
};

struct cli {
    const struct cli_command *command;
    const char *conf_path; /* -c, NULL: the usual places */
    const char *sets[CLI_SETS];
    size_t n_sets;
    const char *words[CLI_WORDS]; /* borrowed from argv */
    size_t n_words;
    bool json, watch, follow, foreground, example, live, diff;
    int64_t count;     /* -n; -1: not given */
    const char *since; /* --since, NULL: not given */
    int64_t since_ms;  /* the same as wall clock; 0: not given */
    struct conf conf;
    struct clock clock;
};

/* Runs the command line and returns its exit code. */
int cli_run(int argc, char **argv);

/* The rows, ended by name NULL. */
const struct cli_command *cli_commands(void);

/* The command that looks most like text, NULL when none does. */
const char *cli_nearest(const char *text);

/* Writes what was gathered to stdout and empties it.  CLI_OK, or CLI_NO when stdout
 * failed. */
int cli_print(struct buf *out);

/* One line to stderr: "catalyst enrich: ..."; returns code. */
__attribute__((format(printf, 3, 4))) int
cli_fail(const struct cli *cli, int code, const char *fmt, ...);

/* ---- the commands, each in the file of its name -------------------------------- */

int alerts_run(struct cli *cli);
int books_run(struct cli *cli);
int check_run(struct cli *cli);
int config_run(struct cli *cli);
int dead_run(struct cli *cli);
int down_run(struct cli *cli);
int enrich_run(struct cli *cli);
int explain_run(struct cli *cli);
int group_pause_run(struct cli *cli);
int group_resume_run(struct cli *cli);
int logs_run(struct cli *cli);
int parse_run(struct cli *cli);
int queues_run(struct cli *cli);
int record_run(struct cli *cli);
int replay_run(struct cli *cli);
int scale_run(struct cli *cli);
int score_run(struct cli *cli);
int stats_run(struct cli *cli);
int tickers_run(struct cli *cli);
int trace_run(struct cli *cli);
int up_run(struct cli *cli);
int weights_run(struct cli *cli);

#endif

#include "monitor/cli/cli.h"

#include "base/str.h"
#include "monitor/cli/options.h"
#include "wire/proc.h"

#include <stdarg.h>

/* ---- the commands -------------------------------------------------------------- */

#define ANY CLI_WORDS

static const struct cli_command commands[] = {
    {"up", "", "f", 0, 0, false, "Start every process under supervisord.",
     "Returns when every stage is ready and says where the logs are.", up_run},
    {"down", "", "", 0, 0, false, "Drain and stop every process.", NULL, down_run},
    {"scale", "N", "", 1, 1, false, "Run N enrichers, 0 to 32, and remember it.", NULL,
     scale_run},
    {"stats", "", "jw", 0, 0, false, "Show queues, limits, enrichers, cycle and books.",
     NULL, stats_run},
    {"queues", "", "j", 0, 0, false, "Show what waits on disk, by age.", NULL,
     queues_run},
    {"books", "", "j", 0, 0, false, "Balance ingest's candidates against the ledger.",
     "Exit 1 when a candidate is unaccounted for.", books_run},
    {"enrich", "[TICKER...]", "j", 0, ANY, false,
     "Fetch float, VWAP, relative volume and price of tickers now.", NULL, enrich_run},
    {"tickers", "TEXT...", "j", 1, ANY, false, "Show which listings a headline names.",
     NULL, tickers_run},
    {"score", "", "", 0, 0, false, "Score JSON lines from stdin, verdicts to stdout.",
     NULL, score_run},
    {"weights", "", "", 0, 0, false, "Print the weights in force, as their file.", NULL,
     weights_run},
    {"record", "", "t", 0, 0, false, "Print what came in, as JSON lines for replay.",
     "An item a line, as long as ingest remembers it, with the metrics that its\n"
     "candidates were scored with.",
     record_run},
    {"replay", "FILE|DIR [OLD NEW]", "jdl", 1, 3, false,
     "Run recorded items through the same code, and list what would alert.",
     "DIR: every *.jsonl in it.  Metrics are those recorded, or asked for now.  Nothing\n"
     "is sent and nothing is kept.  With --diff: what the two weight files OLD and NEW\n"
     "judge apart.  Exit 1 when a line cannot be read.",
     replay_run},
    {"parse", "KIND FILE [STATUS [TYPE]]", "j", 2, 4, true,
     "Read one captured document as its parser does, and print JSON.",
     "KIND: finviz-quote, finviz-screener, yahoo-chart, yahoo-quote, yahoo-summary,\n"
     "feed, filing, symbols.  FILE - is stdin; STATUS is the HTTP status it came with,\n"
     "200 if not given; TYPE its Content-Type.\n"
     "Exit 1, and the reason, when the document is no good.",
     parse_run},
    {"alerts", "", "jnt", 0, 0, false, "List alerts, newest first.", NULL, alerts_run},
    {"explain", "ID|ITEM|TICKER", "jn", 1, 1, false,
     "Show why something was alerted or rejected, line by line.", NULL, explain_run},
    {"trace", "ID|ITEM|TICKER", "jn", 1, 1, false, "Show when each stage saw it.", NULL,
     trace_run},
    {"dead", "", "jn", 0, 0, false, "List candidates that were given up, and why.",
     NULL, dead_run},
    {"pause", "GROUP", "j", 1, 1, false,
     "Start no request of a limit group; `ingest` stops polling.", NULL,
     group_pause_run},
    {"resume", "GROUP", "j", 1, 1, false, "Undo pause.", NULL, group_resume_run},
    {"logs", "[STAGE]", "nF", 0, 1, false, "Show the end of the logs.", NULL, logs_run},
    {"config", "", "je", 0, 0, false, "Show every setting and where it came from.",
     NULL, config_run},
    {"check", "", "j", 0, 0, true,
     "Check configuration, directories, databases and programs.",
     "Exit 1 when something is wrong.", check_run},
    {.name = NULL},
};

const struct cli_command *
cli_commands(void)
{
    return commands;
}

static const struct cli_command *
command_find(const char *name)
{
    for (const struct cli_command *c = commands; c->name != NULL; c++)
        if (str_eq(c->name, name))
            return c;
    return NULL;
}

/* ---- the nearest name ---------------------------------------------------------- */

enum { NAME_MAX_LEN = 24 };

/* Edits (insert, delete, replace) that turn a into b. */
static size_t
distance(const char *a, const char *b)
{
    size_t row[NAME_MAX_LEN + 1], n = strlen(b);

    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t corner = row[0];

        row[0] = i + 1;
        for (size_t j = 0; j < n; j++) {
            size_t best = corner + (a[i] != b[j]);

            corner = row[j + 1];
            best = best < row[j] + 1 ? best : row[j] + 1;
            row[j + 1] = best < corner + 1 ? best : corner + 1;
        }
    }
    return row[n];
}

const char *
cli_nearest(const char *text)
{
    const char *best = NULL;
    size_t least = 3; /* more edits than that is another word */

    if (strlen(text) > NAME_MAX_LEN)
        return NULL;
    for (const struct cli_command *c = commands; c->name != NULL; c++) {
        size_t d = distance(text, c->name);

        if (d < least && d < strlen(c->name)) {
            least = d;
            best = c->name;
        }
    }
    return best;
}

/* ---- output -------------------------------------------------------------------- */

int
cli_print(struct buf *out)
{
    bool ok = out->err == 0 && fwrite(buf_str(out), 1, out->len, stdout) == out->len &&
              fflush(stdout) == 0;

    buf_clear(out);
    return ok ? CLI_OK : CLI_NO;
}

int
cli_fail(const struct cli *cli, int code, const char *fmt, ...)
{
    char text[1024];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    (void)fprintf(stderr, "catalyst %s: %s\n", cli->command->name, text);
    return code;
}

/* ---- running ------------------------------------------------------------------- */

static int
usage(FILE *out)
{
    (void)fprintf(out, "Usage: catalyst COMMAND [OPTION...]\n\n");
    for (const struct cli_command *c = commands; c->name != NULL; c++) {
        char call[64];

        str_fmt(call, sizeof call, "%s %s", c->name, c->words);
        (void)fprintf(out, "  %-24s %s\n", call, c->help);
    }
    (void)fprintf(out, "\n`catalyst COMMAND --help` says more.  Exit codes: 0 done, 1 "
                       "not so or not found,\n2 usage or configuration, 3 a stage did "
                       "not answer.\n");
    return out == stdout ? CLI_OK : CLI_USAGE;
}

static int
unknown(const char *name)
{
    const char *near = cli_nearest(name);

    (void)fprintf(stderr, "catalyst: no command \"%s\"", name);
    if (near != NULL)
        (void)fprintf(stderr, "; did you mean \"%s\"?", near);
    (void)fprintf(stderr, "\n`catalyst --help` lists them.\n");
    return CLI_USAGE;
}

static int
load_and_run(struct cli *cli)
{
    struct buf errors;
    int rc;

    if (cli->command->without_conf)
        return cli->command->run(cli);
    buf_init(&errors, 1 << 20);
    rc = proc_load_conf(&cli->conf, cli->conf_path, cli->sets, cli->n_sets, &errors);
    if (rc != 0)
        (void)fprintf(stderr, "%s", buf_str(&errors));
    buf_free(&errors);
    if (rc != 0) {
        conf_free(&cli->conf);
        return CLI_USAGE;
    }
    cli->clock.offset_ms = (int64_t)(cli->conf.clock.offset_s * 1000.0);
    if (cli->since != NULL) /* read before, so it can be read again */
        (void)options_since(cli->since, clock_wall_ms(&cli->clock), &cli->since_ms);
    rc = cli->command->run(cli);
    conf_free(&cli->conf);
    return rc;
}

int
cli_run(int argc, char **argv)
{
    struct cli *cli;
    int rc;

    if (argc < 2)
        return usage(stderr);
    if (str_eq(argv[1], "--help") || str_eq(argv[1], "-h") || str_eq(argv[1], "help"))
        return usage(stdout);
    if (str_eq(argv[1], "--version")) {
        (void)printf("catalyst %s\n", CATALYST_VERSION);
        return CLI_OK;
    }
    if ((cli = calloc(1, sizeof *cli)) == NULL)
        return CLI_NO;
    cli->count = -1;
    if ((cli->command = command_find(argv[1])) == NULL)
        rc = unknown(argv[1]);
    else if ((rc = options_parse(cli, argc - 1, argv + 1)) == 0)
        rc = load_and_run(cli);
    free(cli);
    return rc;
}

#include "monitor/cli/options.h"

#include "base/err.h"
#include "base/str.h"
#include "base/text.h"

#include <argp.h>

static const struct argp_option rows[] = {
    {"config", 'c', "FILE", 0, "Read this configuration", 0},
    {"set", 's', "KEY=VALUE", 0, "Override one setting, e.g. ingest.cycles=1", 0},
    {"json", 'j', NULL, 0, "Print JSON", 0},
    {"watch", 'w', NULL, 0, "Repeat each second until q or ^C", 0},
    {"follow", 'F', NULL, 0, "Keep printing what is added", 0},
    {"foreground", 'f', NULL, 0, "Stay, with the alerts on this terminal", 0},
    {"example", 'e', NULL, 0, "Print the example configuration", 0},
    {"number", 'n', "N", 0, "At most this many", 0},
    {"live", 'l', NULL, 0, "Ask for metrics that were not recorded", 0},
    {"diff", 'd', NULL, 0, "Compare two weight files", 0},
    {"since", 't', "WHEN", 0, "Not older than 90 (seconds), 15m, 2h, 3d or a time", 0},
};

int
options_since(const char *text, int64_t now_ms, int64_t *out)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = {
        {"", 1000}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}};
    char digits[12];
    size_t n = strspn(text, "0123456789");
    const char *unit = text + n;
    int64_t value;

    if (!str_copyn(digits, sizeof digits, text, n) || str_i64(digits, &value) != 0)
        return text_time(text, out);
    for (size_t i = 0; i < STR_LEN(units); i++) {
        if (str_eq(unit, units[i].unit)) {
            *out = now_ms - value * units[i].ms;
            return 0;
        }
    }
    return text_time(text, out);
}

static void
take_flag(struct cli *cli, int key)
{
    const struct {
        int key;
        bool *flag;
    } flags[] = {{'j', &cli->json},       {'w', &cli->watch},   {'F', &cli->follow},
                 {'f', &cli->foreground}, {'e', &cli->example}, {'l', &cli->live},
                 {'d', &cli->diff}};

    for (size_t i = 0; i < STR_LEN(flags); i++)
        if (flags[i].key == key)
            *flags[i].flag = true;
}

static void
take_value(struct argp_state *state, int key, char *arg)
{
    struct cli *cli = state->input;
    int64_t any;

    if (key == 'c') {
        cli->conf_path = arg;
    } else if (key == 's' && cli->n_sets < CLI_SETS) {
        cli->sets[cli->n_sets++] = arg;
    } else if (key == 's') {
        argp_error(state, "more than %d settings", CLI_SETS);
    } else if (key == 'n') {
        if (str_i64(arg, &cli->count) != 0 || cli->count < 1 || cli->count > 100000)
            argp_error(state, "-n %s: want a number from 1 to 100000", arg);
    } else if (options_since(arg, 0, &any) != 0) {
        argp_error(state, "--since %s: want e.g. 15m, 2h, 3d or a date", arg);
    } else {
        cli->since = arg;
    }
}

static void
take_word(struct argp_state *state, char *arg)
{
    struct cli *cli = state->input;

    if (cli->n_words >= cli->command->most)
        argp_error(state, "\"%s\" is one word too many", arg);
    else
        cli->words[cli->n_words++] = arg;
}

static error_t
take(int key, char *arg, struct argp_state *state)
{
    struct cli *cli = state->input;

    if (key == ARGP_KEY_ARG) {
        take_word(state, arg);
    } else if (key == ARGP_KEY_END) {
        if (cli->n_words < cli->command->least)
            argp_error(state, "want %s", cli->command->words);
    } else if (key > 0 && key < 128 && arg != NULL) {
        take_value(state, key, arg);
    } else if (key > 0 && key < 128) {
        take_flag(cli, key);
    } else {
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

int
options_parse(struct cli *cli, int argc, char **argv)
{
    const struct cli_command *c = cli->command;
    struct argp_option taken[STR_LEN(rows) + 1] = {{0}};
    size_t n = 0;
    char name[64], doc[512];
    struct argp argp = {
        .options = taken, .parser = take, .args_doc = c->words, .doc = doc};

    for (size_t i = 0; i < STR_LEN(rows); i++)
        if (i < 2 || strchr(c->options, rows[i].key) != NULL)
            taken[n++] = rows[i];
    str_fmt(doc, sizeof doc, "%s%s%s", c->help, c->more != NULL ? "\n" : "",
            c->more != NULL ? c->more : "");
    str_fmt(name, sizeof name, "catalyst %s", c->name);
    argv[0] = name;
    argp_err_exit_status = CLI_USAGE; /* argp's own way to set its exit code */
    return argp_parse(&argp, argc, argv, 0, NULL, cli) == 0 ? 0 : CLI_USAGE;
}

/* The command line that every stage shares. */
#include "wire/control.h"

#include "base/str.h"

#include <argp.h>

enum { KEY_SET = 256, KEY_VERSION, KEY_SLOT, KEY_LEVEL, KEY_FORMAT };

static const struct argp_option options[] = {
    {"config", 'c', "FILE", 0, "read FILE instead of the usual catalyst.conf", 0},
    {"set", KEY_SET, "KEY=VALUE", 0, "override a key, e.g. classifier.min_score=0.5",
     0},
    {"log-level", KEY_LEVEL, "LEVEL", 0, "debug, info, warn or error", 0},
    {"log", KEY_FORMAT, "FORMAT", 0, "text or json", 0},
    {"version", KEY_VERSION, NULL, 0, "print the version", 0},
    {"slot", KEY_SLOT, "N", 0, "number of this enricher among its like", 0},
    {0},
};

static void
add_set(struct proc_args *a, struct argp_state *state, const char *key, const char *arg)
{
    char *text;

    if (a->n_sets == PROC_SETS)
        argp_error(state, "more than %d overrides", PROC_SETS);
    text = a->texts[a->n_sets];
    if (!str_fmt(text, sizeof a->texts[0], "%s%s", key, arg))
        argp_error(state, "override too long");
    a->sets[a->n_sets++] = text;
}

static error_t
on_option(int key, char *arg, struct argp_state *state)
{
    struct proc_args *a = state->input;
    int64_t slot;

    switch (key) {
    case 'c':
        a->path = arg;
        return 0;
    case KEY_SET:
        add_set(a, state, "", arg);
        return 0;
    case KEY_LEVEL:
        add_set(a, state, "catalyst.log_level=", arg);
        return 0;
    case KEY_FORMAT:
        add_set(a, state, "catalyst.log_format=", arg);
        return 0;
    case KEY_VERSION:
        (void)printf("catalyst %s\n", CATALYST_VERSION);
        exit(EXIT_DRAINED);
    case ARGP_KEY_ARG:
        argp_error(state, "unexpected argument \"%s\"", arg);
        return EINVAL;
    case KEY_SLOT:
        if (str_i64(arg, &slot) != 0 || slot < 0 || slot > 99)
            argp_error(state, "--slot %s: want 0..99", arg);
        a->slot = (int)slot;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

void
proc_args_parse(struct proc_args *a, const char *stage, int argc, char **argv)
{
    char doc[128];
    const struct argp argp = {.options = options, .parser = on_option, .doc = doc};

    *a = (struct proc_args){.slot = -1};
    (void)str_fmt(doc, sizeof doc, "The %s stage of Catalyst.  See catalyst(1).",
                  stage);
    argp_err_exit_status = EXIT_CONFIG;
    (void)argp_parse(&argp, argc, argv, 0, NULL, a); /* exits on an error */
}

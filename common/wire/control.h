/* control - a stage answers its operator
 *
 * A ROUTER at control-<stage>: ask in, answer out.  Built-in commands are rows; the
 * rest goes to the stage's ops.  Private to proc.
 */
#ifndef CATALYST_WIRE_CONTROL_H
#define CATALYST_WIRE_CONTROL_H

#include "wire/proc.h"

enum { PROC_SETS = 64 };

/* The common command line, read. */
struct proc_args {
    const char *path; /* --config, NULL: the usual places */
    const char *sets[PROC_SETS];
    size_t n_sets;
    char texts[PROC_SETS][CONF_TEXT];
    int slot; /* -1: none */
};

/* Exits with 2 on an error, with 0 on --help and --version. */
void proc_args_parse(struct proc_args *a, const char *stage, int argc, char **argv);

/* Binds and watches; a stage without a control endpoint gets none.  0 or ERR_*. */
int control_open(struct proc *p, struct why *why);

/* Writes the whole stats object: common members, then the stage's. */
void control_stats(struct proc *p, struct jsonw *w);

#endif

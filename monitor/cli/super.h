/* super - supervisord, found, asked and told
 *
 * supervisord keeps the processes running; we start it, ask it and stop it by its own
 * programs.  Everything it needs to know is in the environment: CATALYST_BIN (the
 * folder of the programs), CATALYST_RUN, CATALYST_DATA, CATALYST_CONF.
 */
#ifndef CATALYST_CLI_SUPER_H
#define CATALYST_CLI_SUPER_H

#include "base/buf.h"
#include "base/err.h"
#include "monitor/cli/cli.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { SUPER_PATH = 4096, SUPER_OUT_MAX = 1 << 20 };

/* deploy/supervisord.conf: in $CATALYST_HOME, above the folder of this program, or
 * installed.  0 or ERR_NOT_FOUND with why. */
int super_find(char *out, size_t size, struct why *why);

/* Is a program of this name to be found in PATH? */
bool super_has(const char *program);

/* Sets the environment of supervisord and its children; makes the log folder.
 * foreground: alerts go to our stdout.  0 or ERR_* with why. */
int super_prepare(const struct cli *cli, bool foreground, struct why *why);

/* The process id of a running supervisord of this run directory; 0: none runs. */
pid_t super_pid(const struct conf *conf);

/* Runs program with args (ended by NULL, without the name), its output appended to out
 * (NULL: ours).  Returns its exit code, or ERR_IO. */
int super_run(const char *program, const char *const *args, struct buf *out);

/* Waits for the end of a process that is not our child.  true: it is over. */
bool super_wait(pid_t pid, int timeout_ms);

#endif

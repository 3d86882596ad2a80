/* options - a command's line, read by one table
 *
 * Each option means the same wherever it is taken; a command's row lists which it
 * takes.
 */
#ifndef CATALYST_CLI_OPTIONS_H
#define CATALYST_CLI_OPTIONS_H

#include "monitor/cli/cli.h"

/* Fills cli from argv; argv[0] is the command's name.  Exits by itself with 0 on --help
 * and with CLI_USAGE on an error.  0 or CLI_USAGE. */
int options_parse(struct cli *cli, int argc, char **argv);

/* Reads "90" (seconds ago), "15m", "2h", "3d", or a date and time, into wall clock ms.
 * 0 or ERR_SYNTAX. */
int options_since(const char *text, int64_t now_ms, int64_t *out);

#endif

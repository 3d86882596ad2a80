/* catalyst: what an operator does, one command a row of cli.c. */
#include "monitor/cli/cli.h"

int
main(int argc, char **argv)
{
    return cli_run(argc, argv);
}

/* bench-peer: the collector's neighbours, doing nothing. */
#include "base/str.h"
#include "tests/bench/peer.h"

#include <stdio.h>

static int
crew_main(int argc, char **argv, bool answers)
{
    struct proc proc;
    struct crew *crew = NULL;
    int rc;

    if ((rc = proc_start(&proc, "enricher", argc, argv)) != 0)
        return rc;
    rc = crew_open(&crew, &proc, answers);
    if (rc == 0) {
        proc_ready(&proc);
        rc = proc_run(&proc);
    }
    crew_close(&crew);
    return proc_stop(&proc, rc);
}

static int
feed_main(int argc, char **argv, int64_t n)
{
    struct proc proc;
    struct feed *feed = NULL;
    int rc;

    if ((rc = proc_start(&proc, "ingest", argc, argv)) != 0)
        return rc;
    rc = feed_open(&feed, &proc, n);
    if (rc == 0) {
        proc_ready(&proc);
        rc = proc_run(&proc);
    }
    feed_close(&feed);
    return proc_stop(&proc, rc);
}

int
main(int argc, char **argv)
{
    const char *role = argc > 1 ? argv[1] : "";
    int64_t n = 0;

    if (str_eq(role, "crew") || str_eq(role, "hold"))
        return crew_main(argc - 1, argv + 1, str_eq(role, "crew"));
    if (str_eq(role, "feed") && argc > 2 && str_i64(argv[2], &n) == 0 && n > 0)
        return feed_main(argc - 2, argv + 2, n);
    if (str_eq(role, "score") && argc > 2 && str_i64(argv[2], &n) == 0 && n > 0)
        return score_bench(n) == 0 ? EXIT_SUCCESS : EXIT_CONFIG;
    if (str_eq(role, "read") && argc > 2 && str_i64(argv[2], &n) == 0 && n > 0)
        return read_bench(n) == 0 ? EXIT_SUCCESS : EXIT_CONFIG;
    if (str_eq(role, "watch") && argc > 2 && str_i64(argv[2], &n) == 0)
        return watch_bench(n) == 0 ? EXIT_SUCCESS : EXIT_CONFIG;
    (void)fputs("bench-peer crew|hold|feed N|score N|read N|watch N: see"
                " tests/bench/peer.h\n",
                stderr);
    return EXIT_CONFIG;
}

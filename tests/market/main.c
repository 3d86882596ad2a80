/* market - plays the outside world, and judges who asks */
#include "base/str.h"
#include "desk.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

enum { EXIT_CONFIG = 2, EXIT_BIND = 3, EXIT_BUG = 70 };

/* Thousands of connections are the purpose; a low soft limit is only a default. */
static void
prepare_process(void)
{
    struct rlimit files;
    sigset_t mask;

    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files); /* best effort */
    }
    sigemptyset(&mask);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGINT);
    sigprocmask(SIG_BLOCK, &mask, NULL);
}

static int
announce(const struct options *o, int port)
{
    FILE *f;

    if (o->port_file != NULL) {
        if ((f = fopen(o->port_file, "we")) == NULL || fprintf(f, "%d\n", port) < 0 ||
            fclose(f) != 0) {
            fprintf(stderr, "market: cannot write %s\n", o->port_file);
            return EXIT_CONFIG;
        }
    }
    printf("market listening on http://127.0.0.1:%d\n", port);
    (void)fflush(stdout);
    if (o->ready_fd >= 0 && write(o->ready_fd, "ready\n", 6) != 6)
        fprintf(stderr, "market: nobody reads descriptor %d\n", o->ready_fd);
    return 0;
}

static int
serve(struct market *m)
{
    struct service service = desk_service(m);
    struct server *server = NULL;
    struct why why = {""};
    int rc;

    if (m->options->faults != NULL &&
        faults_load(&m->faults, m->options->faults, &why) != 0) {
        fprintf(stderr, "market: %s\n", why.text);
        return EXIT_CONFIG;
    }
    if (server_new(&server, m->options->listen, m->clock, &service, &why) != 0) {
        fprintf(stderr, "market: %s\n", why.text);
        return EXIT_BIND;
    }
    m->server = server;
    rc = announce(m->options, server_port(server));
    if (rc == 0)
        rc = server_run(server) != 0 ? EXIT_BUG : 0;
    server_free(&server);
    return rc;
}

int
main(int argc, char **argv)
{
    struct options options;
    struct clock clock;
    struct market market;
    FILE *log = NULL;
    int rc;

    if (options_parse(&options, argc, argv) != 0)
        return EXIT_CONFIG;
    prepare_process();
    clock.offset_ms = (int64_t)(options.clock_offset_s * 1000.0);
    if (options.log != NULL && (log = fopen(options.log, "we")) == NULL) {
        fprintf(stderr, "market: cannot write %s\n", options.log);
        return EXIT_CONFIG;
    }
    rc = market_open(&market, &options, &clock, log) != 0 ? EXIT_BUG : serve(&market);
    market_close(&market);
    if (log != NULL)
        (void)fclose(log); /* every line was flushed */
    return rc;
}

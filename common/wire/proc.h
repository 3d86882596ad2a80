/* proc - the steps every process shares
 *
 *   main: proc_start -> open the stage -> proc_ready -> proc_run -> close -> proc_stop
 *
 * proc_start reads the command line and the configuration (all errors in one go,
 * exit 2), opens the log, takes the lock file, blocks the signals into a signalfd,
 * makes the loop, the endpoints, the control socket and the events socket.  All that
 * can fail at start fails before READY; after it only a bug ends a process.
 */
#ifndef CATALYST_WIRE_PROC_H
#define CATALYST_WIRE_PROC_H

#include "base/clock.h"
#include "base/conf.h"
#include "base/jsonw.h"
#include "base/log.h"
#include "wire/loop.h"
#include "wire/net.h"

#include <stdbool.h>
#include <stdint.h>

enum proc_exit {
    EXIT_DRAINED = 0,
    EXIT_CONFIG = 2,
    EXIT_BIND = 3,
    EXIT_DATABASE = 4,
    EXIT_BUG = 70
};

struct control_token; /* an answer that is still owed */

/* What a stage answers for.  Each may be NULL.  self is given to proc_serve. */
struct stage_ops {
    /* Writes the stage's own members into the open stats object. */
    void (*stats)(void *self, struct jsonw *w);

    /* A command other than the built-in ones (stats, log, drain, ping).  Writes one
     * object's members into w and returns 0; or a negative ERR_* (why is sent); or
     * keeps *token (sets it to NULL) and answers later with control_answer. */
    int (*command)(void *self, const char *command, const char *args, struct jsonw *w,
                   struct control_token **token, struct why *why);

    /* Once a second. */
    void (*second)(void *self);

    /* SIGTERM, SIGINT or `drain`: finish; call proc_quit when nothing is left. */
    void (*drain)(void *self);

    /* SIGHUP or `reload`. */
    void (*reload)(void *self);
};

struct proc {
    const char *stage; /* "ingest" */
    char name[64];     /* "ingest", "enricher-03" */
    struct conf conf;
    struct clock clock;
    struct log *log;
    struct loop *loop;
    struct net *net;
    int64_t started_ms; /* wall clock */
    int slot;           /* --slot N of an enricher, else -1 */
    bool draining;

    const struct stage_ops *ops;
    void *self;
    void *control; /* sockets, owned by net */
    void *events;
    struct timer *second;
    struct sender *done; /* a middle stage's words to ingest: started, again */
    int signal_fd;
    int lock_fd;
};

/* Loads the configuration as every program does: path, or $CATALYST_CONF, or
 * ./catalyst.conf, or /etc/catalyst/catalyst.conf, or none; then the environment, then
 * sets.  0 or ERR_CONFIG / ERR_IO with one line an error in `errors`. */
int proc_load_conf(struct conf *c, const char *path, const char *const *sets,
                   size_t n_sets, struct buf *errors);

/* Path of a file in run_dir or data_dir. */
bool proc_run_path(const struct conf *c, const char *file, char *out, size_t size);
bool proc_data_path(const struct conf *c, const char *file, char *out, size_t size);

/* The folder of the symbol files: catalyst.symbols_dir, else "symbols" in data_dir. */
bool proc_symbols_path(const struct conf *c, char *out, size_t size);

/* Common command line: -c FILE, --set KEY=VALUE, --log-level, --log-format, --slot N.
 * 0, or the exit code to leave with (--help and --version exit by themselves).
 * stage is also the name of the lock file; an enricher's slot is added to it. */
int proc_start(struct proc *p, const char *stage, int argc, char **argv);

/* Sets who answers for the stage; before proc_ready. */
void proc_serve(struct proc *p, const struct stage_ops *ops, void *self);

/* Logs READY and, but for the monitor and ingest, tells ingest `started`. */
void proc_ready(struct proc *p);

int proc_run(struct proc *p);   /* until drained; 0 or a negative ERR_* */
void proc_quit(struct proc *p); /* ends proc_run with 0 */

/* What SIGTERM and the command `drain` do: asks the stage to finish.  Asked a second
 * time, or without a stage that can, the process ends at once. */
void proc_drain(struct proc *p);

/* Frees everything and turns rc (0, ERR_*, or a proc_exit) into an exit code. */
int proc_stop(struct proc *p, int rc);
int proc_exit_code(int rc);

/* Publishes an event; dropped when nobody listens. */
void proc_event(struct proc *p, enum msg_type type, const void *body);

/* Answers a kept token and frees it.  json is one object. */
void
control_answer(struct proc *p, struct control_token **token, bool ok, const char *json);

#endif

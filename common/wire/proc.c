#include "wire/proc.h"

#include "base/memory.h"
#include "base/str.h"
#include "wire/control.h"
#include "wire/lockfile.h"
#include "wire/sender.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* Stages whose start ingest must hear of: what was in them is gone. */
static const char *const stages_in_between[] = {"collector", "classifier", "alerter"};

bool
proc_run_path(const struct conf *c, const char *file, char *out, size_t size)
{
    return str_fmt(out, size, "%s/%s", c->catalyst.run_dir, file);
}

bool
proc_data_path(const struct conf *c, const char *file, char *out, size_t size)
{
    return str_fmt(out, size, "%s/%s", c->catalyst.data_dir, file);
}

bool
proc_symbols_path(const struct conf *c, char *out, size_t size)
{
    if (!str_empty(c->catalyst.symbols_dir))
        return str_copy(out, size, c->catalyst.symbols_dir);
    return proc_data_path(c, "symbols", out, size);
}

int
proc_load_conf(struct conf *c, const char *path, const char *const *sets, size_t n_sets,
               struct buf *errors)
{
    static const char *const places[] = {"catalyst.conf",
                                         "/etc/catalyst/catalyst.conf"};

    if (path == NULL)
        path = getenv("CATALYST_CONF");
    for (size_t i = 0; str_empty(path) && i < STR_LEN(places); i++)
        if (access(places[i], R_OK) == 0)
            path = places[i];
    return conf_load(c, str_empty(path) ? NULL : path, environ, sets, n_sets, errors);
}

/* ---- starting ------------------------------------------------------------------ */

static int
load(struct proc *p, const struct proc_args *args)
{
    struct buf errors;
    enum log_level level;
    int rc;

    buf_init(&errors, 1 << 20);
    rc = proc_load_conf(&p->conf, args->path, args->sets, args->n_sets, &errors);
    if (rc != 0)
        (void)fprintf(stderr, "%s", buf_str(&errors));
    buf_free(&errors);
    if (rc != 0)
        return rc;
    p->clock.offset_ms = (int64_t)(p->conf.clock.offset_s * 1000.0);
    p->started_ms = clock_wall_ms(&p->clock);
    p->slot = args->slot;
    if (p->slot >= 0)
        (void)str_fmt(p->name, sizeof p->name, "%s-%02d", p->stage, p->slot);
    else if (net_control_of(p->stage) == EP_COUNT) /* one of many, without a slot */
        (void)str_fmt(p->name, sizeof p->name, "%s-p%d", p->stage, getpid());
    else
        (void)str_copy(p->name, sizeof p->name, p->stage);
    if ((p->log = log_new(p->name, STDERR_FILENO, &p->clock)) == NULL)
        return ERR_NOMEM;
    if (log_level_parse(p->conf.catalyst.log_level, &level) == 0)
        log_set_level(p->log, level);
    log_set_json(p->log, str_eq(p->conf.catalyst.log_format, "json"));
    return 0;
}

/* One process a name: the file stays locked as long as the process lives, so that
 * others can see without asking whether it does. */
static int
lock_name(struct proc *p, struct why *why)
{
    char file[96], path[CONF_TEXT + 96];

    (void)str_fmt(file, sizeof file, "%s.lock", p->name);
    (void)proc_run_path(&p->conf, file, path, sizeof path);
    return lockfile_take(path, &p->lock_fd, why);
}

void
proc_drain(struct proc *p)
{
    if (p->draining || p->ops == NULL || p->ops->drain == NULL) {
        proc_quit(p);
        return;
    }
    p->draining = true;
    log_info(p->log, "DRAIN");
    p->ops->drain(p->self);
}

static int
on_signal(void *self)
{
    struct proc *p = self;
    struct signalfd_siginfo si;

    while (read(p->signal_fd, &si, sizeof si) == (ssize_t)sizeof si) {
        if (si.ssi_signo != SIGHUP)
            proc_drain(p);
        else if (p->ops != NULL && p->ops->reload != NULL)
            p->ops->reload(p->self);
    }
    return 0;
}

static int
take_signals(struct proc *p)
{
    static const int taken[] = {SIGTERM, SIGINT, SIGHUP};
    sigset_t set;

    (void)signal(SIGPIPE, SIG_IGN);
    (void)sigemptyset(&set);
    for (size_t i = 0; i < STR_LEN(taken); i++)
        (void)sigaddset(&set, taken[i]);
    (void)sigprocmask(SIG_BLOCK, &set, NULL);
    p->signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    return p->signal_fd < 0 ? ERR_IO : 0;
}

static void
raise_file_limit(void)
{
    struct rlimit lim;

    if (getrlimit(RLIMIT_NOFILE, &lim) == 0) {
        lim.rlim_cur = lim.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &lim); /* best effort: many transfers */
    }
}

/* Each second: the stage's own second, then its figures for who listens. */
static int
on_second(void *self)
{
    struct proc *p = self;
    struct buf json;
    struct jsonw w;

    timer_set(p->second, clock_boot_ms(&p->clock) + 1000);
    if (p->ops != NULL && p->ops->second != NULL)
        p->ops->second(p->self);
    buf_init(&json, MSG_MAX_BYTES / 2);
    jsonw_init(&w, &json);
    control_stats(p, &w);
    if (json.err == 0)
        proc_event(p, MSG_stats,
                   &(struct msg_stats){.stage = p->stage, .json = buf_str(&json)});
    buf_free(&json);
    return 0;
}

static int
open_all(struct proc *p, struct why *why)
{
    int rc;

    raise_file_limit();
    if ((rc = take_signals(p)) != 0)
        return why_set(why, rc, "signalfd: %s", strerror(errno));
    if ((p->loop = loop_new(&p->clock)) == NULL)
        return ERR_NOMEM;
    if ((rc = net_open(&p->net, &p->conf, p->log, why)) != 0 ||
        (rc = lock_name(p, why)) != 0 ||
        (rc = loop_watch_fd(p->loop, p->signal_fd, LOOP_IN, on_signal, p)) != 0 ||
        (rc = control_open(p, why)) != 0)
        return rc;
    if (!str_eq(p->stage, "monitor") && /* it binds them */
        (rc = net_connect(p->net, EP_EVENTS, &p->events, why)) != 0)
        return rc;
    if ((p->second = timer_new(p->loop, on_second, p)) == NULL)
        return ERR_NOMEM;
    return 0;
}

int
proc_start(struct proc *p, const char *stage, int argc, char **argv)
{
    struct proc_args args;
    struct why why = {""};
    int rc;

    memory_settle();
    *p = (struct proc){.stage = stage, .slot = -1, .signal_fd = -1, .lock_fd = -1};
    proc_args_parse(&args, stage, argc, argv);
    if ((rc = load(p, &args)) == 0 && (rc = open_all(p, &why)) != 0)
        log_fatal(p->log, "START-FAILED",
                  kv_str("why", str_empty(why.text) ? err_str(rc) : why.text));
    return rc == 0 ? 0 : proc_stop(p, rc);
}

void
proc_serve(struct proc *p, const struct stage_ops *ops, void *self)
{
    p->ops = ops;
    p->self = self;
}

static void
tell_started(struct proc *p)
{
    struct msg_started started = {
        .stage = p->stage, .pid = getpid(), .at_ms = p->started_ms};
    void *zsocket;

    if (net_connect(p->net, EP_DONE, &zsocket, NULL) != 0 ||
        sender_new(&p->done, p->loop, zsocket, 1, NULL, NULL) != 0 ||
        sender_put(p->done, MSG_started, &started) != 0)
        log_error(p->log, "STARTED-UNSAID");
}

void
proc_ready(struct proc *p)
{
    for (size_t i = 0; i < STR_LEN(stages_in_between); i++)
        if (str_eq(p->stage, stages_in_between[i]))
            tell_started(p);
    timer_set(p->second, clock_boot_ms(&p->clock) + 1000);
    log_info(p->log, "READY", kv_int("pid", getpid()),
             kv_str("version", CATALYST_VERSION));
}

/* ---- running and ending ---------------------------------------------------------- */

int
proc_run(struct proc *p)
{
    return loop_run(p->loop);
}

void
proc_quit(struct proc *p)
{
    loop_stop(p->loop);
}

int
proc_exit_code(int rc)
{
    static const struct {
        int err, code;
    } codes[] = {
        {0, EXIT_DRAINED},          {ERR_CONFIG, EXIT_CONFIG},
        {ERR_LOCKED, EXIT_BIND},    {ERR_NET, EXIT_BIND},
        {ERR_IO, EXIT_BIND},        {ERR_UNSUPPORTED, EXIT_CONFIG},
        {ERR_DB, EXIT_DATABASE},    {ERR_DAMAGED, EXIT_DATABASE},
        {ERR_TOO_BIG, EXIT_CONFIG},
    };

    for (size_t i = 0; i < STR_LEN(codes); i++)
        if (codes[i].err == rc)
            return codes[i].code;
    return rc > 0 ? rc : EXIT_BUG;
}

int
proc_stop(struct proc *p, int rc)
{
    int code = proc_exit_code(rc);

    if (p->log != NULL && code == 0)
        log_info(p->log, "STOPPED");
    else if (p->log != NULL)
        log_error(p->log, "STOPPED", kv_int("exit", code), kv_str("why", err_str(rc)));
    if (p->second != NULL)
        timer_free(&p->second);
    sender_free(&p->done);
    loop_free(&p->loop);
    net_close(&p->net);
    if (p->signal_fd >= 0)
        (void)close(p->signal_fd);
    if (p->lock_fd >= 0)
        (void)close(p->lock_fd);
    log_free(&p->log);
    conf_free(&p->conf);
    return code;
}

void
proc_event(struct proc *p, enum msg_type type, const void *body)
{
    if (p->events != NULL)
        (void)net_send(p->events, type, body); /* watching only: may be dropped */
}

#include "monitor/cli/super.h"

#include "base/str.h"
#include "wire/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ABOVE = 4 }; /* folders above the program that are looked into */

/* ---- finding ------------------------------------------------------------------- */

static bool
program_dir(char *out, size_t size)
{
    ssize_t n = readlink("/proc/self/exe", out, size - 1);
    char *slash;

    if (n <= 0)
        return false;
    out[n] = '\0';
    if ((slash = strrchr(out, '/')) == NULL || slash == out)
        return false;
    *slash = '\0';
    return true;
}

static bool
is_there(char *out, size_t size, const char *dir, const char *file)
{
    return str_fmt(out, size, "%s/%s", dir, file) && access(out, R_OK) == 0;
}

int
super_find(char *out, size_t size, struct why *why)
{
    const char *home = getenv("CATALYST_HOME");
    char dir[SUPER_PATH], *slash;

    if (!str_empty(home)) {
        if (is_there(out, size, home, "deploy/supervisord.conf"))
            return 0;
        return why_set(why, ERR_NOT_FOUND,
                       "CATALYST_HOME=%s: no deploy/supervisord.conf", home);
    }
    if (!program_dir(dir, sizeof dir))
        return why_set(why, ERR_NOT_FOUND, "/proc/self/exe: %s", strerror(errno));
    for (int i = 0; i < ABOVE; i++) {
        if (is_there(out, size, dir, "deploy/supervisord.conf") ||
            is_there(out, size, dir, "share/catalyst/supervisord.conf"))
            return 0;
        if ((slash = strrchr(dir, '/')) == NULL || slash == dir)
            break;
        *slash = '\0';
    }
    if (is_there(out, size, "/etc/catalyst", "supervisord.conf"))
        return 0;
    return why_set(why, ERR_NOT_FOUND,
                   "deploy/supervisord.conf is not found; set "
                   "CATALYST_HOME to the folder above it");
}

bool
super_has(const char *program)
{
    const char *path = getenv("PATH"), *dir;
    char file[SUPER_PATH];
    size_t n;

    for (const char *at = path;
         path != NULL && (dir = str_piece(&at, ":", &n)) != NULL;)
        if (str_fmt(file, sizeof file, "%.*s/%s", (int)n, dir, program) &&
            access(file, X_OK) == 0)
            return true;
    return false;
}

/* ---- the environment ----------------------------------------------------------- */

/* The directory, made if need be, as an absolute path. */
static int
absolute_dir(const char *dir, mode_t mode, char *out, struct why *why)
{
    struct stat st;

    if (mkdir(dir, mode) != 0 && errno != EEXIST)
        return why_set(why, ERR_IO, "%s: %s", dir, strerror(errno));
    if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode) || realpath(dir, out) == NULL)
        return why_set(why, ERR_IO, "%s: not a folder", dir);
    return 0;
}

/* "group finviz.max_in_flight=2" is CATALYST_GROUP_FINVIZ_MAX_IN_FLIGHT=2. */
static void
export_set(const char *set)
{
    char name[256];
    const char *equals = strchr(set, '=');

    if (equals == NULL)
        return;
    str_fmt(name, sizeof name, "CATALYST_%.*s", (int)(equals - set), set);
    for (char *c = name; *c != '\0'; c++)
        if (*c == '.' || *c == '-' || *c == ' ')
            *c = '_';
    (void)setenv(str_upper(name), equals + 1, 1);
}

static int
export_conf(const struct cli *cli, struct why *why)
{
    char path[PATH_MAX];

    for (size_t i = 0; i < cli->n_sets; i++)
        export_set(cli->sets[i]);
    if (str_empty(cli->conf.path))
        return unsetenv("CATALYST_CONF") == 0 ? 0 : ERR_IO;
    if (realpath(cli->conf.path, path) == NULL)
        return why_set(why, ERR_IO, "%s: %s", cli->conf.path, strerror(errno));
    return setenv("CATALYST_CONF", path, 1) == 0 ? 0 : ERR_NOMEM;
}

/* Alerts are for the terminal when there is one, else for a file of their own. */
static void
export_alerts(const char *run, bool foreground)
{
    char file[PATH_MAX + 32];

    str_fmt(file, sizeof file, "%s/log/alerts.log", run);
    (void)setenv("CATALYST_ALERTS", foreground ? "/dev/fd/1" : file, 1);
    (void)setenv("CATALYST_ALERTS_MAX", foreground ? "0" : "20MB", 1);
}

int
super_prepare(const struct cli *cli, bool foreground, struct why *why)
{
    char bin[SUPER_PATH], run[PATH_MAX], data[PATH_MAX], logs[PATH_MAX + 8];
    int rc;

    if ((rc = absolute_dir(cli->conf.catalyst.run_dir, 0700, run, why)) != 0 ||
        (rc = absolute_dir(cli->conf.catalyst.data_dir, 0755, data, why)) != 0)
        return rc;
    str_fmt(logs, sizeof logs, "%s/log", run);
    if (mkdir(logs, 0700) != 0 && errno != EEXIST)
        return why_set(why, ERR_IO, "%s: %s", logs, strerror(errno));
    if (!program_dir(bin, sizeof bin))
        return why_set(why, ERR_IO, "/proc/self/exe: %s", strerror(errno));
    if ((rc = export_conf(cli, why)) != 0)
        return rc;
    (void)setenv("CATALYST_BIN", bin, 1);
    (void)setenv("CATALYST_RUN", run, 1);
    (void)setenv("CATALYST_DATA", data, 1);
    export_alerts(run, foreground);
    return 0;
}

/* ---- processes
 * ------------------------------------------------------------------------ */

static bool
is_supervisord(pid_t pid)
{
    char path[64], text[4096];
    int fd;
    ssize_t n;

    str_fmt(path, sizeof path, "/proc/%d/cmdline", (int)pid);
    if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
        return false;
    n = read(fd, text, sizeof text);
    close(fd);
    return n > 0 && memmem(text, (size_t)n, "supervisord", 11) != NULL;
}

pid_t
super_pid(const struct conf *conf)
{
    char path[CONF_TEXT + 32], text[32] = "";
    int64_t pid = 0;
    int fd;

    if (!proc_run_path(conf, "supervisord.pid", path, sizeof path) ||
        (fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
        return 0;
    if (read(fd, text, sizeof text - 1) < 0)
        text[0] = '\0';
    close(fd);
    if (str_i64(str_trim(text), &pid) != 0 || pid <= 1 || pid > INT_MAX)
        return 0;
    return is_supervisord((pid_t)pid) ? (pid_t)pid : 0;
}

static void
drain_pipe(int fd, struct buf *out)
{
    char text[4096];
    ssize_t n;

    while ((n = read(fd, text, sizeof text)) > 0 || (n < 0 && errno == EINTR))
        if (n > 0)
            buf_add(out, text, (size_t)n);
}

int
super_run(const char *program, const char *const *args, struct buf *out)
{
    const char *argv[80] = {program};
    posix_spawn_file_actions_t actions;
    int ends[2] = {-1, -1}, status = 0, rc;
    pid_t pid;

    for (size_t i = 0; args[i] != NULL && i + 2 < STR_LEN(argv); i++)
        argv[i + 1] = args[i];
    if (out != NULL && pipe2(ends, O_CLOEXEC) != 0)
        return ERR_IO;
    posix_spawn_file_actions_init(&actions);
    if (out != NULL) {
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    }
    rc = posix_spawnp(&pid, program, &actions, NULL, (char *const *)(uintptr_t)argv,
                      environ);
    posix_spawn_file_actions_destroy(&actions);
    if (out != NULL) {
        close(ends[1]);
        drain_pipe(ends[0], out);
        close(ends[0]);
    }
    if (rc != 0 || waitpid(pid, &status, 0) != pid)
        return ERR_IO;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool
super_wait(pid_t pid, int timeout_ms)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    int rc;

    if (fd < 0)
        return errno == ESRCH;
    rc = poll(&p, 1, timeout_ms);
    close(fd);
    return rc == 1;
}

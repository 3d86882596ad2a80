#include "enricher/collector/crew.h"

#include "base/str.h"
#include "enricher/collector/frames.h"
#include "enricher/collector/job.h"
#include "enricher/collector/mode.h"
#include "wire/lockfile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <unistd.h>

enum {
    SILENT_ALIVES = 3, /* so many missed: it gets nothing more until it speaks */
    BUNDLE = 4         /* leases */
};

struct member *
crew_find(const struct collector *c, const struct peer *peer)
{
    struct member *m;

    LIST_FOREACH(m, &c->crew, link)
    if (m->peer.n == peer->n && memcmp(m->peer.id, peer->id, peer->n) == 0)
        return m;
    return NULL;
}

/* ---- saying hello -------------------------------------------------------------- */

static bool
read_first_line(const char *path, char *out, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n;

    if (fd < 0)
        return false;
    n = read(fd, out, size - 1);
    (void)close(fd);
    if (n <= 0)
        return false;
    out[n] = '\0';
    out[strcspn(out, "\n")] = '\0';
    return true;
}

/* Start time of a process, field 22 of its stat: a number that is used again has
 * another.  -1 when there is no such process. */
static int64_t
start_of(int64_t pid)
{
    char path[64], line[1024];
    const char *p;
    size_t n;
    int64_t start = -1;
    char field[32];

    (void)str_fmt(path, sizeof path, "/proc/%lld/stat", (long long)pid);
    if (!read_first_line(path, line, sizeof line) || (p = strrchr(line, ')')) == NULL)
        return -1;
    p++; /* the name may hold anything; field 3 follows it */
    for (int i = 3; i <= 22; i++) {
        const char *piece = str_piece(&p, " ", &n);

        if (piece == NULL)
            return -1;
        if (i == 22 && str_copyn(field, sizeof field, piece, n))
            (void)str_i64(field, &start);
    }
    return start;
}

static bool
is_local(const struct msg_hello *h)
{
    char boot[64];

    return read_first_line("/proc/sys/kernel/random/boot_id", boot, sizeof boot) &&
           str_eq(boot, h->boot);
}

static bool
is_in_crew(const struct collector *c, const struct member *m)
{
    const struct member *x;

    LIST_FOREACH(x, &c->crew, link)
    if (x == m)
        return true;
    return false;
}

/* Its last words come first: a result that lies here unread need not be had again. */
static int
on_death(void *self)
{
    struct member *m = self;
    struct collector *c = m->collector;

    frames_read(c);
    if (is_in_crew(c, m)) /* a bye may have been among them */
        crew_gone(c, m, true, "died");
    collector_turn(c);
    return 0;
}

/* A local process is watched by a pidfd.  Where the kernel has none, as for a process
 * of another machine, silence has to tell. */
static int
watch_process(struct collector *c, struct member *m, const struct msg_hello *h)
{
    if (!is_local(h))
        return 0;
    m->pidfd = pidfd_open((pid_t)h->pid, 0);
    if (m->pidfd < 0 && errno == ENOSYS)
        return 0;
    if (m->pidfd < 0 || start_of(h->pid) != h->start)
        return ERR_CLOSED;
    return loop_watch_fd(c->proc->loop, m->pidfd, LOOP_IN, on_death, m);
}

/* Requests that an earlier collector let go are still at the upstream: their jobs are
 * taken over, with their permits and tickers, so that nothing is asked twice. */
static void
take_over(struct collector *c, struct member *m, const struct msg_hello *h)
{
    for (size_t i = 0; i < h->n_leases; i++) {
        struct msg_cancel cancel = {.lease = h->leases[i].lease};

        if (job_of_lease(c, cancel.lease) == NULL &&
            job_adopt(c, m, &h->leases[i]) != 0)
            (void)net_send_to(c->jobs_socket, &m->peer, MSG_cancel, &cancel);
    }
}

static void
drop_member(struct collector *c, struct member *m)
{
    if (m->pidfd >= 0) {
        loop_unwatch_fd(c->proc->loop, m->pidfd);
        (void)close(m->pidfd);
    }
    if (c->reserved == m)
        c->reserved = NULL;
    LIST_REMOVE(m, link);
    c->n_crew--;
    free(m);
}

static struct member *
member_new(struct collector *c, const struct peer *peer)
{
    struct member *m = c->n_crew < CREW_MOST ? calloc(1, sizeof *m) : NULL;

    if (m == NULL)
        return NULL;
    m->collector = c;
    m->peer = *peer;
    m->pidfd = -1;
    LIST_INIT(&m->jobs);
    LIST_INSERT_HEAD(&c->crew, m, link);
    c->n_crew++;
    return m;
}

/* The same process under a new connection goes on as the member it was: its requests
 * are still at the upstream, and results that were lost on the way come again. */
static struct member *
find_again(const struct collector *c, const struct msg_hello *h,
           const struct peer *peer)
{
    struct member *m = crew_find(c, peer);

    if (m != NULL)
        return m;
    LIST_FOREACH(m, &c->crew, link)
    if (m->pid == h->pid && m->start == h->start && str_eq(m->host, h->host))
        break;
    if (m != NULL)
        m->peer = *peer;
    return m;
}

static void
set_credit(struct member *m, int64_t credit)
{
    m->credit = credit;
    m->leaving = credit <= 0;
    m->lost = false;
}

static int
refuse(struct collector *c, const struct msg_hello *h, int rc)
{
    c->stats[CS_NO_MEMORY] += rc == ERR_NOMEM;
    log_warn(c->proc->log, "HELLO-REFUSED", kv_str("peer", h->name),
             kv_int("pid", h->pid),
             kv_str("why", rc == ERR_CLOSED ? "no such process" : err_str(rc)));
    return rc;
}

int
crew_hello(struct collector *c, const struct peer *peer, const struct msg_hello *h)
{
    struct member *m = find_again(c, h, peer);
    int rc;

    if (m != NULL) {
        m->heard_ms = clock_boot_ms(&c->proc->clock);
        set_credit(m, h->credit);
        take_over(c, m, h);
        return 0;
    }
    if ((m = member_new(c, peer)) == NULL)
        return refuse(c, h, ERR_NOMEM);
    (void)str_copy(m->name, sizeof m->name, h->name);
    (void)str_copy(m->host, sizeof m->host, h->host);
    m->pid = h->pid;
    m->start = h->start;
    set_credit(m, h->credit);
    m->heard_ms = clock_boot_ms(&c->proc->clock);
    if ((rc = watch_process(c, m, h)) != 0) {
        drop_member(c, m);
        return refuse(c, h, rc);
    }
    take_over(c, m, h);
    log_info(c->proc->log, "HELLO", kv_str("peer", m->name), kv_int("pid", m->pid),
             kv_int("credit", m->credit), kv_int("leases", (int64_t)h->n_leases));
    return 0;
}

/* ---- keeping in touch
 * ------------------------------------------------------------------ */

static bool
names(const struct msg_alive *a, int64_t lease)
{
    for (size_t i = 0; i < a->n_leases; i++)
        if (a->leases[i].lease == lease)
            return true;
    return false;
}

void
crew_alive(struct collector *c, struct member *m, const struct msg_alive *a)
{
    struct msg_alive_ok ok = {.seq = a->seq};
    int64_t now = clock_boot_ms(&c->proc->clock);
    struct job *j, *next;

    m->settled = true;
    for (j = LIST_FIRST(&m->jobs); j != NULL; j = next) {
        next = LIST_NEXT(j, of_member);
        if (names(a, j->lease) || now - j->sent_ms < 1500)
            j->missing = 0; /* or still on its way */
        else if (++j->missing >= 2)
            job_orphan(c, j, false);
    }
    (void)net_send_to(c->jobs_socket, &m->peer, MSG_alive_ok, &ok); /* repeated soon */
}

void
crew_gone(struct collector *c, struct member *m, bool died, const char *why)
{
    bool is_loss = died && !m->leaving;
    int held = m->n_held;
    struct job *j;

    if (is_loss) {
        c->stats[CS_DEATHS]++;
        c->deaths_cycle++;
    }
    log_write(c->proc->log, died && held > 0 ? LOG_WARN : LOG_INFO, "ENRICHER-GONE",
              KV_LIST(kv_str("peer", m->name), kv_int("pid", m->pid),
                      kv_int("leases", held), kv_str("why", why)));
    while ((j = LIST_FIRST(&m->jobs)) != NULL)
        job_orphan(c, j, died);
    drop_member(c, m);
    if (is_loss)
        mode_member_died(c, held);
}

static bool
is_dead(const struct member *m)
{
    struct pollfd p = {.fd = m->pidfd, .events = POLLIN};

    return m->pidfd < 0 || poll(&p, 1, 0) > 0;
}

void
crew_lost(struct collector *c, struct member *m)
{
    if (is_dead(m))
        crew_gone(c, m, true, "died");
    else
        m->lost = true;
}

/* One that stays and speaks.  Who is silent may hang: what it holds runs out, but it
 * gets nothing more. */
static bool
is_fit(const struct collector *c, const struct member *m)
{
    int64_t silent = clock_boot_ms(&c->proc->clock) - m->heard_ms;

    return !m->leaving && !m->lost &&
           silent <= SILENT_ALIVES * c->proc->conf.enricher.alive_ms;
}

/* A suspect runs alone, one at a time: its member is reserved until it ends. */
static struct member *
pick_alone(struct collector *c)
{
    struct member *m;

    if (c->reserved != NULL && !is_fit(c, c->reserved))
        c->reserved = NULL;
    if (c->reserved == NULL) {
        LIST_FOREACH(m, &c->crew, link)
        if (is_fit(c, m) && (c->reserved == NULL || m->n_held < c->reserved->n_held))
            c->reserved = m;
    }
    return c->reserved != NULL && c->reserved->n_held == 0 ? c->reserved : NULL;
}

/* The one who holds the fewest, told apart by bundles: one that is awake for a lease
 * takes the next ones for a fraction of what it costs to wake another. */
struct member *
crew_pick(struct collector *c, bool alone)
{
    struct member *m, *best = NULL;

    if (alone)
        return pick_alone(c);
    LIST_FOREACH(m, &c->crew, link)
    if (is_fit(c, m) && m->n_held < m->credit && m != c->reserved &&
        (best == NULL || m->n_held / BUNDLE < best->n_held / BUNDLE))
        best = m;
    return best;
}

void
crew_kill(struct collector *c, struct member *m)
{
    log_error(c->proc->log, "LEASE-EXPIRED", kv_str("peer", m->name),
              kv_int("pid", m->pid), kv_int("leases", m->n_held));
    c->stats[CS_EXPIRED]++;
    if (m->pidfd >= 0)
        (void)pidfd_send_signal(m->pidfd, SIGKILL, NULL, 0); /* its death is an event */
    else
        crew_gone(c, m, true, "lease expired");
}

void
crew_sweep(struct collector *c)
{
    int64_t now = clock_boot_ms(&c->proc->clock);
    struct member *m, *next;

    for (m = LIST_FIRST(&c->crew); m != NULL; m = next) {
        next = LIST_NEXT(m, link);
        if (m->pidfd < 0 && now - m->heard_ms >= CREW_SILENT_MS)
            crew_gone(c, m, true, "silent");
    }
}

/* ---- enrichers of an earlier epoch
 * ----------------------------------------------------- */

/* Behind its hello come the results that it could not tell anybody, and then alive. */
static bool
is_settled(const struct collector *c, int64_t pid)
{
    struct member *m;

    LIST_FOREACH(m, &c->crew, link)
    if (m->pid == pid)
        return m->settled;
    return false;
}

/* A lock that is held belongs to a process that lives. */
static bool
is_silent(const struct collector *c, const char *file, int64_t *pid)
{
    char path[CONF_TEXT + 300];

    (void)proc_run_path(&c->proc->conf, file, path, sizeof path);
    return lockfile_is_held(path, pid) && *pid > 0 && !is_settled(c, *pid);
}

bool
crew_is_incomplete(const struct collector *c, bool kill_them)
{
    DIR *dir = opendir(c->proc->conf.catalyst.run_dir);
    struct dirent *d;
    bool any = false;
    int64_t pid;

    while (dir != NULL && (d = readdir(dir)) != NULL) {
        if (!str_starts(d->d_name, "enricher-") || !str_ends(d->d_name, ".lock") ||
            !is_silent(c, d->d_name, &pid))
            continue;
        any = true;
        if (kill_them) {
            log_error(c->proc->log, "ENRICHER-SILENT", kv_int("pid", pid));
            (void)kill((pid_t)pid, SIGKILL); /* it may hold permits we cannot count */
        }
    }
    if (dir != NULL)
        (void)closedir(dir);
    return any;
}

void
crew_close(struct collector *c)
{
    struct member *m;
    struct job *j;

    while ((m = LIST_FIRST(&c->crew)) != NULL) {
        while ((j = LIST_FIRST(&m->jobs)) != NULL) {
            job_unlease(c, j);
            TAILQ_INSERT_TAIL(&c->orphans, j, of_orphans);
        }
        drop_member(c, m);
    }
    while ((j = TAILQ_FIRST(&c->orphans)) != NULL) {
        TAILQ_REMOVE(&c->orphans, j, of_orphans);
        for (size_t i = 0; i < j->n; i++) {
            j->asks[i]->known->asks[j->source] = NULL;
            free(j->asks[i]);
        }
        job_free(c, &j);
    }
}

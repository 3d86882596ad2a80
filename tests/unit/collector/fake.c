/* Enrichers of the world: they fetch nothing and say what they are told to. */
#include "base/str.h"
#include "wire/net.h"
#include "world.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- hearing ----------------------------------------------------------------------
 */

static void
note_lease(struct fake *f, const struct msg_lease *l)
{
    struct given *g = &f->given[f->n];

    ck_assert_uint_lt(f->n, WORLD_LEASES);
    *g = (struct given){.lease = l->lease, .n = l->n_tickers};
    str_copy(g->source, sizeof g->source, l->source);
    str_copy(g->cookie, sizeof g->cookie, l->cookie);
    str_copy(g->crumb, sizeof g->crumb, l->crumb);
    for (size_t i = 0; i < l->n_tickers; i++)
        str_copy(g->tickers[i], sizeof g->tickers[i], l->tickers[i].ticker);
    f->n++;
    if (f->answers)
        fake_answer(f, g);
}

static void
note_cancel(struct fake *f, const struct msg_cancel *c)
{
    f->cancels++;
    for (size_t i = 0; i < f->n; i++)
        if (f->given[i].lease == c->lease)
            f->given[i].cancelled = true;
}

static void
note(struct fake *f, const struct msg *m)
{
    if (m->type == MSG_lease)
        note_lease(f, m->body);
    else if (m->type == MSG_cancel)
        note_cancel(f, m->body);
    else if (m->type == MSG_alive_ok)
        f->alive_ok = ((const struct msg_alive_ok *)m->body)->seq;
    f->whos += m->type == MSG_who;
}

static int
on_dealer(void *self)
{
    struct fake *f = self;
    struct why why = {""};
    struct msg m;
    int rc;

    while ((rc = net_recv(f->dealer, NULL, &m, &why)) != ERR_AGAIN) {
        ck_assert_msg(rc == 0, "%s", why.text);
        note(f, &m);
        msg_free(&m);
    }
    loop_stop(f->world->proc.loop);
    return 0;
}

/* ---- its process ------------------------------------------------------------------
 */

static int64_t
start_of(pid_t pid)
{
    char path[64], line[1024] = "", text[32] = "";
    const char *p;
    FILE *file;
    size_t n;
    int64_t start = -1;

    str_fmt(path, sizeof path, "/proc/%d/stat", (int)pid);
    ck_assert_ptr_nonnull(file = fopen(path, "re"));
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    (void)fclose(file);
    p = strrchr(line, ')') + 1;
    for (int field = 3; field <= 22; field++) {
        const char *piece = str_piece(&p, " ", &n);

        if (field == 22)
            (void)str_copyn(text, sizeof text, piece, n);
    }
    ck_assert_int_eq(str_i64(text, &start), 0);
    return start;
}

/* Back when the child has let go of our locks and sockets: a collector that starts
 * again would find them taken. */
static void
start_process(struct fake *f)
{
    pid_t parent = getpid();
    int held[2];
    char byte;

    ck_assert_int_eq(pipe(held), 0);
    ck_assert_int_ge(f->pid = fork(), 0);
    if (f->pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        (void)close_range(3, ~0U, 0); /* neither our locks nor our sockets */
        while (getppid() == parent)
            (void)pause();
        _exit(0);
    }
    (void)close(held[1]);
    ck_assert_int_eq(read(held[0], &byte, 1), 0); /* nobody has the other end */
    (void)close(held[0]);
    f->start = start_of(f->pid);
}

static void
close_dealer(struct fake *f)
{
    if (f->dealer == NULL)
        return;
    loop_unwatch_socket(f->world->proc.loop, f->dealer);
    net_drop(f->world->outside, &f->dealer);
}

void
fake_kill(struct fake *f)
{
    if (f->pid > 0) {
        (void)kill(f->pid, SIGKILL);
        (void)waitpid(f->pid, NULL, 0);
    }
    close_dealer(f);
    f->is_gone = true;
}

/* ---- saying -----------------------------------------------------------------------
 */

void
fake_say(struct fake *f, enum msg_type type, const void *body)
{
    int rc = net_send(f->dealer, type, body);

    if (rc == ERR_AGAIN) /* the collector is away */
        WORLD_UNTIL(f->world, (rc = net_send(f->dealer, type, body)) != ERR_AGAIN);
    ck_assert_int_eq(rc, 0);
}

static int
on_writable(void *self)
{
    struct fake *f = self;

    loop_stop(f->world->proc.loop);
    return 0;
}

static void
connect_dealer(struct fake *f)
{
    struct world *w = f->world;
    struct why why = {""};

    ck_assert_msg(net_connect(w->outside, EP_JOBS, &f->dealer, &why) == 0, "%s",
                  why.text);
    ck_assert_int_eq(
        loop_watch_socket(w->proc.loop, f->dealer, LOOP_OUT, on_writable, f), 0);
    ck_assert_int_eq(loop_run(w->proc.loop), 0);
    ck_assert_int_eq(loop_watch_socket(w->proc.loop, f->dealer, LOOP_IN, on_dealer, f),
                     0);
}

void
fake_reconnect(struct fake *f)
{
    close_dealer(f);
    connect_dealer(f);
}

static int64_t
pid_of(const struct fake *f)
{
    return f->pid > 0 ? f->pid : 1000000 + f->start;
}

void
fake_hello(struct fake *f, int64_t credit, const struct msg_held *held, size_t n)
{
    char boot[64] = "another machine", name[32];
    struct msg_hello hello = {.name = name,
                              .host = "here",
                              .boot = boot,
                              .pid = pid_of(f),
                              .start = f->start,
                              .credit = credit,
                              .leases = (struct msg_held *)(uintptr_t)held,
                              .n_leases = n};
    FILE *file;

    if (f->pid > 0) {
        ck_assert_ptr_nonnull(file = fopen("/proc/sys/kernel/random/boot_id", "re"));
        ck_assert_ptr_nonnull(fgets(boot, sizeof boot, file));
        (void)fclose(file);
        (void)str_trim(boot);
    }
    str_fmt(name, sizeof name, "fake-%lld", (long long)hello.pid);
    fake_say(f, MSG_hello, &hello);
}

static bool
is_in_crew(const struct fake *f)
{
    const struct member *m;

    LIST_FOREACH(m, &f->world->c->crew, link)
    if (m->pid == pid_of(f))
        return true;
    return false;
}

struct fake *
world_fake(struct world *w, int64_t credit, bool has_process)
{
    struct fake *f = calloc(1, sizeof *f);

    ck_assert_uint_lt(w->n_fakes, WORLD_FAKES);
    w->fakes[w->n_fakes++] = f;
    f->world = w;
    f->start = (int64_t)w->n_fakes;
    if (has_process)
        start_process(f);
    connect_dealer(f);
    if (credit > 0) {
        fake_hello(f, credit, NULL, 0);
        WORLD_UNTIL(w, is_in_crew(f));
    }
    return f;
}

void
fake_alive(struct fake *f, int64_t seq)
{
    struct msg_held held[WORLD_LEASES];
    struct msg_alive alive = {.seq = seq, .leases = held};

    for (size_t i = 0; i < f->n; i++)
        if (!f->given[i].over)
            held[alive.n_leases++] = (struct msg_held){.lease = f->given[i].lease,
                                                       .source = f->given[i].source};
    fake_say(f, MSG_alive, &alive);
}

void
fake_bye(struct fake *f)
{
    fake_say(f, MSG_bye, &(struct msg_bye){.why = "scaled down"});
    f->is_gone = true;
}

void
fake_landed(struct fake *f, struct given *g)
{
    g->landed = true;
    fake_say(f, MSG_landed,
             &(struct msg_landed){.lease = g->lease, .elapsed_us = 1000});
}

/* ---- results ----------------------------------------------------------------------
 */

static double
figure(enum fact_id id)
{
    static const double figures[FACT_COUNT] = {
        [FACT_FLOAT_SHARES] = 4e6, [FACT_SHARES_OUTSTANDING] = 9e6,
        [FACT_SHORT_FLOAT] = 3,    [FACT_AVG_VOLUME] = 1e6,
        [FACT_DAY_VOLUME] = 2e6,   [FACT_LAST_PRICE] = 12,
        [FACT_PREV_CLOSE] = 10,    [FACT_SESSION_VWAP] = 11,
    };

    return figures[id];
}

static size_t
make_facts(const struct fake *f, const struct given *g, struct msg_fact *out)
{
    const struct source *s = source_find(g->source);
    size_t n = 0;

    for (size_t i = 0; i < g->n; i++)
        for (int id = 0; id < FACT_COUNT; id++)
            if ((s->gives | s->spare) & FACT(id))
                out[n++] =
                    (struct msg_fact){.ticker = g->tickers[i],
                                      .name = fact_rows[id].name,
                                      .status = "ok",
                                      .value = figure((enum fact_id)id),
                                      .as_of_ms = clock_wall_ms(&f->world->proc.clock)};
    return n;
}

void
fake_result(struct fake *f, struct given *g, const char *status, const char *why,
            int64_t retry_after_ms)
{
    struct msg_fact facts[JOB_TICKERS * FACT_COUNT];
    struct msg_result r = {.lease = g->lease,
                           .source = g->source,
                           .status = status,
                           .why = why,
                           .http_status = 200,
                           .elapsed_us = 1000,
                           .retry_after_ms = retry_after_ms,
                           .facts = facts};

    if (str_eq(status, "ok")) {
        r.n_facts = make_facts(f, g, facts);
        r.cookie = str_eq(g->source, "yahoo-cookie") ? "A3=fake" : "";
        r.crumb = str_eq(g->source, "yahoo-crumb") ? "fake.crumb" : "";
    }
    g->landed = g->over = true;
    fake_say(f, MSG_result, &r);
}

void
fake_answer(struct fake *f, struct given *g)
{
    fake_landed(f, g);
    fake_result(f, g, "ok", "", 0);
}

struct given *
fake_last(struct fake *f)
{
    for (size_t i = f->n; i > 0; i--)
        if (!f->given[i - 1].over)
            return &f->given[i - 1];
    return NULL;
}

size_t
fake_holds(const struct fake *f, const char *source)
{
    size_t n = 0;

    for (size_t i = 0; !f->is_gone && i < f->n; i++)
        n += !f->given[i].landed && !f->given[i].over &&
             (source == NULL || str_eq(f->given[i].source, source));
    return n;
}

void
fake_answers(struct fake *f)
{
    f->answers = true;
    for (size_t i = 0; i < f->n; i++)
        if (!f->given[i].over)
            fake_answer(f, &f->given[i]);
}

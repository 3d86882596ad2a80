/* The real alerter in its own loop, between a classifier, an ingest and a webhook of
 * ours, on a disk that fails when a story says so. */
#include "alerter/parts.h"
#include "base/str.h"
#include "tests/unit/alerter/samples.h"
#include "wire/control.h"
#include "wire/db.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <ftw.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { GUARD_MS = 20000 };

struct town {
    struct proc proc;
    struct alerter *alerter;
    char dir[64], file[96]; /* of the sink */
    struct net *outside;
    void *done;
    struct sender *scored;
    struct timer *tick;
    int port, webhook, visitor; /* -1: not yet */
    int posts, dones;
};

Suite *alerter_suite(void);

static int disk_err; /* 0: it works */

int
fdatasync(int fd)
{
    errno = disk_err;
    return disk_err != 0 ? -1 : (int)syscall(SYS_fdatasync, fd);
}

/* ---- around it ----------------------------------------------------------------- */

static void
open_webhook(struct town *t)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;

    t->visitor = -1;
    t->webhook = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    ck_assert_int_eq(bind(t->webhook, (struct sockaddr *)&at, n), 0);
    ck_assert_int_eq(listen(t->webhook, 8), 0);
    ck_assert_int_eq(getsockname(t->webhook, (struct sockaddr *)&at, &n), 0);
    t->port = ntohs(at.sin_port);
}

/* Counts what is posted, and never answers. */
static void
hear_webhook(struct town *t)
{
    char text[65536];
    ssize_t n;

    if (t->visitor < 0)
        t->visitor = accept4(t->webhook, NULL, NULL, SOCK_NONBLOCK);
    while (t->visitor >= 0 && (n = recv(t->visitor, text, sizeof text - 1, 0)) > 0) {
        text[n] = '\0';
        t->posts += strstr(text, "POST /hook") != NULL;
    }
}

static void
hear_done(struct town *t)
{
    struct why why;
    struct msg m;

    while (net_recv(t->done, NULL, &m, &why) == 0) {
        t->dones += m.type == MSG_done;
        msg_free(&m);
    }
}

static int
on_tick(void *self)
{
    struct town *t = self;

    hear_webhook(t);
    hear_done(t);
    loop_stop(t->proc.loop);
    return 0;
}

#define UNTIL(t, is_so)                                                                \
    for (int64_t guard = clock_boot_ms(NULL) + GUARD_MS; !(is_so);) {                  \
        ck_assert_msg(clock_boot_ms(NULL) < guard, "never: " #is_so);                  \
        timer_set((t)->tick, clock_boot_ms(NULL) + 1);                                 \
        ck_assert_int_eq(loop_run((t)->proc.loop), 0);                                 \
    }

static int64_t
file_size(const struct town *t)
{
    struct stat st = {.st_size = -1};

    return stat(t->file, &st) == 0 ? st.st_size : -1;
}

/* Deliveries in a state, as another program sees them: what a kill would leave. */
static int64_t
deliveries(const struct town *t, const char *state)
{
    char path[128];
    struct why why;
    struct db *db;
    struct db_stmt *s;
    int64_t n;

    (void)str_fmt(path, sizeof path, "%s/ledger.db", t->dir);
    ck_assert_int_eq(db_open(&db, path, DB_READ, NULL, 0, &why), 0);
    s = db_prepare(db, "SELECT count(*) FROM delivery WHERE state = ?", &why);
    db_bind_text(s, 1, state);
    ck_assert_int_eq(db_step(s), 1);
    n = db_int(s, 0);
    db_close(&db);
    return n;
}

/* ---- opening and closing ----------------------------------------------------------
 */

static void
load_conf(struct town *t)
{
    char run[96], data[96], hook[96], file[160], *no_env[] = {NULL};
    const char *sets[] = {
        run, data, hook, "sink console.enabled=0", "sink f.kind=jsonl", file};
    struct buf errors;

    (void)str_fmt(run, sizeof run, "catalyst.run_dir=%s", t->dir);
    (void)str_fmt(data, sizeof data, "catalyst.data_dir=%s", t->dir);
    (void)str_fmt(hook, sizeof hook, "sink discord.url=http://127.0.0.1:%d/hook",
                  t->port);
    (void)str_fmt(file, sizeof file, "sink f.url=%s", t->file);
    buf_init(&errors, 1 << 16);
    ck_assert_msg(
        conf_load(&t->proc.conf, NULL, no_env, sets, STR_LEN(sets), &errors) == 0, "%s",
        buf_str(&errors));
    buf_free(&errors);
}

static struct town *
town_open(void)
{
    struct town *t = calloc(1, sizeof *t);
    struct why why = {""};
    void *scored;

    (void)str_copy(t->dir, sizeof t->dir, "/tmp/catalyst-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(t->dir));
    (void)str_fmt(t->file, sizeof t->file, "%s/told.jsonl", t->dir);
    open_webhook(t);
    load_conf(t);
    t->proc.stage = "alerter";
    (void)str_copy(t->proc.name, sizeof t->proc.name, "alerter");
    t->proc.loop = loop_new(&t->proc.clock);
    t->tick = timer_new(t->proc.loop, on_tick, t);
    ck_assert_int_eq(net_open(&t->outside, &t->proc.conf, NULL, &why), 0);
    ck_assert_int_eq(net_bind(t->outside, EP_DONE, &t->done, &why), 0);
    ck_assert_int_eq(net_open(&t->proc.net, &t->proc.conf, NULL, &why), 0);
    ck_assert_int_eq(control_open(&t->proc, &why), 0);
    ck_assert_msg(alerter_open(&t->alerter, &t->proc, &why) == 0, "%s", why.text);
    ck_assert_int_eq(net_connect(t->outside, EP_SCORED, &scored, &why), 0);
    ck_assert_int_eq(sender_new(&t->scored, t->proc.loop, scored, 100, NULL, NULL), 0);
    UNTIL(t, t->alerter->m[M_COMMITS] == 1); /* what opening wrote */
    return t;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

static void
town_close(struct town *t)
{
    loop_unwatch_socket(t->proc.loop, t->alerter->scored);
    loop_unwatch_socket(t->proc.loop, t->proc.control);
    sender_free(&t->scored);
    alerter_close(&t->alerter);
    net_close(&t->proc.net);
    net_close(&t->outside);
    timer_free(&t->tick);
    loop_free(&t->proc.loop);
    conf_free(&t->proc.conf);
    (void)close(t->visitor);
    (void)close(t->webhook);
    (void)nftw(t->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS); /* only in our /tmp */
    free(t);
}

/* ---- stories --------------------------------------------------------------------- */

START_TEST(a_request_leaves_when_it_is_written_and_done_is_said_when_it_is_safe)
{
    struct town *t = town_open();
    struct msg_scored s = sample_scored("n:1/ACME");

    disk_err = EIO;
    ck_assert_int_eq(sender_put(t->scored, MSG_scored, &s), 0);
    UNTIL(t, t->posts == 1);
    ck_assert_int_eq(deliveries(t, "sending"), 2);
    ck_assert_int_eq(t->alerter->m[M_STUCK], 1);
    UNTIL(t, t->alerter->m[M_STUCK] >= 2); /* it has tried again */
    ck_assert_int_eq(t->dones, 0);
    ck_assert_int_eq(file_size(t), 0);
    ck_assert_int_eq(t->alerter->m[M_COMMITS], 1);
    disk_err = 0;
    UNTIL(t, t->dones == 1 && file_size(t) > 0 && deliveries(t, "sent") == 1);
    ck_assert_int_eq(t->posts, 1);
    ck_assert_int_eq(deliveries(t, "sending"), 1);
    town_close(t);
}
END_TEST

START_TEST(what_is_said_again_is_done_again_and_not_sent_again)
{
    struct town *t = town_open();
    struct msg_scored s = sample_scored("n:1/ACME");

    ck_assert_int_eq(sender_put(t->scored, MSG_scored, &s), 0);
    UNTIL(t, t->posts == 1 && t->dones == 1 && file_size(t) > 0);
    ck_assert_int_eq(t->alerter->m[M_STUCK], 0);
    ck_assert_int_eq(sender_put(t->scored, MSG_scored, &s), 0); /* said again */
    UNTIL(t, t->dones == 2);
    ck_assert_int_eq(t->posts, 1);
    ck_assert_int_eq(t->alerter->m[M_STALE], 1);
    town_close(t);
}
END_TEST

Suite *
alerter_suite(void)
{
    Suite *s = suite_create("alerter");
    TCase *t = tcase_create("turns");

    tcase_set_timeout(t, 60);
    tcase_add_test(
        t, a_request_leaves_when_it_is_written_and_done_is_said_when_it_is_safe);
    tcase_add_test(t, what_is_said_again_is_done_again_and_not_sent_again);
    suite_add_tcase(s, t);
    return s;
}

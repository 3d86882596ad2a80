/* Endpoints, frames, the sender and the lock file, over real sockets. */
#include "base/conf.h"
#include "base/str.h"
#include "wire/lockfile.h"
#include "wire/net.h"
#include "wire/sender.h"

#include <check.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zmq.h>

Suite *net_suite(void);

struct place {
    char dir[64];
    struct conf conf;
    struct net *net;
};

static void
place_open(struct place *p)
{
    struct why why = {""};

    (void)memset(p, 0, sizeof *p);
    (void)str_copy(p->dir, sizeof p->dir, "/tmp/cat-net-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(p->dir));
    (void)str_fmt(p->conf.catalyst.run_dir, sizeof p->conf.catalyst.run_dir, "%s/run",
                  p->dir);
    ck_assert_msg(net_open(&p->net, &p->conf, NULL, &why) == 0, "%s", why.text);
}

static void
place_close(struct place *p)
{
    char command[128];

    net_close(&p->net);
    (void)str_fmt(command, sizeof command, "rm -rf %s", p->dir);
    ck_assert_int_eq(system(command), 0);
}

static void
wait_readable(void *zsocket)
{
    zmq_pollitem_t item = {.socket = zsocket, .events = ZMQ_POLLIN};

    ck_assert_int_eq(zmq_poll(&item, 1, 30000), 1);
}

static void
wait_writable(void *zsocket)
{
    zmq_pollitem_t item = {.socket = zsocket, .events = ZMQ_POLLOUT};

    ck_assert_int_eq(zmq_poll(&item, 1, 30000), 1);
}

START_TEST(the_run_directory_is_private)
{
    struct place p;
    struct stat st;

    place_open(&p);
    ck_assert_int_eq(stat(p.conf.catalyst.run_dir, &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0700);
    place_close(&p);
}
END_TEST

START_TEST(a_bound_endpoint_cannot_be_stolen)
{
    struct place p;
    struct net *other;
    struct why why = {""};
    void *a, *b;

    place_open(&p);
    ck_assert_int_eq(net_open(&other, &p.conf, NULL, &why), 0);
    ck_assert_int_eq(net_bind(p.net, EP_ITEMS, &a, &why), 0);
    ck_assert_int_eq(net_bind(other, EP_ITEMS, &b, &why), ERR_LOCKED);
    ck_assert_ptr_nonnull(strstr(why.text, "held by process"));
    net_drop(p.net, &a);
    ck_assert_int_eq(net_bind(other, EP_ITEMS, &b, &why), 0);
    net_close(&other);
    place_close(&p);
}
END_TEST

START_TEST(a_message_arrives_as_it_was_sent)
{
    struct place p;
    struct msg_cycle_end sent = {.cycle = 7, .candidates = 50};
    struct msg m;
    void *pull, *push;

    place_open(&p);
    ck_assert_int_eq(net_bind(p.net, EP_ITEMS, &pull, NULL), 0);
    ck_assert_int_eq(net_connect(p.net, EP_ITEMS, &push, NULL), 0);
    wait_writable(push);
    ck_assert_int_eq(net_send(push, MSG_cycle_end, &sent), 0);
    wait_readable(pull);
    ck_assert_int_eq(net_recv(pull, NULL, &m, NULL), 0);
    ck_assert_int_eq(m.type, MSG_cycle_end);
    ck_assert_int_eq(((struct msg_cycle_end *)m.body)->candidates, 50);
    msg_free(&m);
    ck_assert_int_eq(net_recv(pull, NULL, &m, NULL), ERR_AGAIN);
    place_close(&p);
}
END_TEST

START_TEST(bad_frames_are_told_apart_and_gone)
{
    static const struct {
        const char *frames[4];
        int rc;
    } rows[] = {
        {{"x"}, ERR_SYNTAX},                 /* one frame only */
        {{"abcd", "x", "y"}, ERR_SYNTAX},    /* one too many */
        {{"ab", "x"}, ERR_SYNTAX},           /* a short header */
        {{"\x7f\x7f\x01", "x"}, ERR_SYNTAX}, /* still short */
        {{"\x01\x01\x01\x01", "x"}, ERR_UNSUPPORTED},
    };
    struct place p;
    struct msg m;
    void *pull, *push;

    place_open(&p);
    ck_assert_int_eq(net_bind(p.net, EP_ITEMS, &pull, NULL), 0);
    ck_assert_int_eq(net_connect(p.net, EP_ITEMS, &push, NULL), 0);
    wait_writable(push);
    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct why why = {""};

        for (int k = 0; rows[i].frames[k] != NULL; k++)
            (void)zmq_send(push, rows[i].frames[k], strlen(rows[i].frames[k]),
                           rows[i].frames[k + 1] != NULL ? ZMQ_SNDMORE : 0);
        wait_readable(pull);
        ck_assert_int_eq(net_recv(pull, NULL, &m, &why), rows[i].rc);
        ck_assert_msg(why.text[0] != '\0', "row %zu: no reason", i);
        ck_assert_int_eq(net_recv(pull, NULL, &m, &why), ERR_AGAIN);
    }
    place_close(&p);
}
END_TEST

START_TEST(a_router_says_when_its_peer_is_gone)
{
    struct place p;
    struct peer nobody = {.n = 5, .id = "\0abcd"};
    struct msg_who who = {.why = "x"};
    void *router;

    place_open(&p);
    ck_assert_int_eq(net_bind(p.net, EP_JOBS, &router, NULL), 0);
    ck_assert_int_eq(net_send_to(router, &nobody, MSG_who, &who), ERR_CLOSED);
    place_close(&p);
}
END_TEST

START_TEST(tcp_without_keys_is_refused)
{
    struct place p;
    struct why why = {""};
    void *s;

    place_open(&p);
    (void)str_copy(p.conf.net.jobs, sizeof p.conf.net.jobs, "tcp://127.0.0.1:5555");
    ck_assert_int_eq(net_bind(p.net, EP_JOBS, &s, &why), ERR_UNSUPPORTED);
    ck_assert_ptr_nonnull(strstr(why.text, "CURVE"));
    place_close(&p);
}
END_TEST

/* ---- the sender ---------------------------------------------------------------- */

enum { SENT = 5000 };

struct reader {
    void *pull;
    struct loop *loop;
    int64_t next;
};

static int
on_number(void *self)
{
    struct reader *r = self;
    struct msg m;

    while (net_recv(r->pull, NULL, &m, NULL) == 0) {
        ck_assert_int_eq(((struct msg_cycle_end *)m.body)->cycle, r->next);
        r->next++;
        msg_free(&m);
    }
    if (r->next == SENT)
        loop_stop(r->loop);
    return 0;
}

START_TEST(what_a_pipe_cannot_take_is_kept_in_order)
{
    struct place p;
    struct clock clock = {0};
    struct loop *loop = loop_new(&clock);
    struct sender *s;
    struct reader r = {.loop = loop};
    void *push;

    place_open(&p);
    ck_assert_int_eq(net_connect(p.net, EP_ITEMS, &push, NULL), 0);
    ck_assert_int_eq(sender_new(&s, loop, push, 10, NULL, NULL), 0);
    for (int64_t i = 0; i < SENT; i++) /* nobody is there yet */
        ck_assert_int_eq(
            sender_put(s, MSG_cycle_end, &(struct msg_cycle_end){.cycle = i}), 0);
    ck_assert(sender_is_full(s));
    ck_assert_uint_eq(sender_depth(s), SENT);
    ck_assert_int_eq(net_bind(p.net, EP_ITEMS, &r.pull, NULL), 0);
    ck_assert_int_eq(loop_watch_socket(loop, r.pull, LOOP_IN, on_number, &r), 0);
    ck_assert_int_eq(loop_run(loop), 0);
    ck_assert_int_eq(r.next, SENT);
    ck_assert_uint_eq(sender_depth(s), 0);
    sender_free(&s);
    loop_free(&loop);
    place_close(&p);
}
END_TEST

/* ---- lock files
 * ---------------------------------------------------------------------- */

START_TEST(a_lock_is_seen_without_being_taken_and_dies_with_its_holder)
{
    struct place p;
    char path[128];
    int go[2], fd, status;
    int64_t pid;
    pid_t child;
    char byte = 0;

    place_open(&p);
    (void)str_fmt(path, sizeof path, "%s/x.lock", p.dir);
    ck_assert(!lockfile_is_held(path, &pid));
    ck_assert_int_eq(pipe(go), 0);
    if ((child = fork()) == 0) {
        _exit(lockfile_take(path, &fd, NULL) == 0 && write(go[1], &byte, 1) == 1 &&
                      pause() < 0
                  ? 0
                  : 1);
    }
    ck_assert_int_eq(read(go[0], &byte, 1), 1);
    ck_assert(lockfile_is_held(path, &pid));
    ck_assert_int_eq(pid, child);
    ck_assert_int_eq(lockfile_take(path, &fd, NULL), ERR_LOCKED);
    (void)kill(child, SIGKILL);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(!lockfile_is_held(path, &pid));
    ck_assert_int_eq(lockfile_take(path, &fd, NULL), 0);
    (void)close(fd);
    place_close(&p);
}
END_TEST

Suite *
net_suite(void)
{
    Suite *s = suite_create("net");
    TCase *t = tcase_create("net");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, the_run_directory_is_private);
    tcase_add_test(t, a_bound_endpoint_cannot_be_stolen);
    tcase_add_test(t, a_message_arrives_as_it_was_sent);
    tcase_add_test(t, bad_frames_are_told_apart_and_gone);
    tcase_add_test(t, a_router_says_when_its_peer_is_gone);
    tcase_add_test(t, tcp_without_keys_is_refused);
    tcase_add_test(t, what_a_pipe_cannot_take_is_kept_in_order);
    tcase_add_test(t, a_lock_is_seen_without_being_taken_and_dies_with_its_holder);
    suite_add_tcase(s, t);
    return s;
}

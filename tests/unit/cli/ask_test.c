#include "monitor/cli/ask.h"

#include "base/clock.h"
#include "base/str.h"
#include "tests/unit/cli/shelves.h"
#include "wire/loop.h"
#include "wire/net.h"

#include <check.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* A stage of our own: answers what its command asks for. */
struct stage {
    struct clock clock;
    struct loop *loop;
    struct net *net;
    void *control;
};

static int
on_ask(void *self)
{
    struct stage *s = self;
    struct peer peer;
    struct msg m = {MSG_none, NULL};

    while (net_recv(s->control, &peer, &m, NULL) == 0) {
        const struct msg_ask *ask = m.body;
        struct msg_answer a = {.seq = ask->seq, .ok = true, .json = "{\"x\": 1}"};

        if (str_eq(ask->command, "no")) {
            a.ok = false;
            a.json = "{\"error\": \"never\"}";
        } else if (str_eq(ask->command, "garbage")) {
            a.json = "{";
        }
        if (!str_eq(ask->command, "silence"))
            (void)net_send_to(s->control, &peer, MSG_answer, &a);
        msg_free(&m);
    }
    return 0;
}

static void
stage_live(const struct conf *conf, int ready)
{
    struct stage s = {.net = NULL};

    s.loop = loop_new(&s.clock);
    if (net_open(&s.net, conf, NULL, NULL) != 0 ||
        net_bind(s.net, EP_CONTROL_INGEST, &s.control, NULL) != 0 ||
        loop_watch_socket(s.loop, s.control, LOOP_IN, on_ask, &s) != 0)
        _exit(1);
    if (write(ready, "r", 1) == 1)
        (void)loop_run(s.loop); /* until it is killed */
    _exit(0);
}

static pid_t
stage_start(const struct conf *conf)
{
    int ends[2];
    char c;
    pid_t pid;

    ck_assert_int_eq(pipe(ends), 0);
    if ((pid = fork()) == 0)
        stage_live(conf, ends[1]);
    ck_assert_int_eq(read(ends[0], &c, 1), 1);
    close(ends[0]);
    close(ends[1]);
    return pid;
}

static void
stage_stop(pid_t pid)
{
    ck_assert_int_eq(kill(pid, SIGKILL), 0);
    ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}

static void
ask_one(const struct conf *conf, const char *command, int64_t answer_ms,
        struct answer *out)
{
    struct question q = {"ingest", command, ""};
    struct why why = {""};

    ck_assert_msg(
        ask_all(conf, &q, 1, (struct ask_times){5000, answer_ms}, out, &why) == 0, "%s",
        why.text);
}

START_TEST(a_stage_answers)
{
    struct shelves s;
    struct answer a;
    pid_t pid;

    shelves_open(&s);
    pid = stage_start(&s.conf);
    ask_one(&s.conf, "stats", 5000, &a);
    ck_assert_int_eq(a.rc, 0);
    ck_assert(a.ok);
    ck_assert_int_eq(json_i64(json_get(a.json, "x"), 0), 1);
    answers_free(&a, 1);
    stage_stop(pid);
    shelves_close(&s);
}
END_TEST

START_TEST(a_refusal_has_its_reason)
{
    struct shelves s;
    struct answer a;
    pid_t pid;

    shelves_open(&s);
    pid = stage_start(&s.conf);
    ask_one(&s.conf, "no", 5000, &a);
    ck_assert_int_eq(a.rc, 0);
    ck_assert(!a.ok);
    ck_assert_str_eq(answer_error(&a), "never");
    answers_free(&a, 1);
    ask_one(&s.conf, "garbage", 5000, &a);
    ck_assert_int_eq(a.rc, ERR_SYNTAX);
    answers_free(&a, 1);
    stage_stop(pid);
    shelves_close(&s);
}
END_TEST

START_TEST(a_silent_stage_is_not_waited_for)
{
    struct shelves s;
    struct answer a;
    pid_t pid;

    shelves_open(&s);
    pid = stage_start(&s.conf);
    ask_one(&s.conf, "silence", 0, &a);
    ck_assert_int_eq(a.rc, ERR_TIMEOUT);
    ck_assert_str_eq(answer_error(&a), "it did not answer in time");
    answers_free(&a, 1);
    stage_stop(pid);
    shelves_close(&s);
}
END_TEST

START_TEST(those_who_answer_are_heard_beside_those_who_do_not)
{
    struct shelves s;
    struct answer answers[ASK_MAX];
    struct why why = {""};
    pid_t pid;
    int n;

    shelves_open(&s);
    pid = stage_start(&s.conf);
    n = ask_every(&s.conf, "stats", (struct ask_times){2000, 2000}, answers, &why);
    ck_assert_int_eq(n, 5);
    ck_assert_int_eq(answers[0].rc, 0);
    for (int i = 1; i < n; i++)
        ck_assert_int_eq(answers[i].rc, ERR_CLOSED);
    answers_free(answers, (size_t)n);
    stage_stop(pid);
    shelves_close(&s);
}
END_TEST

Suite *ask_suite(void);

Suite *
ask_suite(void)
{
    Suite *s = suite_create("ask");
    TCase *t = tcase_create("ask");

    tcase_set_timeout(t, 20);
    tcase_add_test(t, a_stage_answers);
    tcase_add_test(t, a_refusal_has_its_reason);
    tcase_add_test(t, a_silent_stage_is_not_waited_for);
    tcase_add_test(t, those_who_answer_are_heard_beside_those_who_do_not);
    suite_add_tcase(s, t);
    return s;
}

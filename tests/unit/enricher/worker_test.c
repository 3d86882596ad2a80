/* The worker between a collector of ours and an upstream of ours. */
#include "enricher/worker.h"

#include "base/str.h"
#include "counterpart.h"

#include <arpa/inet.h>
#include <check.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char chart[] =
    "{\"chart\":{\"result\":[{\"meta\":{\"symbol\":\"ACME\",\"regularMarketPrice\":"
    "10.5,\"previousClose\":10}}],\"error\":null}}";

/* An upstream that answers every request with the chart, or never. */
struct upstream {
    int fd, port;
    pid_t pid;
};

static void
serve(int listener)
{
    char out[512], in[4096];

    str_fmt(out, sizeof out, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s",
            strlen(chart), chart);
    for (;;) {
        int fd = accept(listener, NULL, NULL);

        if (fd < 0 || fork() != 0) {
            close(fd);
            continue;
        }
        while (recv(fd, in, sizeof in, 0) > 0)
            if (send(fd, out, strlen(out), MSG_NOSIGNAL) < 0)
                _exit(0);
        _exit(0);
    }
}

static void
upstream_open(struct upstream *u, bool answers)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    socklen_t len = sizeof a;

    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    u->fd = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(u->fd, (struct sockaddr *)&a, sizeof a), 0);
    ck_assert_int_eq(listen(u->fd, 64), 0);
    ck_assert_int_eq(getsockname(u->fd, (struct sockaddr *)&a, &len), 0);
    u->port = ntohs(a.sin_port);
    u->pid = answers ? fork() : -1;
    if (u->pid == 0) {
        signal(SIGCHLD, SIG_IGN);
        serve(u->fd);
    }
}

static void
upstream_close(struct upstream *u)
{
    close(u->fd);
    if (u->pid > 0) {
        kill(u->pid, SIGKILL);
        waitpid(u->pid, NULL, 0);
    }
}

struct bench {
    struct counterpart c;
    struct upstream up;
    struct worker *w;
};

static void
bench_open(struct bench *b, bool answers, const char *set)
{
    char base[128];

    *b = (struct bench){.w = NULL};
    upstream_open(&b->up, answers);
    str_fmt(base, sizeof base, "source yahoo-chart.base_url=http://127.0.0.1:%d",
            b->up.port);
    counterpart_open(&b->c, base, set);
    counterpart_listen(&b->c);
    ck_assert_int_eq(worker_open(&b->w, &b->c.proc), 0);
    counterpart_until(&b->c, MSG_alive, 1);
}

static void
bench_close(struct bench *b)
{
    worker_close(&b->w);
    counterpart_close(&b->c);
    upstream_close(&b->up);
}

static void
check_result(const struct bench *b, int64_t lease, const char *status, const char *why)
{
    const struct heard *r = counterpart_last(&b->c, MSG_result);

    ck_assert_int_eq(r->lease, lease);
    ck_assert_str_eq(r->status, status);
    if (why != NULL)
        ck_assert_str_eq(r->why, why);
}

START_TEST(a_lease_lands_and_then_has_its_result)
{
    struct bench b;

    bench_open(&b, true, NULL);
    counterpart_lease(&b.c, 5, "yahoo-chart", "ACME", 5000);
    counterpart_until(&b.c, MSG_result, 1);
    check_result(&b, 5, "ok", "");
    ck_assert_uint_eq(counterpart_last(&b.c, MSG_result)->n_facts, 4);
    ck_assert_int_lt(counterpart_place(&b.c, MSG_landed, 5),
                     counterpart_place(&b.c, MSG_result, 5));
    ck_assert_uint_eq(b.w->n_held, 0);
    bench_close(&b);
}
END_TEST

START_TEST(many_leases_run_at_once)
{
    struct bench b;

    bench_open(&b, true, NULL);
    for (int i = 1; i <= 64; i++)
        counterpart_lease(&b.c, i, "yahoo-chart", "ACME", 5000);
    counterpart_until(&b.c, MSG_result, 64);
    ck_assert_int_eq(b.w->done, 64);
    ck_assert_int_eq(b.w->stats[WS_RESULTS + OUTCOME_OK], 64);
    bench_close(&b);
}
END_TEST

static const struct {
    const char *source, *tickers;
    int64_t left_ms;
    const char *why;
} nonsense[] = {
    {"no-such-source", "ACME", 1000, "unknown source"},
    {"yahoo-chart", "ACME,OTHR", 1000, "number of tickers"},
    {"yahoo-chart", "", 1000, "number of tickers"},
    {"yahoo-chart", "ACME", 0, "no time left"},
    {"yahoo-chart", "THIRTYTWOLETTERSARETOOMANYLETTERS", 1000, "ticker too long"},
};

START_TEST(a_lease_that_makes_no_sense_is_answered_at_once)
{
    struct bench b;

    bench_open(&b, false, NULL);
    counterpart_lease(&b.c, 6, nonsense[_i].source, nonsense[_i].tickers,
                      nonsense[_i].left_ms);
    counterpart_until(&b.c, MSG_result, 1);
    check_result(&b, 6, "error", nonsense[_i].why);
    ck_assert_uint_eq(b.w->n_held, 0);
    bench_close(&b);
}
END_TEST

START_TEST(a_lease_above_the_credit_is_answered_at_once)
{
    struct bench b;

    bench_open(&b, false, "enricher.credit=2");
    for (int i = 1; i <= 3; i++)
        counterpart_lease(&b.c, i, "yahoo-chart", "ACME", 60000);
    counterpart_until(&b.c, MSG_result, 1);
    check_result(&b, 3, "error", "more leases than credit");
    ck_assert_uint_eq(b.w->n_held, 2);
    bench_close(&b);
}
END_TEST

START_TEST(a_lease_ends_in_its_time)
{
    struct bench b;

    bench_open(&b, false, NULL);
    counterpart_lease(&b.c, 7, "yahoo-chart", "ACME", 100);
    counterpart_until(&b.c, MSG_result, 1);
    check_result(&b, 7, "timeout", NULL);
    ck_assert_int_lt(counterpart_place(&b.c, MSG_landed, 7), 0); /* nothing to parse */
    bench_close(&b);
}
END_TEST

START_TEST(a_lease_said_twice_runs_once)
{
    struct bench b;

    bench_open(&b, false, NULL);
    counterpart_lease(&b.c, 8, "yahoo-chart", "ACME", 300);
    counterpart_lease(&b.c, 8, "yahoo-chart", "ACME", 300);
    counterpart_until(&b.c, MSG_result, 1);
    ck_assert_int_eq(b.w->stats[WS_LEASES], 2);
    ck_assert_int_eq(b.w->done, 1);
    ck_assert_uint_eq(b.w->n_held, 0); /* no second one is left */
    bench_close(&b);
}
END_TEST

START_TEST(a_cancelled_lease_lands_cancelled)
{
    struct bench b;

    bench_open(&b, false, NULL);
    counterpart_lease(&b.c, 9, "yahoo-chart", "ACME", 60000);
    counterpart_say(&b.c, MSG_cancel, &(struct msg_cancel){.lease = 9});
    counterpart_until(&b.c, MSG_result, 1);
    check_result(&b, 9, "cancelled", "cancelled");
    ck_assert_int_ge(counterpart_place(&b.c, MSG_landed, 9), 0);
    ck_assert_int_eq(http_running(b.w->http), 0);
    bench_close(&b);
}
END_TEST

START_TEST(a_lost_collector_ends_every_transfer)
{
    struct bench b;

    bench_open(&b, false, "enricher.alive_ms=100");
    b.c.answers_alive = false;
    for (int i = 1; i <= 3; i++)
        counterpart_lease(&b.c, i, "yahoo-chart", "ACME", 60000);
    counterpart_until(&b.c, MSG_result, 3);
    check_result(&b, 1, "cancelled", "the collector did not answer");
    ck_assert_int_eq(http_running(b.w->http), 0);
    ck_assert_int_eq(b.w->stats[WS_ABORTED], 3);
    bench_close(&b);
}
END_TEST

START_TEST(alive_names_every_lease_that_is_held)
{
    struct bench b;

    bench_open(&b, false, "enricher.alive_ms=100");
    counterpart_lease(&b.c, 11, "yahoo-chart", "ACME", 60000);
    counterpart_lease(&b.c, 12, "yahoo-chart", "ACME", 60000);
    counterpart_until(&b.c, MSG_alive, 2);
    ck_assert_uint_eq(counterpart_last(&b.c, MSG_alive)->n_held, 2);
    bench_close(&b);
}
END_TEST

START_TEST(drain_finishes_what_is_held_and_leaves)
{
    struct bench b;
    struct msg_drain drain = {.why = "scaled down"};

    bench_open(&b, false, NULL);
    counterpart_lease(&b.c, 13, "yahoo-chart", "ACME", 300);
    counterpart_say(&b.c, MSG_drain, &drain);
    ck_assert_int_eq(counterpart_run(&b.c), 0); /* the worker ends the loop */
    ck_assert_uint_eq(b.w->n_held, 0);
    counterpart_until(&b.c, MSG_bye, 1);
    check_result(&b, 13, "timeout", NULL);
    ck_assert_int_gt(counterpart_place(&b.c, MSG_bye, 0),
                     counterpart_place(&b.c, MSG_result, 13));
    bench_close(&b);
}
END_TEST

START_TEST(a_source_that_is_off_is_not_asked)
{
    struct bench b;

    bench_open(&b, false, "source yahoo-chart.enabled=0");
    counterpart_lease(&b.c, 14, "yahoo-chart", "ACME", 300);
    counterpart_until(&b.c, MSG_result, 1);
    check_result(&b, 14, "error", "source is off here");
    bench_close(&b);
}
END_TEST

static void
write_wanted(const struct counterpart *c, const char *text)
{
    char path[128];
    FILE *f;

    str_fmt(path, sizeof path, "%s/enrichers", c->dir);
    f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_ge(fputs(text, f), 0);
    fclose(f);
}

START_TEST(slots_above_the_wanted_number_are_not_wanted)
{
    struct counterpart c;

    counterpart_open(&c, "enricher.count=4", NULL);
    ck_assert(worker_is_wanted(&c.proc)); /* no slot at all */
    c.proc.slot = 3;
    ck_assert(worker_is_wanted(&c.proc));
    c.proc.slot = 4;
    ck_assert(!worker_is_wanted(&c.proc));
    write_wanted(&c, "6\n");
    ck_assert(worker_is_wanted(&c.proc));
    write_wanted(&c, "nonsense\n");
    ck_assert(!worker_is_wanted(&c.proc));
    counterpart_close(&c);
}
END_TEST

Suite *worker_suite(void);

Suite *
worker_suite(void)
{
    Suite *s = suite_create("worker");
    TCase *t = tcase_create("worker");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_lease_lands_and_then_has_its_result);
    tcase_add_test(t, many_leases_run_at_once);
    tcase_add_loop_test(t, a_lease_that_makes_no_sense_is_answered_at_once, 0,
                        STR_LEN(nonsense));
    tcase_add_test(t, a_lease_above_the_credit_is_answered_at_once);
    tcase_add_test(t, a_lease_ends_in_its_time);
    tcase_add_test(t, a_lease_said_twice_runs_once);
    tcase_add_test(t, a_cancelled_lease_lands_cancelled);
    tcase_add_test(t, a_lost_collector_ends_every_transfer);
    tcase_add_test(t, alive_names_every_lease_that_is_held);
    tcase_add_test(t, drain_finishes_what_is_held_and_leaves);
    tcase_add_test(t, a_source_that_is_off_is_not_asked);
    tcase_add_test(t, slots_above_the_wanted_number_are_not_wanted);
    suite_add_tcase(s, t);
    return s;
}

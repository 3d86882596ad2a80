#include "tests/market/desk.h"

#include "base/json.h"
#include "base/str.h"

#include <arpa/inet.h>
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

Suite *server_suite(void);

enum { BYTES = 1 << 20 };

/* A market with its server in a thread of its own. */
struct fixture {
    struct options options;
    struct clock clock;
    struct market market;
    struct server *server;
    pthread_t thread;
};

static void *
run(void *self)
{
    struct fixture *f = self;

    (void)server_run(f->server);
    return NULL;
}

static void
open_fixture(struct fixture *f, double latency)
{
    struct service service;
    sigset_t mask;

    memset(f, 0, sizeof *f);
    f->options = (struct options){.tickers = 60, .latency = latency};
    f->options.news.seed = 1;
    f->options.limits[GROUP_YAHOO] = 1;
    f->options.no_manners = true;
    sigemptyset(&mask);
    sigaddset(&mask, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &mask, NULL);
    ck_assert_int_eq(market_open(&f->market, &f->options, &f->clock, NULL), 0);
    service = desk_service(&f->market);
    ck_assert_int_eq(server_new(&f->server, "127.0.0.1:0", &f->clock, &service, NULL),
                     0);
    f->market.server = f->server;
    ck_assert_int_eq(pthread_create(&f->thread, NULL, run, f), 0);
}

static void
close_fixture(struct fixture *f)
{
    kill(getpid(), SIGTERM);
    pthread_join(f->thread, NULL);
    server_free(&f->server);
    market_close(&f->market);
}

static int
dial(const struct fixture *f)
{
    struct sockaddr_in a = {.sin_family = AF_INET,
                            .sin_port = htons((uint16_t)server_port(f->server)),
                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    ck_assert_int_eq(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
    return fd;
}

static void
say(int fd, const char *text)
{
    ck_assert_int_eq(send(fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

/* One whole answer into out[BYTES]; its status, or 0 when the connection ended before.
 */
static int
hear(int fd, char *out)
{
    size_t n = 0, length;
    int64_t status = 0;
    const char *end, *field;

    for (;;) {
        ssize_t got = recv(fd, out + n, 1, 0); /* never into the next answer */

        if (got <= 0)
            return 0;
        n += (size_t)got;
        out[n] = '\0';
        if ((end = strstr(out, "\r\n\r\n")) != NULL)
            break;
    }
    field = strstr(out, "Content-Length: ");
    length = field != NULL ? (size_t)strtoul(field + 16, NULL, 10) : 0;
    for (size_t have = 0; have < length;) {
        ssize_t got = recv(fd, out + n, length - have, 0);

        if (got <= 0)
            return 0;
        have += (size_t)got;
        n += (size_t)got;
    }
    out[n] = '\0';
    out[12] = '\0';
    ck_assert_int_eq(str_i64(out + 9, &status), 0);
    out[12] = ' ';
    return (int)status;
}

static int64_t
judged(const struct fixture *f, const char *path)
{
    static char answer[BYTES];
    int fd = dial(f);
    const char *body;
    struct json *root;
    int64_t value;

    say(fd, "GET /judge HTTP/1.1\r\n\r\n");
    ck_assert_int_eq(hear(fd, answer), 200);
    close(fd);
    body = strstr(answer, "\r\n\r\n") + 4;
    root = json_parse(body, strlen(body), NULL);
    value = json_i64(json_get(root, path), -1);
    json_free(&root);
    return value;
}

#define CHART(symbol) "GET /yahoo/v8/finance/chart/" symbol " HTTP/1.1\r\n\r\n"

START_TEST(pipelined_requests_are_answered_in_order)
{
    static char answer[BYTES];
    struct fixture f;
    int fd;

    open_fixture(&f, 0);
    fd = dial(&f);
    say(fd, CHART("AAPL") CHART("NONE") CHART("MSFT"));
    ck_assert_int_eq(hear(fd, answer), 200);
    ck_assert_ptr_nonnull(strstr(answer, "\"AAPL\""));
    ck_assert_int_eq(hear(fd, answer), 404);
    ck_assert_int_eq(hear(fd, answer), 200);
    ck_assert_ptr_nonnull(strstr(answer, "\"MSFT\""));
    close(fd);
    ck_assert_int_eq(judged(&f, "groups.yahoo.requests"), 3);
    ck_assert_int_eq(judged(&f, "groups.yahoo.in_flight"), 0);
    ck_assert_int_eq(judged(&f, "groups.yahoo.violations"), 0);
    close_fixture(&f);
}
END_TEST

START_TEST(a_closed_client_gives_its_place_to_the_next_request)
{
    enum { ROUNDS = 200 };
    struct fixture f;
    int holder, next;

    open_fixture(&f, 100); /* no answer will come */
    holder = dial(&f);
    say(holder, CHART("AAPL"));
    for (int i = 0; i < ROUNDS; i++) {
        next = dial(&f);
        close(holder);
        say(next, CHART("AAPL"));
        holder = next;
    }
    close(holder);
    ck_assert_int_eq(judged(&f, "groups.yahoo.requests"), ROUNDS + 1);
    ck_assert_int_eq(judged(&f, "groups.yahoo.most_in_flight"), 1);
    ck_assert_int_eq(judged(&f, "groups.yahoo.violations"), 0);
    ck_assert_int_eq(judged(&f, "groups.yahoo.duplicates"), 0);
    close_fixture(&f);
}
END_TEST

START_TEST(a_request_too_many_is_a_violation)
{
    struct fixture f;
    int a, b;

    open_fixture(&f, 100);
    a = dial(&f);
    say(a, CHART("AAPL"));
    ck_assert_int_eq(judged(&f, "groups.yahoo.in_flight"), 1);
    b = dial(&f);
    say(b, CHART("AAPL"));
    ck_assert_int_eq(judged(&f, "groups.yahoo.in_flight"), 2);
    ck_assert_int_eq(judged(&f, "groups.yahoo.violations"), 1);
    ck_assert_int_eq(judged(&f, "groups.yahoo.duplicates"), 1);
    close(a);
    close(b);
    close_fixture(&f);
}
END_TEST

START_TEST(connections_packed_answers_and_bad_manners_are_counted)
{
    static const char browser[] =
        "User-Agent: Mozilla/5.0 (X11) Gecko/20100101 Firefox/150.0\r\n"
        "Accept-Encoding: gzip\r\n\r\n";
    static char answer[BYTES], request[400];
    struct fixture f;
    int a, b;

    open_fixture(&f, 0);
    a = dial(&f);
    b = dial(&f);
    say(a, "POST /control/manners?on HTTP/1.1\r\n\r\n");
    ck_assert_int_eq(hear(a, answer), 200);
    str_fmt(request, sizeof request, "GET /yahoo/v8/finance/chart/AAPL HTTP/1.1\r\n%s",
            browser);
    for (int i = 0; i < 3; i++) {
        say(a, request);
        ck_assert_int_eq(hear(a, answer), 200);
    }
    say(b, CHART("AAPL"));
    ck_assert_int_eq(hear(b, answer), 429);
    ck_assert_int_eq(judged(&f, "groups.yahoo.connections"), 2);
    ck_assert_int_eq(judged(&f, "groups.yahoo.compressed"), 3);
    ck_assert_int_eq(judged(&f, "groups.yahoo.unmannerly"), 1);
    close(a);
    close(b);
    close_fixture(&f);
}
END_TEST

START_TEST(a_phase_refuses_at_once_what_is_too_much)
{
    static char answer[BYTES];
    struct fixture f;
    int a, b;

    open_fixture(&f, 100);
    a = dial(&f);
    say(a, "POST /control/phases?yahoo=1x5,2 HTTP/1.1\r\n\r\n");
    ck_assert_int_eq(hear(a, answer), 200);
    say(a, CHART("AAPL"));
    ck_assert_int_eq(judged(&f, "groups.yahoo.in_flight"), 1);
    b = dial(&f);
    say(b, CHART("MSFT"));
    ck_assert_int_eq(hear(b, answer), 429);
    ck_assert_ptr_null(strstr(answer, "Retry-After"));
    ck_assert_int_eq(judged(&f, "groups.yahoo.refused"), 1);
    ck_assert_int_eq(judged(&f, "groups.yahoo.phases.0.refused"), 1);
    ck_assert_int_eq(judged(&f, "groups.yahoo.in_flight"), 1);
    close(a);
    close(b);
    close_fixture(&f);
}
END_TEST

START_TEST(faults_break_answers_as_they_are_told)
{
    static char answer[BYTES];
    struct fixture f;
    struct why why;
    int fd;

    open_fixture(&f, 0);
    ck_assert_int_eq(faults_load(&f.market.faults,
                                 "/yahoo/v8:truncate:1,/yahoo/v8:reset:1,"
                                 "/yahoo/v8:429:1,/webhook:truncate:1",
                                 &why),
                     0);
    for (int i = 0; i < 2; i++) {
        fd = dial(&f);
        say(fd, CHART("AAPL"));
        ck_assert_int_eq(hear(fd, answer), 0);
        close(fd);
    }
    fd = dial(&f);
    say(fd, CHART("AAPL"));
    ck_assert_int_eq(hear(fd, answer), 429);
    say(fd, CHART("AAPL"));
    ck_assert_int_eq(hear(fd, answer), 200);
    /* a message whose answer was lost is there all the same */
    say(fd, "POST /webhook/1/x?wait=true HTTP/1.1\r\nContent-Length: 15\r\n\r\n"
            "{\"content\":\"a\"}");
    ck_assert_int_eq(hear(fd, answer), 0);
    close(fd);
    ck_assert_int_eq(judged(&f, "groups.yahoo.errors"), 3);
    ck_assert_int_eq(judged(&f, "webhooks.received"), 1);
    close_fixture(&f);
}
END_TEST

START_TEST(nonsense_is_answered_400_and_not_judged)
{
    static char answer[BYTES];
    struct fixture f;
    int fd;

    open_fixture(&f, 0);
    fd = dial(&f);
    say(fd, "nonsense\r\n\r\n");
    ck_assert_int_eq(hear(fd, answer), 400);
    close(fd);
    ck_assert_int_eq(judged(&f, "bad_requests"), 1);
    ck_assert_int_eq(judged(&f, "groups.yahoo.requests"), 0);
    close_fixture(&f);
}
END_TEST

Suite *
server_suite(void)
{
    Suite *s = suite_create("server");
    TCase *t = tcase_create("server");

    tcase_add_test(t, pipelined_requests_are_answered_in_order);
    tcase_add_test(t, a_closed_client_gives_its_place_to_the_next_request);
    tcase_add_test(t, a_request_too_many_is_a_violation);
    tcase_add_test(t, connections_packed_answers_and_bad_manners_are_counted);
    tcase_add_test(t, a_phase_refuses_at_once_what_is_too_much);
    tcase_add_test(t, faults_break_answers_as_they_are_told);
    tcase_add_test(t, nonsense_is_answered_400_and_not_judged);
    suite_add_tcase(s, t);
    return s;
}

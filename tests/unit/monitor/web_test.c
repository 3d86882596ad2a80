#include "monitor/web.h"

#include "base/clock.h"
#include "base/str.h"

#include <arpa/inet.h>
#include <check.h>
#include <poll.h>
#include <unistd.h>

/* A server on a free port and one client, both on this thread. */
struct rig {
    struct clock clock;
    struct loop *loop;
    struct web *web;
    struct timer *end;
    int fd;
    char answer[8192];
    size_t n;
};

static int
fill_hello(void *self, struct buf *out)
{
    (void)self;
    buf_adds(out, "hello\n");
    return 503;
}

static int
fill_too_much(void *self, struct buf *out)
{
    (void)self;
    out->err = ERR_TOO_BIG;
    return 200;
}

static const struct web_page pages[] = {
    {"/hello", "text/x-test", fill_hello, "says hello"},
    {"/big", "text/x-test", fill_too_much, "is too large"},
    {.path = NULL},
};

static int
on_end(void *self)
{
    struct rig *r = self;

    loop_stop(r->loop);
    return 0;
}

/* Reads what there is; the end of the connection ends the loop. */
static int
on_answer(void *self)
{
    struct rig *r = self;
    ssize_t n = read(r->fd, r->answer + r->n, sizeof r->answer - 1 - r->n);

    if (n > 0) {
        r->n += (size_t)n;
        r->answer[r->n] = '\0';
        return 0;
    }
    loop_unwatch_fd(r->loop, r->fd);
    loop_stop(r->loop);
    return 0;
}

static void
rig_open(struct rig *r)
{
    struct why why = {""};

    *r = (struct rig){.fd = -1};
    r->loop = loop_new(&r->clock);
    r->end = timer_new(r->loop, on_end, r);
    ck_assert_msg(web_open(&r->web, r->loop, "127.0.0.1:0", pages, r, &why) == 0, "%s",
                  why.text);
}

static void
rig_close(struct rig *r)
{
    web_close(&r->web);
    timer_free(&r->end);
    loop_free(&r->loop);
}

/* The whole answer to a request that closes its connection. */
static const char *
ask(struct rig *r, const char *request)
{
    struct sockaddr_in at = {.sin_family = AF_INET};

    at.sin_port = htons((uint16_t)web_port(r->web));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    r->n = 0;
    r->answer[0] = '\0';
    r->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(connect(r->fd, (struct sockaddr *)&at, sizeof at), 0);
    ck_assert_int_eq(write(r->fd, request, strlen(request)), (ssize_t)strlen(request));
    ck_assert_int_eq(loop_watch_fd(r->loop, r->fd, LOOP_IN, on_answer, r), 0);
    timer_set(r->end, clock_boot_ms(&r->clock) + 3000);
    loop_run(r->loop);
    close(r->fd);
    return r->answer;
}

#define HEAD " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"

START_TEST(a_page_has_its_status_type_and_body)
{
    struct rig r;
    const char *text;

    rig_open(&r);
    text = ask(&r, "GET /hello" HEAD "\r\n");
    ck_assert_msg(str_starts(text, "HTTP/1.1 503 "), "%s", text);
    ck_assert_ptr_nonnull(strstr(text, "Content-Type: text/x-test\r\n"));
    ck_assert_ptr_nonnull(strstr(text, "\r\n\r\nhello\n"));
    ck_assert_int_eq(web_requests(r.web), 1);
    rig_close(&r);
}
END_TEST

START_TEST(head_has_no_body)
{
    struct rig r;
    const char *text;

    rig_open(&r);
    text = ask(&r, "HEAD /hello" HEAD "\r\n");
    ck_assert_ptr_nonnull(strstr(text, "Content-Length: 6\r\n"));
    ck_assert(str_ends(text, "\r\n\r\n"));
    rig_close(&r);
}
END_TEST

START_TEST(what_is_not_offered_is_refused)
{
    static const char *const rows[][2] = {
        {"GET /nothing" HEAD "\r\n", "HTTP/1.1 404 "},
        {"GET /hello/.." HEAD "\r\n", "HTTP/1.1 404 "},
        {"POST /hello" HEAD "Content-Length: 3\r\n\r\nabc", "HTTP/1.1 405 "},
        {"DELETE /hello" HEAD "\r\n", "HTTP/1.1 405 "},
        {"GET /big" HEAD "\r\n", "HTTP/1.1 500 "},
    };
    struct rig r;

    rig_open(&r);
    for (size_t i = 0; i < STR_LEN(rows); i++)
        ck_assert_msg(str_starts(ask(&r, rows[i][0]), rows[i][1]), "%s: %s", rows[i][0],
                      r.answer);
    ck_assert(str_starts(ask(&r, "GET /hello" HEAD "\r\n"), "HTTP/1.1 503 "));
    rig_close(&r);
}
END_TEST

START_TEST(a_place_that_cannot_be_listened_on_is_told)
{
    static const char *const bad[] = {"", "9464", "127.0.0.1", "127.0.0.1:x",
                                      "256.0.0.1:1"};
    struct rig r;
    struct web *web = NULL;
    struct why why = {""};
    char taken[64];

    rig_open(&r);
    for (size_t i = 0; i < STR_LEN(bad); i++) {
        ck_assert_int_eq(web_open(&web, r.loop, bad[i], pages, &r, &why), ERR_CONFIG);
        ck_assert_ptr_null(web);
    }
    str_fmt(taken, sizeof taken, "192.0.2.1:%d", web_port(r.web)); /* not our address */
    ck_assert_int_eq(web_open(&web, r.loop, taken, pages, &r, &why), ERR_NET);
    rig_close(&r);
}
END_TEST

Suite *web_suite(void);

Suite *
web_suite(void)
{
    Suite *s = suite_create("web");
    TCase *t = tcase_create("web");

    tcase_add_test(t, a_page_has_its_status_type_and_body);
    tcase_add_test(t, head_has_no_body);
    tcase_add_test(t, what_is_not_offered_is_refused);
    tcase_add_test(t, a_place_that_cannot_be_listened_on_is_told);
    suite_add_tcase(s, t);
    return s;
}

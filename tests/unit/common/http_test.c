/* The client against a tiny server of our own: one process a connection. */
#include "wire/http.h"

#include "base/str.h"
#include "tiny_server.h"

#include <check.h>

enum { SLOTS = 8, GUARD_MS = 20000 };

struct bench {
    struct tiny_server server;
    struct clock clock;
    struct loop *loop;
    struct timer *guard;
    struct http *http;
    struct http_call *call;
    int wanted, got;
    int rc, status;
    char why[256], body[16384], etag[64], odd[64], modified[64], url[256];
    size_t len;
    int64_t retry_after_ms, elapsed_us;
    int again; /* how many more the call-back starts */
};

static int
on_guard(void *self)
{
    (void)self;
    return ERR_TIMEOUT;
}

static void
bench_open(struct bench *b)
{
    *b = (struct bench){.wanted = 1};
    ck_assert_int_eq(tiny_server_open(&b->server), 0);
    b->loop = loop_new(&b->clock);
    ck_assert_ptr_nonnull(b->loop);
    b->guard = timer_new(b->loop, on_guard, b);
    ck_assert_int_eq(http_new(&b->http, b->loop, NULL, SLOTS), 0);
}

static void
bench_close(struct bench *b)
{
    http_free(&b->http);
    timer_free(&b->guard);
    loop_free(&b->loop);
    tiny_server_close(&b->server);
}

static void on_reply(void *self, const struct http_reply *r);

static int
begin(struct bench *b, const char *path, struct http_request r)
{
    char url[256];

    str_fmt(url, sizeof url, "http://127.0.0.1:%d%s", b->server.port, path);
    r.url = url;
    r.timeout_ms = r.timeout_ms == 0 ? GUARD_MS : r.timeout_ms;
    r.max_bytes = r.max_bytes == 0 ? sizeof b->body - 1 : r.max_bytes;
    return http_start(b->http, &r, on_reply, b, &b->call);
}

static void
on_reply(void *self, const struct http_reply *r)
{
    struct bench *b = self;

    b->rc = r->rc;
    b->status = r->status;
    b->len = r->body_len;
    b->retry_after_ms = r->retry_after_ms;
    b->elapsed_us = r->elapsed_us;
    str_copy(b->why, sizeof b->why, r->why);
    str_copyn(b->body, sizeof b->body, r->body, r->body_len);
    str_copy(b->etag, sizeof b->etag, r->etag);
    str_copy(b->modified, sizeof b->modified, r->last_modified);
    str_copy(b->url, sizeof b->url, r->url);
    http_header(r, "x-odd", b->odd, sizeof b->odd);
    if (b->again > 0) {
        b->again--;
        ck_assert_int_eq(begin(b, "/ok", (struct http_request){0}), 0);
    }
    if (++b->got == b->wanted)
        loop_stop(b->loop);
}

static int
run(struct bench *b)
{
    timer_set(b->guard, clock_boot_ms(&b->clock) + GUARD_MS);
    return loop_run(b->loop);
}

static void
fetch(struct bench *b, const char *path, struct http_request r)
{
    b->got = 0;
    ck_assert_int_eq(begin(b, path, r), 0);
    ck_assert_int_eq(b->got, 0); /* never from inside http_start */
    ck_assert_int_eq(run(b), 0);
}

/* ---- facts ----------------------------------------------------------------------- */

START_TEST(an_answer_comes_whole)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/ok", (struct http_request){0});
    ck_assert_int_eq(b.rc, 0);
    ck_assert_int_eq(b.status, 200);
    ck_assert_str_eq(b.body, "hello");
    ck_assert_str_eq(b.etag, "\"v1\"");
    ck_assert_str_eq(b.modified, "Mon, 23 Nov 2026 14:30:00 GMT");
    ck_assert_str_eq(b.odd, "two words");
    ck_assert_str_eq(b.why, "");
    ck_assert_int_eq(b.retry_after_ms, -1);
    ck_assert_int_eq(http_running(b.http), 0);
    bench_close(&b);
}
END_TEST

START_TEST(a_404_is_an_answer)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/404", (struct http_request){0});
    ck_assert_int_eq(b.rc, 0);
    ck_assert_int_eq(b.status, 404);
    ck_assert_str_eq(b.body, "none");
    bench_close(&b);
}
END_TEST

START_TEST(a_redirect_gives_the_last_answer_only)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/hop", (struct http_request){0});
    ck_assert_int_eq(b.status, 200);
    ck_assert_str_eq(b.body, "hello");
    ck_assert_str_eq(b.etag, "\"v1\"");
    ck_assert(str_ends(b.url, "/ok"));
    bench_close(&b);
}
END_TEST

START_TEST(a_redirect_loop_ends)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/loop", (struct http_request){0});
    ck_assert_int_eq(b.rc, ERR_NET);
    ck_assert_int_eq(tiny_server_seen(&b.server), HTTP_REDIRECTS + 1);
    bench_close(&b);
}
END_TEST

START_TEST(a_redirect_never_leaves_http)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/file", (struct http_request){0});
    ck_assert_int_eq(b.rc, ERR_UNSUPPORTED);
    ck_assert_uint_eq(b.len, 0);
    bench_close(&b);
}
END_TEST

START_TEST(a_post_is_not_redirected)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/hop",
          (struct http_request){.method = "POST", .body = "x", .body_len = 1});
    ck_assert_int_eq(b.rc, 0);
    ck_assert_int_eq(b.status, 302);
    bench_close(&b);
}
END_TEST

START_TEST(the_size_cap_ends_an_endless_body)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/endless", (struct http_request){.max_bytes = 10000});
    ck_assert_int_eq(b.rc, ERR_TOO_BIG);
    ck_assert_uint_le(b.len, 10000);
    bench_close(&b);
}
END_TEST

START_TEST(a_head_ends_where_it_is_long_enough)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/endless", (struct http_request){.max_bytes = 10000, .is_head = true});
    ck_assert_int_eq(b.rc, 0);
    ck_assert_int_eq(b.status, 200);
    ck_assert_uint_eq(b.len, 10000);
    fetch(&b, "/claims", (struct http_request){.max_bytes = 10000, .is_head = true});
    ck_assert_int_eq(b.rc, ERR_NET); /* a body that breaks off is none */
    fetch(&b, "/gzip", (struct http_request){.max_bytes = 9999, .is_head = true});
    ck_assert_int_eq(b.rc, 0);
    ck_assert_uint_eq(b.len, 9999);
    fetch(&b, "/gzip", (struct http_request){.max_bytes = 10000, .is_head = true});
    ck_assert_int_eq(b.rc, 0);
    ck_assert_uint_eq(b.len, 10000);
    bench_close(&b);
}
END_TEST

START_TEST(the_size_cap_counts_decoded_bytes)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/gzip", (struct http_request){.max_bytes = 10000});
    ck_assert_int_eq(b.rc, 0);
    ck_assert_uint_eq(b.len, 10000);
    ck_assert_int_eq(b.body[9999], 'a');
    fetch(&b, "/gzip", (struct http_request){.max_bytes = 9999});
    ck_assert_int_eq(b.rc, ERR_TOO_BIG);
    bench_close(&b);
}
END_TEST

START_TEST(a_claimed_size_over_the_cap_fails_early)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/claims", (struct http_request){0});
    ck_assert_int_eq(b.rc, ERR_TOO_BIG);
    bench_close(&b);
}
END_TEST

START_TEST(a_truncated_body_is_an_error)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/claims", (struct http_request){.max_bytes = 1 << 30});
    ck_assert_int_eq(b.rc, ERR_NET);
    ck_assert_str_ne(b.why, "");
    bench_close(&b);
}
END_TEST

START_TEST(silence_ends_at_the_deadline)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/silent", (struct http_request){.timeout_ms = 80});
    ck_assert_int_eq(b.rc, ERR_TIMEOUT);
    ck_assert_int_eq(b.status, 0);
    ck_assert_int_ge(b.elapsed_us, 70000);
    bench_close(&b);
}
END_TEST

START_TEST(a_reset_is_a_network_error)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/reset", (struct http_request){0});
    ck_assert(b.rc == ERR_NET || b.rc == ERR_CLOSED);
    ck_assert_int_eq(b.status, 0);
    bench_close(&b);
}
END_TEST

START_TEST(nobody_listening_is_a_network_error)
{
    struct bench b;

    bench_open(&b);
    tiny_server_kill(&b.server);
    fetch(&b, "/ok", (struct http_request){0});
    ck_assert_int_eq(b.rc, ERR_NET);
    bench_close(&b);
}
END_TEST

START_TEST(a_cancelled_call_never_answers)
{
    struct bench b;
    struct http_call *silent;

    bench_open(&b);
    ck_assert_int_eq(begin(&b, "/silent", (struct http_request){0}), 0);
    silent = b.call;
    ck_assert_int_eq(http_running(b.http), 1);
    http_cancel(b.http, &silent);
    ck_assert_ptr_null(silent);
    ck_assert_int_eq(http_running(b.http), 0);
    fetch(&b, "/ok", (struct http_request){0});
    ck_assert_int_eq(b.got, 1);
    bench_close(&b);
}
END_TEST

START_TEST(slots_are_the_most_at_once)
{
    struct bench b;

    bench_open(&b);
    for (int i = 0; i < SLOTS; i++)
        ck_assert_int_eq(begin(&b, "/ok", (struct http_request){0}), 0);
    ck_assert_int_eq(begin(&b, "/ok", (struct http_request){0}), ERR_AGAIN);
    b.wanted = SLOTS;
    ck_assert_int_eq(run(&b), 0);
    ck_assert_int_eq(http_running(b.http), 0);
    ck_assert_int_eq(tiny_server_seen(&b.server), SLOTS);
    bench_close(&b);
}
END_TEST

START_TEST(an_answer_may_start_the_next_call)
{
    struct bench b;

    bench_open(&b);
    b.again = 40;
    b.wanted = SLOTS + 40;
    for (int i = 0; i < SLOTS; i++)
        ck_assert_int_eq(begin(&b, "/ok", (struct http_request){0}), 0);
    ck_assert_int_eq(run(&b), 0);
    ck_assert_int_eq(b.got, SLOTS + 40);
    bench_close(&b);
}
END_TEST

START_TEST(retry_after_is_seconds_or_a_date)
{
    struct bench b;

    bench_open(&b);
    fetch(&b, "/429", (struct http_request){0});
    ck_assert_int_eq(b.status, 429);
    ck_assert_int_eq(b.retry_after_ms, 7000);
    fetch(&b, "/503", (struct http_request){0});
    ck_assert_int_eq(b.retry_after_ms, 9000);
    bench_close(&b);
}
END_TEST

START_TEST(a_body_goes_with_any_method)
{
    struct http_request r = {.body = "some text", .body_len = 9};
    struct bench b;

    bench_open(&b);
    r.method = "POST";
    fetch(&b, "/echo", r);
    ck_assert_str_eq(b.body, "POST:some text");
    r.method = "PATCH";
    fetch(&b, "/echo", r);
    ck_assert_str_eq(b.body, "PATCH:some text");
    bench_close(&b);
}
END_TEST

START_TEST(a_post_on_a_dead_connection_is_not_sent_twice)
{
    struct http_request r = {.method = "POST", .body = "alert", .body_len = 5};
    struct bench b;

    bench_open(&b);
    fetch(&b, "/once", r);
    ck_assert_int_eq(b.status, 200);
    fetch(&b, "/once", r); /* the same connection: read, then closed */
    ck_assert_int_ne(b.rc, 0);
    ck_assert_int_eq(tiny_server_seen(&b.server), 2);
    bench_close(&b);
}
END_TEST

START_TEST(other_schemes_are_refused)
{
    struct http_request r = {
        .url = "ftp://127.0.0.1/x", .timeout_ms = 1000, .max_bytes = 10};
    struct bench b;

    bench_open(&b);
    ck_assert_int_eq(http_start(b.http, &r, on_reply, &b, NULL), ERR_UNSUPPORTED);
    r.url = "file:///etc/passwd";
    ck_assert_int_eq(http_start(b.http, &r, on_reply, &b, NULL), ERR_UNSUPPORTED);
    bench_close(&b);
}
END_TEST

Suite *http_suite(void);

Suite *
http_suite(void)
{
    Suite *s = suite_create("http");
    TCase *t = tcase_create("http");

    tcase_set_timeout(t, 30);
    tcase_add_test(t, an_answer_comes_whole);
    tcase_add_test(t, a_404_is_an_answer);
    tcase_add_test(t, a_redirect_gives_the_last_answer_only);
    tcase_add_test(t, a_redirect_loop_ends);
    tcase_add_test(t, a_redirect_never_leaves_http);
    tcase_add_test(t, a_post_is_not_redirected);
    tcase_add_test(t, the_size_cap_ends_an_endless_body);
    tcase_add_test(t, a_head_ends_where_it_is_long_enough);
    tcase_add_test(t, the_size_cap_counts_decoded_bytes);
    tcase_add_test(t, a_claimed_size_over_the_cap_fails_early);
    tcase_add_test(t, a_truncated_body_is_an_error);
    tcase_add_test(t, silence_ends_at_the_deadline);
    tcase_add_test(t, a_reset_is_a_network_error);
    tcase_add_test(t, nobody_listening_is_a_network_error);
    tcase_add_test(t, a_cancelled_call_never_answers);
    tcase_add_test(t, slots_are_the_most_at_once);
    tcase_add_test(t, an_answer_may_start_the_next_call);
    tcase_add_test(t, retry_after_is_seconds_or_a_date);
    tcase_add_test(t, a_body_goes_with_any_method);
    tcase_add_test(t, a_post_on_a_dead_connection_is_not_sent_twice);
    tcase_add_test(t, other_schemes_are_refused);
    suite_add_tcase(s, t);
    return s;
}

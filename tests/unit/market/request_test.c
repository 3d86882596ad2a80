#include "tests/market/request.h"

#include "base/err.h"
#include "base/str.h"

#include <check.h>

Suite *request_suite(void);

static const char whole[] =
    "POST /webhook/1/a%2Fb?wait=true&n=2.5&t=A%2CB+C HTTP/1.1\r\n"
    "Host: here\r\nContent-Length: 5\r\nIf-None-Match: \"v1\"\r\n"
    "Cookie: A3=x\r\n\r\nhello";

START_TEST(a_whole_request_is_read)
{
    struct request r;
    char arg[32];
    size_t used = 0;

    ck_assert_int_eq(request_parse(whole, sizeof whole - 1, &r, &used), 0);
    ck_assert_uint_eq(used, sizeof whole - 1);
    ck_assert_str_eq(r.method, "POST");
    ck_assert_str_eq(r.path, "/webhook/1/a/b");
    ck_assert_str_eq(r.if_none_match, "\"v1\"");
    ck_assert_str_eq(r.cookie, "A3=x");
    ck_assert(r.keep_alive);
    ck_assert_uint_eq(r.body_len, 5);
    ck_assert_int_eq(memcmp(r.body, "hello", 5), 0);
    ck_assert(request_arg(&r, "t", arg, sizeof arg));
    ck_assert_str_eq(arg, "A,B C");
    ck_assert(!request_arg(&r, "wai", arg, sizeof arg));
    ck_assert_double_eq(request_number(&r, "n", 0), 2.5);
    ck_assert_double_eq(request_number(&r, "none", 7), 7);
}
END_TEST

START_TEST(every_truncation_waits_for_more)
{
    struct request r;
    size_t used = 0;

    for (size_t n = 0; n + 1 < sizeof whole; n++) {
        char *copy = strndup(whole, n); /* so that a read beyond it is seen */

        ck_assert_int_eq(request_parse(copy, n, &r, &used), ERR_AGAIN);
        free(copy);
    }
}
END_TEST

START_TEST(the_next_request_begins_where_the_first_ended)
{
    static const char two[] = "GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.0\r\n\r\n";
    struct request r;
    size_t first, second;

    ck_assert_int_eq(request_parse(two, sizeof two - 1, &r, &first), 0);
    ck_assert_str_eq(r.path, "/a");
    ck_assert_int_eq(request_parse(two + first, sizeof two - 1 - first, &r, &second),
                     0);
    ck_assert_str_eq(r.path, "/b");
    ck_assert(!r.keep_alive);
    ck_assert_uint_eq(first + second, sizeof two - 1);
}
END_TEST

START_TEST(what_can_never_become_a_request_is_refused)
{
    static const struct {
        const char *bytes;
        int rc;
    } rows[] = {
        {"\r\n", ERR_SYNTAX},
        {"GET\r\n", ERR_SYNTAX},
        {"GET x HTTP/1.1\r\n", ERR_SYNTAX},
        {"GET / HTTP/2.0\r\n", ERR_SYNTAX},
        {"MUCHTOOLONG / HTTP/1.1\r\n", ERR_SYNTAX},
        {"GET / HTTP/1.1\r\nno colon\r\n", ERR_SYNTAX},
        {"GET / HTTP/1.1\r\nContent-Length: -1\r\n", ERR_SYNTAX},
        {"GET / HTTP/1.1\r\nContent-Length: x\r\n", ERR_SYNTAX},
        {"GET / HTTP/1.1\r\nContent-Length: 99999999999\r\n", ERR_TOO_BIG},
        {"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", ERR_UNSUPPORTED},
    };
    struct request r;
    size_t used;

    for (size_t i = 0; i < STR_LEN(rows); i++)
        ck_assert_int_eq(request_parse(rows[i].bytes, strlen(rows[i].bytes), &r, &used),
                         rows[i].rc);
}
END_TEST

START_TEST(an_endless_head_is_refused)
{
    static char bytes[REQUEST_HEAD_MAX + 2];
    struct request r;
    size_t used;

    memset(bytes, 'a', sizeof bytes);
    ck_assert_int_eq(request_parse(bytes, REQUEST_HEAD_MAX, &r, &used), ERR_AGAIN);
    ck_assert_int_eq(request_parse(bytes, sizeof bytes, &r, &used), ERR_TOO_BIG);
}
END_TEST

Suite *
request_suite(void)
{
    Suite *s = suite_create("request");
    TCase *t = tcase_create("request");

    tcase_add_test(t, a_whole_request_is_read);
    tcase_add_test(t, every_truncation_waits_for_more);
    tcase_add_test(t, the_next_request_begins_where_the_first_ended);
    tcase_add_test(t, what_can_never_become_a_request_is_refused);
    tcase_add_test(t, an_endless_head_is_refused);
    suite_add_tcase(s, t);
    return s;
}

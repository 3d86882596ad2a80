/* Cookie and crumb are known from what comes in their place. */
#include "base/str.h"
#include "enricher/sources/sources.h"

#include <check.h>

Suite *yahoo_credential_suite(void);

static int
read_answer(const struct source *s, int status, const char *headers, const char *body,
            struct facts *out)
{
    struct document d = {.body = body,
                         .len = strlen(body),
                         .status = status,
                         .content_type = "",
                         .url = "",
                         .headers = headers};
    struct why why = {""};
    int rc = s->parse(&d, NULL, 0, out, &why);

    ck_assert_msg(rc == 0 || why.text[0] != '\0', "%s without a reason", err_str(rc));
    ck_assert(str_empty(body) || strstr(why.text, body) == NULL);
    return rc;
}

static const struct {
    int status;
    const char *headers;
    int rc;
    const char *cookie;
} cookies[] = {
    {404, "Server: ATS\nSet-Cookie: A3=d=AQAB&S=AQAA; Expires=Sat; Secure\n", 0,
     "A3=d=AQAB&S=AQAA"},
    {502, "set-cookie:A3=x\n", 0, "A3=x"},
    {200, "Set-Cookie: GUC=1\nSet-Cookie: A3=y;\n", 0, "A3=y"},
    {404, "Set-Cookie: A3=; Expires=Sat\n", ERR_CHANGED, ""},
    {404, "Set-Cookie: A1=x\n", ERR_CHANGED, ""},
    {404, NULL, ERR_CHANGED, ""},
    {500, "", ERR_NET, ""},
    {429, "Set-Cookie: A3=x\n", ERR_LIMITED, ""},
    {403, "Set-Cookie: A3=x\n", ERR_BLOCKED, ""},
};

START_TEST(the_cookie_comes_with_any_page_but_a_refusal)
{
    struct facts f = {.n = 7};

    ck_assert_int_eq(read_answer(&source_yahoo_cookie, cookies[_i].status,
                                 cookies[_i].headers, "", &f),
                     cookies[_i].rc);
    ck_assert_str_eq(f.cookie, cookies[_i].cookie);
    ck_assert_uint_eq(f.n, 0);
}
END_TEST

START_TEST(a_cookie_that_is_too_long_is_none)
{
    char headers[2 * COOKIE_SIZE] = "Set-Cookie: A3=";
    struct facts f = {.n = 0};

    memset(headers + strlen(headers), 'x', COOKIE_SIZE);
    ck_assert_int_eq(read_answer(&source_yahoo_cookie, 404, headers, "", &f),
                     ERR_CHANGED);
    ck_assert_str_eq(f.cookie, "");
}
END_TEST

static const struct {
    int status;
    const char *body;
    int rc;
} crumbs[] = {
    {200, "mK7.ab/c1Zx", 0},
    {200, "\\u002FabC.d", 0},
    {200, "12345678901234567890123456789012", 0},
    {200, "123456789012345678901234567890123", ERR_CHANGED},
    {200, "", ERR_CHANGED},
    {200, "two words", ERR_CHANGED},
    {200, "a\nb", ERR_CHANGED},
    {200, "caf\xc3\xa9", ERR_CHANGED},
    {200, "<html>", ERR_CHANGED},
    {200, "Too Many Requests\r\n", ERR_LIMITED},
    {200, "Edge: Too Many Requests", ERR_LIMITED},
    {200, "{\"finance\":{\"result\":null,\"error\":{\"code\":\"Unauthorized\"}}}",
     ERR_CHANGED},
    {204, "abcdefghijk", ERR_CHANGED},
    {404, "abcdefghijk", ERR_CHANGED},
    {429, "abcdefghijk", ERR_LIMITED},
    {401, "abcdefghijk", ERR_DENIED},
    {500, "abcdefghijk", ERR_NET},
};

START_TEST(only_what_looks_like_a_crumb_is_one)
{
    struct facts f = {.crumb = "old"};

    ck_assert_int_eq(
        read_answer(&source_yahoo_crumb, crumbs[_i].status, "", crumbs[_i].body, &f),
        crumbs[_i].rc);
    ck_assert_str_eq(f.crumb, crumbs[_i].rc == 0 ? crumbs[_i].body : "");
}
END_TEST

START_TEST(their_addresses_need_no_ticker)
{
    char url[64];

    ck_assert_int_eq(source_yahoo_cookie.url("https://a", NULL, 0, "", url, sizeof url),
                     0);
    ck_assert_str_eq(url, "https://a/");
    ck_assert_int_eq(source_yahoo_crumb.url("https://a", NULL, 0, "", url, sizeof url),
                     0);
    ck_assert_str_eq(url, "https://a/v1/test/getcrumb");
    ck_assert_int_eq(source_yahoo_crumb.url("https://a", NULL, 0, "", url, 20),
                     ERR_TOO_BIG);
}
END_TEST

Suite *
yahoo_credential_suite(void)
{
    Suite *s = suite_create("yahoo_credential");
    TCase *t = tcase_create("yahoo_credential");

    tcase_add_loop_test(t, the_cookie_comes_with_any_page_but_a_refusal, 0,
                        STR_LEN(cookies));
    tcase_add_test(t, a_cookie_that_is_too_long_is_none);
    tcase_add_loop_test(t, only_what_looks_like_a_crumb_is_one, 0, STR_LEN(crumbs));
    tcase_add_test(t, their_addresses_need_no_ticker);
    suite_add_tcase(s, t);
    return s;
}

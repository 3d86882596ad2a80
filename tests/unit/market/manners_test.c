#include "fixture.h"

#include "base/str.h"
#include "tests/market/manners.h"
#include "tests/market/pack.h"

#include <zlib.h>

Suite *manners_suite(void);

#define CHROME                                                                         \
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)" \
    " Chrome/150.0.0.0 Safari/537.36"
#define OLD_FIREFOX                                                                    \
    "Mozilla/5.0 (X11; Linux x86_64; rv:117.0) Gecko/20100101 Firefox/117.0"

START_TEST(each_upstream_has_its_own_idea_of_a_user_agent)
{
    static const struct {
        const char *kind, *agent;
        int status; /* 0: welcome, -1: reset */
    } cases[] = {
        {"finviz-quote", CHROME, 0},
        {"finviz-quote", OLD_FIREFOX, 0},
        {"finviz-screener", "python-requests/2.31", 403},
        {"finviz-screener", "", 403},
        {"yahoo-chart", CHROME, 0},
        {"yahoo-chart", OLD_FIREFOX, 429},
        {"yahoo-quote", "Mozilla/5.0", 429},
        {"yahoo-crumb", "", 429},
        {"feed-edgar", "Example Corp ops@example.com", 0},
        {"edgar-filing", CHROME, 403},
        {"edgar-filing", "", 403},
        {"feed-globenewswire", "reader/1.0 (+https://example.com)", 0},
        {"feed-globenewswire", "", -1},
        {"feed-globenewswire", "Mozilla/5.0", -1},
        {"feed-globenewswire", "curl/7.88.1", -1},
        {"feed-prnewswire", "", 0},
        {"webhook-post", "", 0},
    };

    for (size_t i = 0; i < STR_LEN(cases); i++) {
        const struct manner *m = manners_offended(cases[i].kind, cases[i].agent);
        struct answer a;

        ck_assert_msg((m == NULL) == (cases[i].status == 0), "%s of \"%s\"",
                      cases[i].kind, cases[i].agent);
        if (m == NULL)
            continue;
        answer_init(&a);
        manners_answer(m, &a);
        ck_assert_int_eq(a.reset ? -1 : a.status, cases[i].status);
        answer_free(&a);
    }
}
END_TEST

/* Status of a quote asked with this cookie, crumb and user agent. */
static int
ask(struct fixture *f, const char *cookie, const char *crumb, const char *agent)
{
    char target[160], headers[400];

    str_fmt(target, sizeof target, "/yahoo/v7/finance/quote?symbols=AAPL&crumb=%s",
            crumb);
    str_fmt(headers, sizeof headers, "Cookie: B=1; %s\r\nUser-Agent: %s\r\n", cookie,
            agent);
    get(f, yahoo_quote, target, headers);
    return f->answer.status;
}

/* Cookie and crumb as a client gets them. */
static void
obtain(struct fixture *f, const char *agent, char cookie[80], char crumb[32])
{
    char headers[400];
    const char *at;

    get(f, yahoo_cookie, "/yahoo/", "");
    ck_assert_int_eq(f->answer.status, 404);
    at = strstr(f->answer.extra, "Set-Cookie: ");
    ck_assert_ptr_nonnull(at);
    at += strlen("Set-Cookie: ");
    str_copyn(cookie, 80, at, strcspn(at, ";"));
    str_fmt(headers, sizeof headers, "Cookie: %s\r\nUser-Agent: %s\r\n", cookie, agent);
    str_copy(crumb, 32, get(f, yahoo_crumb, "/yahoo/v1/test/getcrumb", headers));
    ck_assert_uint_eq(strlen(crumb), 11);
}

START_TEST(a_crumb_is_bound_to_its_cookie_and_user_agent_and_can_expire)
{
    struct fixture f;
    char cookie[80], crumb[32], other_cookie[80], other_crumb[32];

    open_fixture(&f);
    get(&f, yahoo_crumb, "/yahoo/v1/test/getcrumb", "");
    ck_assert_int_eq(f.answer.status, 401);
    obtain(&f, "one", cookie, crumb);
    obtain(&f, "one", other_cookie, other_crumb);
    ck_assert_str_ne(crumb, other_crumb);
    ck_assert_int_eq(ask(&f, cookie, crumb, "one"), 200);
    ck_assert_int_eq(ask(&f, cookie, other_crumb, "one"), 401);
    ck_assert_int_eq(ask(&f, cookie, crumb, "two"), 401);
    ck_assert_int_eq(ask(&f, "", crumb, "one"), 401);
    get(&f, control_crumb_expire, "/control/crumb/expire", "");
    ck_assert_int_eq(ask(&f, cookie, crumb, "one"), 401);
    ck_assert_ptr_nonnull(strstr(buf_str(&f.answer.body), "{\"finance\":"));
    obtain(&f, "one", cookie, crumb);
    ck_assert_int_eq(ask(&f, cookie, crumb, "one"), 200);
    ck_assert_uint_eq(f.market.crumbs.cookies, 3);
    ck_assert_uint_eq(f.market.crumbs.refused, 5);
    close_fixture(&f);
}
END_TEST

static void
unpack(const struct buf *packed, int bits, char *out, size_t size)
{
    z_stream z = {.next_in = (Bytef *)packed->data,
                  .avail_in = (uInt)packed->len,
                  .next_out = (Bytef *)out,
                  .avail_out = (uInt)size - 1};

    ck_assert_int_eq(inflateInit2(&z, bits), Z_OK);
    ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
    out[z.total_out] = '\0';
    ck_assert_int_eq(inflateEnd(&z), Z_OK);
}

START_TEST(an_answer_is_packed_for_who_accepts_it)
{
    static const struct {
        const char *accepts, *encoding;
        int bits;
    } cases[] = {{"deflate, gzip, br, zstd", "gzip", 31}, {"deflate", "deflate", 15}};
    char text[4000], back[4001];
    struct answer a;

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    answer_init(&a);
    for (size_t i = 0; i < STR_LEN(cases); i++) {
        answer_clear(&a);
        answer_text(&a, 200, "text/plain", text);
        ck_assert(pack_answer(&a, cases[i].accepts));
        ck_assert_uint_lt(a.body.len, 200);
        ck_assert_ptr_nonnull(strstr(a.extra, cases[i].encoding));
        unpack(&a.body, cases[i].bits, back, sizeof back);
        ck_assert_str_eq(back, text);
        ck_assert(!pack_answer(&a, cases[i].accepts));
    }
    answer_clear(&a);
    answer_text(&a, 200, "text/plain", text);
    ck_assert(!pack_answer(&a, "identity"));
    ck_assert(!pack_answer(&a, ""));
    answer_text(&a, 200, "text/plain", "short");
    ck_assert(!pack_answer(&a, "gzip"));
    answer_free(&a);
}
END_TEST

START_TEST(a_feed_is_not_sent_again_to_who_says_when_he_had_it)
{
    struct fixture f;
    char headers[200];
    const char *at;

    open_fixture(&f);
    get(&f, feed_globenewswire, "/feed", "");
    at = strstr(f.answer.extra, "Last-Modified: ");
    ck_assert_ptr_nonnull(at);
    at += strlen("Last-Modified: ");
    str_fmt(headers, sizeof headers, "If-Modified-Since: %.*s\r\n",
            (int)strcspn(at, "\r"), at);
    get(&f, feed_globenewswire, "/feed", headers);
    ck_assert_int_eq(f.answer.status, 304);
    news_publish(f.market.news, 1, FEED_GLOBENEWSWIRE, NOON);
    get(&f, feed_globenewswire, "/feed", headers);
    ck_assert_int_eq(f.answer.status, 200);
    close_fixture(&f);
}
END_TEST

Suite *
manners_suite(void)
{
    Suite *s = suite_create("manners");
    TCase *t = tcase_create("manners");

    tcase_add_test(t, each_upstream_has_its_own_idea_of_a_user_agent);
    tcase_add_test(t, a_crumb_is_bound_to_its_cookie_and_user_agent_and_can_expire);
    tcase_add_test(t, an_answer_is_packed_for_who_accepts_it);
    tcase_add_test(t, a_feed_is_not_sent_again_to_who_says_when_he_had_it);
    suite_add_tcase(s, t);
    return s;
}

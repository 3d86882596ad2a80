#include "fixture.h"

#include "base/json.h"
#include "base/str.h"

#include <check.h>

Suite *pages_suite(void);

START_TEST(a_screener_page_has_twenty_rows_at_most_and_only_known_tickers)
{
    struct fixture f;
    char target[512] = "/finviz/screener.ashx?v=131&t=NONE";
    const char *page;

    open_fixture(&f);
    for (size_t i = 0; i < 25; i++) {
        size_t n = strlen(target);

        str_fmt(target + n, sizeof target - n, ",%s",
                universe_at(f.market.universe, i)->symbol);
    }
    page = get(&f, finviz_screener, target, "");
    ck_assert_uint_eq(count(page, "class=\"styled-row"), 20);
    ck_assert_uint_eq(count(page, "<th "), 15);
    ck_assert_uint_eq(count(page, "<td height"), 300);
    ck_assert_ptr_null(strstr(page, "NONE"));
    page = get(&f, finviz_screener, "/finviz/screener.ashx?v=131&t=NONE", "");
    ck_assert_uint_eq(count(page, "class=\"styled-row"), 0);
    close_fixture(&f);
}
END_TEST

START_TEST(a_quote_page_has_six_tables_of_fourteen_rows)
{
    struct fixture f;
    const char *page;

    open_fixture(&f);
    page = get(&f, finviz_quote, "/finviz/quote?t=aapl", "");
    ck_assert_uint_eq(count(page, "snapshot-table2"), 6);
    ck_assert_uint_eq(count(page, "snapshot-td-label"), 84);
    ck_assert_uint_eq(count(page, ">EPS next Y<"), 2);
    ck_assert_ptr_nonnull(strstr(page,
                                 "Shs Float</div></td><td class=\"snapshot-td2\" "
                                 "align=\"left\" style=\"\"><div class=\"snapshot-td"
                                 "-content\"><b>14.58B</b>"));
    get(&f, finviz_quote, "/finviz/quote?t=NONE", "");
    ck_assert_int_eq(f.answer.status, 404);
    get(&f, finviz_quote_old, "/finviz/quote.ashx?t=AAPL", "");
    ck_assert_int_eq(f.answer.status, 301);
    ck_assert_ptr_nonnull(strstr(f.answer.extra, "Location: /finviz/quote?t=AAPL\r\n"));
    close_fixture(&f);
}
END_TEST

START_TEST(a_chart_has_arrays_of_one_length_within_the_session)
{
    static const char *const arrays[] = {"open", "high", "low", "close", "volume"};
    struct fixture f;

    open_fixture(&f);
    for (size_t i = 0; i < 100; i++) {
        char target[64];
        const char *body;
        struct json *root;
        const struct json *result;
        int64_t sum = 0;

        str_fmt(target, sizeof target, "/yahoo/v8/finance/chart/%s",
                universe_at(f.market.universe, i)->symbol);
        body = get(&f, yahoo_chart, target, "");
        root = json_parse(body, strlen(body), NULL);
        ck_assert_ptr_nonnull(root);
        result = json_get(root, "chart.result.0");
        for (size_t k = 0; k < STR_LEN(arrays); k++) {
            const struct json *quote = json_get(result, "indicators.quote.0");

            ck_assert_uint_eq(json_len(json_get(quote, arrays[k])),
                              json_len(json_get(result, "timestamp")));
        }
        ck_assert_uint_ge(json_len(json_get(result, "timestamp")), 90);
        for (size_t k = 0; k < json_len(json_get(result, "timestamp")); k++)
            sum +=
                json_i64(json_at(json_get(result, "indicators.quote.0.volume"), k), 0);
        ck_assert_int_gt(sum, 0);
        ck_assert_int_gt(json_i64(json_get(result, "meta.regularMarketVolume"), 0),
                         sum);
        json_free(&root);
    }
    close_fixture(&f);
}
END_TEST

START_TEST(after_the_close_the_chart_ends_with_the_session)
{
    struct fixture f;
    const char *body;
    struct json *root;
    int64_t close_s, next_s;

    open_fixture(&f);
    f.clock.offset_ms += INT64_C(8) * 3600000;
    body = get(&f, yahoo_chart, "/yahoo/v8/finance/chart/AAPL", "");
    root = json_parse(body, strlen(body), NULL);
    close_s = json_i64(json_get(root, "chart.result.0.meta.tradingPeriods.0.0.end"), 0);
    next_s = json_i64(
        json_get(root, "chart.result.0.meta.currentTradingPeriod.regular.start"), 0);
    ck_assert_int_eq(close_s, NOON / 1000 + 5 * 3600);
    ck_assert_int_gt(next_s, close_s);
    ck_assert_uint_eq(json_len(json_get(root, "chart.result.0.timestamp")), 391);
    ck_assert_int_eq(
        json_i64(json_get(root, "chart.result.0.indicators.quote.0.volume.390"), -1),
        0);
    json_free(&root);
    close_fixture(&f);
}
END_TEST

START_TEST(an_unknown_chart_is_404_with_yahoos_error)
{
    struct fixture f;
    const char *body;

    open_fixture(&f);
    body = get(&f, yahoo_chart, "/yahoo/v8/finance/chart/NONE", "");
    ck_assert_int_eq(f.answer.status, 404);
    ck_assert_ptr_nonnull(strstr(body, "\"result\":null"));
    close_fixture(&f);
}
END_TEST

START_TEST(a_quote_wants_cookie_and_crumb_and_leaves_unknown_symbols_out)
{
    struct fixture f;
    const char *body;
    struct json *root;
    char cookie[128], target[128];

    open_fixture(&f);
    get(&f, yahoo_quote, "/yahoo/v7/finance/quote?symbols=AAPL", "");
    ck_assert_int_eq(f.answer.status, 401);
    get(&f, yahoo_cookie, "/yahoo/", "");
    str_fmt(cookie, sizeof cookie, "Cookie: %.*s\r\n",
            (int)strcspn(f.answer.extra + 12, ";"), f.answer.extra + 12);
    body = get(&f, yahoo_crumb, "/yahoo/v1/test/getcrumb", cookie);
    str_fmt(target, sizeof target, "/yahoo/v7/finance/quote?symbols=AAPL,NONE&crumb=%s",
            body);
    body = get(&f, yahoo_quote, target, cookie);
    ck_assert_int_eq(f.answer.status, 200);
    root = json_parse(body, strlen(body), NULL);
    ck_assert_uint_eq(json_len(json_get(root, "quoteResponse.result")), 1);
    json_free(&root);
    close_fixture(&f);
}
END_TEST

START_TEST(feeds_carry_all_stories_and_answer_304_to_who_has_them)
{
    static const struct {
        market_serve *serve;
        const char *item;
        size_t least;
    } feeds[] = {{feed_globenewswire, "<item>", 16}, {feed_prnewswire, "<item>", 16}};
    struct fixture f;

    open_fixture(&f);
    for (size_t i = 0; i < STR_LEN(feeds); i++) {
        char headers[160];
        const char *body = get(&f, feeds[i].serve, "/feed", "");

        ck_assert_uint_ge(count(body, feeds[i].item), feeds[i].least);
        ck_assert_int_eq(strncmp(f.answer.extra, "ETag: ", 6), 0);
        str_fmt(headers, sizeof headers, "If-None-Match: %s", f.answer.extra + 6);
        body = get(&f, feeds[i].serve, "/feed", headers);
        ck_assert_int_eq(f.answer.status, 304);
        ck_assert_str_eq(body, "");
        news_publish(f.market.news, NEWS_ROUND, FEED_COUNT, NOON);
        get(&f, feeds[i].serve, "/feed", headers);
        ck_assert_int_eq(f.answer.status, 200);
    }
    close_fixture(&f);
}
END_TEST

Suite *
pages_suite(void)
{
    Suite *s = suite_create("pages");
    TCase *t = tcase_create("pages");

    tcase_add_test(t, a_screener_page_has_twenty_rows_at_most_and_only_known_tickers);
    tcase_add_test(t, a_quote_page_has_six_tables_of_fourteen_rows);
    tcase_add_test(t, a_chart_has_arrays_of_one_length_within_the_session);
    tcase_add_test(t, after_the_close_the_chart_ends_with_the_session);
    tcase_add_test(t, an_unknown_chart_is_404_with_yahoos_error);
    tcase_add_test(t, a_quote_wants_cookie_and_crumb_and_leaves_unknown_symbols_out);
    tcase_add_test(t, feeds_carry_all_stories_and_answer_304_to_who_has_them);
    suite_add_tcase(s, t);
    return s;
}

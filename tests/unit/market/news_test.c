#include "tests/market/news.h"

#include "base/str.h"

#include <check.h>

Suite *news_suite(void);

enum { TICKERS = 60 };

#define NOW INT64_C(1795449600000)

START_TEST(the_first_fetch_brings_out_one_fresh_story_a_ticker_over_all_feeds)
{
    struct universe *u = universe_new(TICKERS, 1);
    struct news_plan plan = {.items = 50, .seed = 1};
    struct news *n = news_new(u, &plan);
    int per_ticker[TICKERS] = {0}, per_feed[NEWS_ROUND] = {0};

    ck_assert_uint_eq(news_len(n), 0);
    news_run(n, NOW);
    news_run(n, NOW + 1000);
    ck_assert_uint_eq(news_len(n), 50);
    for (int f = 0; f < NEWS_ROUND; f++) {
        size_t cursor = news_len(n);
        const struct story *s;

        while ((s = news_next(n, (enum feed)f, &cursor)) != NULL) {
            per_ticker[s->listing - universe_at(u, 0)]++;
            per_feed[f]++;
            ck_assert_int_lt(s->published_ms, NOW);
            ck_assert_int_gt(s->published_ms, NOW - 180000);
            ck_assert_str_ne(s->title, "");
        }
    }
    for (int i = 0; i < TICKERS; i++)
        ck_assert_int_eq(per_ticker[i], i < 50);
    for (int f = 0; f < NEWS_ROUND; f++)
        ck_assert_int_ge(per_feed[f], 16);
    news_free(&n);
    universe_free(&u);
}
END_TEST

START_TEST(batches_come_by_the_clock_and_change_the_version)
{
    struct universe *u = universe_new(TICKERS, 1);
    struct news_plan plan = {.items = 3, .more = 2, .more_every_ms = 1000, .seed = 1};
    struct news *n = news_new(u, &plan);
    uint64_t version;

    news_run(n, NOW);
    version = news_version(n, FEED_GLOBENEWSWIRE);
    news_run(n, NOW + 999);
    ck_assert_uint_eq(news_len(n), 3);
    ck_assert_uint_eq(news_version(n, FEED_GLOBENEWSWIRE), version);
    news_run(n, NOW + 3500);
    ck_assert_uint_eq(news_len(n), 9);
    ck_assert_uint_gt(news_version(n, FEED_GLOBENEWSWIRE), version);
    news_free(&n);
    universe_free(&u);
}
END_TEST

static int
publish(struct news *n, const char *body, size_t *added)
{
    return news_publish_json(n, body, strlen(body), NOW, added, NULL);
}

START_TEST(a_test_publishes_word_for_word)
{
    struct universe *u = universe_new(TICKERS, 1);
    struct news_plan plan = {.seed = 1};
    struct news *n = news_new(u, &plan);
    const struct story *s;
    size_t added, cursor;

    ck_assert_int_eq(publish(n,
                             "[{\"title\":\"A & <B>\",\"summary\":\"s\",\"ticker\":"
                             "\"MSFT\",\"feed\":\"prnewswire\",\"age_s\":60},"
                             "{\"title\":\"none\",\"ticker\":null}]",
                             &added),
                     0);
    ck_assert_uint_eq(added, 2);
    cursor = news_len(n);
    s = news_next(n, FEED_PRNEWSWIRE, &cursor);
    ck_assert_str_eq(s->title, "A & <B>");
    ck_assert_str_eq(s->listing->symbol, "MSFT");
    ck_assert_int_eq(s->published_ms, NOW - 60000);
    ck_assert_int_eq(publish(n, "[{\"summary\":\"s\"}]", &added), ERR_SYNTAX);
    ck_assert_int_eq(publish(n, "[{\"title\":\"s\",\"feed\":\"x\"}]", &added),
                     ERR_SYNTAX);
    ck_assert_int_eq(publish(n, "[{\"title\":\"s\",\"ticker\":\"NO\"}]", &added),
                     ERR_SYNTAX);
    ck_assert_int_eq(publish(n, "{", &added), ERR_SYNTAX);
    ck_assert_uint_eq(news_len(n), 2);
    news_free(&n);
    universe_free(&u);
}
END_TEST

Suite *
news_suite(void)
{
    Suite *s = suite_create("news");
    TCase *t = tcase_create("news");

    tcase_add_test(t,
                   the_first_fetch_brings_out_one_fresh_story_a_ticker_over_all_feeds);
    tcase_add_test(t, batches_come_by_the_clock_and_change_the_version);
    tcase_add_test(t, a_test_publishes_word_for_word);
    suite_add_tcase(s, t);
    return s;
}

#include "fixture.h"

#include "base/str.h"
#include "tests/market/filing.h"

Suite *edgar_suite(void);

#define STORY                                                                          \
    "[{\"feed\":\"edgar\",\"ticker\":\"GME\",\"title\":\"Item 2.02: Results of "       \
    "Operations and Financial Condition\",\"release\":\"GameStop Reports\\nGameStop "  \
    "Corp. today reported.\""

/* A fixture with one filing, the newest; its number. */
static uint64_t
file_one(struct fixture *f, const char *more)
{
    char json[512];
    size_t added;

    open_fixture(f);
    news_run(f->market.news, NOON);
    str_fmt(json, sizeof json, STORY "%s}]", more);
    ck_assert_int_eq(
        news_publish_json(f->market.news, json, strlen(json), NOON, &added, NULL), 0);
    return news_len(f->market.news);
}

static const char *
fetch(struct fixture *f, uint64_t number, const char *end)
{
    char target[160];

    str_fmt(target, sizeof target,
            "/Archives/edgar/data/1326380/000095017026%06llu/0000950170-26-%06llu%s",
            (unsigned long long)number, (unsigned long long)number, end);
    return get(f, edgar_archive, target, "");
}

START_TEST(the_feed_takes_its_type_as_a_prefix)
{
    struct fixture f;

    file_one(&f, ",\"form\":\"424B5\"");
    ck_assert_uint_gt(count(get(&f, feed_edgar, "/feeds/edgar?type=8", ""), "<entry>"),
                      15);
    ck_assert_uint_eq(count(get(&f, feed_edgar, "/feeds/edgar?type=4", ""), "<entry>"),
                      1);
    ck_assert_uint_eq(count(get(&f, feed_edgar, "/feeds/edgar?type=5", ""), "<entry>"),
                      0);
    close_fixture(&f);
}
END_TEST

START_TEST(pages_follow_each_other_and_far_behind_is_503)
{
    struct fixture f;
    char target[80];
    size_t all, n = 0;

    open_fixture(&f);
    all = count(get(&f, feed_edgar, "/feeds/edgar", ""), "<entry>");
    for (size_t start = 0; start <= all; start += 5) {
        str_fmt(target, sizeof target, "/cgi-bin/browse-edgar?start=%zu&count=5",
                start);
        n += count(get(&f, edgar_current, target, ""), "<entry>");
    }
    ck_assert_uint_eq(n, all);
    news_publish(f.market.news, 200, FEED_EDGAR, NOON);
    ck_assert_uint_eq(
        count(get(&f, edgar_current, "/cgi-bin/browse-edgar", ""), "<entry>"), 40);
    get(&f, edgar_current, "/cgi-bin/browse-edgar?start=5100", "");
    ck_assert_int_eq(f.answer.status, 503);
    close_fixture(&f);
}
END_TEST

START_TEST(the_feed_is_latin_1_and_names_a_filing_twice)
{
    struct fixture f;
    const char *feed;

    open_fixture(&f);
    feed = get(&f, feed_edgar, "/feeds/edgar", "");
    ck_assert_uint_gt(count(feed, "SOCI\xc9T\xc9 DE CR\xc9"
                                  "DIT"),
                      0);
    ck_assert_uint_gt(count(feed, "<entry>"), 17);
    ck_assert_ptr_null(strstr(f.answer.extra, "ETag"));
    close_fixture(&f);
}
END_TEST

START_TEST(a_submission_has_header_items_and_press_release)
{
    struct fixture f;
    uint64_t number = file_one(&f, "");
    const char *text = fetch(&f, number, ".txt");

    ck_assert_int_eq(f.answer.status, 200);
    ck_assert_ptr_nonnull(strstr(text, "<ACCEPTANCE-DATETIME>20261123110000\n"));
    ck_assert_ptr_nonnull(strstr(text, "ITEM INFORMATION:\t\tResults of Operations"));
    ck_assert_ptr_nonnull(strstr(text, "CENTRAL INDEX KEY:\t\t\t0001326380\n"));
    ck_assert_ptr_nonnull(strstr(text, "<TYPE>EX-99.1\n"));
    ck_assert_ptr_nonnull(strstr(text, "<p>GameStop Corp. today reported.</p>"));
    ck_assert_ptr_nonnull(strstr(text, ">GME</ix:nonNumeric>"));
    ck_assert(str_ends(text, "</SEC-DOCUMENT>\n"));
    text = fetch(&f, number, "-index.htm");
    ck_assert_int_eq(f.answer.status, 200);
    ck_assert_ptr_nonnull(strstr(text, "ex99-1.htm"));
    close_fixture(&f);
}
END_TEST

START_TEST(a_filing_may_be_large_or_without_exhibit)
{
    struct fixture f;
    uint64_t number = file_one(&f, ",\"bulk_kb\":3000,\"attached\":false");
    const char *text = fetch(&f, number, ".txt");

    ck_assert_uint_gt(f.answer.body.len, 3000000);
    ck_assert_ptr_null(strstr(text, "EX-99.1"));
    ck_assert_ptr_nonnull(strstr(text, "<p>GameStop Corp. today reported.</p>"));
    close_fixture(&f);
}
END_TEST

START_TEST(what_is_not_in_the_archive_is_a_missing_file_not_a_block)
{
    struct fixture f;
    uint64_t number = file_one(&f, ",\"missing\":true");

    ck_assert_ptr_nonnull(strstr(fetch(&f, number, ".txt"), "<Code>AccessDenied"));
    ck_assert_int_eq(f.answer.status, 403);
    fetch(&f, 999999, ".txt");
    ck_assert_int_eq(f.answer.status, 403);
    fetch(&f, 1, ".txt"); /* a story of a wire */
    ck_assert_int_eq(f.answer.status, 403);
    get(&f, edgar_archive, "/Archives/edgar/data/", "");
    ck_assert_int_eq(f.answer.status, 403);
    close_fixture(&f);
}
END_TEST

Suite *
edgar_suite(void)
{
    Suite *s = suite_create("edgar");
    TCase *t = tcase_create("edgar");

    tcase_add_test(t, the_feed_takes_its_type_as_a_prefix);
    tcase_add_test(t, pages_follow_each_other_and_far_behind_is_503);
    tcase_add_test(t, the_feed_is_latin_1_and_names_a_filing_twice);
    tcase_add_test(t, a_submission_has_header_items_and_press_release);
    tcase_add_test(t, a_filing_may_be_large_or_without_exhibit);
    tcase_add_test(t, what_is_not_in_the_archive_is_a_missing_file_not_a_block);
    suite_add_tcase(s, t);
    return s;
}

#include "ingest/address.h"

#include "base/str.h"
#include "ingest/page.h"
#include "ingest/validators.h"

#include <check.h>

START_TEST(the_feeds_own_address_comes_first)
{
    struct addresses a;

    address_read(&a, "https://a/1", " https://b/2\thttps://c/3 ");
    ck_assert_uint_eq(a.n, 3);
    ck_assert_str_eq(a.list[0].url, "https://a/1");
    ck_assert_str_eq(a.list[1].url, "https://b/2");
    ck_assert_str_eq(a.list[2].url, "https://c/3");
    address_read(&a, "u", "1 2 3 4 5 6 7 8 9");
    ck_assert_uint_eq(a.n, ADDRESS_MAX);
    address_read(&a, "u", "");
    ck_assert_uint_eq(a.n, 1);
}
END_TEST

START_TEST(an_address_that_rests_is_passed_over)
{
    struct addresses a;

    address_read(&a, "https://a/1", "https://b/2");
    ck_assert_uint_eq(address_next(&a, 0, 100), 0);
    a.list[0].rest_ms = 101;
    ck_assert_uint_eq(address_next(&a, 0, 100), 1);
    ck_assert_uint_eq(address_next(&a, 0, 101), 0);
    a.list[1].rest_ms = 200;
    ck_assert_uint_eq(address_next(&a, 0, 100), 2);
    ck_assert_uint_eq(address_next(&a, 2, 300), 2);
}
END_TEST

START_TEST(a_document_or_304_ends_the_search)
{
    ck_assert(address_is_good(200, 1) && address_is_good(304, 0));
    ck_assert(!address_is_good(200, 0) && !address_is_good(404, 9));
    ck_assert(!address_is_good(301, 9) && !address_is_good(0, 0));
}
END_TEST

START_TEST(pages_follow_start_and_count)
{
    static const struct {
        const char *url;
        size_t no, size;
        const char *want; /* NULL: there is no such page */
    } rows[] = {
        {"http://e/?a=1&start=0&count=100&x=y", 0, 100,
         "http://e/?a=1&start=0&count=100&x=y"},
        {"http://e/?a=1&start=0&count=100&x=y", 1, 100,
         "http://e/?a=1&start=100&count=100&x=y"},
        {"http://e/?start=20&count=40", 2, 40, "http://e/?start=100&count=40"},
        {"http://e/?count=40&start=0", 9, 40, "http://e/?count=40&start=360"},
        {"http://e/?count=40&start=0", PAGES_MAX, 40, NULL},
        {"http://e/?count=40", 1, 0, NULL},
        {"http://e/?start=0", 1, 0, NULL},
        {"http://e/?restart=0&count=9", 1, 0, NULL},
        {"http://e/?start=x&count=9", 1, 0, NULL},
        {"http://e/?start=0&count=99999999999999999999", 1, 0, NULL},
        {"http://e/start=0&count=9", 1, 0, NULL},
        {"http://e/feed.xml", 0, 0, "http://e/feed.xml"},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        char out[128];
        bool there = page_url(rows[i].url, rows[i].no, out, sizeof out);

        ck_assert_msg(there == (rows[i].want != NULL), "%zu", i);
        ck_assert_uint_eq(page_size(rows[i].url), rows[i].size);
        if (there)
            ck_assert_str_eq(out, rows[i].want);
    }
}
END_TEST

START_TEST(validators_come_back_as_conditions)
{
    struct feed_state f = {{0}};
    char lines[VALIDATORS][VALIDATOR_LINE], long_one[STORE_VALIDATOR * 2];

    ck_assert_uint_eq(validators_headers(&f, lines), 0);
    validators_take(&f, "\"a\"", "Mon");
    ck_assert_uint_eq(validators_headers(&f, lines), 2);
    ck_assert_str_eq(lines[0], "If-None-Match: \"a\"");
    ck_assert_str_eq(lines[1], "If-Modified-Since: Mon");
    validators_take(&f, "", "");
    ck_assert_uint_eq(validators_headers(&f, lines), 2);
    memset(long_one, 'x', sizeof long_one - 1);
    long_one[sizeof long_one - 1] = '\0';
    validators_take(&f, long_one, "Tue");
    ck_assert_uint_eq(validators_headers(&f, lines), 1);
    ck_assert_str_eq(lines[0], "If-Modified-Since: Tue");
    validators_forget(&f);
    ck_assert_uint_eq(validators_headers(&f, lines), 0);
}
END_TEST

Suite *address_suite(void);

Suite *
address_suite(void)
{
    Suite *s = suite_create("address");
    TCase *t = tcase_create("address");

    tcase_add_test(t, the_feeds_own_address_comes_first);
    tcase_add_test(t, an_address_that_rests_is_passed_over);
    tcase_add_test(t, a_document_or_304_ends_the_search);
    tcase_add_test(t, pages_follow_start_and_count);
    tcase_add_test(t, validators_come_back_as_conditions);
    suite_add_tcase(s, t);
    return s;
}

/* What kind of news a headline is. */
#include "alerter/badge.h"
#include "base/str.h"

#include <check.h>

Suite *badge_suite(void);

static const char *
of_title(const char *title)
{
    struct badge_of of = {.title = title, .categories = "", .feed = "", .kind = ""};
    const char *out[1];

    ck_assert_uint_eq(badges(&of, out, 1), 1);
    return out[0];
}

START_TEST(words_are_whole_words)
{
    ck_assert(str_ends(of_title("Fdax names a chairman"), " NEWS"));
    ck_assert(!str_ends(of_title("Fdax names a chairman"), "FDA NEWS"));
    ck_assert(str_ends(of_title("FDA: new guidance"), "FDA NEWS"));
    ck_assert(str_ends(of_title("Subcontractor honoured"), " NEWS"));
    ck_assert(str_ends(of_title("Wins  contract"), "CONTRACT"));
    ck_assert(str_ends(of_title("Acme reports Q2 results"), "EARNINGS"));
    ck_assert(str_ends(of_title("Acme to partner with Zed"), "PARTNERSHIP"));
}
END_TEST

START_TEST(money_that_is_raised_is_no_guidance)
{
    ck_assert(!str_ends(of_title("Acme raises $50 million"), "GUIDANCE"));
    ck_assert(!str_ends(of_title("Acme raises 50 million dollars"), "GUIDANCE"));
    ck_assert(str_ends(of_title("Acme raises full-year outlook"), "GUIDANCE"));
}
END_TEST

START_TEST(a_filing_is_one_whatever_it_says)
{
    struct badge_of of = {.title = "Acme, 8.01", .categories = "", .kind = "filing"};
    const char *out[BADGES_MOST];

    ck_assert_uint_eq(badges(&of, out, BADGES_MOST), 1);
    ck_assert(str_ends(out[0], "SEC FILING"));
}
END_TEST

START_TEST(categories_count_and_the_weightiest_come_first)
{
    struct badge_of of = {.title = "An update",
                          .categories = "partnership, earnings, fda, clinical"};
    const char *out[BADGES_MOST];

    ck_assert_uint_eq(badges(&of, out, BADGES_MOST), BADGES_MOST);
    ck_assert(str_ends(out[0], "FDA NEWS"));
    ck_assert(str_ends(out[1], "EARNINGS"));
    ck_assert(str_ends(out[2], "PARTNERSHIP"));
}
END_TEST

START_TEST(a_category_counts_in_any_case)
{
    struct badge_of of = {.title = "An update", .categories = "Merger, TRIAL"};
    const char *out[BADGES_MOST];

    ck_assert_uint_eq(badges(&of, out, BADGES_MOST), 2);
    ck_assert(str_ends(out[0], "M&A"));
    ck_assert(str_ends(out[1], "CLINICAL"));
}
END_TEST

START_TEST(no_room_is_no_badge)
{
    struct badge_of of = {.title = NULL, .categories = NULL};
    const char *out[1];

    ck_assert_uint_eq(badges(&of, out, 0), 0);
    ck_assert_uint_eq(badges(&of, out, 1), 1);
    ck_assert(str_ends(out[0], " NEWS"));
}
END_TEST

Suite *
badge_suite(void)
{
    Suite *s = suite_create("badge");
    TCase *t = tcase_create("badge");

    tcase_add_test(t, words_are_whole_words);
    tcase_add_test(t, money_that_is_raised_is_no_guidance);
    tcase_add_test(t, a_filing_is_one_whatever_it_says);
    tcase_add_test(t, categories_count_and_the_weightiest_come_first);
    tcase_add_test(t, a_category_counts_in_any_case);
    tcase_add_test(t, no_room_is_no_badge);
    suite_add_tcase(s, t);
    return s;
}

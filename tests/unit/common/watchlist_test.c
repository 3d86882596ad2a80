#include "domain/watchlist.h"

#include <check.h>

Suite *watchlist_suite(void);

START_TEST(a_list_is_kept_in_canonical_spelling)
{
    struct map *m;
    struct why why = {"old"};

    ck_assert_int_eq(watchlist_new(&m, " aapl, brk-b;TSLA\n", &why), 0);
    ck_assert_str_eq(why.text, "");
    ck_assert_uint_eq(map_len(m), 3);
    ck_assert_ptr_nonnull(map_get(m, "AAPL"));
    ck_assert_ptr_nonnull(map_get(m, "BRK.B"));
    ck_assert_ptr_null(map_get(m, "aapl"));
    map_free(&m, NULL);
}
END_TEST

START_TEST(what_is_no_symbol_is_named_and_left_out)
{
    struct map *m;
    struct why why;

    ck_assert_int_eq(watchlist_new(&m, "AAPL 7up!? MSFT ???", &why), 0);
    ck_assert_str_eq(why.text, "watchlist: \"7up!?\" is no symbol");
    ck_assert_uint_eq(map_len(m), 2);
    map_free(&m, NULL);
}
END_TEST

Suite *
watchlist_suite(void)
{
    Suite *s = suite_create("watchlist");
    TCase *t = tcase_create("all");

    tcase_add_test(t, a_list_is_kept_in_canonical_spelling);
    tcase_add_test(t, what_is_no_symbol_is_named_and_left_out);
    suite_add_tcase(s, t);
    return s;
}

#include "tests/market/universe.h"

#include "base/map.h"
#include "base/str.h"

#include <check.h>

Suite *universe_suite(void);

START_TEST(the_same_seed_makes_the_same_universe)
{
    struct universe *a = universe_new(500, 7), *b = universe_new(1000, 7);

    ck_assert_uint_eq(universe_len(a), 500);
    for (size_t i = 0; i < 500; i++)
        ck_assert_mem_eq(universe_at(a, i), universe_at(b, i), sizeof(struct listing));
    universe_free(&a);
    universe_free(&b);
}
END_TEST

START_TEST(another_seed_keeps_the_known_symbols_and_changes_the_rest)
{
    struct universe *a = universe_new(80, 1), *b = universe_new(80, 2);

    ck_assert_str_eq(universe_at(a, 0)->symbol, "AAPL");
    ck_assert_str_eq(universe_at(b, 0)->symbol, "AAPL");
    ck_assert(universe_at(a, 0)->avg_volume != universe_at(b, 0)->avg_volume);
    ck_assert_str_ne(universe_at(a, 79)->symbol, universe_at(b, 79)->symbol);
    universe_free(&a);
    universe_free(&b);
}
END_TEST

START_TEST(ten_thousand_symbols_are_distinct_plausible_and_found)
{
    struct universe *u = universe_new(UNIVERSE_MAX, 3);
    struct map *seen = map_new(2 * UNIVERSE_MAX);

    for (size_t i = 0; i < UNIVERSE_MAX; i++) {
        const struct listing *l = universe_at(u, i);
        void *old = NULL;

        ck_assert_int_eq(map_put(seen, l->symbol, (void *)(uintptr_t)l, &old), 0);
        ck_assert_ptr_null(old);
        ck_assert_int_eq(map_put(seen, l->name, (void *)(uintptr_t)l, &old), 0);
        ck_assert_ptr_null(old);
        ck_assert_ptr_eq(universe_find(u, l->symbol), l);
        ck_assert_int_ge(l->float_shares, 1000000);
        ck_assert_int_ge(l->shares, l->float_shares);
        ck_assert_int_ge(l->avg_volume, 100000);
        ck_assert_int_gt(l->prev_close, 0);
    }
    ck_assert_ptr_null(universe_find(u, "INVALID_TICKER_12345"));
    ck_assert_ptr_null(universe_find(u, ""));
    map_free(&seen, NULL);
    universe_free(&u);
}
END_TEST

START_TEST(the_directory_files_hold_every_symbol_and_their_footer)
{
    struct universe *u = universe_new(100, 1);
    struct buf a, b;

    buf_init(&a, 1 << 20);
    buf_init(&b, 1 << 20);
    universe_nasdaqlisted(u, &a);
    universe_otherlisted(u, &b);
    for (size_t i = 0; i < 100; i++) {
        char row[24];

        str_fmt(row, sizeof row, "\n%s|", universe_at(u, i)->symbol);
        ck_assert(strstr(buf_str(&a), row) != NULL || strstr(buf_str(&b), row) != NULL);
    }
    ck_assert_ptr_nonnull(strstr(buf_str(&a), "\nFile Creation Time: "));
    ck_assert_ptr_nonnull(strstr(buf_str(&b), "\nFile Creation Time: "));
    buf_free(&a);
    buf_free(&b);
    universe_free(&u);
}
END_TEST

Suite *
universe_suite(void)
{
    Suite *s = suite_create("universe");
    TCase *t = tcase_create("universe");

    tcase_add_test(t, the_same_seed_makes_the_same_universe);
    tcase_add_test(t, another_seed_keeps_the_known_symbols_and_changes_the_rest);
    tcase_add_test(t, ten_thousand_symbols_are_distinct_plausible_and_found);
    tcase_add_test(t, the_directory_files_hold_every_symbol_and_their_footer);
    suite_add_tcase(s, t);
    return s;
}

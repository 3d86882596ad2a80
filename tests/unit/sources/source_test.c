#include "enricher/sources/source.h"

#include "base/str.h"
#include "enricher/sources/spelling.h"

#include <check.h>
#include <math.h>

START_TEST(every_fact_has_a_row_and_a_name)
{
    for (int i = 0; i < FACT_COUNT; i++) {
        ck_assert_int_eq(fact_find(fact_rows[i].name), i);
        ck_assert(fact_rows[i].least < fact_rows[i].most);
    }
    ck_assert_int_eq(fact_find("nonsense"), -1);
}
END_TEST

START_TEST(every_source_is_whole_and_found_by_name)
{
    for (size_t i = 0; i < n_sources; i++) {
        const struct source *s = sources[i];

        ck_assert_ptr_eq(source_find(s->name), s);
        ck_assert_int_ge(s->batch_max, 1);
        ck_assert_uint_gt(s->max_bytes, 0);
        ck_assert_uint_eq(s->spare & s->gives, 0);
        ck_assert_uint_eq(s->spare_off & s->gives_off, 0);
        ck_assert((s->gives | s->spare) < FACT(FACT_COUNT));
        ck_assert(s->url != NULL && s->parse != NULL);
        ck_assert(str_starts(s->base_url, "https://"));
    }
    ck_assert_ptr_null(source_find("nonsense"));
}
END_TEST

START_TEST(a_fact_is_checked_against_its_row)
{
    struct facts f = {.n = 0};

    ck_assert_int_eq(facts_add(&f, "A", FACT_LAST_PRICE, 1.5, 77), 0);
    ck_assert_int_eq(facts_add(&f, "A", FACT_LAST_PRICE, NAN, 0), 0);
    ck_assert_int_eq(facts_add(&f, "A", FACT_LAST_PRICE, INFINITY, 0), 0);
    ck_assert_int_eq(facts_add(&f, "A", FACT_LAST_PRICE, -1, 0), 0);
    ck_assert_int_eq(facts_add(&f, "A", FACT_FLOAT_SHARES, 999, 0), 0);
    ck_assert_int_eq(f.list[0].status, FACT_OK);
    ck_assert_int_eq(f.list[0].as_of_ms, 77);
    for (size_t i = 1; i < f.n; i++) {
        ck_assert_int_eq(f.list[i].status, FACT_EMPTY);
        ck_assert_double_eq(f.list[i].value, 0);
        ck_assert_str_ne(f.list[i].why, "");
    }
}
END_TEST

START_TEST(the_list_of_facts_is_bounded)
{
    struct facts f = {.n = 0};

    for (int i = 0; i < FACTS_MAX; i++)
        ck_assert_int_eq(facts_none(&f, "A", FACT_LAST_PRICE, "x"), 0);
    ck_assert_int_eq(facts_none(&f, "A", FACT_LAST_PRICE, "x"), ERR_TOO_BIG);
    ck_assert_uint_eq(f.n, FACTS_MAX);
}
END_TEST

START_TEST(class_shares_are_one_in_any_spelling)
{
    char out[16];

    ck_assert(spelling_dashed("brk.b", out, sizeof out));
    ck_assert_str_eq(out, "BRK-B");
    ck_assert(spelling_same("BRK.B", "brk-b"));
    ck_assert(spelling_same("BRK/B", "BRK.B"));
    ck_assert(!spelling_same("BRK.B", "BRK"));
    ck_assert(!spelling_same("BRK.B", "BRK.A"));
    ck_assert(!spelling_dashed("SEVENTEENLETTERSX", out, sizeof out));
}
END_TEST

Suite *source_suite(void);

Suite *
source_suite(void)
{
    Suite *s = suite_create("source");
    TCase *t = tcase_create("source");

    tcase_add_test(t, every_fact_has_a_row_and_a_name);
    tcase_add_test(t, every_source_is_whole_and_found_by_name);
    tcase_add_test(t, a_fact_is_checked_against_its_row);
    tcase_add_test(t, the_list_of_facts_is_bounded);
    tcase_add_test(t, class_shares_are_one_in_any_spelling);
    suite_add_tcase(s, t);
    return s;
}

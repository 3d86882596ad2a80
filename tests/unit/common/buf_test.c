#include "base/buf.h"

#include "base/err.h"

#include <check.h>

START_TEST(what_is_added_stands_in_order)
{
    struct buf b;

    buf_init(&b, 100);
    ck_assert_str_eq(buf_str(&b), "");
    ck_assert_int_eq(buf_adds(&b, "one"), 0);
    ck_assert_int_eq(buf_addc(&b, ','), 0);
    ck_assert_int_eq(buf_addf(&b, "%d+%s", 2, "x"), 0);
    ck_assert_int_eq(buf_add(&b, "\0z", 2), 0);
    ck_assert_uint_eq(b.len, 9);
    ck_assert_mem_eq(b.data, "one,2+x\0z", 10);
    buf_free(&b);
}
END_TEST

START_TEST(the_bound_is_exact_and_an_error_stays)
{
    struct buf b;

    buf_init(&b, 5);
    ck_assert_int_eq(buf_adds(&b, "12345"), 0);
    ck_assert_int_eq(buf_addc(&b, '6'), ERR_TOO_BIG);
    ck_assert_str_eq(buf_str(&b), "12345");
    ck_assert_int_eq(buf_addf(&b, "%s", ""), ERR_TOO_BIG);
    ck_assert_int_eq(b.err, ERR_TOO_BIG);
    buf_clear(&b);
    ck_assert_int_eq(buf_adds(&b, "abc"), 0);
    ck_assert_str_eq(buf_str(&b), "abc");
    buf_free(&b);
}
END_TEST

START_TEST(a_length_near_the_end_of_size_t_is_refused)
{
    struct buf b;

    buf_init(&b, 16);
    ck_assert_int_eq(buf_adds(&b, "abc"), 0);
    ck_assert_int_eq(buf_add(&b, "x", (size_t)-2), ERR_TOO_BIG);
    ck_assert_uint_eq(b.len, 3);
    buf_free(&b);
}
END_TEST

START_TEST(a_freed_buffer_keeps_its_bound)
{
    struct buf b;

    buf_init(&b, 4);
    ck_assert_int_eq(buf_adds(&b, "abcd"), 0);
    buf_free(&b);
    ck_assert_ptr_null(b.data);
    ck_assert_uint_eq(b.max, 4);
}
END_TEST

Suite *buf_suite(void);

Suite *
buf_suite(void)
{
    Suite *s = suite_create("buf");
    TCase *t = tcase_create("buf");

    tcase_add_test(t, what_is_added_stands_in_order);
    tcase_add_test(t, the_bound_is_exact_and_an_error_stays);
    tcase_add_test(t, a_length_near_the_end_of_size_t_is_refused);
    tcase_add_test(t, a_freed_buffer_keeps_its_bound);
    suite_add_tcase(s, t);
    return s;
}

#include "ingest/base64.h"

#include "base/str.h"

#include <check.h>

START_TEST(what_is_base64_is_decoded_in_place)
{
    static const struct {
        const char *from, *to;
    } rows[] = {
        {"QQ==", "A"},
        {"QUI=", "AB"},
        {"QUJD", "ABC"},
        {" QU\n JD\tRA==\n", "ABCD"},
        {"+/+/", "\xfb\xff\xbf"},
    };
    char text[32];

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        size_t n = strlen(rows[i].from);

        ck_assert(str_copy(text, sizeof text, rows[i].from));
        ck_assert_msg(base64_decode(text, &n), "%zu", i);
        ck_assert_uint_eq(n, strlen(rows[i].to));
        ck_assert_mem_eq(text, rows[i].to, n);
    }
}
END_TEST

START_TEST(what_is_no_base64_stays)
{
    static const char *const rows[] = {
        "", "  ", "QUI", "QU=I", "QQ===", "a-b_", "=", "Plain words, as they are."};
    char text[32];

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        size_t n = strlen(rows[i]);

        ck_assert(str_copy(text, sizeof text, rows[i]));
        ck_assert_msg(!base64_decode(text, &n), "%zu", i);
        ck_assert_str_eq(text, rows[i]);
        ck_assert_uint_eq(n, strlen(rows[i]));
    }
}
END_TEST

Suite *base64_suite(void);

Suite *
base64_suite(void)
{
    Suite *s = suite_create("base64");
    TCase *t = tcase_create("base64");

    tcase_add_test(t, what_is_base64_is_decoded_in_place);
    tcase_add_test(t, what_is_no_base64_stays);
    suite_add_tcase(s, t);
    return s;
}

#include "base/str.h"

#include "base/err.h"

#include <check.h>

START_TEST(a_copy_is_cut_between_code_points)
{
    static const char *const text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"; /* aé€😀 */
    static const size_t ends[] = {0, 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};
    char out[16];

    for (size_t size = 1; size < STR_LEN(ends); size++) {
        memset(out, '#', sizeof out);
        ck_assert_int_eq(str_copy(out, size, text), size > strlen(text));
        ck_assert_uint_eq(strlen(out), ends[size]);
        ck_assert_int_eq(out[size], '#'); /* nothing behind the room given */
        ck_assert_int_eq(str_fmt(out, size, "%s", text), size > strlen(text));
        ck_assert_uint_eq(strlen(out), ends[size]);
    }
}
END_TEST

START_TEST(a_copy_of_null_is_empty)
{
    char out[4] = "abc";

    ck_assert(str_copy(out, sizeof out, NULL));
    ck_assert_str_eq(out, "");
    ck_assert(str_copyn(out, sizeof out, "xyzw", 2));
    ck_assert_str_eq(out, "xy");
}
END_TEST

START_TEST(comparisons_know_null_and_case)
{
    ck_assert(str_eq(NULL, NULL) && !str_eq(NULL, "") && str_eq("a", "a"));
    ck_assert(str_ieq("AbC", "aBc") && !str_ieq("ab", "abc") && !str_ieq("a", NULL));
    ck_assert(str_starts("finviz", "fin") && !str_starts("fin", "finviz"));
    ck_assert(str_istarts("HTTPS://x", "https://") && !str_istarts("ht", "https"));
    ck_assert(str_ends("a.json", ".json") && !str_ends("n", ".json"));
    ck_assert(str_empty(NULL) && str_empty("") && !str_empty(" "));
}
END_TEST

START_TEST(trim_and_case_work_in_place)
{
    char a[] = " \t x y\r\n", b[] = "  ", c[] = "\xC3\x84 Ab1";

    ck_assert_str_eq(str_trim(a), "x y");
    ck_assert_str_eq(str_trim(b), "");
    ck_assert_str_eq(str_lower(c), "\xC3\x84 ab1");
    ck_assert_str_eq(str_upper(c), "\xC3\x84 AB1");
}
END_TEST

START_TEST(pieces_skip_what_is_empty)
{
    const char *at = ",a,, bc;,", *piece;
    char all[32] = "";
    size_t n;

    while ((piece = str_piece(&at, ",; ", &n)) != NULL)
        str_fmt(all + strlen(all), sizeof all - strlen(all), "[%.*s]", (int)n, piece);
    ck_assert_str_eq(all, "[a][bc]");
}
END_TEST

START_TEST(a_number_is_the_whole_text)
{
    static const char *const bad[] = {"",    " 1",  "1 ",  "1x",  "+-1", "0x10",
                                      "inf", "nan", "--1", "1,0", "."};
    int64_t i = 77;
    double d = 77;

    for (size_t k = 0; k < STR_LEN(bad); k++) {
        ck_assert_int_eq(str_i64(bad[k], &i), ERR_SYNTAX);
        ck_assert_int_eq(str_f64(bad[k], &d), ERR_SYNTAX);
    }
    ck_assert_int_eq(str_i64("9223372036854775808", &i), ERR_RANGE);
    ck_assert_int_eq(str_f64("1e999", &d), ERR_RANGE);
    ck_assert(i == 77 && d == 77);
    ck_assert_int_eq(str_i64("-9223372036854775808", &i), 0);
    ck_assert(i == INT64_MIN);
    ck_assert_int_eq(str_f64("-1.5e3", &d), 0);
    ck_assert(d == -1500);
}
END_TEST

START_TEST(every_bad_sequence_is_seen)
{
    static const char *const bad[] = {
        "\x80",         "\xC0\xAF",         "\xC1\xBF",         "\xE0\x9F\xBF",
        "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
        "\xC3",         "\xE2\x82",         "\xF0\x9F\x98",     "\xC3\x28"};
    char out[16];

    for (size_t k = 0; k < STR_LEN(bad); k++) {
        ck_assert_uint_eq(str_utf8_next(bad[k], strlen(bad[k])), 0);
        ck_assert(!str_is_utf8(bad[k], strlen(bad[k])));
        str_utf8_clean(out, sizeof out, bad[k]);
        ck_assert_int_eq(out[0], '?');
        for (const char *p = out; *p != '\0'; p++)
            ck_assert_int_lt((unsigned char)*p, 0x80);
    }
    ck_assert(str_is_utf8("a\xE2\x82\xACz", 5));
    ck_assert(!str_is_utf8("a\xE2\x82\xACz\xFF", 6));
    str_utf8_clean(out, sizeof out, "a\xE2\x82\xAC\xFFz");
    ck_assert_str_eq(out, "a\xE2\x82\xAC?z");
    str_utf8_clean(out, 4, "a\xE2\x82\xACz"); /* no room for all of the sign */
    ck_assert_str_eq(out, "a");
}
END_TEST

START_TEST(code_points_are_counted)
{
    static const char *const text = "a\xC3\xA9\xE2\x82\xAC!";

    ck_assert_uint_eq(str_utf8_len(text), 4);
    ck_assert_uint_eq(str_utf8_len("\xFF\xFE"), 2);
    ck_assert_uint_eq(str_utf8_prefix(text, 7, 2), 3);
    ck_assert_uint_eq(str_utf8_prefix(text, 5, 9), 3); /* the cut sign is left out */
    ck_assert_uint_eq(str_utf8_prefix(text, 7, 0), 0);
}
END_TEST

START_TEST(a_byte_order_mark_is_left_behind)
{
    static const char *const texts[] = {"\xEF\xBB\xBFx", "x", "", "\xEF\xBB"};
    static const size_t lens[] = {1, 1, 0, 2};

    for (size_t i = 0; i < STR_LEN(texts); i++) {
        size_t n = strlen(texts[i]), before = n;
        const char *s = str_behind_bom(texts[i], &n);

        ck_assert_uint_eq(n, lens[i]);
        ck_assert_ptr_eq(s, texts[i] + before - n);
    }
}
END_TEST

Suite *str_suite(void);

Suite *
str_suite(void)
{
    Suite *s = suite_create("str");
    TCase *t = tcase_create("str");

    tcase_add_test(t, a_copy_is_cut_between_code_points);
    tcase_add_test(t, a_copy_of_null_is_empty);
    tcase_add_test(t, comparisons_know_null_and_case);
    tcase_add_test(t, trim_and_case_work_in_place);
    tcase_add_test(t, pieces_skip_what_is_empty);
    tcase_add_test(t, a_number_is_the_whole_text);
    tcase_add_test(t, every_bad_sequence_is_seen);
    tcase_add_test(t, code_points_are_counted);
    tcase_add_test(t, a_byte_order_mark_is_left_behind);
    suite_add_tcase(s, t);
    return s;
}

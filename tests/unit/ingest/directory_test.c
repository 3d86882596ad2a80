#include "ingest/directory.h"

#include "base/str.h"

#include <check.h>

Suite *directory_suite(void);

enum { NASDAQ, OTHER, EDGAR };

#define HEADER                                                                         \
    "Symbol|Security Name|Market Category|Test Issue|Financial Status|Round Lot Size|" \
    "ETF|NextShares\r\n"
#define FOOTER "File Creation Time: 1123202614:31|||||||\r\n"

/* A list of n made-up shares; with its footer if it is whole. */
static size_t
make_list(char *out, size_t size, size_t n, bool whole)
{
    size_t used = 0;

    (void)str_copy(out, size, HEADER);
    for (size_t i = 0; i < n; i++) {
        used = strlen(out);
        (void)str_fmt(out + used, size - used,
                      "Q%c%c|Made Up %zu Inc. - Common Stock|Q|N|N|100|N|N\r\n",
                      (char)('A' + i / 26), (char)('A' + i % 26), i);
    }
    used = strlen(out);
    (void)str_copy(out + used, size - used, whole ? FOOTER : "");
    return strlen(out);
}

static int
check(size_t n, bool whole, size_t before, struct why *why)
{
    char text[65536];
    size_t rows, len = make_list(text, sizeof text, n, whole);

    return directory_check(NASDAQ, text, len, before, &rows, why);
}

START_TEST(a_list_may_grow_or_shrink_by_a_fifth)
{
    static const struct {
        size_t rows, before;
        int rc;
    } cases[] = {
        {100, 0, 0},         {100, 100, 0},
        {80, 100, 0},        {79, 100, ERR_RANGE},
        {120, 100, 0},       {121, 100, ERR_RANGE},
        {1, 0, 0},           {0, 0, ERR_EMPTY},
        {3, 4, ERR_RANGE},   {4, 4, 0},
        {300, 4, ERR_RANGE},
    };

    for (size_t i = 0; i < STR_LEN(cases); i++) {
        struct why why = {""};

        ck_assert_msg(check(cases[i].rows, true, cases[i].before, &why) == cases[i].rc,
                      "%zu after %zu: %s", cases[i].rows, cases[i].before, why.text);
        ck_assert_int_eq(cases[i].rc == 0, why.text[0] == '\0');
    }
}
END_TEST

START_TEST(a_list_that_is_cut_off_is_refused)
{
    struct why why = {""};

    ck_assert_int_eq(check(100, false, 100, &why), ERR_MISSING);
    ck_assert_ptr_nonnull(strstr(why.text, "cut off"));
}
END_TEST

START_TEST(a_web_page_is_no_list)
{
    static const char page[] = "<!DOCTYPE html><html><body>Sorry</body></html>";
    struct why why;
    size_t rows;

    ck_assert_int_eq(directory_check(NASDAQ, page, strlen(page), 0, &rows, &why),
                     ERR_CHANGED);
    ck_assert_int_eq(directory_check(OTHER, page, strlen(page), 0, &rows, &why),
                     ERR_CHANGED);
    ck_assert_int_eq(directory_check(EDGAR, page, strlen(page), 0, &rows, &why),
                     ERR_SYNTAX);
    ck_assert_int_eq(directory_check(EDGAR, "{\"a\":", 5, 0, &rows, &why), ERR_SYNTAX);
    ck_assert_int_eq(directory_check(EDGAR, "{}", 2, 0, &rows, &why), ERR_CHANGED);
}
END_TEST

START_TEST(the_files_are_told_apart_by_their_headers)
{
    char text[4096];
    struct why why;
    size_t rows, n = make_list(text, sizeof text, 5, true);

    ck_assert_int_eq(directory_check(NASDAQ, text, n, 0, &rows, &why), 0);
    ck_assert_uint_eq(rows, 5);
    ck_assert_int_eq(directory_check(OTHER, text, n, 0, &rows, &why), ERR_CHANGED);
}
END_TEST

Suite *
directory_suite(void)
{
    Suite *s = suite_create("directory");
    TCase *t = tcase_create("directory");

    tcase_add_test(t, a_list_may_grow_or_shrink_by_a_fifth);
    tcase_add_test(t, a_list_that_is_cut_off_is_refused);
    tcase_add_test(t, a_web_page_is_no_list);
    tcase_add_test(t, the_files_are_told_apart_by_their_headers);
    suite_add_tcase(s, t);
    return s;
}

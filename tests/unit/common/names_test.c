#include "domain/names.h"

#include "base/str.h"

#include <check.h>

Suite *names_suite(void);

static struct names *
made(void)
{
    static const struct {
        const char *name;
        int64_t owner;
    } rows[] = {
        {"ACME WIDGETS CORP /DE/", 10},
        {"Acme Widgets Corporation - Class A Common Stock", 10},
        {"Apple Inc. - Common Stock", 20},
        {"Twin Peaks Mining Ltd", 30},
        {"TWIN PEAKS MINING INC", 31},
        {"Berg & Tal Holdings Class B Common Stock", 40},
        {"Royal Example N.V.", 50},
        {"Acme Widgets Europe S.A.", 60},
    };
    struct names *n;

    ck_assert_int_eq(names_new(&n, STR_LEN(rows)), 0);
    for (size_t i = 0; i < STR_LEN(rows); i++)
        names_add(n, rows[i].name, rows[i].owner, (uint32_t)rows[i].owner);
    names_ready(n);
    return n;
}

START_TEST(a_release_begins_with_its_company)
{
    static const struct {
        const char *text;
        int64_t want;
    } cases[] = {
        {"Acme Widgets Announces Record Orders", 10},
        {"ACME WIDGETS, INC. wins a contract", 10},
        {"Acme Widgets Corp. (the \"Company\")", 10},
        {"Acme Widgets Europe SA opens a plant", 60},
        {"Apple Inc. buys a lake", 20},
        {"Berg & Tal Holdings to Acquire Acme Widgets", 40},
        {"Royal Example N.V. raises its outlook", 50},
    };
    struct names *n = made();

    for (size_t i = 0; i < STR_LEN(cases); i++)
        ck_assert_msg(names_find(n, cases[i].text) == cases[i].want, "%s",
                      cases[i].text);
    names_free(&n);
}
END_TEST

START_TEST(what_only_looks_like_a_company_is_none)
{
    static const char *const texts[] = {
        "",
        "Apple Announces a Harvest Festival",      /* one word may be anything */
        "Acme Widgets Credit Union Opens Branch",  /* another company's name */
        "Private Firm Partners With Acme Widgets", /* somebody else's release */
        "Twin Peaks Mining Announces Drilling",    /* two companies have it */
        "Acme Widgets",
        "Acme",
    };
    struct names *n = made();

    for (size_t i = 0; i < STR_LEN(texts); i++)
        ck_assert_msg(names_find(n, texts[i]) == NAMES_NONE, "%s", texts[i]);
    names_free(&n);
}
END_TEST

START_TEST(every_word_of_the_tables_ends_a_name)
{
    static const char *const words[] = {"ab",   "inc",   "spa",  "accelerates",
                                        "to",   "today", "wins", "announces",
                                        "will", "board", "lp"};
    struct names *n = made();
    char text[64];

    for (size_t i = 0; i < STR_LEN(words); i++) {
        ck_assert(str_fmt(text, sizeof text, "Acme Widgets %s", words[i]));
        ck_assert_msg(names_find(n, text) == 10, "%s", text);
    }
    names_free(&n);
}
END_TEST

START_TEST(the_table_is_bounded)
{
    struct names *n;

    ck_assert_int_eq(names_new(&n, 1), 0);
    names_add(n, "First Example Corp", 1, 1);
    names_add(n, "Second Example Corp", 2, 2);
    names_ready(n);
    ck_assert_int_eq(names_find(n, "First Example Corp"), 1);
    ck_assert_int_eq(names_find(n, "Second Example Corp"), NAMES_NONE);
    names_free(&n);
}
END_TEST

Suite *
names_suite(void)
{
    Suite *s = suite_create("names");
    TCase *t = tcase_create("names");

    tcase_add_test(t, a_release_begins_with_its_company);
    tcase_add_test(t, what_only_looks_like_a_company_is_none);
    tcase_add_test(t, every_word_of_the_tables_ends_a_name);
    tcase_add_test(t, the_table_is_bounded);
    suite_add_tcase(s, t);
    return s;
}

#include "base/buf.h"
#include "base/str.h"
#include "classifier/weights.h"

#include <check.h>
#include <unistd.h>

Suite *weights_suite(void);

static int
parse(const char *text, struct weights *w, struct why *why)
{
    return weights_parse(text, strlen(text), w, why);
}

START_TEST(the_shipped_file_says_what_is_built_in)
{
    struct weights built, file;
    struct why why = {""};

    if (access("classifier/weights.conf", R_OK) != 0)
        return; /* the tests run from elsewhere */
    weights_default(&built);
    ck_assert_msg(weights_load("classifier/weights.conf", &file, &why) == 0, "%s",
                  why.text);
    ck_assert_str_eq(file.hash, built.hash);
}
END_TEST

START_TEST(what_is_printed_reads_back_the_same)
{
    struct weights w, back;
    struct buf b;
    struct why why = {""};

    weights_default(&w);
    ck_assert_int_eq(weights_set(&w, "category.fda", "-1.75", &why), 0);
    ck_assert_int_eq(weights_set(&w, "source.tier3", "0.25", &why), 0);
    weights_seal(&w);
    buf_init(&b, 65536);
    weights_print(&w, &b);
    ck_assert_msg(parse(buf_str(&b), &back, &why) == 0, "%s", why.text);
    ck_assert_str_eq(back.hash, w.hash);
    buf_free(&b);
}
END_TEST

START_TEST(the_hash_follows_every_value)
{
    struct weights w, other;

    weights_default(&w);
    ck_assert_int_eq(parse("sentiment = 1.0\n", &other, NULL), 0);
    ck_assert_str_eq(w.hash, other.hash);
    ck_assert_int_eq(parse("sentiment = 1.01", &other, NULL), 0);
    ck_assert_str_ne(w.hash, other.hash);
}
END_TEST

START_TEST(every_mistake_is_told_with_its_line)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"# fine\n\ncategory.nope = 1\n", "line 3: category.nope: no such weight"},
        {"category.fda\n", "line 1: \"category.fda\": want key = value"},
        {"category.fda = x\n", "line 1: category.fda = \"x\": not a number"},
        {"category.fda = nan\n", "not a number"},
        {"category.fda = 6\n", "out of range; want -5..5"},
        {"sentiment = -0.1\n", "out of range"},
        {"sentiment = 1\nsentiment = 1\n", "line 2: sentiment: given twice"},
    };

    for (size_t i = 0; i < STR_LEN(cases); i++) {
        struct weights w = {.hash = "before"};
        struct why why = {""};

        ck_assert_int_eq(parse(cases[i].text, &w, &why), ERR_CONFIG);
        ck_assert_msg(strstr(why.text, cases[i].want) != NULL, "%s", why.text);
        ck_assert_str_eq(w.hash, "before");
    }
}
END_TEST

START_TEST(a_line_too_long_or_a_file_too_big_is_refused)
{
    struct weights w;
    struct why why = {""};
    char text[600];

    memset(text, '#', sizeof text);
    ck_assert_int_eq(weights_parse(text, sizeof text, &w, &why), ERR_CONFIG);
    ck_assert_int_eq(weights_load("/nonexistent/w.conf", &w, &why), ERR_IO);
    ck_assert_int_eq(weights_load("/dev/zero", &w, &why), ERR_TOO_BIG);
    ck_assert_int_eq(weights_load("", &w, &why), 0);
}
END_TEST

START_TEST(bad_news_weighs_below_zero)
{
    static const char *const bad[] = {
        "dilution",         "going_concern",     "offering_negative",
        "warrant_negative", "dilution_negative", "distress_negative",
        "trial_negative",   "earnings_negative", "guidance_negative"};
    struct weights w;

    weights_default(&w);
    for (int i = 0; i < KEYWORD_COUNT; i++) {
        bool is_bad = false;

        for (size_t j = 0; j < STR_LEN(bad); j++)
            is_bad = is_bad || str_eq(keyword_rows[i].name, bad[j]);
        ck_assert_msg((w.value[i] < 0) == is_bad, "%s", keyword_rows[i].name);
    }
    ck_assert_int_eq(keyword_find("nothing"), -1);
}
END_TEST

Suite *
weights_suite(void)
{
    Suite *s = suite_create("weights");
    TCase *t = tcase_create("weights");

    tcase_add_test(t, the_shipped_file_says_what_is_built_in);
    tcase_add_test(t, what_is_printed_reads_back_the_same);
    tcase_add_test(t, the_hash_follows_every_value);
    tcase_add_test(t, every_mistake_is_told_with_its_line);
    tcase_add_test(t, a_line_too_long_or_a_file_too_big_is_refused);
    tcase_add_test(t, bad_news_weighs_below_zero);
    suite_add_tcase(s, t);
    return s;
}

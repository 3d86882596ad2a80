#include "base/str.h"
#include "classifier/metric_json.h"

#include <check.h>

Suite *metric_json_suite(void);

static int
read_text(const char *text, struct json **root, struct msg_metric *out, size_t *n,
          struct why *why)
{
    *root = json_parse(text, strlen(text), why);
    ck_assert_ptr_nonnull(*root);
    return metric_json_read(*root, out, n, why);
}

START_TEST(a_list_and_an_object_say_the_same)
{
    static const char *const texts[] = {
        "[{\"name\":\"rvol\",\"value\":3.5,\"class\":\"HIGH_RVOL\",\"multiplier\":1.5}]",
        "{\"rvol\":{\"value\":3.5,\"klass\":\"HIGH_RVOL\",\"multiplier\":1.5}}",
    };

    for (size_t i = 0; i < STR_LEN(texts); i++) {
        struct msg_metric m[METRIC_JSON_MAX];
        struct json *root;
        struct why why = {""};
        size_t n;

        ck_assert_int_eq(read_text(texts[i], &root, m, &n, &why), 0);
        ck_assert_uint_eq(n, 1);
        ck_assert_str_eq(m[0].name, "rvol");
        ck_assert_str_eq(m[0].status, "ok");
        ck_assert_str_eq(m[0].klass, "HIGH_RVOL");
        ck_assert(m[0].value == 3.5 && m[0].multiplier == 1.5);
        json_free(&root);
    }
}
END_TEST

START_TEST(a_second_figure_may_stand_under_its_own_name)
{
    struct msg_metric m[METRIC_JSON_MAX];
    struct json *root;
    struct why why = {""};
    size_t n;

    ck_assert_int_eq(
        read_text("{\"price\":{\"value\":4,\"change_pct\":-2.5}}", &root, m, &n, &why),
        0);
    ck_assert_str_eq(m[0].detail_name, "change_pct");
    ck_assert(m[0].detail == -2.5);
    json_free(&root);
}
END_TEST

START_TEST(what_is_no_metric_is_refused)
{
    static const char *const texts[] = {
        "7",
        "[7]",
        "[null]",
        "{\"rvol\":[]}",
        "{\"rvol\":{\"value\":\"3\"}}",
        "[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}]",
    };

    for (size_t i = 0; i < STR_LEN(texts); i++) {
        struct msg_metric m[METRIC_JSON_MAX];
        struct json *root;
        struct why why = {""};
        size_t n;

        ck_assert_int_ne(read_text(texts[i], &root, m, &n, &why), 0);
        ck_assert(strncmp(why.text, "metrics: ", 9) == 0);
        json_free(&root);
    }
}
END_TEST

Suite *
metric_json_suite(void)
{
    Suite *s = suite_create("metric_json");
    TCase *t = tcase_create("all");

    tcase_add_test(t, a_list_and_an_object_say_the_same);
    tcase_add_test(t, a_second_figure_may_stand_under_its_own_name);
    tcase_add_test(t, what_is_no_metric_is_refused);
    suite_add_tcase(s, t);
    return s;
}

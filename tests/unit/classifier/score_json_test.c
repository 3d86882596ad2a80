#include "base/conf.h"
#include "base/json.h"
#include "base/str.h"
#include "classifier/score_json.h"

#include <check.h>

Suite *score_json_suite(void);

/* Scores one line with what is built in; *rc is its result. */
static struct json *
scored(const char *text, int *rc)
{
    struct conf conf;
    struct weights weights;
    struct rules rules;
    struct buf errors, out;
    char *env[] = {NULL};
    struct why why = {""};
    struct json *j;

    buf_init(&errors, 65536);
    buf_init(&out, 1 << 20);
    ck_assert_int_eq(conf_load(&conf, NULL, env, NULL, 0, &errors), 0);
    weights_default(&weights);
    ck_assert_int_eq(rules_open(&rules, &conf, &why), 0);
    *rc = score_json_line(&weights, &rules, text, strlen(text), &out);
    ck_assert_ptr_eq(strchr(buf_str(&out), '\n'), buf_str(&out) + out.len - 1);
    j = json_parse(buf_str(&out), out.len, &why);
    ck_assert_msg(j != NULL, "%s: %s", why.text, buf_str(&out));
    rules_close(&rules);
    conf_free(&conf);
    buf_free(&out);
    buf_free(&errors);
    return j;
}

START_TEST(a_title_is_enough)
{
    int rc;
    struct json *j = scored("{\"title\": \"Orbix wins FDA approval\"}", &rc);

    ck_assert_int_eq(rc, 0);
    ck_assert_str_eq(json_text(json_get(j, "verdict"), ""), "alert");
    ck_assert_str_eq(json_text(json_get(j, "categories.0"), ""), "fda");
    ck_assert_str_eq(json_text(json_get(j, "evidence.0.name"), ""), "keyword.fda");
    ck_assert_uint_eq(strlen(json_text(json_get(j, "weights"), "")), 32);
    json_free(&j);
}
END_TEST

static double
score_of(const char *metrics)
{
    char text[512];
    int rc;
    struct json *j;
    double score;

    (void)str_fmt(text, sizeof text,
                  "{\"title\": \"Orbix wins FDA approval\", \"metrics\": %s}", metrics);
    j = scored(text, &rc);
    ck_assert_int_eq(rc, 0);
    score = json_f64(json_get(j, "score"), -99);
    json_free(&j);
    return score;
}

START_TEST(metrics_come_as_a_list_or_by_name)
{
    double base = score_of("[]");

    ck_assert_double_eq_tol(score_of("[{\"name\":\"float\",\"multiplier\":1.3}]"),
                            base * 1.3, 1e-9);
    ck_assert_double_eq_tol(score_of("{\"float\":{\"value\":4e6,\"multiplier\":1.3}}"),
                            base * 1.3, 1e-9);
    ck_assert_double_eq(score_of("{\"float\":{}}"), base);
    ck_assert_double_eq(
        score_of("{\"float\":{\"status\":\"timeout\",\"multiplier\":1.3}}"), base);
}
END_TEST

START_TEST(every_mistake_is_told_and_nothing_is_scored)
{
    static const struct {
        const char *text;
        int rc;
        const char *want;
    } cases[] = {
        {"", ERR_SYNTAX, ""},
        {"{", ERR_SYNTAX, "line 1"},
        {"[]", ERR_TYPE, "want one JSON object"},
        {"{}", ERR_MISSING, "title"},
        {"{\"title\": \"\"}", ERR_MISSING, "title"},
        {"{\"title\": 7}", ERR_TYPE, "title"},
        {"{\"title\": \"x\", \"link\": []}", ERR_TYPE, "link"},
        {"{\"title\": \"x\", \"metrics\": 1}", ERR_TYPE, "metrics"},
        {"{\"title\": \"x\", \"metrics\": [1]}", ERR_TYPE, "metrics"},
        {"{\"title\": \"x\", \"metrics\": [null]}", ERR_TYPE, "metrics"},
        {"{\"title\": \"x\", \"metrics\": {\"float\": {\"value\": \"1\"}}}", ERR_TYPE,
         "value"},
        {"{\"title\": \"x\", \"metrics\": [{},{},{},{},{},{},{},{},{},{},{},{},{},{},"
         "{},{},{}]}",
         ERR_TOO_BIG, "more than 16"},
    };

    for (size_t i = 0; i < STR_LEN(cases); i++) {
        int rc;
        struct json *j = scored(cases[i].text, &rc);
        const char *why = json_text(json_get(j, "error"), "none");

        ck_assert_msg(rc == cases[i].rc, "%s: %d", cases[i].text, rc);
        ck_assert_msg(strstr(why, cases[i].want) != NULL, "%s: %s", cases[i].text, why);
        ck_assert_ptr_null(json_get(j, "verdict"));
        json_free(&j);
    }
}
END_TEST

Suite *
score_json_suite(void)
{
    Suite *s = suite_create("score_json");
    TCase *t = tcase_create("score_json");

    tcase_add_test(t, a_title_is_enough);
    tcase_add_test(t, metrics_come_as_a_list_or_by_name);
    tcase_add_test(t, every_mistake_is_told_and_nothing_is_scored);
    suite_add_tcase(s, t);
    return s;
}

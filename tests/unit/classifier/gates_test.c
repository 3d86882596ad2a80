#include "base/str.h"
#include "classifier/gates.h"
#include "tests/unit/classifier/bench.h"

#include <check.h>
#include <math.h>

Suite *gates_suite(void);

START_TEST(the_score_gate_passes_its_own_threshold)
{
    struct bench *b = bench_new();
    const char *title = "Orbix gains FDA clearance";
    double s = score(b, title, NULL, 0)->score;

    b->rules.min_score = s;
    ck_assert(score(b, title, NULL, 0)->alert);
    b->rules.min_score = nextafter(s, 1000.0);
    ck_assert(!score(b, title, NULL, 0)->alert);
    ck_assert_str_eq(b->verdict.reason, "score_low");
    ck_assert_ptr_nonnull(strstr(line(&b->verdict, "score_low")->text, "failed"));
    bench_free(&b);
}
END_TEST

START_TEST(strong_negatives_are_exempt_from_score_and_sentiment)
{
    struct bench *b = bench_new();
    b->rules.min_sent_abs = 0.99;
    b->rules.min_score = 50.0;
    ck_assert(score(b, "Trial failed, says Orbix", NULL, 0)->alert);
    ck_assert(b->verdict.negative);
    ck_assert(!score(b, "Orbix gains FDA clearance", NULL, 0)->alert);
    ck_assert_str_eq(b->verdict.reason, "sentiment_weak");
    bench_free(&b);
}
END_TEST

START_TEST(a_word_is_strongly_negative_only_in_its_meaning)
{
    struct bench *b = bench_new();
    static const char *const mild[] = {
        "Law firm files lawsuit, deadline reminder to Orbix investors",
        "Acme holders who lost money have opportunity to lead fraud lawsuit",
        "Acme sets default option in app",
        "Acme extends warranty on trucks",
        "Acme broadens its product offering",
        "Acme faces minor regulatory questions",
        "Acme closes $20M public offering",
        "Acme withdraws $20M public offering",
        "Acme emerges from chapter 11",
        "Acme signs amendment and restatement of its credit agreement",
    };
    static const char *const strong[] = {
        "Acme faces class action lawsuit",
        "Acme named in a securities lawsuit",
        "Acme issues warrants",
        "Acme hit with lawsuit over patents",
        "Acme defaults on its notes",
        "Acme prices $20M public offering",
        "FDA rejected the drug of Acme",
        "Acme announces restructuring",
        "Acme faces an antitrust lawsuit",
        "Acme plans share issuance",
        "Acme under SEC investigation",
        "Acme beats estimates, raises guidance amid SEC investigation",
        "Restatement of prior financial statements",
    };

    for (size_t i = 0; i < STR_LEN(mild); i++)
        ck_assert_msg(!score(b, mild[i], NULL, 0)->negative, "%s", mild[i]);
    for (size_t i = 0; i < STR_LEN(strong); i++)
        ck_assert_msg(score(b, strong[i], NULL, 0)->negative, "%s", strong[i]);
    bench_free(&b);
}
END_TEST

START_TEST(strong_negative_is_below_its_threshold_not_at_it)
{
    struct bench *b = bench_new();
    struct reading r = {.sentiment = -0.3};
    struct view v = {&b->weights, &b->rules, NULL, &r};

    ck_assert(!gates_strong_negative(&v));
    r.sentiment = nextafter(-0.3, -1.0);
    ck_assert(gates_strong_negative(&v));
    bench_free(&b);
}
END_TEST

START_TEST(price_limits_include_themselves)
{
    struct bench *b = bench_new();
    struct msg_metric m = metric("price", 10.0, 1.0);
    const char *title = "Orbix gains FDA clearance";

    b->rules.price_ceiling = 10.0;
    b->rules.price_floor = 0.1;
    ck_assert(score(b, title, &m, 1)->alert);
    m.value = 10.01;
    ck_assert(!score(b, title, &m, 1)->alert);
    ck_assert_str_eq(b->verdict.reason, "price_ceiling");
    m.value = 0.1;
    ck_assert(score(b, title, &m, 1)->alert);
    m.value = 0.09;
    ck_assert_str_eq(score(b, title, &m, 1)->reason, "price_floor");
    bench_free(&b);
}
END_TEST

START_TEST(a_price_limit_needs_a_price)
{
    struct bench *b = bench_new();
    struct msg_metric m = metric("price", 5.0, 1.0);
    const char *title = "Orbix gains FDA clearance";

    b->rules.price_ceiling = 10.0;
    ck_assert_str_eq(score(b, title, NULL, 0)->reason, "price_ceiling");
    m.status = "timeout";
    ck_assert_str_eq(score(b, title, &m, 1)->reason, "price_ceiling");
    m.status = "stale";
    ck_assert_str_eq(score(b, title, &m, 1)->reason, "");
    m.value = NAN; /* neither above nor below any limit */
    ck_assert_str_eq(score(b, title, &m, 1)->reason, "price_ceiling");
    b->rules.price_ceiling = 0.0;
    ck_assert(score(b, title, NULL, 0)->alert);
    b->rules.price_floor = 0.1;
    ck_assert_str_eq(score(b, title, &m, 1)->reason, "price_floor");
    bench_free(&b);
}
END_TEST

START_TEST(low_volume_is_stopped_and_unknown_passes)
{
    struct bench *b = bench_new();
    struct msg_metric m = metric("rvol", 2.0, 1.0);
    const char *title = "Orbix gains FDA clearance";

    b->rules.min_avg_volume = 50000;
    ck_assert(score(b, title, NULL, 0)->alert);
    m.detail_name = "avg_volume";
    m.detail = 50000;
    ck_assert(score(b, title, &m, 1)->alert);
    m.detail = 49999;
    ck_assert_str_eq(score(b, title, &m, 1)->reason, "volume_low");
    m.detail_name = "day_estimate"; /* rvol is 2: twice the average */
    m.detail = 99998;
    ck_assert_str_eq(score(b, title, &m, 1)->reason, "volume_low");
    m.detail = 100000;
    ck_assert(score(b, title, &m, 1)->alert);
    bench_free(&b);
}
END_TEST

START_TEST(only_allowed_categories_pass_when_there_is_a_list)
{
    struct bench *b = bench_new();
    struct why why = {""};

    rules_close(&b->rules);
    (void)str_copy(b->conf.classifier.categories_allow,
                   sizeof b->conf.classifier.categories_allow, "uplisting, earnings");
    ck_assert_int_eq(rules_open(&b->rules, &b->conf, &why), 0);
    ck_assert(score(b, "Orbix reports record revenue", NULL, 0)->alert);
    ck_assert_str_eq(score(b, "Orbix files for bankruptcy", NULL, 0)->reason,
                     "category");
    rules_close(&b->rules);
    (void)str_copy(b->conf.classifier.categories_allow,
                   sizeof b->conf.classifier.categories_allow, "uplisting tulips");
    ck_assert_int_eq(rules_open(&b->rules, &b->conf, &why), ERR_CONFIG);
    ck_assert_ptr_nonnull(strstr(why.text, "tulips"));
    bench_free(&b);
}
END_TEST

Suite *
gates_suite(void)
{
    Suite *s = suite_create("gates");
    TCase *t = tcase_create("gates");

    tcase_add_test(t, the_score_gate_passes_its_own_threshold);
    tcase_add_test(t, strong_negatives_are_exempt_from_score_and_sentiment);
    tcase_add_test(t, a_word_is_strongly_negative_only_in_its_meaning);
    tcase_add_test(t, strong_negative_is_below_its_threshold_not_at_it);
    tcase_add_test(t, price_limits_include_themselves);
    tcase_add_test(t, a_price_limit_needs_a_price);
    tcase_add_test(t, low_volume_is_stopped_and_unknown_passes);
    tcase_add_test(t, only_allowed_categories_pass_when_there_is_a_list);
    suite_add_tcase(s, t);
    return s;
}

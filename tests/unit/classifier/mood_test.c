/* Prices, volume, insiders and the whole market: the tables and what missing does. */
#include "base/str.h"
#include "classifier/divergence.h"
#include "classifier/extended.h"
#include "classifier/fundamental.h"
#include "classifier/insider.h"
#include "classifier/opinions.h"
#include "tests/unit/classifier/bench.h"

#include <check.h>
#include <math.h>

Suite *mood_suite(void);

START_TEST(volume_confirms_a_move_or_does_not)
{
    static const struct {
        double price, volume, value;
    } rows[] = {
        {0.06, -0.6, -0.15}, {0.04, -0.45, -0.12}, {0.04, -0.4, -0.10},
        {-0.06, -0.6, 0.12}, {-0.03, -0.35, 0.08}, {0.06, 1.2, 0.15},
        {-0.06, 1.2, -0.15}, {-0.04, 0.6, -0.12},  {0.02, 0.5, 0.0},
        {0.5, 0.30, 0.0},    {NAN, 2.0, 0.0},      {0.06, NAN, 0.0},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        double got = divergence_of(rows[i].price, rows[i].volume).value;

        ck_assert_msg(fabs(got - rows[i].value) < 1e-12, "row %zu: %g", i, got);
        ck_assert_double_le(fabs(got), divergence_most);
    }
}
END_TEST

START_TEST(a_divergence_is_a_line_of_the_sum_once)
{
    struct bench *b = bench_new();
    struct msg_metric m[] = {metric("rvol", 3.0, 1.3), metric("price", 5.0, 1.0)};
    const char *title = "Orbix gains FDA clearance";
    double without;

    m[1].detail_name = "change_pct";
    m[1].detail = 1.0;
    without = score(b, title, m, 2)->score;
    ck_assert_ptr_null(line(&b->verdict, "divergence"));
    m[1].detail = 6.0;
    ck_assert_double_eq_tol(score(b, title, m, 2)->score, without + 0.15, BENCH_NEAR);
    check_sum(&b->verdict);
    m[0].status = "timeout";
    ck_assert_ptr_null(line(score(b, title, m, 2), "divergence"));
    bench_free(&b);
}
END_TEST

START_TEST(short_interest_lifts_good_news_only)
{
    struct bench *b = bench_new();
    struct msg_metric m = metric("float", 4e6, 1.3);
    const char *title = "FDA approves Orbix drug, strong demand";
    double plain = score(b, title, &m, 1)->score;
    const struct verdict_line *found;

    m.detail_name = "short_float_pct";
    m.detail = 0.45; /* percent: hardly any is sold short */
    ck_assert_ptr_null(line(score(b, title, &m, 1), "short_interest"));
    m.detail = 45.0;
    ck_assert_ptr_nonnull(found = line(score(b, title, &m, 1), "short_interest"));
    ck_assert_double_eq_tol(found->value, squeeze_boost(45.0, b->verdict.sentiment),
                            BENCH_NEAR);
    ck_assert_double_gt(found->value, 0.3);
    ck_assert_double_gt(b->verdict.score, plain + 0.3);
    check_sum(&b->verdict);
    ck_assert_ptr_null(
        line(score(b, "Orbix files for bankruptcy", &m, 1), "short_interest"));
    ck_assert_ptr_null(
        line(score(b, "Orbix moves its office", &m, 1), "short_interest"));
    ck_assert_double_eq_tol(squeeze_boost(40, 0.7), 0.49, BENCH_NEAR);
    ck_assert_double_eq(squeeze_boost(NAN, 0.9), 0.0);
    ck_assert_double_le(squeeze_boost(90, 1.0), squeeze_most);
    bench_free(&b);
}
END_TEST

START_TEST(the_float_counts_once_unless_asked_for)
{
    struct bench *b = bench_new();
    struct msg_metric m = metric("float", 4e6, 1.3);
    const char *title = "Orbix gains FDA clearance";
    double once = score(b, title, &m, 1)->score;

    ck_assert_ptr_null(line(&b->verdict, "fundamental"));
    b->weights.value[WEIGHT_FUNDAMENTAL] = 1.0;
    ck_assert_double_gt(score(b, title, &m, 1)->score, once);
    ck_assert_ptr_nonnull(line(&b->verdict, "fundamental"));
    ck_assert_double_eq(float_points(10e6).value, 0.3);
    ck_assert_ptr_null(float_points(NAN).why);
    ck_assert_double_eq(short_points(15.0).value, 0.3);
    ck_assert_double_eq(short_points(14.9).value, 0.15);
    bench_free(&b);
}
END_TEST

START_TEST(a_regime_pushes_by_sign_and_unknown_is_neutral)
{
    struct bench *b = bench_new();
    struct msg_metric vix = metric("vix", 45.0, 1.0);
    double good = score(b, "Orbix gains FDA clearance", NULL, 0)->score;
    double bad = score(b, "Orbix files for bankruptcy", NULL, 0)->score;

    ck_assert_double_eq_tol(score(b, "Orbix gains FDA clearance", &vix, 1)->score,
                            good * 0.5, BENCH_NEAR);
    ck_assert_double_eq_tol(score(b, "Orbix files for bankruptcy", &vix, 1)->score,
                            bad / 0.5, BENCH_NEAR);
    check_sum(&b->verdict);
    ck_assert_int_eq(regime_of(NAN), REGIME_NEUTRAL);
    ck_assert_int_eq(regime_of(14.9), REGIME_BULL);
    ck_assert_int_eq(regime_of(15.0), REGIME_NEUTRAL);
    ck_assert_int_eq(regime_of(40.0), REGIME_CRASH);
    ck_assert_int_eq(trend_of(NAN), TREND_SIDEWAYS);
    ck_assert_double_eq_tol(regime_confidence(12, -5), 0.8, BENCH_NEAR);
    bench_free(&b);
}
END_TEST

START_TEST(the_most_exact_title_decides)
{
    ck_assert_double_eq(insider_role_weight("Vice President, Sales"), 0.5);
    ck_assert_double_eq(insider_role_weight("President"), 0.9);
    ck_assert_double_eq(insider_role_weight("Chief Executive Officer"), 1.0);
    ck_assert_double_eq(insider_role_weight("10% Owner"), 0.6);
    ck_assert_double_eq(insider_role_weight("Ten Percent Owner"), 0.6);
    ck_assert_double_eq(insider_role_weight("janitor"), 0.5);
}
END_TEST

START_TEST(insiders_count_by_what_they_pay)
{
    const struct trade chief = {false, false, 1e5, 2, "Chief Executive Officer"};
    const struct trade short_name = {false, false, 1e5, 2, "CEO"};
    const struct trade planned = {true, true, 1e6, 10, "CEO"};
    const struct trade big_sale = {true, false, 1e6, 10, "CFO"};
    struct msg_metric m = metric("insider", insider_of(&chief, 1).score, 1.0);
    struct bench *b = bench_new();
    double plain = score(b, "Orbix moves its office", NULL, 0)->score;

    ck_assert_double_eq_tol(insider_of(&chief, 1).score, 0.42, BENCH_NEAR);
    ck_assert_double_eq(insider_of(&short_name, 1).score, insider_of(&chief, 1).score);
    ck_assert_double_eq(insider_of(&planned, 1).score, 0.0);
    ck_assert_double_eq(insider_of(&big_sale, 1).score, -0.4);
    ck_assert_double_eq(insider_of(NULL, 0).score, 0.0);
    ck_assert_double_eq_tol(score(b, "Orbix moves its office", &m, 1)->score,
                            plain + 0.3 * 0.42, BENCH_NEAR); /* 0.3: its weight */
    bench_free(&b);
}
END_TEST

START_TEST(a_move_outside_the_session_is_a_curve)
{
    ck_assert_double_eq_tol(extended_sentiment(7.5), 0.6, BENCH_NEAR);
    ck_assert_double_eq_tol(extended_sentiment(-2.5), -0.25, BENCH_NEAR);
    ck_assert_double_eq(extended_sentiment(90), 0.9);
    ck_assert_double_eq(extended_sentiment(NAN), 0.0);
}
END_TEST

START_TEST(what_is_unknown_is_in_no_mean)
{
    struct opinions o = {{0.5, NAN, NAN, NAN, NAN}};
    struct opinion_mean one = opinions_mean(&o, NAN), two;

    ck_assert_double_eq(one.value, 0.5);
    ck_assert_double_eq(opinions_mean(&o, 20.0).confidence, one.confidence);
    ck_assert_double_lt(opinions_mean(&o, 30.0).confidence, one.confidence);
    o.value[OPINION_EARNINGS] = 0.85;
    two = opinions_mean(&o, NAN);
    ck_assert_double_gt(two.value, 0.5);
    ck_assert_double_gt(two.confidence, one.confidence);
}
END_TEST

START_TEST(an_opinion_pulls_the_sentiment_when_it_is_sure)
{
    struct bench *b = bench_new();
    struct msg_metric m = metric("opinion", -0.7, 1.0);
    const char *title = "Orbix gains FDA clearance";
    double without = score(b, title, NULL, 0)->score, sentiment = b->verdict.sentiment;

    m.detail_name = "confidence";
    m.detail = 0.8;
    ck_assert_double_eq_tol(score(b, title, &m, 1)->score,
                            without + 0.3 * (-0.7 - sentiment), BENCH_NEAR);
    ck_assert_ptr_nonnull(line(&b->verdict, "opinions"));
    check_sum(&b->verdict);
    m.detail = 0.4;
    ck_assert_double_eq(score(b, title, &m, 1)->score, without);
    bench_free(&b);
}
END_TEST

Suite *
mood_suite(void)
{
    Suite *s = suite_create("mood");
    TCase *t = tcase_create("mood");

    tcase_add_test(t, volume_confirms_a_move_or_does_not);
    tcase_add_test(t, a_divergence_is_a_line_of_the_sum_once);
    tcase_add_test(t, short_interest_lifts_good_news_only);
    tcase_add_test(t, the_float_counts_once_unless_asked_for);
    tcase_add_test(t, a_regime_pushes_by_sign_and_unknown_is_neutral);
    tcase_add_test(t, the_most_exact_title_decides);
    tcase_add_test(t, insiders_count_by_what_they_pay);
    tcase_add_test(t, a_move_outside_the_session_is_a_curve);
    tcase_add_test(t, what_is_unknown_is_in_no_mean);
    tcase_add_test(t, an_opinion_pulls_the_sentiment_when_it_is_sure);
    suite_add_tcase(s, t);
    return s;
}

#include "enricher/metrics/metric.h"

#include "base/err.h"
#include "base/str.h"

#include <check.h>
#include <math.h>

static void
check_band(struct band b, const char *klass, double multiplier)
{
    ck_assert_str_eq(b.klass, klass);
    ck_assert_double_eq(b.multiplier, multiplier);
}

START_TEST(float_bands_begin_at_their_lower_bound)
{
    check_band(float_band(1), "MICRO_FLOAT", 1.3);
    check_band(float_band(4999999), "MICRO_FLOAT", 1.3);
    check_band(float_band(5e6), "LOW_FLOAT", 1.2);
    check_band(float_band(20e6), "MEDIUM_FLOAT", 1.0);
    check_band(float_band(50e6), "HIGH_FLOAT", 0.9);
    check_band(float_band(1e300), "HIGH_FLOAT", 0.9);
}
END_TEST

START_TEST(no_figure_has_no_weight)
{
    static const double none[] = {NAN, INFINITY, -INFINITY};

    for (size_t i = 0; i < STR_LEN(none); i++) {
        check_band(float_band(none[i]), "UNKNOWN", 1.0);
        check_band(vwap_band(none[i]), "UNKNOWN", 1.0);
        check_band(rvol_band(none[i]), "UNKNOWN", 1.0);
        ck_assert(!float_is_plausible(none[i]));
    }
    check_band(float_band(0), "UNKNOWN", 1.0);
    check_band(float_band(-1), "UNKNOWN", 1.0);
    check_band(rvol_band(-0.01), "UNKNOWN", 1.0);
}
END_TEST

START_TEST(plausible_floats_are_a_thousand_to_a_hundred_billion)
{
    ck_assert(float_is_plausible(1e3));
    ck_assert(float_is_plausible(1e11));
    ck_assert(!float_is_plausible(999));
    ck_assert(!float_is_plausible(1e11 + 1));
}
END_TEST

START_TEST(vwap_bands_are_strict_outside)
{
    check_band(vwap_band(2.01), "STRONG_BULLISH", 1.2);
    check_band(vwap_band(2.0), "BULLISH", 1.1);
    check_band(vwap_band(0.5), "NEUTRAL", 1.0);
    check_band(vwap_band(-0.5), "NEUTRAL", 1.0);
    check_band(vwap_band(-0.51), "BEARISH", 0.9);
    check_band(vwap_band(-2.0), "BEARISH", 0.9);
    check_band(vwap_band(-2.01), "STRONG_BEARISH", 0.7);
    ck_assert(!vwap_is_break(-1.0));
    ck_assert(vwap_is_break(-1.01));
}
END_TEST

START_TEST(rvol_bands_begin_at_their_lower_bound)
{
    check_band(rvol_band(0), "LOW_RVOL", 0.8);
    check_band(rvol_band(0.99), "LOW_RVOL", 0.8);
    check_band(rvol_band(1), "NORMAL_RVOL", 1.0);
    check_band(rvol_band(2), "ELEVATED_RVOL", 1.2);
    check_band(rvol_band(3), "HIGH_RVOL", 1.3);
    check_band(rvol_band(5), "EXTREME_RVOL", 1.4);
}
END_TEST

START_TEST(vwap_weighs_the_typical_price_by_volume)
{
    const struct bar bars[] = {
        {.high = 10.3, .low = 9.8, .close = 9.9, .volume = 1000},
        {.high = NAN, .low = NAN, .close = NAN, .volume = 5000},
        {.high = 10.6, .low = 10.1, .close = 10.5, .volume = 3000},
        {.high = NAN, .low = NAN, .close = NAN, .volume = 0},
    };
    struct vwap v;

    ck_assert_int_eq(vwap_of_bars(bars, STR_LEN(bars), &v), 0);
    ck_assert_double_eq_tol(v.vwap, 10.3, 1e-12);
    ck_assert_double_eq_tol(v.distance_pct, 1.941747573, 1e-9);
    ck_assert_double_eq(v.last, 10.5);
    ck_assert_double_eq(v.volume, 4000);
    ck_assert_double_eq_tol(v.typical, 10.4, 1e-12);
    ck_assert_uint_eq(v.bars, 2);
}
END_TEST

/* Yahoo's charts end with such a bar while the session is open. */
START_TEST(a_bar_without_volume_weighs_nothing_and_has_the_last_price)
{
    const struct bar bars[] = {
        {.high = 10.3, .low = 9.8, .close = 9.9, .volume = 1000},
        {.high = 10.2, .low = 10.2, .close = 10.2, .volume = 0},
    };
    struct vwap v;

    ck_assert_int_eq(vwap_of_bars(bars, STR_LEN(bars), &v), 0);
    ck_assert_double_eq_tol(v.vwap, 10.0, 1e-12);
    ck_assert_double_eq(v.last, 10.2);
    ck_assert_double_eq_tol(v.distance_pct, 2.0, 1e-9);
    ck_assert_double_eq(v.volume, 1000);
    ck_assert_uint_eq(v.bars, 1);
    ck_assert_int_eq(vwap_of_bars(bars + 1, 1, &v), ERR_EMPTY);
}
END_TEST

START_TEST(vwap_of_nothing_is_empty)
{
    const struct bar huge = {
        .high = 1e308, .low = 1e308, .close = 1e308, .volume = 1e308};
    struct vwap v = {.vwap = 7};

    ck_assert_int_eq(vwap_of_bars(NULL, 0, &v), ERR_EMPTY);
    ck_assert_int_eq(vwap_of_bars(&huge, 1, &v), ERR_EMPTY);
    ck_assert_double_eq(v.vwap, 7);
}
END_TEST

START_TEST(rvol_carries_the_volume_on_to_the_close)
{
    struct rvol r;

    ck_assert_int_eq(rvol_intraday(1.6e6, 5e5, 2.5, 6.5, RVOL_FLAT, &r), 0);
    ck_assert_double_eq_tol(r.rvol, 8.32, 1e-12);
    ck_assert_double_eq(r.day_estimate, 4160000);
    ck_assert_int_eq(rvol_intraday(153846, 1e6, 0.5, 6.5, RVOL_FLAT, &r), 0);
    ck_assert_double_eq(r.day_estimate, 1999998);
    ck_assert_int_eq(rvol_intraday(1.2e6, 1e6, 6.5, 6.5, RVOL_FLAT, &r), 0);
    ck_assert_double_eq_tol(r.rvol, 1.2, 1e-12);
    ck_assert_int_eq(rvol_intraday(1e6, 1e6, 1.75, 3.5, RVOL_FLAT, &r), 0);
    ck_assert_double_eq_tol(r.rvol, 2, 1e-12);
}
END_TEST

START_TEST(rvol_says_nothing_too_early_or_of_too_little)
{
    struct rvol r;

    ck_assert_int_eq(rvol_intraday(1e4, 1e6, 0.24, 6.5, RVOL_FLAT, &r), ERR_AGAIN);
    ck_assert_int_eq(rvol_intraday(1e4, 1e6, 0.25, 6.5, RVOL_FLAT, &r), 0);
    ck_assert_int_eq(rvol_intraday(1e4, 1e6, 0, 6.5, RVOL_FLAT, &r), ERR_EMPTY);
    ck_assert_int_eq(rvol_intraday(0, 1e6, 3, 6.5, RVOL_FLAT, &r), ERR_EMPTY);
    ck_assert_int_eq(rvol_intraday(1e4, 99999, 3, 6.5, RVOL_FLAT, &r), ERR_EMPTY);
    ck_assert_int_eq(rvol_intraday(1e4, 100000, 3, 6.5, RVOL_FLAT, &r), 0);
    ck_assert_int_eq(rvol_intraday(1e4, NAN, 3, 6.5, RVOL_FLAT, &r), ERR_EMPTY);
    ck_assert_int_eq(rvol_intraday(NAN, 1e6, 3, 6.5, RVOL_FLAT, &r), ERR_EMPTY);
    ck_assert_int_eq(rvol_intraday(1e4, 1e6, NAN, 6.5, RVOL_FLAT, &r), ERR_EMPTY);
}
END_TEST

START_TEST(the_u_curve_only_falls_and_meets_the_close)
{
    struct rvol r;
    double before = INFINITY;

    for (double h = 0.25; h <= 6.5; h += 0.05) {
        ck_assert_int_eq(rvol_intraday(1e9, 1e9, h, 6.5, RVOL_U, &r), 0);
        ck_assert_double_le(r.rvol, before);
        ck_assert_double_ge(r.rvol, 1);
        before = r.rvol;
    }
    ck_assert_int_eq(rvol_intraday(1e9, 1e9, 6.5, 6.5, RVOL_U, &r), 0);
    ck_assert_double_eq(r.rvol, 1);
}
END_TEST

static double
estimate(double volume, double hours, double session_h, enum rvol_curve curve)
{
    struct rvol r;

    ck_assert_int_eq(rvol_intraday(volume, 1e6, hours, session_h, curve, &r), 0);
    return r.day_estimate;
}

START_TEST(the_open_and_the_close_are_heavy)
{
    /* A seventh of the day in half an hour: the straight line makes 1.8 of it. */
    ck_assert_double_eq_tol(estimate(140000, 0.5, 6.5, RVOL_U), 1e6, 2);
    ck_assert_double_gt(estimate(140000, 0.5, 6.5, RVOL_FLAT), 1.8e6);
    /* The closing auction is to come. */
    ck_assert_double_eq_tol(estimate(900000, 6.499999, 6.5, RVOL_U), 1e6, 10);
}
END_TEST

START_TEST(a_short_day_has_the_same_shape_in_less_time)
{
    for (double part = 0.1; part < 1; part += 0.1)
        ck_assert_double_eq_tol(estimate(1e6, part * 3.5, 3.5, RVOL_U),
                                estimate(1e6, part * 6.5, 6.5, RVOL_U), 2);
}
END_TEST

START_TEST(change_needs_a_positive_close)
{
    ck_assert_double_eq_tol(price_change_pct(11, 10), 10, 1e-12);
    ck_assert(isnan(price_change_pct(11, 0)));
    ck_assert(isnan(price_change_pct(11, -1)));
    ck_assert(isnan(price_change_pct(11, 1e-10)));
    ck_assert(isnan(price_change_pct(NAN, 1)));
    ck_assert(isnan(price_change_pct(1, NAN)));
    ck_assert(isnan(price_change_pct(1e308, 1e-308)));
}
END_TEST

START_TEST(each_status_has_a_name)
{
    for (int s = STATUS_OK; s <= STATUS_NO_ENRICHER; s++)
        ck_assert_str_ne(status_name((enum status)s), "");
    ck_assert_str_eq(status_name(STATUS_NO_ENRICHER), "no_enricher");
}
END_TEST

Suite *metric_suite(void);

Suite *
metric_suite(void)
{
    Suite *s = suite_create("metric");
    TCase *t = tcase_create("metric");

    tcase_add_test(t, float_bands_begin_at_their_lower_bound);
    tcase_add_test(t, no_figure_has_no_weight);
    tcase_add_test(t, plausible_floats_are_a_thousand_to_a_hundred_billion);
    tcase_add_test(t, vwap_bands_are_strict_outside);
    tcase_add_test(t, rvol_bands_begin_at_their_lower_bound);
    tcase_add_test(t, vwap_weighs_the_typical_price_by_volume);
    tcase_add_test(t, a_bar_without_volume_weighs_nothing_and_has_the_last_price);
    tcase_add_test(t, vwap_of_nothing_is_empty);
    tcase_add_test(t, rvol_carries_the_volume_on_to_the_close);
    tcase_add_test(t, rvol_says_nothing_too_early_or_of_too_little);
    tcase_add_test(t, the_u_curve_only_falls_and_meets_the_close);
    tcase_add_test(t, the_open_and_the_close_are_heavy);
    tcase_add_test(t, a_short_day_has_the_same_shape_in_less_time);
    tcase_add_test(t, change_needs_a_positive_close);
    tcase_add_test(t, each_status_has_a_name);
    suite_add_tcase(s, t);
    return s;
}

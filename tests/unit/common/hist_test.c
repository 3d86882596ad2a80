#include "base/hist.h"

#include "base/prng.h"

#include <check.h>

enum { VALUES = 5000 };

static int
compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

START_TEST(a_quantile_is_good_to_a_sixteenth)
{
    static const double quantiles[] = {0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1};
    struct prng p = {.state = 99};
    struct hist h;
    static const size_t n_quantiles = sizeof quantiles / sizeof quantiles[0];
    int64_t *values = calloc(VALUES, sizeof *values);

    hist_clear(&h);
    for (size_t i = 0; i < VALUES; i++) {
        values[i] = (int64_t)(prng_u64(&p) >> (20 + prng_below(&p, 44)));
        hist_add(&h, values[i]);
    }
    qsort(values, VALUES, sizeof *values, compare);
    for (size_t k = 0; k < n_quantiles; k++) {
        double at = quantiles[k] * VALUES;
        size_t rank = (size_t)at + ((double)(size_t)at < at);
        int64_t want = values[rank > 0 ? rank - 1 : 0];
        int64_t got = hist_quantile(&h, quantiles[k]);

        ck_assert_int_le(got > want ? got - want : want - got, want / 16 + 1);
    }
    ck_assert_int_eq(hist_quantile(&h, 1) <= h.most, 1);
    free(values);
}
END_TEST

START_TEST(small_values_are_exact)
{
    struct hist h;

    for (int64_t v = 0; v < 32; v++) {
        hist_clear(&h);
        hist_add(&h, v);
        ck_assert_int_eq(hist_quantile(&h, 0.5), v);
    }
}
END_TEST

START_TEST(the_extremes_have_a_place)
{
    struct hist h;

    hist_clear(&h);
    ck_assert_int_eq(hist_quantile(&h, 0.5), 0);
    hist_add(&h, -5);
    ck_assert_int_eq(hist_quantile(&h, 1), 0);
    hist_add(&h, INT64_MAX / 2);
    ck_assert(hist_quantile(&h, 1) == INT64_MAX / 2);
    ck_assert_uint_eq(h.count, 2);
}
END_TEST

START_TEST(draws_stay_below_their_bound)
{
    struct prng p = {.state = 1}, q = {.state = 1};
    size_t counts[3] = {0};

    for (int i = 0; i < 3000; i++) {
        double u = prng_unit(&p);

        ck_assert(u >= 0 && u < 1);
        counts[prng_below(&p, 3)]++;
    }
    for (size_t i = 0; i < 3; i++)
        ck_assert_uint_gt(counts[i], 800);
    ck_assert(prng_u64(&q) == 0x910A2DEC89025CC1u); /* the generator's first, seed 1 */
}
END_TEST

Suite *hist_suite(void);

Suite *
hist_suite(void)
{
    Suite *s = suite_create("hist");
    TCase *t = tcase_create("hist");

    tcase_add_test(t, a_quantile_is_good_to_a_sixteenth);
    tcase_add_test(t, small_values_are_exact);
    tcase_add_test(t, the_extremes_have_a_place);
    tcase_add_test(t, draws_stay_below_their_bound);
    suite_add_tcase(s, t);
    return s;
}

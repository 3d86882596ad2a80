#include "base/str.h"
#include "classifier/earnings.h"
#include "tests/unit/classifier/bench.h"

#include <check.h>
#include <math.h>

Suite *earnings_suite(void);

static bool
same(double a, double b)
{
    return isnan(b) ? isnan(a) : fabs(a - b) < 1e-9;
}

START_TEST(figures_are_read_with_their_estimates)
{
    static const struct {
        const char *text;
        struct earnings want;
    } rows[] = {
        {"Tarn Q4 EPS of $1.19 vs estimate $1.13, revenue $25.7B vs estimate $25.6B",
         {1.19, 1.13, 25700, 25600, 0}},
        {"earnings of $0.30, consensus $0.25, sales of $500K",
         {0.30, 0.25, 0.5, NAN, 0}},
        {"Tarn posts EPS of $0.65, beating the $0.61 estimate",
         {0.65, 0.61, NAN, NAN, 1}},
        {"EPS ($0.12) misses", {-0.12, NAN, NAN, NAN, -1}},
        {"Net loss per share of $0.40, revenue of $1,250,000",
         {-0.40, NAN, 1.25, NAN, 0}},
        {"Revenue rose 12% to $40 million from $36 million a year ago",
         {NAN, NAN, 40, NAN, 0}},
        {"earnings of $5 million on sales in 12 countries", {NAN, NAN, NAN, NAN, 0}},
        {"commission meeting held", {NAN, NAN, NAN, NAN, 0}},
        {"EPS of $1 ", {1.0, NAN, NAN, NAN, 0}}, /* nothing behind the blank */
        {"Tarn Q1 EPS $1.10 vs. $1.04 est.; revenue $9.5B vs. $9.1B est.",
         {1.10, 1.04, 9500, 9100, 0}},
        {"Tarn earned $1.30 EPS, topping the consensus of $1.20 by $0.10",
         {1.30, 1.20, NAN, NAN, 1}},
        {"Tarn reported $0.45 vs estimate of $0.40", {0.45, 0.40, NAN, NAN, 0}},
        {"Tarn posted $0.45, missing the $0.50 consensus", {0.45, 0.50, NAN, NAN, -1}},
        {"Tarn earned $1.30 a share", {1.30, NAN, NAN, NAN, 0}},
        {"Panel reports $3.50 fee", {NAN, NAN, NAN, NAN, 0}},
        {"Tarn exceeds revenue estimates with $90M in sales", {NAN, NAN, 90, NAN, 1}},
        {"Tarn revenue of $90M tops the $85M revenue estimate", {NAN, NAN, 90, 85, 1}},
        {"Tarn ends its year with $90M in sales", {NAN, NAN, 90, NAN, 0}},
        {"Tarn EPS tops estimates by $0.04", {NAN, NAN, NAN, NAN, 1}},
        {"earnings of 45 cents a share, consensus EPS of 40 cents",
         {0.45, 0.40, NAN, NAN, 0}},
        {"loss of $0.22 per share vs estimate of a loss of $0.30",
         {-0.22, -0.30, NAN, NAN, 0}},
        {"Net income of $2.1 million, or $0.18 per diluted share, and a dividend of "
         "$0.05 per share",
         {0.18, NAN, NAN, NAN, 0}},
        {"Tarn declares dividend of $0.25 per share", {NAN, NAN, NAN, NAN, 0}},
        {"Tarn sees FY EPS $4.00 and revenue of $2B. Q3 EPS was $0.90",
         {0.90, NAN, NAN, NAN, 0}},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        const struct earnings *w = &rows[i].want;
        struct earnings e;

        earnings_read(rows[i].text, NULL, &e);
        ck_assert_msg(same(e.eps, w->eps) && same(e.eps_estimate, w->eps_estimate) &&
                          same(e.revenue, w->revenue) &&
                          same(e.revenue_estimate, w->revenue_estimate) &&
                          e.said == w->said,
                      "%s: %g %g %g %g %d", rows[i].text, e.eps, e.eps_estimate,
                      e.revenue, e.revenue_estimate, e.said);
    }
}
END_TEST

START_TEST(losses_are_read_however_they_are_written)
{
    static const char *const texts[] = {
        "EPS -0.12 vs estimate -0.10",
        "EPS of $(0.12) vs. consensus $(0.10)",
        "EPS (0.12), estimate (0.10)",
        "a loss per share of $0.12, expected -$0.10",
    };

    for (size_t i = 0; i < STR_LEN(texts); i++) {
        struct earnings e;

        earnings_read(texts[i], NULL, &e);
        ck_assert_msg(same(e.eps, -0.12) && same(e.eps_estimate, -0.10), "%s: %g %g",
                      texts[i], e.eps, e.eps_estimate);
        ck_assert_int_eq(earnings_status(&e), -1);
    }
}
END_TEST

START_TEST(a_verb_and_a_dollar_are_no_result)
{
    ck_assert(!earnings_is_result("Tarn announces $50M public offering", ""));
    ck_assert(!earnings_is_result("Commission clears $1.25 fee", ""));
    ck_assert(
        !earnings_is_result("Tarn to report EPS of $1 on Monday, analysts say", ""));
    ck_assert(!earnings_is_result("", NULL));
    ck_assert(earnings_is_result("Tarn reports Q4 earnings of $1.64", ""));
    ck_assert(earnings_is_result("Tarn's year", "Revenue of $12 million was reported"));
}
END_TEST

START_TEST(unknown_figures_weigh_nothing)
{
    struct bench *b = bench_new();
    const struct verdict *v = score(b, "Tarn announces $50M gas pipeline", NULL, 0);

    ck_assert_ptr_null(line(v, "earnings"));
    v = score(b, "Tarn reports EPS of $0.65", NULL, 0);
    ck_assert_ptr_null(line(v, "earnings"));
    bench_free(&b);
}
END_TEST

START_TEST(a_result_is_weighed_by_how_it_compares)
{
    static const struct {
        const char *title;
        double value;
        const char *tag;
    } rows[] = {
        {"Orbix EPS of $0.90 vs estimate $0.61", 2.0, " strong_beat"},
        {"Orbix Q3 EPS of $0.65 vs estimate $0.61", 1.0, " beat"},
        {"Orbix EPS of $1.30 vs estimate $1.00, revenue $150M vs estimate $100M", 2.0,
         " beat"},
        {"Orbix revenue of $107M vs estimate $100M", 1.0, " inline"},
        {"Orbix EPS of $0.61 vs estimate $0.61", 0.0, " inline"},
        {"Orbix EPS of $0.60 vs estimate $0.61", 0.0, " inline"},
        {"Orbix EPS of $0.80 vs estimate $1.00, revenue $120M vs estimate $100M", -0.5,
         "miss"},
        {"Orbix EPS of $0.30 vs estimate $0.61", -1.5, "miss"},
    };
    struct bench *b = bench_new();

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        const struct verdict *v = score(b, rows[i].title, NULL, 0);

        ck_assert_msg(line(v, "earnings") != NULL, "%s", rows[i].title);
        ck_assert_double_eq(line(v, "earnings")->value, rows[i].value);
        ck_assert_msg(strstr(v->categories, rows[i].tag) != NULL, "%s: %s",
                      rows[i].title, v->categories);
        check_sum(v);
    }
    bench_free(&b);
}
END_TEST

Suite *
earnings_suite(void)
{
    Suite *s = suite_create("earnings");
    TCase *t = tcase_create("earnings");

    tcase_add_test(t, figures_are_read_with_their_estimates);
    tcase_add_test(t, losses_are_read_however_they_are_written);
    tcase_add_test(t, a_verb_and_a_dollar_are_no_result);
    tcase_add_test(t, unknown_figures_weigh_nothing);
    tcase_add_test(t, a_result_is_weighed_by_how_it_compares);
    suite_add_tcase(s, t);
    return s;
}

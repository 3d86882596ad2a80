#include "base/prng.h"
#include "base/str.h"
#include "classifier/signals.h"
#include "tests/unit/classifier/bench.h"

#include <check.h>

Suite *score_suite(void);

START_TEST(a_category_counts_once)
{
    struct bench *b = bench_new();
    const struct verdict *v;

    even_weights(b);
    v = score(b, "Orbix: FDA clearance plus FDA approval", NULL, 0);
    ck_assert_double_eq_tol(v->relevance, 1.0, BENCH_NEAR);
    ck_assert_str_eq(v->categories, "fda");
    check_sum(v);
    v = score(b, "FDA clearance and uplisting for Orbix", NULL, 0);
    ck_assert_double_eq_tol(v->relevance, 2.0, BENCH_NEAR);
    ck_assert_str_eq(v->categories, "fda uplisting");
    bench_free(&b);
}
END_TEST

START_TEST(a_phrase_inside_a_longer_one_counts_for_the_longer_only)
{
    struct bench *b = bench_new();
    ck_assert_str_eq(score(b, "Gets fast track designation", NULL, 0)->categories,
                     "fda");
    ck_assert_str_eq(score(b, "On a fast track", NULL, 0)->categories, "clinical");
    ck_assert_str_eq(
        score(b, "Fast track designation, now on a fast track", NULL, 0)->categories,
        "fda clinical");
    bench_free(&b);
}
END_TEST

START_TEST(the_summary_is_read_for_categories)
{
    struct bench *b = bench_new();
    struct msg_enriched in = item("Orbix files a current report", NULL, 0);

    even_weights(b);
    in.summary = "The drug got FDA approval";
    in.link = "https://www.sec.gov/x";
    ck_assert_int_eq(classify(&b->weights, &b->rules, &in, &b->verdict), 0);
    ck_assert_double_eq_tol(b->verdict.relevance, 1.5, BENCH_NEAR);
    ck_assert_double_gt(b->verdict.sentiment, 0.0);
    bench_free(&b);
}
END_TEST

START_TEST(a_filing_whose_title_says_nothing_is_read_in_full)
{
    struct bench *b = bench_new();
    struct msg_enriched in = item("Form 10-Q Filing", NULL, 0);
    double news;

    in.summary = "Strong revenue growth and an earnings beat";
    ck_assert_int_eq(classify(&b->weights, &b->rules, &in, &b->verdict), 0);
    news = b->verdict.sentiment;
    in.kind = "filing";
    ck_assert_int_eq(classify(&b->weights, &b->rules, &in, &b->verdict), 0);
    ck_assert_double_gt(news, 0.0);
    ck_assert_double_gt(b->verdict.sentiment, news);
    bench_free(&b);
}
END_TEST

START_TEST(bad_news_lowers_the_score_and_good_news_stays_good)
{
    struct bench *b = bench_new();
    const struct verdict *v;

    even_weights(b);
    v = score(b, "Orbix files for bankruptcy", NULL, 0);
    ck_assert_double_eq_tol(v->relevance, -2.0, BENCH_NEAR);
    ck_assert(v->alert);
    ck_assert(v->negative);
    ck_assert_ptr_nonnull(line(v, "negative"));
    v = score(b, "Orbix Phase 2 trial fails to meet primary endpoint", NULL, 0);
    ck_assert_double_lt(v->score, 0);
    v = score(b, "Orbix FDA approval and bankruptcy risk", NULL, 0);
    ck_assert_double_eq_tol(v->relevance, -1.0, BENCH_NEAR);
    v = score(b, "Orbix announces underwritten public offering", NULL, 0);
    ck_assert_double_eq_tol(v->score, -4.6, BENCH_NEAR);
    ck_assert_str_eq(v->categories, "dilution offering_negative");
    ck_assert(v->negative);
    bench_free(&b);
}
END_TEST

START_TEST(a_closed_offering_dilutes_no_more)
{
    struct bench *b = bench_new();
    const struct verdict *v;

    v = score(b, "Orbix announces closing of its public offering", NULL, 0);
    ck_assert_double_eq_tol(v->relevance, 0.0, BENCH_NEAR);
    ck_assert_double_eq_tol(v->sentiment, 0.2, BENCH_NEAR);
    ck_assert(!v->negative);
    ck_assert_str_eq(v->categories, "dilution offering_negative");
    check_sum(v);
    bench_free(&b);
}
END_TEST

START_TEST(multipliers_push_up_and_down_by_sign)
{
    struct bench *b = bench_new();
    struct msg_metric m[] = {metric("float", 4e6, 1.3), metric("vwap", 5.0, 0.7)};
    const char *bad = "Orbix files for bankruptcy";
    double base;

    base = score(b, "Orbix wins FDA approval", NULL, 0)->score;
    ck_assert_double_eq_tol(score(b, "Orbix wins FDA approval", m, 1)->score,
                            base * 1.3, BENCH_NEAR);
    ck_assert_double_eq_tol(score(b, "Orbix wins FDA approval", m, 2)->score,
                            base * 1.3 * 0.7, BENCH_NEAR);
    base = score(b, bad, NULL, 0)->score;
    ck_assert_double_lt(base, 0.0);
    ck_assert_double_gt(score(b, bad, m, 1)->score, base);
    ck_assert_double_lt(score(b, bad, m + 1, 1)->score, base);
    ck_assert_double_eq_tol(score(b, bad, m, 2)->score, base / 1.3 / 0.7, BENCH_NEAR);
    check_sum(&b->verdict);
    bench_free(&b);
}
END_TEST

START_TEST(a_multiplier_beyond_its_range_is_clamped)
{
    struct bench *b = bench_new();
    struct msg_metric m = metric("float", 4e6, 900.0);
    double base;
    const struct verdict *v;

    base = score(b, "Orbix wins FDA approval", NULL, 0)->score;
    v = score(b, "Orbix wins FDA approval", &m, 1);
    ck_assert_double_eq_tol(v->score, base * 1.3, BENCH_NEAR);
    check_sum(v);
    m.multiplier = -1.0;
    ck_assert_double_eq_tol(score(b, "Orbix wins FDA approval", &m, 1)->score, base,
                            BENCH_NEAR);
    bench_free(&b);
}
END_TEST

START_TEST(a_row_never_leaves_its_range)
{
    struct bench *b = bench_new();
    const char *all = "fda approval, phase 3, oil discovery, gene therapy, cloud "
                      "contract, collaboration, uplisting, bitcoin etf, lithium, board "
                      "seat, gpu partnership, cure period, merger agreement, record "
                      "revenue, raised guidance";
    const struct verdict *v;

    for (int i = 0; i < KEYWORD_COUNT; i++)
        b->weights.value[i] = 5.0;
    v = score(b, all, NULL, 0);
    ck_assert_double_eq_tol(v->relevance, signal_rows[0].most, BENCH_NEAR);
    ck_assert_ptr_nonnull(line(v, "keyword"));
    check_sum(v);
    bench_free(&b);
}
END_TEST

/* ---- laws for random data ------------------------------------------------------- */

static const char *const pieces[] = {
    "FDA approval",
    "bankruptcy",
    "public offering",
    "revenue fell",
    "wins",
    "loss narrowed",
    "closes offering",
    "warrants",
    "phase 3",
    "not",
    "sharply",
    "lithium",
    "strategic review",
    "the",
    "board seat",
    "licensing agreement",
    "chapter 11",
    "guidance",
    "raises",
    ". ",
};

static void
random_title(struct prng *p, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (uint64_t n = prng_below(p, 12); n > 0 && used < size; n--) {
        (void)str_fmt(out + used, size - used, "%s ",
                      pieces[prng_below(p, STR_LEN(pieces))]);
        used = strlen(out);
    }
}

START_TEST(missing_data_never_changes_a_score)
{
    struct bench *b = bench_new();
    static const char *const names[] = {"float", "vwap", "rvol"};
    static const char *const missing[] = {"empty", "timeout", "limited", "error",
                                          "no_enricher"};
    struct prng p = {20261123};

    for (int round = 0; round < 5000; round++) {
        struct msg_metric m[3];
        char title[512];
        double with, without;
        size_t kept = 0;

        random_title(&p, title, sizeof title);
        for (size_t i = 0; i < 3; i++) {
            m[i] = metric(names[i], prng_unit(&p) * 1e6, 0.5 + prng_unit(&p));
            if (prng_below(&p, 2))
                m[i].status = missing[prng_below(&p, STR_LEN(missing))];
        }
        with = score(b, title, m, 3)->score;
        check_sum(&b->verdict);
        for (size_t i = 0; i < 3; i++) {
            if (str_eq(m[i].status, "ok"))
                m[kept++] = m[i];
        }
        without = score(b, title, m, kept)->score;
        ck_assert_msg(with == without, "round %d: %s", round, title);
    }
    bench_free(&b);
}
END_TEST

START_TEST(the_same_input_gives_the_same_verdict)
{
    struct bench *b = bench_new();
    struct prng p = {7};
    const char *plain = "Orbix gains FDA clearance";
    struct verdict before = *score(b, plain, NULL, 0);

    for (int round = 0; round < 500; round++) {
        struct verdict first;
        struct msg_metric m = metric("float", 1e6, 1.3);
        char title[512];

        random_title(&p, title, sizeof title);
        first = *score(b, title, &m, 1);
        (void)score(b, "something else in between, bankruptcy", NULL, 0);
        (void)score(b, title, &m, 1);
        ck_assert_uint_eq(first.n_lines, b->verdict.n_lines);
        ck_assert_str_eq(first.categories, b->verdict.categories);
        ck_assert_str_eq(first.reason, b->verdict.reason);
        ck_assert(first.score == b->verdict.score);
        for (size_t i = 0; i < first.n_lines; i++)
            ck_assert_str_eq(first.lines[i].text, b->verdict.lines[i].text);
    }
    /* and no other item has changed what it is judged by */
    ck_assert_int_eq(score(b, plain, NULL, 0)->alert, before.alert);
    ck_assert_str_eq(b->verdict.reason, before.reason);
    ck_assert(b->verdict.score == before.score);
    bench_free(&b);
}
END_TEST

START_TEST(the_longest_explanation_fits)
{
    struct bench *b = bench_new();
    struct msg_metric m[] = {metric("float", 1, 1.1), metric("vwap", 1, 1.1),
                             metric("rvol", 1, 1.1), metric("price", 5, 1.0)};
    char title[8192];
    size_t used = 0;

    for (int i = 0; i < KEYWORD_COUNT; i++) {
        size_t n = strcspn(keyword_rows[i].phrases, "|");

        (void)str_fmt(title + used, sizeof title - used, "%.*s, ", (int)n,
                      keyword_rows[i].phrases);
        used = strlen(title);
    }
    (void)str_fmt(title + used, sizeof title - used, "%s", "bankruptcy. Warrant.");
    b->rules.min_avg_volume = 1;
    b->rules.price_ceiling = 10;
    b->rules.price_floor = 1;
    b->rules.min_sent_abs = 0.1;
    b->rules.any_category = false;
    (void)score(b, title, m, 4);
    check_sum(&b->verdict);
    ck_assert_uint_gt(b->verdict.n_lines, 30);
    bench_free(&b);
}
END_TEST

Suite *
score_suite(void)
{
    Suite *s = suite_create("score");
    TCase *t = tcase_create("score");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_category_counts_once);
    tcase_add_test(t, a_phrase_inside_a_longer_one_counts_for_the_longer_only);
    tcase_add_test(t, the_summary_is_read_for_categories);
    tcase_add_test(t, a_filing_whose_title_says_nothing_is_read_in_full);
    tcase_add_test(t, bad_news_lowers_the_score_and_good_news_stays_good);
    tcase_add_test(t, a_closed_offering_dilutes_no_more);
    tcase_add_test(t, multipliers_push_up_and_down_by_sign);
    tcase_add_test(t, a_multiplier_beyond_its_range_is_clamped);
    tcase_add_test(t, a_row_never_leaves_its_range);
    tcase_add_test(t, missing_data_never_changes_a_score);
    tcase_add_test(t, the_same_input_gives_the_same_verdict);
    tcase_add_test(t, the_longest_explanation_fits);
    suite_add_tcase(s, t);
    return s;
}

#include "base/conf.h"
#include "base/prng.h"
#include "base/str.h"
#include "classifier/gates.h"
#include "classifier/score.h"

#include <check.h>
#include <math.h>

Suite *score_suite(void);

static const double NEAR = 1e-9;

/* Rules and weights as they are without a configuration file; a test may change them
 * before it scores. */
struct bench {
    struct conf conf;
    struct weights weights;
    struct rules rules;
    struct verdict verdict;
};

static struct bench *
bench_new(void)
{
    struct bench *b = calloc(1, sizeof *b);
    struct buf errors;
    char *env[] = {NULL};
    struct why why = {""};

    ck_assert_ptr_nonnull(b);
    buf_init(&errors, 65536);
    ck_assert_int_eq(conf_load(&b->conf, NULL, env, NULL, 0, &errors), 0);
    weights_default(&b->weights);
    ck_assert_msg(rules_open(&b->rules, &b->conf, &why) == 0, "%s", why.text);
    buf_free(&errors);
    return b;
}

static void
bench_free(struct bench **bp)
{
    rules_close(&(*bp)->rules);
    conf_free(&(*bp)->conf);
    free(*bp);
    *bp = NULL;
}

static struct msg_metric
metric(const char *name, double value, double multiplier)
{
    return (struct msg_metric){.name = name,
                               .status = "ok",
                               .why = "",
                               .value = value,
                               .unit = "",
                               .klass = "CLASS",
                               .multiplier = multiplier,
                               .detail_name = "",
                               .source = "test"};
}

static struct msg_enriched
item(const char *title, struct msg_metric *metrics, size_t n)
{
    return (struct msg_enriched){.id = "i/ORBX",
                                 .item = "i",
                                 .ticker = "ORBX",
                                 .kind = "news",
                                 .form = "",
                                 .title = title,
                                 .summary = "",
                                 .link = "https://www.globenewswire.com/n/1",
                                 .feed = "globenewswire",
                                 .weights = "",
                                 .metrics = metrics,
                                 .n_metrics = n};
}

static const struct verdict *
score(struct bench *b, const char *title, struct msg_metric *metrics, size_t n)
{
    struct msg_enriched in = item(title, metrics, n);

    ck_assert_int_eq(classify(&b->weights, &b->rules, &in, &b->verdict), 0);
    return &b->verdict;
}

/* All positive categories 1, all negative -2: what the figures below are made with. */
static void
even_weights(struct bench *b)
{
    for (int i = 0; i < KEYWORD_COUNT; i++)
        b->weights.value[i] = keyword_rows[i].weight > 0 ? 1.0 : -2.0;
}

static const struct verdict_line *
line(const struct verdict *v, const char *name)
{
    for (size_t i = 0; i < v->n_lines; i++) {
        if (str_eq(v->lines[i].name, name))
            return &v->lines[i];
    }
    return NULL;
}

/* The sum as the header tells it, worked out again from the lines alone. */
static void
check_sum(const struct verdict *v)
{
    double sum = 0.0;

    for (size_t i = 0; i < v->n_lines; i++) {
        if (v->lines[i].kind == LINE_SIGNAL)
            sum += v->lines[i].value;
        else if (v->lines[i].kind == LINE_MULTIPLIER)
            sum *= v->lines[i].value;
        ck_assert_double_eq_tol(sum, v->lines[i].score, NEAR);
    }
    ck_assert_double_eq_tol(sum, v->score, NEAR);
    ck_assert_uint_eq(v->lost, 0);
}

START_TEST(a_category_counts_once)
{
    struct bench *b = bench_new();
    const struct verdict *v;

    even_weights(b);
    v = score(b, "Orbix: FDA clearance plus FDA approval", NULL, 0);
    ck_assert_double_eq_tol(v->relevance, 1.0, NEAR);
    ck_assert_str_eq(v->categories, "fda");
    check_sum(v);
    v = score(b, "FDA clearance and uplisting for Orbix", NULL, 0);
    ck_assert_double_eq_tol(v->relevance, 2.0, NEAR);
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
    ck_assert_double_eq_tol(b->verdict.relevance, 1.5, NEAR);
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
    ck_assert_double_eq_tol(v->relevance, -2.0, NEAR);
    ck_assert(v->alert);
    ck_assert(v->negative);
    ck_assert_ptr_nonnull(line(v, "negative"));
    v = score(b, "Orbix FDA approval and bankruptcy risk", NULL, 0);
    ck_assert_double_eq_tol(v->relevance, -1.0, NEAR);
    v = score(b, "Orbix announces underwritten public offering", NULL, 0);
    ck_assert_double_eq_tol(v->score, -4.6, NEAR);
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
    ck_assert_double_eq_tol(v->relevance, 0.0, NEAR);
    ck_assert_double_eq_tol(v->sentiment, 0.2, NEAR);
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
                            base * 1.3, NEAR);
    ck_assert_double_eq_tol(score(b, "Orbix wins FDA approval", m, 2)->score,
                            base * 1.3 * 0.7, NEAR);
    base = score(b, bad, NULL, 0)->score;
    ck_assert_double_lt(base, 0.0);
    ck_assert_double_gt(score(b, bad, m, 1)->score, base);
    ck_assert_double_lt(score(b, bad, m + 1, 1)->score, base);
    ck_assert_double_eq_tol(score(b, bad, m, 2)->score, base / 1.3 / 0.7, NEAR);
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
    ck_assert_double_eq_tol(v->score, base * 2.0, NEAR);
    check_sum(v);
    m.multiplier = -1.0;
    ck_assert_double_eq_tol(score(b, "Orbix wins FDA approval", &m, 1)->score, base,
                            NEAR);
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
    ck_assert_double_eq_tol(v->relevance, signal_rows[0].most, NEAR);
    ck_assert_ptr_nonnull(line(v, "keyword"));
    check_sum(v);
    bench_free(&b);
}
END_TEST

/* ---- gates --------------------------------------------------------------------- */

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
        "Acme sets default option in app",
        "Acme extends warranty on trucks",
        "Acme broadens its product offering",
        "Acme faces minor regulatory questions",
        "Acme closes $20M public offering",
    };
    static const char *const strong[] = {
        "Acme issues warrants",          "Acme hit with lawsuit over patents",
        "Acme defaults on its notes",    "Acme prices $20M public offering",
        "FDA rejected the drug of Acme", "Acme announces restructuring",
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
    b->rules.price_ceiling = 0.0;
    ck_assert(score(b, title, NULL, 0)->alert);
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
    tcase_add_test(t, the_score_gate_passes_its_own_threshold);
    tcase_add_test(t, strong_negatives_are_exempt_from_score_and_sentiment);
    tcase_add_test(t, a_word_is_strongly_negative_only_in_its_meaning);
    tcase_add_test(t, strong_negative_is_below_its_threshold_not_at_it);
    tcase_add_test(t, price_limits_include_themselves);
    tcase_add_test(t, a_price_limit_needs_a_price);
    tcase_add_test(t, low_volume_is_stopped_and_unknown_passes);
    tcase_add_test(t, only_allowed_categories_pass_when_there_is_a_list);
    tcase_add_test(t, missing_data_never_changes_a_score);
    tcase_add_test(t, the_same_input_gives_the_same_verdict);
    tcase_add_test(t, the_longest_explanation_fits);
    suite_add_tcase(s, t);
    return s;
}

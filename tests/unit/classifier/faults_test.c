/* What the predecessor got wrong about a score, as facts that hold here.
 * docs/deviations.md lists the faults with their tests. */
#include "base/str.h"
#include "classifier/score_json.h"
#include "classifier/signals.h"
#include "tests/unit/classifier/bench.h"

#include <check.h>

Suite *faults_suite(void);

START_TEST(bad_news_leaves_the_good_news_of_an_item_as_it_is)
{
    struct bench *b = bench_new();
    const struct verdict *v = score(b, "Orbix FDA approval and bankruptcy", NULL, 0);

    ck_assert_double_eq(line(v, "keyword.fda")->value, 1.4);
    ck_assert_double_eq(line(v, "keyword.distress_negative")->value, -2.5);
    ck_assert_double_eq_tol(v->relevance, 1.4 - 2.5, BENCH_NEAR);
    check_sum(v);
    b->weights.value[keyword_find("distress_negative")] = -4.5; /* learned, say */
    v = score(b, "Orbix files for bankruptcy", NULL, 0);
    ck_assert_double_eq(line(v, "keyword.distress_negative")->value, -4.5);
    ck_assert_double_lt(v->score, -4.0);
    bench_free(&b);
}
END_TEST

START_TEST(an_offering_of_debt_dilutes_nobody)
{
    struct bench *b = bench_new();
    const struct verdict *v = score(
        b, "Orbix prices public offering of $90 million of senior notes", NULL, 0);

    ck_assert_double_eq_tol(v->relevance, 0.0, BENCH_NEAR);
    ck_assert_double_eq_tol(v->sentiment, 0.3, BENCH_NEAR);
    ck_assert(!v->negative);
    check_sum(v);
    bench_free(&b);
}
END_TEST

START_TEST(what_is_undone_is_none_of_its_category)
{
    struct bench *b = bench_new();
    static const struct {
        const char *title, *category;
    } rows[] = {
        {"Orbix loses its largest government contract", "tech_contracts"},
        {"Orbix and Halden terminate merger agreement", "acquisition"},
        {"Orbix emerges from chapter 11", "distress_negative"},
        {"Orbix halts phase 2 trial early for overwhelming efficacy", "trial_negative"},
        {"Orbix cited for noncompliance with minimum bid requirement", "compliance"},
        {"Orbix trial shows no statistically significant benefit", "clinical"},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++)
        ck_assert_msg(strstr(score(b, rows[i].title, NULL, 0)->categories,
                             rows[i].category) == NULL,
                      "%s: %s", rows[i].title, b->verdict.categories);
    bench_free(&b);
}
END_TEST

START_TEST(parts_of_words_are_no_phrases)
{
    static const char *const titles[] = {
        "Orbix sees peak demand in european court of appeal",
        "New car trucks arrive at Orbix",
        "Orbix extends its warranty",
        "Orbix shows a broader product offering",
    };
    struct bench *b = bench_new();

    for (size_t i = 0; i < STR_LEN(titles); i++)
        ck_assert_msg(*score(b, titles[i], NULL, 0)->categories == '\0', "%s: %s",
                      titles[i], b->verdict.categories);
    bench_free(&b);
}
END_TEST

START_TEST(a_result_counts_in_one_place)
{
    struct bench *b = bench_new();
    const struct verdict *v =
        score(b, "Orbix Q3 EPS of $0.65 vs estimate $0.61", NULL, 0);

    ck_assert_double_eq(v->sentiment, 0.0); /* the figures are no words */
    ck_assert_double_eq_tol(v->score, 1.0, BENCH_NEAR);
    bench_free(&b);
}
END_TEST

/* The offering family apart, whose rows each say a thing of their own. */
START_TEST(no_phrase_stands_in_two_categories)
{
    for (int i = 0; i < KEYWORD_COUNT; i++) {
        const char *cursor = keyword_rows[i].phrases, *piece;
        size_t n;

        while ((piece = str_piece(&cursor, "|", &n)) != NULL) {
            for (int j = i + 1; j < KEYWORD_COUNT; j++) {
                const char *others = keyword_rows[j].phrases, *other;
                size_t m;

                if (keyword_rows[i].kind == KEYWORD_OFFERING &&
                    keyword_rows[j].kind == KEYWORD_OFFERING)
                    continue;
                while ((other = str_piece(&others, "|", &m)) != NULL)
                    ck_assert_msg(m != n || memcmp(piece, other, n) != 0,
                                  "\"%.*s\" is %s and %s", (int)n, piece,
                                  keyword_rows[i].name, keyword_rows[j].name);
            }
        }
    }
}
END_TEST

START_TEST(a_phrase_of_two_meanings_counts_once)
{
    struct bench *b = bench_new();

    ck_assert_str_eq(score(b, "Orbix signs licensing agreement", NULL, 0)->categories,
                     "tech_contracts");
    ck_assert_str_eq(score(b, "Fast track designation for Orbix", NULL, 0)->categories,
                     "fda");
    ck_assert_str_eq(score(b, "Orbix wins defense contract", NULL, 0)->categories,
                     "tech_contracts");
    ck_assert_str_eq(score(b, "Orbix wins rail contract", NULL, 0)->categories,
                     "partnership");
    bench_free(&b);
}
END_TEST

START_TEST(relevance_sentiment_and_score_are_told_apart)
{
    static const char text[] = "{\"title\": \"Orbix announces public offering\","
                               " \"link\": \"https://www.globenewswire.com/1\"}";
    struct bench *b = bench_new();
    struct buf out;

    buf_init(&out, 65536);
    ck_assert_int_eq(score_json_line(&b->weights, &b->rules, text, strlen(text), &out),
                     0);
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "\"relevance\":-2.5"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "\"sentiment\":-0.6"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "\"score\":-3.1"));
    buf_free(&out);
    bench_free(&b);
}
END_TEST

/* A revision is the same candidate with more facts: nothing of the first score stays.
 */
START_TEST(what_comes_later_is_scored_from_the_start)
{
    struct bench *b = bench_new();
    struct msg_metric m = metric("opinion", 0.7, 1.0);
    const char *title = "Orbix files for bankruptcy";
    double before, after;

    m.detail_name = "confidence";
    m.detail = 0.9;
    before = score(b, title, NULL, 0)->score;
    after = score(b, title, &m, 1)->score;
    ck_assert_double_gt(after, before);
    ck_assert_double_eq(score(b, title, NULL, 0)->score, before);
    bench_free(&b);
}
END_TEST

START_TEST(every_weight_of_the_score_has_a_key_and_no_other_key_is_taken)
{
    struct weights w;
    struct why why = {""};
    static const char *const keys[] = {
        "category.fda",   "filing.bankruptcy", "regime.crash",    "earnings.beat",
        "language_model", "source.tier1",      "strong_negative", "dilution"};
    static const char *const others[] = {"offering", "reverse_stock_split", "unknown",
                                         "beat", "FDA"};

    weights_default(&w);
    for (int i = 0; i < KEYWORD_COUNT; i++) {
        char key[KEYWORD_NAME + 16];

        (void)str_fmt(key, sizeof key, "category.%s", keyword_rows[i].name);
        ck_assert_msg(weights_set(&w, key, "3.5", &why) == 0, "%s", why.text);
        ck_assert_msg(w.value[i] == 3.5, "%s", key);
    }
    for (size_t i = 0; i < STR_LEN(keys); i++)
        ck_assert_msg(weights_set(&w, keys[i], "-0.5", &why) != ERR_NOT_FOUND, "%s",
                      keys[i]);
    for (size_t i = 0; i < STR_LEN(others); i++)
        ck_assert_int_eq(weights_set(&w, others[i], "1", &why), ERR_NOT_FOUND);
    for (size_t i = 0; i < n_signal_rows; i++)
        ck_assert_int_lt(signal_rows[i].weight, WEIGHT_COUNT);
}
END_TEST

Suite *
faults_suite(void)
{
    Suite *s = suite_create("faults");
    TCase *t = tcase_create("faults");

    tcase_add_test(t, bad_news_leaves_the_good_news_of_an_item_as_it_is);
    tcase_add_test(t, an_offering_of_debt_dilutes_nobody);
    tcase_add_test(t, what_is_undone_is_none_of_its_category);
    tcase_add_test(t, parts_of_words_are_no_phrases);
    tcase_add_test(t, a_result_counts_in_one_place);
    tcase_add_test(t, no_phrase_stands_in_two_categories);
    tcase_add_test(t, a_phrase_of_two_meanings_counts_once);
    tcase_add_test(t, relevance_sentiment_and_score_are_told_apart);
    tcase_add_test(t, what_comes_later_is_scored_from_the_start);
    tcase_add_test(t, every_weight_of_the_score_has_a_key_and_no_other_key_is_taken);
    suite_add_tcase(s, t);
    return s;
}

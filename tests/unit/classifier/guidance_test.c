#include "base/str.h"
#include "classifier/reading.h"
#include "tests/unit/classifier/bench.h"

#include <check.h>

Suite *guidance_suite(void);

static const struct {
    const char *title, *category; /* "" none */
} titles[] = {
    {"Orbix raises full-year guidance", "guidance"},
    {"Orbix is raising its 2026 outlook again", "guidance"},
    {"Outlook for the year lifted by Orbix", "guidance"},
    {"Orbix cuts its annual forecast", "guidance_negative"},
    {"Orbix withdraws guidance", "guidance_negative"},
    {"Orbix lowers fiscal 2026 outlook", "guidance_negative"},
    {"Orbix Cuts Loss Forecast", "guidance"},
    {"Orbix lowers net loss outlook", "guidance"},
    {"Orbix narrows full-year loss guidance", "guidance"},
    {"Net loss forecast trimmed by Orbix", "guidance"},
    {"Orbix Lowers Expense Guidance", "guidance"},
    {"Orbix lowers guidance for operating expenses", "guidance"},
    {"Orbix cuts tax rate outlook", "guidance"},
    {"Orbix reduces churn forecast", "guidance"},
    {"Orbix raises loss forecast", "guidance_negative"},
    {"Orbix raises outlook for costs", "guidance_negative"},
    {"Orbix widens loss guidance", "guidance_negative"},
    {"Orbix withdraws loss guidance", "guidance_negative"},
    {"Orbix cuts forecast on higher costs", "guidance_negative"},
    {"Higher costs cut profit forecast at Orbix", "guidance_negative"},
    {"Orbix cuts costs and raises forecast", "guidance"},
    {"Agency upgrades Tarn with a stable outlook", ""},
    {"Tarn has an improved loss outlook", "guidance"},
    {"Tarn slashing full-year outlook", "guidance_negative"},
    {"Tarn gives weaker outlook", "guidance_negative"},
    {"Tarn keeps guidance", ""},
    {"Tarn sales consistent with guidance", ""},
    {"Tarn sales exceeded own forecast", ""},
    {"Orbix narrows guidance range", ""},
    {"Orbix reaffirms loss guidance for 2026", ""},
    {"Orbix reaffirms guidance for 2026", ""},
    {"Orbix cuts prices. Guidance for pilots is published", ""},
    {"Orbix raises $40 million", ""},
    {"Higher sales at Orbix", ""},
};

START_TEST(guidance_is_raised_or_lowered_only_next_to_its_noun)
{
    struct bench *b = bench_new();

    for (size_t i = 0; i < STR_LEN(titles); i++) {
        const struct verdict *v = score(b, titles[i].title, NULL, 0);
        const char *found = strstr(v->categories, "guidance_negative") != NULL
                                ? "guidance_negative"
                            : strstr(v->categories, "guidance") != NULL ? "guidance"
                                                                        : "";

        ck_assert_msg(str_eq(found, titles[i].category), "%s: %s", titles[i].title,
                      v->categories);
        check_sum(v);
    }
    bench_free(&b);
}
END_TEST

START_TEST(guidance_of_losses_counts_the_other_way_in_all_parts)
{
    static const struct {
        const char *title;
        bool is_good;
    } rows[] = {{"Orbix Cuts Loss Forecast", true},
                {"Orbix Lowers Expense Guidance", true},
                {"Orbix raises loss guidance", false},
                {"Orbix withdraws loss guidance", false}};
    struct bench *b = bench_new();

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        const struct verdict *v = score(b, rows[i].title, NULL, 0);

        ck_assert_msg((v->score > 0.0) == rows[i].is_good, "%s: %f", rows[i].title,
                      v->score);
        ck_assert_msg((v->sentiment > 0.0) == rows[i].is_good, "%s", rows[i].title);
        ck_assert_msg(v->negative != rows[i].is_good, "%s", rows[i].title);
    }
    bench_free(&b);
}
END_TEST

START_TEST(a_direction_is_read_without_a_noun_too)
{
    static const struct {
        const char *text;
        enum guidance_word direction;
    } rows[] = {
        {"better than expected", GUIDANCE_RAISED},
        {"falling short of targets", GUIDANCE_LOWERED},
        {"we continue to expect sales of", GUIDANCE_MAINTAINED},
        {"we project sales of", GUIDANCE_NEW},
        {"a new office", GUIDANCE_NONE},
    };
    struct bench *b = bench_new();
    struct reading *r = calloc(1, sizeof *r);

    ck_assert_ptr_nonnull(r);
    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct msg_enriched in = item(rows[i].text, NULL, 0);

        reading_of(&b->rules, &in, r);
        ck_assert_msg(r->guidance.direction == rows[i].direction, "%s", rows[i].text);
        ck_assert(!r->guidance.named);
    }
    free(r);
    bench_free(&b);
}
END_TEST

START_TEST(its_period_is_read)
{
    static const struct {
        const char *title, *scope;
    } rows[] = {
        {"FY2025 EPS", "FY2025"},
        {"guidance for fiscal year 2026", "FY2026"},
        {"H2 2025 outlook", "H2 2025"},
        {"its Q3 2026 forecast", "Q3 2026"},
        {"FY26 guidance", "FY2026"},
        {"outlook for the fourth quarter of fiscal 2025", "Q4 2025"},
        {"second half 2026", "H2 2026"},
        {"third half 2026, fourth quarter", ""},
        {"full-year guidance", "full-year"},
        {"guidance", ""},
        {"Q9 2026, H2 of a life", ""},
    };
    struct bench *b = bench_new();
    struct reading *r = calloc(1, sizeof *r);

    ck_assert_ptr_nonnull(r);
    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct msg_enriched in = item(rows[i].title, NULL, 0);

        reading_of(&b->rules, &in, r);
        ck_assert_str_eq(r->guidance.scope, rows[i].scope);
    }
    free(r);
    bench_free(&b);
}
END_TEST

Suite *
guidance_suite(void)
{
    Suite *s = suite_create("guidance");
    TCase *t = tcase_create("guidance");

    tcase_add_test(t, guidance_is_raised_or_lowered_only_next_to_its_noun);
    tcase_add_test(t, guidance_of_losses_counts_the_other_way_in_all_parts);
    tcase_add_test(t, a_direction_is_read_without_a_noun_too);
    tcase_add_test(t, its_period_is_read);
    suite_add_tcase(s, t);
    return s;
}

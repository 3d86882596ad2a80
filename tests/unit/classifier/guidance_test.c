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

START_TEST(its_period_is_read)
{
    static const struct {
        const char *title, *scope;
    } rows[] = {
        {"FY2025 EPS", "FY2025"},
        {"guidance for fiscal year 2026", "FY2026"},
        {"H2 2025 outlook", "H2 2025"},
        {"its Q3 2026 forecast", "Q3 2026"},
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
    tcase_add_test(t, its_period_is_read);
    suite_add_tcase(s, t);
    return s;
}

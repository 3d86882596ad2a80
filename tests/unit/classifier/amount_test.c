#include "classifier/amount.h"

#include "base/str.h"

#include <check.h>
#include <math.h>

Suite *amount_suite(void);

START_TEST(amounts_are_read_in_every_usual_spelling)
{
    static const struct {
        const char *text;
        double value;
    } rows[] = {
        {"$5.2 million", 5.2e6},
        {"$5.2 billion", 5.2e9},
        {"$3.5B", 3.5e9},
        {"$750K", 750e3},
        {"US$10M", 10e6},
        {"5.2MM", 5.2e6},
        {"EUR 13.1 mn", 13.1e6},
        {"\xe2\x82\xac"
         "2.5bn",
         2.5e9},
        {"$1,250,000", 1250000},
        {"$10,000,000,000", 1e10},
        {"a $40-million order", 40e6},
        {"($0.12)", -0.12},
        {"$(0.12)", -0.12},
        {"-$0.10", -0.10},
        {"EPS -0.12", -0.12},
        {"at a price of $2.50.", 2.5},
        {"12.5%", 12.5},
        {"$1.2 trillion", 1.2e12},
        {"$5-10 million", 5e6},
        {"$5-$10M", 5e6},
        {"$5\xe2\x80\x93"
         "10 million",
         5e6},
        {"$1.10-$1.20", 1.10},
        {"$5-a-day", 5},
        {".75", 0.75},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++)
        ck_assert_msg(fabs(amount_of(rows[i].text) - rows[i].value) <=
                          1e-9 * fabs(rows[i].value),
                      "%s: %.17g", rows[i].text, amount_of(rows[i].text));
}
END_TEST

START_TEST(what_is_no_amount_is_none)
{
    static const char *const none[] = {
        "",      "N/A", "no figure at all", "Q3", "COVID19", "5G network", "in 2025",
        "1.2.3", "3rd", "phase 3b",         "v2",
    };

    for (size_t i = 0; i < STR_LEN(none); i++)
        ck_assert_msg(isnan(amount_of(none[i])), "%s: %g", none[i], amount_of(none[i]));
}
END_TEST

START_TEST(a_dash_between_figures_is_no_sign)
{
    const char *text = "10-20 shares", *end = text + strlen(text);
    struct amount a;

    ck_assert(amount_next(text, text, end, &a));
    ck_assert_double_eq(a.value, 10.0);
    ck_assert(amount_next(text, a.to, end, &a));
    ck_assert_double_eq(a.value, 20.0);
    ck_assert(!amount_next(text, a.to, end, &a));
}
END_TEST

START_TEST(an_amount_says_what_it_is_of)
{
    struct amount a;
    const char *text = "$5 million";

    ck_assert(amount_next(text, text, text + strlen(text), &a));
    ck_assert(a.money && a.scaled && !a.grouped && !a.percent);
    text = "1,000 shares";
    ck_assert(amount_next(text, text, text + strlen(text), &a));
    ck_assert(!a.money && !a.scaled && a.grouped);
    text = "up 12 percent";
    ck_assert(amount_next(text, text, text + strlen(text), &a));
    ck_assert(a.percent);
}
END_TEST

Suite *
amount_suite(void)
{
    Suite *s = suite_create("amount");
    TCase *t = tcase_create("amount");

    tcase_add_test(t, amounts_are_read_in_every_usual_spelling);
    tcase_add_test(t, what_is_no_amount_is_none);
    tcase_add_test(t, a_dash_between_figures_is_no_sign);
    tcase_add_test(t, an_amount_says_what_it_is_of);
    suite_add_tcase(s, t);
    return s;
}

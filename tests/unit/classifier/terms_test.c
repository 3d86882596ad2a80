#include "base/str.h"
#include "classifier/terms.h"
#include "tests/unit/classifier/bench.h"

#include <check.h>
#include <math.h>

Suite *terms_suite(void);

static bool
same(double a, double b)
{
    return isnan(b) ? isnan(a) : fabs(a - b) < 1e-6;
}

START_TEST(terms_of_an_offering_are_told_apart)
{
    static const struct {
        const char *text;
        struct terms want;
    } rows[] = {
        {"gross proceeds of approximately $12.5 million", {12.5e6, NAN, NAN}},
        {"aggregate gross proceeds of up to about 10,000,000", {10e6, NAN, NAN}},
        {"offering of 5,000,000 shares at $2.50 per share", {NAN, 5e6, 2.5}},
        {"a $25 million registered direct offering", {25e6, NAN, NAN}},
        {"gross proceeds to Tarn, before expenses, of $9 million", {9e6, NAN, NAN}},
        {"gross proceeds are expected to be about $18 million", {18e6, NAN, NAN}},
        {"an offering size of $40 million", {40e6, NAN, NAN}},
        {"up to $90,000,000 of shares of our common stock", {90e6, NAN, NAN}},
        {"raising US$5 million", {5e6, NAN, NAN}},
        {"400,000 shares, par value $0.01 per share; warrants have an exercise price of "
         "$2.20 per share; the combined offering price for each share and accompanying "
         "warrant is $1.90",
         {NAN, 400e3, 1.9}},
        {"the last reported sale price of our common stock was $3.63 per share",
         {NAN, NAN, NAN}},
        {"uses the proceeds to buy a plant for $5 million", {NAN, NAN, NAN}},
        {"3.2 million shares of common stock", {NAN, 3.2e6, NAN}},
        {"at a public offering price of $1.75.", {NAN, NAN, 1.75}},
        {"aggregate offering price of $50,000,000", {50e6, NAN, NAN}},
        {"sells 2,000,000 ADSs at a price to the public of $8.00, total $16 million",
         {NAN, 2e6, 8.0}},
        {"5% of the shares; founded in 1999", {NAN, NAN, NAN}},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct terms t = {NAN, NAN, NAN};

        terms_read(rows[i].text, &t);
        ck_assert_msg(same(t.size, rows[i].want.size) &&
                          same(t.shares, rows[i].want.shares) &&
                          same(t.price, rows[i].want.price),
                      "%s: %g %g %g", rows[i].text, t.size, t.shares, t.price);
    }
}
END_TEST

START_TEST(the_number_of_shares_follows_from_size_and_price)
{
    struct terms t = {10e6, NAN, 2.5};

    ck_assert_double_eq(terms_shares(&t), 4e6);
    t.shares = 3e6;
    ck_assert_double_eq(terms_shares(&t), 3e6);
    t = (struct terms){10e6, NAN, NAN};
    ck_assert(isnan(terms_shares(&t)));
    ck_assert(isnan(dilution_pct(1e6, NAN)));
    ck_assert(isnan(dilution_pct(1e6, 0.0)));
}
END_TEST

START_TEST(new_shares_weigh_by_their_part_of_the_float)
{
    struct bench *b = bench_new();
    struct msg_metric m = metric("float", 10e6, 1.2);
    const char *title = "Orbix prices public offering of 2,000,000 shares at $3.00";
    const struct verdict *v = score(b, title, &m, 1);

    ck_assert_ptr_nonnull(line(v, "dilution"));
    ck_assert_double_eq(line(v, "dilution")->value, -0.30); /* 20 % */
    check_sum(v);
    m.status = "timeout";
    ck_assert_ptr_null(line(score(b, title, &m, 1), "dilution"));
    m.status = "ok";
    title = "Orbix closes public offering of 2,000,000 shares at $3.00";
    ck_assert_ptr_null(line(score(b, title, &m, 1), "dilution"));
    bench_free(&b);
}
END_TEST

Suite *
terms_suite(void)
{
    Suite *s = suite_create("terms");
    TCase *t = tcase_create("terms");

    tcase_add_test(t, terms_of_an_offering_are_told_apart);
    tcase_add_test(t, the_number_of_shares_follows_from_size_and_price);
    tcase_add_test(t, new_shares_weigh_by_their_part_of_the_float);
    suite_add_tcase(s, t);
    return s;
}

#include "base/str.h"
#include "classifier/filing.h"
#include "classifier/reading.h"
#include "tests/unit/classifier/bench.h"

#include <check.h>

Suite *filing_suite(void);

static const char *const edgar_title =
    "8-K - Quillon Acquisition Corp. (0001234567) (Filer)";
static const char *const edgar_summary =
    "Filed: 2026-11-18 AccNo: 0001234567-26-000001 Size: 7 MB Item 1.03: Bankruptcy or "
    "Receivership Item 9.01: Financial Statements and Exhibits";

/* A filing as EDGAR's feed gives it. */
static const struct verdict *
score_filing(struct bench *b, const char *form, const char *text)
{
    struct msg_enriched in = item(edgar_title, NULL, 0);

    in.kind = "filing";
    in.form = form;
    in.text = text;
    in.summary = edgar_summary;
    in.link = "https://www.sec.gov/Archives/edgar/data/1/2.htm";
    ck_assert_int_eq(classify(&b->weights, &b->rules, &in, &b->verdict), 0);
    check_sum(&b->verdict);
    return &b->verdict;
}

START_TEST(form_and_items_are_read_out_of_the_message)
{
    struct filing f;

    filing_read("8-K/A 2.02,9.01", &f);
    ck_assert_str_eq(f.form, "8-K");
    ck_assert(f.amended);
    ck_assert_uint_eq(f.n_items, 2);
    ck_assert_str_eq(f.items[1], "9.01");
    filing_read("SCHEDULE 13D/A", &f);
    ck_assert_str_eq(f.form, "13D");
    ck_assert(f.amended);
    filing_read("sc 13g", &f);
    ck_assert_str_eq(f.form, "13G");
    filing_read("", &f);
    ck_assert_str_eq(f.form, "");
    ck_assert_uint_eq(f.n_items, 0);
    filing_read("8-K 1.01 1.02 1.03 2.01 2.02 2.03 2.04 2.05 2.06 3.01 3.02 3.03 4.01 "
                "4.02 5.01 5.02 5.03 5.04",
                &f);
    ck_assert_uint_eq(f.n_items, FILING_ITEMS);
}
END_TEST

START_TEST(an_item_is_found_however_it_is_set)
{
    static const struct {
        const char *text, *item;
    } rows[] = {
        {"Item 1.01 Pact", "1.01"},
        {"ITEM\n5.02", "5.02"},
        {"Items 2.02 and 9.01", "2.02"},
        {"Item: 1.03", "1.03"},
        {"item1.01", ""},
        {"Lineitem 1.01", ""},
        {"Item 10.1", ""},
        {"items", ""},
    };
    char item[8];

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        ck_assert(filing_item_of("", rows[i].text, item) == (*rows[i].item != '\0'));
        ck_assert_str_eq(item, rows[i].item);
    }
}
END_TEST

START_TEST(an_item_drives_the_score_without_a_word)
{
    static const struct {
        const char *form, *catalyst;
        int sign;
    } rows[] = {
        {"8-K 1.03,9.01", "bankruptcy", -1},  {"8-K 3.01", "delisting", -1},
        {"8-K 9.01,3.02", "offering", -1},    {"8-K 4.02", "restatement", -1},
        {"8-K 1.01,9.01", "acquisitions", 1}, {"SCHEDULE 13D", "stake", 1},
        {"424B5", "prospectus", -1},          {"S-3", "registration", -1},
        {"8-K 8.01,9.01", NULL, 0},           {"424B2", NULL, 0},
        {"8-K 2.02", "earnings", 0},
    };
    struct bench *b = bench_new();

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        const struct verdict *v = score_filing(b, rows[i].form, "");
        const struct verdict_line *l = line(v, "filing");

        ck_assert_msg(l != NULL, "%s", rows[i].form);
        ck_assert_msg((l->value > 0.0) - (l->value < 0.0) == rows[i].sign, "%s: %g",
                      rows[i].form, l->value);
        if (rows[i].catalyst != NULL)
            ck_assert_msg(strstr(v->categories, rows[i].catalyst) != NULL, "%s: %s",
                          rows[i].form, v->categories);
    }
    bench_free(&b);
}
END_TEST

START_TEST(the_lines_of_an_index_are_no_words)
{
    struct bench *b = bench_new();
    const struct verdict *v = score_filing(b, "8-K 8.01", "");

    ck_assert_str_eq(v->categories, ""); /* neither acquisition nor bankruptcy */
    ck_assert(!v->negative);
    ck_assert(filing_title_is_index(edgar_title));
    ck_assert(!filing_title_is_index("Orbix - a company (2026) wins"));
    ck_assert(filing_summary_is_index(edgar_summary));
    ck_assert(!filing_summary_is_index("The drug got FDA approval"));
    bench_free(&b);
}
END_TEST

START_TEST(a_catalyst_said_in_words_as_well_counts_once)
{
    struct bench *b = bench_new();
    const struct verdict *v =
        score_filing(b, "8-K 1.03", "Quillon filed for chapter 11 bankruptcy.");

    ck_assert_ptr_nonnull(line(v, "keyword.distress_negative"));
    ck_assert_double_eq(line(v, "filing")->value, 0.0);
    ck_assert_ptr_nonnull(strstr(line(v, "filing")->text, "distress_negative"));
    ck_assert(v->negative);
    bench_free(&b);
}
END_TEST

START_TEST(the_text_of_a_filing_is_read_between_cover_and_warnings)
{
    static const char text[] =
        "FORM 8-K Check the appropriate box below if the filing is intended to satisfy "
        "the obligation under a bankruptcy rule [ ] Soliciting material "
        "Item 8.01 Other Events. Quillon announced that it received FDA approval. "
        "Forward-Looking Statements. Risks include delisting, bankruptcy and dilution.";
    struct bench *b = bench_new();
    const struct verdict *v = score_filing(b, "8-K 8.01", text);

    ck_assert_str_eq(v->categories, "fda");
    ck_assert_double_gt(v->sentiment, 0.0);
    ck_assert(!v->negative);
    bench_free(&b);
}
END_TEST

START_TEST(only_filings_have_a_text_that_counts)
{
    struct bench *b = bench_new();
    struct msg_enriched in = item("Quillon moves its office", NULL, 0);

    in.text = "Quillon filed for bankruptcy";
    in.form = "8-K 1.03";
    ck_assert_int_eq(classify(&b->weights, &b->rules, &in, &b->verdict), 0);
    ck_assert_str_eq(b->verdict.categories, "");
    ck_assert_ptr_null(line(&b->verdict, "filing"));
    bench_free(&b);
}
END_TEST

START_TEST(a_vehicle_named_acquisition_acquires_nothing)
{
    struct bench *b = bench_new();

    ck_assert_str_eq(
        score(b, "Quillon Acquisition Corp names auditor", NULL, 0)->categories, "");
    ck_assert_str_eq(
        score(b, "Quillon Acquisition Corp completes acquisition of Tarn", NULL, 0)
            ->categories,
        "acquisition");
    bench_free(&b);
}
END_TEST

START_TEST(the_words_of_a_filing_weigh_what_its_items_weigh)
{
    struct bench *b = bench_new();
    const char *text =
        "Quillon reported growth and agreement on a delay, strong demand.";
    double plain, heavy;

    score_filing(b, "8-K 9.01", text);
    plain = line(&b->verdict, "sentiment")->value;
    score_filing(b, "8-K 1.01", text);
    heavy = line(&b->verdict, "sentiment")->value;
    ck_assert_double_gt(plain, 0.0);
    ck_assert_double_gt(heavy, plain);
    ck_assert_double_le(heavy, 1.0);
    bench_free(&b);
}
END_TEST

START_TEST(bad_words_of_a_digest_go_before_good_ones)
{
    struct bench *b = bench_new();
    struct reading *r = calloc(1, sizeof *r);
    static const struct {
        const char *title;
        int digest;
    } rows[] = {
        {"supply contract", 1},
        {"contract termination", -1},
        {"director resignation, window closes", -1},
        {"window display", 0},
    };

    ck_assert_ptr_nonnull(r);
    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct msg_enriched in = item(rows[i].title, NULL, 0);

        in.kind = "filing";
        in.form = "8-K";
        reading_of(&b->rules, &in, r);
        ck_assert_msg(r->digest == rows[i].digest, "%s: %d", rows[i].title, r->digest);
    }
    free(r);
    bench_free(&b);
}
END_TEST

START_TEST(a_prospectus_is_read_for_its_terms)
{
    struct bench *b = bench_new();
    struct msg_metric m = metric("float", 10e6, 1.2);
    struct msg_enriched in = item(edgar_title, &m, 1);

    in.kind = "filing";
    in.form = "424B5";
    in.summary = edgar_summary;
    in.text = "We are offering 4,000,000 shares of our common stock at $1.50 per share "
              "under a securities purchase agreement.";
    ck_assert_int_eq(classify(&b->weights, &b->rules, &in, &b->verdict), 0);
    ck_assert_double_eq(line(&b->verdict, "dilution")->value, -0.50); /* 40 % */
    ck_assert_ptr_null(line(&b->verdict, "keyword.acquisition"));
    check_sum(&b->verdict);
    bench_free(&b);
}
END_TEST

START_TEST(a_word_deep_in_a_text_is_no_digest)
{
    struct bench *b = bench_new();
    const struct verdict *v =
        score_filing(b, "8-K 8.01", "The store sells bread and had guidance on ovens.");

    ck_assert_double_eq(v->sentiment, 0.0);
    bench_free(&b);
}
END_TEST

Suite *
filing_suite(void)
{
    Suite *s = suite_create("filing");
    TCase *t = tcase_create("filing");

    tcase_add_test(t, form_and_items_are_read_out_of_the_message);
    tcase_add_test(t, an_item_is_found_however_it_is_set);
    tcase_add_test(t, an_item_drives_the_score_without_a_word);
    tcase_add_test(t, the_lines_of_an_index_are_no_words);
    tcase_add_test(t, a_catalyst_said_in_words_as_well_counts_once);
    tcase_add_test(t, the_text_of_a_filing_is_read_between_cover_and_warnings);
    tcase_add_test(t, only_filings_have_a_text_that_counts);
    tcase_add_test(t, a_vehicle_named_acquisition_acquires_nothing);
    tcase_add_test(t, the_words_of_a_filing_weigh_what_its_items_weigh);
    tcase_add_test(t, bad_words_of_a_digest_go_before_good_ones);
    tcase_add_test(t, a_prospectus_is_read_for_its_terms);
    tcase_add_test(t, a_word_deep_in_a_text_is_no_digest);
    suite_add_tcase(s, t);
    return s;
}

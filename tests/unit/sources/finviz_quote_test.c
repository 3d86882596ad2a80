#include "base/str.h"
#include "document_fixture.h"
#include "enricher/sources/quote_page.h"
#include "enricher/sources/sources.h"

#include <check.h>

static const char *const acme[] = {"ACME"};

static const struct source *const src = &source_finviz_quote;

static int
parse_page(const char *file, int status, struct facts *out, struct why *why)
{
    char path[128];

    str_fmt(path, sizeof path, "finviz-quote/%s", file);
    return document_parse(src, &(struct fixture){path, status, AT_0935}, acme, 1, out,
                          why);
}

/* The file parsed; each fact must be there once. */
static struct facts
read_page(const char *file, int status)
{
    struct facts f;
    struct why why = {""};

    ck_assert_msg(parse_page(file, status, &f, &why) == 0, "%s", why.text);
    ck_assert_uint_eq(f.n, 6);
    return f;
}

static void
check_value(const struct facts *f, enum fact_id id, double value)
{
    const struct fact *fact = fact_of(f, "ACME", id);

    ck_assert_msg(fact->status == FACT_OK, "%s", fact->why);
    ck_assert_double_eq_tol(fact->value, value, value * 1e-12);
}

static void
check_none(const struct facts *f, enum fact_id id, const char *why)
{
    const struct fact *fact = fact_of(f, "ACME", id);

    ck_assert_int_eq(fact->status, FACT_EMPTY);
    ck_assert_str_eq(fact->why, why);
}

static struct quote_page
open_page(const char *file, int status, int rc)
{
    struct quote_page q;
    struct why why = {""};
    struct document d;
    char path[128];

    str_fmt(path, sizeof path, "tests/fixtures/finviz-quote/%s", file);
    d = document_read(path, status, AT_0935);
    ck_assert_ptr_nonnull(d.body);
    ck_assert_int_eq(quote_page_read(&d, &q, &why), rc);
    free((void *)(uintptr_t)d.body);
    return q;
}

static const char *const layouts[] = {"2020.html", "2023.html", "2025.html",
                                      "2025-indented.html", "2026.html"};

START_TEST(every_layout_gives_the_same_figures)
{
    struct facts f = read_page(layouts[_i], 200);

    check_value(&f, FACT_FLOAT_SHARES, 6180000);
    check_value(&f, FACT_SHARES_OUTSTANDING, 6320000);
    check_value(&f, FACT_SHORT_FLOAT, 4.31);
    check_value(&f, FACT_AVG_VOLUME, 938860);
    check_value(&f, FACT_LAST_PRICE, 1.11);
    check_value(&f, FACT_PREV_CLOSE, 1.05);
}
END_TEST

/* The page has said "Shs Float" in every layout so far; its sister pages say the
 * others. */
START_TEST(each_label_of_the_float_is_read)
{
    static const char *const labels[] = {"Shs Float", "Float", "Shares Float"};

    for (size_t i = 0; i < STR_LEN(labels); i++) {
        struct document d = {.status = 200};
        struct why why = {""};
        struct facts f;
        char body[160];

        str_fmt(
            body, sizeof body,
            "<table class=\"snapshot-table2\"><tr><td>Short Float</td><td>4.31%%</td>"
            "<td>%s</td><td>6.18M</td></tr></table>",
            labels[i]);
        d.body = body;
        d.len = strlen(body);
        ck_assert_msg(src->parse(&d, acme, 1, &f, &why) == 0, "%s", why.text);
        check_value(&f, FACT_FLOAT_SHARES, 6180000);
    }
}
END_TEST

START_TEST(a_line_break_in_a_cell_is_a_blank)
{
    static const char body[] = "<table class='snapshot-table2'><tr><td>Price</td>"
                               "<td>1.11</td><td>Volatility</td>"
                               "<td>1.99%<br>1.58%</td></tr></table>";
    struct document d = {.status = 200, .body = body, .len = sizeof body - 1};
    struct why why = {""};
    struct quote_page q;

    ck_assert_int_eq(quote_page_read(&d, &q, &why), 0);
    ck_assert_str_eq(q.pairs[1].value, "1.99% 1.58%");
}
END_TEST

START_TEST(a_bare_code_of_cloudflare_is_a_refusal)
{
    static const struct {
        const char *body;
        int rc;
    } rows[] = {
        {"error code: 1010", ERR_BLOCKED},
        {"error code: 1020", ERR_BLOCKED},
        {"error code: 1015", ERR_LIMITED},
        {"<title>Attention Required! | Cloudflare</title>", ERR_BLOCKED},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct document d = {
            .status = 200, .body = rows[i].body, .len = strlen(rows[i].body)};
        struct why why = {""};
        struct quote_page q;

        ck_assert_int_eq(quote_page_read(&d, &q, &why), rows[i].rc);
    }
}
END_TEST

START_TEST(the_first_of_two_equal_labels_wins)
{
    struct quote_page q = open_page(layouts[_i], 200, 0);

    ck_assert_uint_eq(q.n_twice, 1);
    ck_assert_str_eq(q.twice[0], "EPS next Y");
    for (size_t i = 0; i < q.n; i++)
        if (str_eq(q.pairs[i].label, "EPS next Y"))
            ck_assert_str_eq(q.pairs[i].value, "0.12");
}
END_TEST

START_TEST(all_six_tables_of_2026_are_read)
{
    struct quote_page q = open_page("2026.html", 200, 0);

    ck_assert_uint_eq(q.tables, 6);
    ck_assert_uint_eq(q.cells, 38);
    ck_assert_uint_eq(q.n, 18);
    ck_assert_str_eq(q.pairs[q.n - 1].label, "Trades");
    ck_assert_str_eq(q.pairs[q.n - 1].value, "");
}
END_TEST

START_TEST(the_title_names_the_ticker)
{
    struct quote_page q = open_page("2025-indented.html", 200, 0);
    char ticker[16];

    ck_assert_str_eq(q.title, "ACME - Acme Rockets Corp Stock Price and Quote");
    quote_page_ticker(&q, ticker);
    ck_assert_str_eq(ticker, "ACME");
    q = open_page("hostile.html", 200, 0);
    quote_page_ticker(&q, ticker);
    ck_assert_str_eq(ticker, "");
}
END_TEST

START_TEST(a_404_of_finviz_is_an_unknown_ticker)
{
    struct facts f = read_page("unknown.html", 404);

    check_none(&f, FACT_FLOAT_SHARES, "unknown ticker");
    check_none(&f, FACT_PREV_CLOSE, "unknown ticker");
    open_page("unknown.html", 404, ERR_NOT_FOUND);
}
END_TEST

START_TEST(the_page_of_another_ticker_is_not_taken)
{
    struct facts f = read_page("renamed.html", 200);

    check_none(&f, FACT_FLOAT_SHARES, "the page is of NEWCO");
}
END_TEST

START_TEST(missing_labels_are_empty_the_rest_counts)
{
    struct facts f = read_page("no-float.html", 200);

    check_none(&f, FACT_FLOAT_SHARES, "no such label");
    check_none(&f, FACT_AVG_VOLUME, "no such label");
    check_value(&f, FACT_SHARES_OUTSTANDING, 6320000);
}
END_TEST

START_TEST(nonsense_in_a_cell_is_empty_with_its_reason)
{
    struct facts f = read_page("hostile.html", 200);
    struct quote_page q = open_page("hostile.html", 200, 0);

    check_none(&f, FACT_FLOAT_SHARES, "not a figure: \"6.18 of 9M\"");
    check_none(&f, FACT_SHARES_OUTSTANDING, "implausible: 9.99999e+17 shares");
    check_none(&f, FACT_PREV_CLOSE, "no figure");
    ck_assert_uint_eq(q.n, QUOTE_PAIRS);
    ck_assert_uint_gt(q.dropped, 0);
}
END_TEST

static const struct {
    const char *file;
    int status, rc;
} refusals[] = {
    {"challenge.html", 200, ERR_BLOCKED},    {"challenge.html", 403, ERR_BLOCKED},
    {"challenge.html", 404, ERR_BLOCKED},    {"bot.html", 200, ERR_CHANGED},
    {"404.html", 404, ERR_CHANGED},          {"unknown.html", 200, ERR_CHANGED},
    {"2026.html", 429, ERR_LIMITED},         {"2026.html", 503, ERR_LIMITED},
    {"other-labels.html", 200, ERR_CHANGED},
};

START_TEST(a_refusal_is_no_quote)
{
    struct facts f;
    struct why why = {""};

    ck_assert_int_eq(parse_page(refusals[_i].file, refusals[_i].status, &f, &why),
                     refusals[_i].rc);
    ck_assert_uint_eq(f.n, 0);
    ck_assert_str_ne(why.text, "");
}
END_TEST

START_TEST(nothing_at_all_is_refused)
{
    struct document d = {.body = "", .len = 0, .status = 200};
    static const char *const two[] = {"ACME", "BRK.B"};
    struct facts f;
    struct why why = {""};

    ck_assert_int_ne(src->parse(&d, acme, 1, &f, &why), 0);
    ck_assert_int_eq(src->parse(&d, two, 2, &f, &why), ERR_UNSUPPORTED);
}
END_TEST

START_TEST(the_address_has_the_ticker_dashed)
{
    static const char *const brk[] = {"BRK.B"};
    char url[128];

    ck_assert_int_eq(src->url("http://h", brk, 1, "", url, sizeof url), 0);
    ck_assert_str_eq(url, "http://h/quote.ashx?t=BRK-B");
    ck_assert_int_eq(src->url("http://h", brk, 1, "", url, 20), ERR_TOO_BIG);
}
END_TEST

Suite *finviz_quote_suite(void);

Suite *
finviz_quote_suite(void)
{
    Suite *s = suite_create("finviz_quote");
    TCase *t = tcase_create("page");

    tcase_add_loop_test(t, every_layout_gives_the_same_figures, 0,
                        (int)STR_LEN(layouts));
    tcase_add_test(t, each_label_of_the_float_is_read);
    tcase_add_test(t, a_line_break_in_a_cell_is_a_blank);
    tcase_add_test(t, a_bare_code_of_cloudflare_is_a_refusal);
    tcase_add_loop_test(t, the_first_of_two_equal_labels_wins, 0,
                        (int)STR_LEN(layouts));
    tcase_add_test(t, all_six_tables_of_2026_are_read);
    tcase_add_test(t, the_title_names_the_ticker);
    tcase_add_test(t, a_404_of_finviz_is_an_unknown_ticker);
    tcase_add_test(t, the_page_of_another_ticker_is_not_taken);
    tcase_add_test(t, missing_labels_are_empty_the_rest_counts);
    tcase_add_test(t, nonsense_in_a_cell_is_empty_with_its_reason);
    tcase_add_loop_test(t, a_refusal_is_no_quote, 0, (int)STR_LEN(refusals));
    tcase_add_test(t, nothing_at_all_is_refused);
    tcase_add_test(t, the_address_has_the_ticker_dashed);
    suite_add_tcase(s, t);
    return s;
}

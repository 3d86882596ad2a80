#include "base/str.h"
#include "document_fixture.h"
#include "enricher/sources/sources.h"
#include "enricher/sources/summary.h"

#include <check.h>
#include <math.h>

static const char *const acme[] = {"ACME"};

static const struct source *const src = &source_yahoo_summary;

static struct facts
read_facts(const char *file, int status)
{
    struct facts f;
    struct why why = {""};
    char path[128];

    str_fmt(path, sizeof path, "yahoo-summary/%s", file);
    ck_assert_msg(document_parse(src, &(struct fixture){path, status, AT_0935}, acme, 1,
                                 &f, &why) == 0,
                  "%s", why.text);
    ck_assert_uint_eq(f.n, 2);
    return f;
}

static struct summary
read_summary(const char *file)
{
    struct summary s;
    struct why why = {""};
    struct document d;
    char path[128];

    str_fmt(path, sizeof path, "tests/fixtures/yahoo-summary/%s", file);
    d = document_read(path, 200, 0);
    ck_assert_ptr_nonnull(d.body);
    ck_assert_int_eq(summary_read(d.body, d.len, &s, &why), 0);
    free((void *)(uintptr_t)d.body);
    return s;
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

START_TEST(a_number_and_a_formatted_figure_are_the_same)
{
    static const char *const files[] = {"plain.json", "formatted.json"};

    for (size_t i = 0; i < STR_LEN(files); i++) {
        struct facts f = read_facts(files[i], 200);

        check_value(&f, FACT_FLOAT_SHARES, 6180000);
        check_value(&f, FACT_SHARES_OUTSTANDING, 6320000);
    }
}
END_TEST

/* Yahoo says 0.0431 where Finviz says 4.31%: the short float is Finviz's alone. */
START_TEST(a_share_of_one_is_no_percent)
{
    static const char *const files[] = {"plain.json", "formatted.json"};

    ck_assert_uint_eq(src->gives & FACT(FACT_SHORT_FLOAT), 0);
    for (size_t i = 0; i < STR_LEN(files); i++) {
        struct facts f = read_facts(files[i], 200);

        for (size_t k = 0; k < f.n; k++)
            ck_assert_int_ne(f.list[k].id, FACT_SHORT_FLOAT);
    }
}
END_TEST

START_TEST(a_fund_has_no_float)
{
    struct facts f = read_facts("fund.json", 200);

    check_none(&f, FACT_FLOAT_SHARES, "no figure");
    check_none(&f, FACT_SHARES_OUTSTANDING, "no figure");
    f = read_facts("empty-object.json", 200);
    check_none(&f, FACT_FLOAT_SHARES, "no figure");
    check_value(&f, FACT_SHARES_OUTSTANDING, 6320000);
}
END_TEST

START_TEST(a_float_above_the_shares_outstanding_is_not_used)
{
    struct facts f = read_facts("odd.json", 200);
    struct summary s = read_summary("odd.json");

    check_none(&f, FACT_FLOAT_SHARES, "more than the shares outstanding");
    check_value(&f, FACT_SHARES_OUTSTANDING, 6320000);
    ck_assert(summary_float_is_odd(&s));
    f = read_facts("a-little-more.json", 200);
    check_value(&f, FACT_FLOAT_SHARES, 6500000);
}
END_TEST

START_TEST(an_unknown_ticker_is_empty)
{
    struct facts f = read_facts("unknown.json", 404);

    check_none(&f, FACT_FLOAT_SHARES, "unknown ticker");
    f = read_facts("no-result.json", 404);
    check_none(&f, FACT_FLOAT_SHARES, "no result");
}
END_TEST

START_TEST(an_error_may_list_every_module)
{
    char list[801], body[1024];
    struct summary s;
    struct why why = {""};

    memset(list, 'm', sizeof list - 1);
    list[sizeof list - 1] = '\0';
    ck_assert(str_fmt(body, sizeof body,
                      "{\"quoteSummary\":{\"result\":null,\"error\":{\"code\":"
                      "\"Not Found\",\"description\":\"%s\"}}}",
                      list));
    ck_assert_int_eq(summary_read(body, strlen(body), &s, &why), ERR_EMPTY);
    ck_assert_str_eq(s.error.text, list);
}
END_TEST

START_TEST(other_modules_are_read_too)
{
    struct summary s = read_summary("modules.json");

    ck_assert_uint_eq(s.n, 3);
    ck_assert_str_eq(s.modules[0], "assetProfile");
    ck_assert_str_eq(s.modules[2], "summaryDetail");
    ck_assert(!s.has_statistics && !s.has_float && isnan(s.float_shares));
    ck_assert_double_eq(s.price, 1.11);
    ck_assert_double_eq(s.volume, 1268417);
    ck_assert_double_eq(s.avg_volume, 938860);
}
END_TEST

START_TEST(hostile_figures_stop_here)
{
    struct facts f = read_facts("hostile.json", 200);
    struct summary s = read_summary("hostile.json");

    ck_assert_int_eq(fact_of(&f, "ACME", FACT_FLOAT_SHARES)->status, FACT_EMPTY);
    ck_assert_int_eq(fact_of(&f, "ACME", FACT_SHARES_OUTSTANDING)->status, FACT_EMPTY);
    ck_assert_uint_eq(s.n, SUMMARY_MODULES);
}
END_TEST

static const struct {
    const char *body;
    int status, rc;
} refusals[] = {
    {"{\"finance\":{\"error\":{\"code\":\"Unauthorized\"}}}", 200, ERR_DENIED},
    {"{\"quoteSummary\":{\"result\":[7]}}", 200, ERR_CHANGED},
    {"{\"quoteSummary\":{}}", 200, ERR_CHANGED},
    {"{\"quoteSummary\":", 200, ERR_SYNTAX},
    {"Too Many Requests\r\n", 200, ERR_LIMITED},
    {"<!DOCTYPE html><title>Consent</title>", 200, ERR_BLOCKED},
    {"\xef\xbb\xbf\r\n <!DOCTYPE html><title>Consent</title>", 200, ERR_BLOCKED},
    {"<html>consent</html>", 200, ERR_BLOCKED},
    {"", 403, ERR_BLOCKED},
};

START_TEST(a_refusal_is_no_summary)
{
    struct document d = {.body = refusals[_i].body,
                         .len = strlen(refusals[_i].body),
                         .status = refusals[_i].status};
    struct facts f;
    struct why why = {""};

    ck_assert_int_eq(src->parse(&d, acme, 1, &f, &why), refusals[_i].rc);
    ck_assert_uint_eq(f.n, 0);
    ck_assert_str_ne(why.text, "");
}
END_TEST

START_TEST(one_ticker_a_summary)
{
    static const char *const two[] = {"ACME", "BRK.B"};
    struct document d = {.body = "{}", .len = 2, .status = 200};
    struct facts f;
    struct why why = {""};

    ck_assert_int_eq(src->parse(&d, two, 2, &f, &why), ERR_UNSUPPORTED);
}
END_TEST

START_TEST(the_address_has_module_and_crumb)
{
    static const char *const brk[] = {"BRK.B"};
    char url[128];

    ck_assert_int_eq(src->url("http://h", brk, 1, "x", url, sizeof url), 0);
    ck_assert_str_eq(url, "http://h/v10/finance/quoteSummary/"
                          "BRK-B?modules=defaultKeyStatistics&formatted=false&crumb=x");
    ck_assert_int_eq(src->url("http://h", brk, 1, "x", url, 60), ERR_TOO_BIG);
}
END_TEST

Suite *yahoo_summary_suite(void);

Suite *
yahoo_summary_suite(void)
{
    Suite *s = suite_create("yahoo_summary");
    TCase *t = tcase_create("summary");

    tcase_add_test(t, a_number_and_a_formatted_figure_are_the_same);
    tcase_add_test(t, a_share_of_one_is_no_percent);
    tcase_add_test(t, a_fund_has_no_float);
    tcase_add_test(t, a_float_above_the_shares_outstanding_is_not_used);
    tcase_add_test(t, an_unknown_ticker_is_empty);
    tcase_add_test(t, an_error_may_list_every_module);
    tcase_add_test(t, other_modules_are_read_too);
    tcase_add_test(t, hostile_figures_stop_here);
    tcase_add_loop_test(t, a_refusal_is_no_summary, 0, (int)STR_LEN(refusals));
    tcase_add_test(t, one_ticker_a_summary);
    tcase_add_test(t, the_address_has_module_and_crumb);
    suite_add_tcase(s, t);
    return s;
}

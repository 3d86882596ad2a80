#include "base/str.h"
#include "document_fixture.h"
#include "enricher/sources/quote_list.h"
#include "enricher/sources/sources.h"

#include <check.h>

static const char *const asked[] = {"ACME", "BRK.B", "GONE"};

static const struct source *const src = &source_yahoo_quote;

static struct facts
read_quotes(const char *file, int status, int64_t now_ms)
{
    struct facts f;
    struct why why = {""};
    char path[128];

    str_fmt(path, sizeof path, "yahoo-quote/%s", file);
    ck_assert_msg(document_parse(src, &(struct fixture){path, status, now_ms}, asked, 3,
                                 &f, &why) == 0,
                  "%s", why.text);
    ck_assert_uint_eq(f.n, 15);
    return f;
}

static void
check_value(const struct facts *f, const char *ticker, enum fact_id id, double value)
{
    const struct fact *fact = fact_of(f, ticker, id);

    ck_assert_msg(fact->status == FACT_OK, "%s", fact->why);
    ck_assert_double_eq_tol(fact->value, value, value * 1e-12);
}

static void
check_none(const struct facts *f, const char *ticker, enum fact_id id, const char *why)
{
    const struct fact *fact = fact_of(f, ticker, id);

    ck_assert_int_eq(fact->status, FACT_EMPTY);
    ck_assert_str_eq(fact->why, why);
}

START_TEST(many_symbols_come_in_any_order)
{
    struct facts f = read_quotes("regular.json", 200, AT_0935);

    check_value(&f, "ACME", FACT_LAST_PRICE, 1.11); /* the first of two */
    check_value(&f, "ACME", FACT_PREV_CLOSE, 1.05);
    check_value(&f, "ACME", FACT_DAY_VOLUME, 1268417);
    check_value(&f, "ACME", FACT_AVG_VOLUME, 938860);
    check_value(&f, "ACME", FACT_SHARES_OUTSTANDING, 6320000);
    check_value(&f, "BRK.B", FACT_LAST_PRICE, 480.5);
    ck_assert_int_eq(fact_of(&f, "ACME", FACT_LAST_PRICE)->as_of_ms, 1795444440000);
}
END_TEST

START_TEST(an_absent_symbol_is_an_unknown_ticker)
{
    struct facts f = read_quotes("regular.json", 200, AT_0935);

    check_none(&f, "GONE", FACT_LAST_PRICE, "unknown ticker");
    f = read_quotes("none.json", 200, AT_0935);
    check_none(&f, "ACME", FACT_AVG_VOLUME, "unknown ticker");
    f = read_quotes("once-known.json", 200, AT_0935);
    check_none(&f, "ACME", FACT_LAST_PRICE, "unknown ticker");
}
END_TEST

START_TEST(before_the_open_the_close_is_yesterdays)
{
    struct facts f = read_quotes("pre.json", 200, AT_0800);

    check_value(&f, "ACME", FACT_LAST_PRICE, 1.3);
    check_value(&f, "ACME", FACT_PREV_CLOSE, 1.11);
    check_none(&f, "ACME", FACT_DAY_VOLUME, "session");
}
END_TEST

START_TEST(after_the_close_the_late_price_counts)
{
    struct facts f = read_quotes("post.json", 200, AT_1800);

    check_value(&f, "ACME", FACT_LAST_PRICE, 1.2);
    check_value(&f, "ACME", FACT_PREV_CLOSE, 1.05);
    check_value(&f, "ACME", FACT_DAY_VOLUME, 1268417);
}
END_TEST

START_TEST(at_the_weekend_there_is_no_volume_today)
{
    struct facts f = read_quotes("closed.json", 200, AT_SAT);

    check_none(&f, "ACME", FACT_DAY_VOLUME, "session");
    check_value(&f, "ACME", FACT_LAST_PRICE, 1.11);
}
END_TEST

START_TEST(formatted_figures_are_read)
{
    struct facts f = read_quotes("formatted.json", 200, AT_0935);

    check_value(&f, "ACME", FACT_LAST_PRICE, 1.11);
    check_value(&f, "ACME", FACT_SHARES_OUTSTANDING, 6320000);
    check_none(&f, "ACME", FACT_DAY_VOLUME, "no figure");
    check_none(&f, "ACME", FACT_AVG_VOLUME, "no figure");
}
END_TEST

START_TEST(hostile_figures_stop_here)
{
    struct facts f = read_quotes("hostile.json", 200, AT_0935);

    for (size_t i = 0; i < f.n; i++)
        ck_assert_int_eq(f.list[i].status, FACT_EMPTY);
}
END_TEST

START_TEST(an_error_is_said_of_every_ticker)
{
    struct facts f = read_quotes("bad-request.json", 400, AT_0935);

    check_none(&f, "GONE", FACT_LAST_PRICE,
               "Missing value for the \"symbols\" argument");
}
END_TEST

static const struct {
    const char *body;
    int status, rc;
} refusals[] = {
    {"{\"finance\":{\"error\":{\"code\":\"Unauthorized\"}}}", 200, ERR_DENIED},
    {"{\"quoteResponse\":{\"result\":[{}]}}", 200, ERR_CHANGED},
    {"{\"quoteResponse\":{\"result\":null}}", 200, ERR_CHANGED},
    {"[]", 200, ERR_CHANGED},
    {"{\"quoteResponse\":", 200, ERR_SYNTAX},
    {"Too Many Requests\r\n", 200, ERR_LIMITED},
    {"Edge: Too Many Requests", 429, ERR_LIMITED},
    {"<html>Will be right back</html>", 200, ERR_NET},
    {"<html>consent</html>", 200, ERR_BLOCKED},
    {"", 401, ERR_DENIED},
    {"", 200, ERR_SYNTAX},
};

START_TEST(a_refusal_is_no_list)
{
    struct document d = {.body = refusals[_i].body,
                         .len = strlen(refusals[_i].body),
                         .status = refusals[_i].status};
    struct facts f;
    struct why why = {""};

    ck_assert_int_eq(src->parse(&d, asked, 3, &f, &why), refusals[_i].rc);
    ck_assert_uint_eq(f.n, 0);
    ck_assert_str_ne(why.text, "");
}
END_TEST

START_TEST(a_full_list_fits_the_facts)
{
    ck_assert_int_eq(src->batch_max, 99);
    ck_assert_int_le(src->batch_max * 5, FACTS_MAX);
    ck_assert_int_le(src->batch_max, QUOTES_MAX);
}
END_TEST

START_TEST(the_crumb_is_encoded)
{
    char url[128];

    ck_assert_int_eq(src->url("http://h", asked, 2, "a/b.C\\", url, sizeof url), 0);
    ck_assert_str_eq(url,
                     "http://h/v7/finance/quote?symbols=ACME,BRK-B&crumb=a%2Fb.C%5C");
    ck_assert_int_eq(src->url("http://h", asked, 1, "", url, sizeof url), 0);
    ck_assert_str_eq(url, "http://h/v7/finance/quote?symbols=ACME");
    ck_assert_int_eq(src->url("http://h", asked, 1, "crumb", url, 44), ERR_TOO_BIG);
}
END_TEST

Suite *yahoo_quote_suite(void);

Suite *
yahoo_quote_suite(void)
{
    Suite *s = suite_create("yahoo_quote");
    TCase *t = tcase_create("list");

    tcase_add_test(t, many_symbols_come_in_any_order);
    tcase_add_test(t, an_absent_symbol_is_an_unknown_ticker);
    tcase_add_test(t, before_the_open_the_close_is_yesterdays);
    tcase_add_test(t, after_the_close_the_late_price_counts);
    tcase_add_test(t, at_the_weekend_there_is_no_volume_today);
    tcase_add_test(t, formatted_figures_are_read);
    tcase_add_test(t, hostile_figures_stop_here);
    tcase_add_test(t, an_error_is_said_of_every_ticker);
    tcase_add_loop_test(t, a_refusal_is_no_list, 0, (int)STR_LEN(refusals));
    tcase_add_test(t, a_full_list_fits_the_facts);
    tcase_add_test(t, the_crumb_is_encoded);
    suite_add_tcase(s, t);
    return s;
}

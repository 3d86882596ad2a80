/* Tiingo's IEX quotes. */
#include "base/str.h"
#include "document_fixture.h"
#include "enricher/sources/sources.h"

#include <check.h>

Suite *tiingo_iex_suite(void);

static const char *const asked[] = {"ACME", "BRK.B", "GONE"};

static const struct source *const src = &source_tiingo_iex;

static int
read_document(const char *file, int status, struct facts *f, struct why *why)
{
    char path[128];

    str_fmt(path, sizeof path, "tiingo-iex/%s", file);
    return document_parse(src, &(struct fixture){path, status, AT_0935}, asked, 3, f,
                          why);
}

static struct facts
read_quotes(const char *file, int status)
{
    struct facts f;
    struct why why = {""};

    ck_assert_msg(read_document(file, status, &f, &why) == 0, "%s", why.text);
    ck_assert_uint_eq(f.n, 6);
    return f;
}

static void
check_value(const struct facts *f, const char *ticker, enum fact_id id, double value)
{
    const struct fact *fact = fact_of(f, ticker, id);

    ck_assert_msg(fact->status == FACT_OK, "%s", fact->why);
    ck_assert_double_eq_tol(fact->value, value, 1e-9);
}

START_TEST(tickers_are_asked_for_together)
{
    char url[256];

    ck_assert_int_eq(src->url("https://api.tiingo.com", asked, 3, "", url, sizeof url),
                     0);
    ck_assert_str_eq(url, "https://api.tiingo.com/iex/?tickers=ACME,BRK-B,GONE");
    ck_assert_int_eq(src->url("https://api.tiingo.com", asked, 3, "", url, 40),
                     ERR_TOO_BIG);
}
END_TEST

START_TEST(tiingos_own_price_goes_before_the_last_trade_at_iex)
{
    struct facts f = read_quotes("good.json", 200);

    check_value(&f, "ACME", FACT_LAST_PRICE, 1.11);
    check_value(&f, "ACME", FACT_PREV_CLOSE, 1.05);
    ck_assert_int_eq(fact_of(&f, "ACME", FACT_LAST_PRICE)->as_of_ms, 1795444440123);
    check_value(&f, "BRK.B", FACT_LAST_PRICE, 480.5);
}
END_TEST

START_TEST(who_is_absent_is_unknown)
{
    struct facts f = read_quotes("good.json", 200);

    ck_assert_str_eq(fact_of(&f, "GONE", FACT_LAST_PRICE)->why, WHY_UNKNOWN);
    f = read_quotes("none.json", 200);
    ck_assert_str_eq(fact_of(&f, "ACME", FACT_PREV_CLOSE)->why, WHY_UNKNOWN);
    f = read_quotes("token.json", 404);
    ck_assert_str_eq(fact_of(&f, "ACME", FACT_PREV_CLOSE)->why, WHY_UNKNOWN);
}
END_TEST

START_TEST(an_empty_answer_knows_none_of_them)
{
    struct document d = {.body = "", .status = 200, .content_type = "", .url = ""};
    struct why why = {""};
    struct facts f;

    ck_assert_int_eq(src->parse(&d, asked, 3, &f, &why), 0);
    ck_assert_uint_eq(f.n, 6);
    ck_assert_str_eq(fact_of(&f, "ACME", FACT_LAST_PRICE)->why, WHY_UNKNOWN);
}
END_TEST

START_TEST(nonsense_is_no_figure)
{
    struct facts f = read_quotes("hostile.json", 200);

    ck_assert_int_eq(fact_of(&f, "ACME", FACT_LAST_PRICE)->status, FACT_EMPTY);
    ck_assert_int_eq(fact_of(&f, "ACME", FACT_PREV_CLOSE)->status, FACT_EMPTY);
    ck_assert_int_eq(fact_of(&f, "BRK.B", FACT_LAST_PRICE)->status, FACT_EMPTY);
    ck_assert_int_eq(fact_of(&f, "BRK.B", FACT_PREV_CLOSE)->status, FACT_EMPTY);
}
END_TEST

START_TEST(refusals_are_told_apart)
{
    static const struct {
        const char *file;
        int status, rc;
    } rows[] = {{"token.json", 401, ERR_BLOCKED},
                {"token.json", 403, ERR_BLOCKED},
                {"allocation.json", 429, ERR_LIMITED},
                {"none.json", 500, ERR_NET},
                {"token.json", 200, ERR_CHANGED}};
    struct facts f;

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct why why = {""};

        ck_assert_int_eq(read_document(rows[i].file, rows[i].status, &f, &why),
                         rows[i].rc);
        ck_assert_str_ne(why.text, "");
    }
}
END_TEST

Suite *
tiingo_iex_suite(void)
{
    Suite *s = suite_create("tiingo_iex");
    TCase *t = tcase_create("tiingo_iex");

    tcase_add_test(t, tickers_are_asked_for_together);
    tcase_add_test(t, tiingos_own_price_goes_before_the_last_trade_at_iex);
    tcase_add_test(t, who_is_absent_is_unknown);
    tcase_add_test(t, an_empty_answer_knows_none_of_them);
    tcase_add_test(t, nonsense_is_no_figure);
    tcase_add_test(t, refusals_are_told_apart);
    suite_add_tcase(s, t);
    return s;
}

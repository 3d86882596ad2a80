#include "base/buf.h"
#include "base/str.h"
#include "document_fixture.h"
#include "enricher/sources/sources.h"

#include <check.h>

static const char *const asked[] = {"ACME", "BRK.B", "NOFL", "GONE"};

static const struct source *const src = &source_finviz_screener;

/* The file parsed for the four tickers; each must have each fact once. */
static struct facts
read_page(const char *file)
{
    struct facts f;
    struct why why = {""};
    char path[128];

    str_fmt(path, sizeof path, "finviz-screener/%s", file);
    ck_assert_msg(document_parse(src, &(struct fixture){path, 200, AT_0935}, asked, 4,
                                 &f, &why) == 0,
                  "%s", why.text);
    for (size_t i = 0; i < 4; i++)
        for (int id = 0; id < FACT_COUNT; id++)
            if (src->gives & FACT(id))
                fact_of(&f, asked[i], (enum fact_id)id);
    return f;
}

static void
check_value(const struct facts *f, const char *ticker, enum fact_id id, double value)
{
    const struct fact *fact = fact_of(f, ticker, id);

    ck_assert_int_eq(fact->status, FACT_OK);
    ck_assert_double_eq_tol(fact->value, value, value * 1e-12);
}

static void
check_none(const struct facts *f, const char *ticker, enum fact_id id, const char *why)
{
    const struct fact *fact = fact_of(f, ticker, id);

    ck_assert_int_eq(fact->status, FACT_EMPTY);
    ck_assert_str_eq(fact->why, why);
    ck_assert_double_eq(fact->value, 0);
}

static void
check_all(const struct facts *f)
{
    check_value(f, "ACME", FACT_FLOAT_SHARES, 6180000);
    check_value(f, "ACME", FACT_SHARES_OUTSTANDING, 6320000);
    check_value(f, "ACME", FACT_SHORT_FLOAT, 4.31);
    check_value(f, "ACME", FACT_AVG_VOLUME, 938860);
    check_value(f, "ACME", FACT_LAST_PRICE, 1.11);
    check_value(f, "BRK.B", FACT_FLOAT_SHARES, 1.36e9);
    check_none(f, "NOFL", FACT_FLOAT_SHARES, "no figure");
    check_value(f, "NOFL", FACT_AVG_VOLUME, 1.84e6);
    check_none(f, "GONE", FACT_FLOAT_SHARES, "unknown ticker");
}

START_TEST(the_old_layout_is_read)
{
    struct facts f = read_page("2020.html");

    check_all(&f);
}
END_TEST

START_TEST(the_new_layout_is_read)
{
    struct facts f = read_page("2026.html");

    check_all(&f);
}
END_TEST

START_TEST(renamed_and_missing_columns_are_told_apart)
{
    struct facts f = read_page("renamed.html");

    check_value(&f, "ACME", FACT_FLOAT_SHARES, 6180000);
    check_value(&f, "ACME", FACT_SHARES_OUTSTANDING, 6320000);
    check_none(&f, "ACME", FACT_AVG_VOLUME, "no such column");
}
END_TEST

/* A view of one's own can have every column there is. */
START_TEST(the_widest_view_is_read)
{
    static const char *const one[] = {"ACME"};
    struct document d = {.status = 200};
    struct why why = {""};
    struct facts f;
    struct buf body;

    buf_init(&body, 64 * 1024);
    buf_adds(&body, "<table><tr><th>Ticker</th>");
    for (int i = 0; i < 140; i++)
        buf_adds(&body, "<th>Other</th>");
    buf_adds(&body, "<th>Shs Float</th></tr><tr><td>ACME</td>");
    for (int i = 0; i < 140; i++)
        buf_adds(&body, "<td>-</td>");
    buf_adds(&body, "<td>6.18M</td></tr></table>");
    d.body = buf_str(&body);
    d.len = body.len;
    ck_assert_int_eq(src->parse(&d, one, 1, &f, &why), 0);
    check_value(&f, "ACME", FACT_FLOAT_SHARES, 6180000);
    buf_free(&body);
}
END_TEST

START_TEST(another_view_is_an_unknown_layout)
{
    struct document d =
        document_read("tests/fixtures/finviz-screener/overview.html", 200, AT_0935);
    char listed[4][16];
    struct why why = {""};
    struct facts f;

    ck_assert_ptr_nonnull(d.body);
    ck_assert_int_eq(src->parse(&d, asked, 4, &f, &why), ERR_CHANGED);
    ck_assert_int_eq(finviz_screener_list(d.body, d.len, listed, 4), 2);
    ck_assert_str_eq(listed[1], "ZOO");
    free((void *)(uintptr_t)d.body);
}
END_TEST

START_TEST(an_empty_search_means_unknown_tickers)
{
    struct facts f = read_page("none.html");

    check_none(&f, "ACME", FACT_FLOAT_SHARES, "unknown ticker");
    f = read_page("none-2020.html");
    check_none(&f, "BRK.B", FACT_AVG_VOLUME, "unknown ticker");
}
END_TEST

START_TEST(nonsense_in_a_cell_is_empty_with_its_reason)
{
    struct facts f = read_page("hostile.html");

    check_none(&f, "ACME", FACT_FLOAT_SHARES, "not a figure: \"6.18 of 9M\"");
    check_none(&f, "ACME", FACT_SHARES_OUTSTANDING, "implausible: 1e+24 shares");
    ck_assert_int_eq(fact_of(&f, "ACME", FACT_LAST_PRICE)->status, FACT_EMPTY);
    check_value(&f, "ACME", FACT_SHORT_FLOAT, 4.31);
    check_none(&f, "BRK.B", FACT_FLOAT_SHARES, "row too short");
}
END_TEST

static const struct {
    const char *file;
    int status, rc;
    const char *why;
} refusals[] = {
    {"challenge.html", 403, ERR_BLOCKED,
     "HTTP 403 with a page saying: Just a moment..."},
    {"challenge.html", 200, ERR_BLOCKED,
     "HTTP 200 with a page saying: Just a moment..."},
    {"2026.html", 429, ERR_LIMITED, "HTTP 429"},
    {"2026.html", 503, ERR_LIMITED, "HTTP 503"},
    {"bot.html", 200, ERR_CHANGED, NULL},
    {"bot.html", 404, ERR_CHANGED, NULL},
};

START_TEST(a_refusal_is_no_document)
{
    struct facts f;
    struct why why = {""};
    char path[128];

    str_fmt(path, sizeof path, "finviz-screener/%s", refusals[_i].file);
    ck_assert_int_eq(
        document_parse(src, &(struct fixture){path, refusals[_i].status, AT_0935},
                       asked, 4, &f, &why),
        refusals[_i].rc);
    ck_assert_uint_eq(f.n, 0);
    if (refusals[_i].why != NULL)
        ck_assert_str_eq(why.text, refusals[_i].why);
    ck_assert_str_ne(why.text, "");
}
END_TEST

START_TEST(no_truncation_crashes_or_lies)
{
    struct document d =
        document_read("tests/fixtures/finviz-screener/2026.html", 200, AT_0935);
    struct facts f;
    struct why why;
    size_t whole = d.len;

    for (d.len = 0; d.len < whole; d.len++) {
        int rc = src->parse(&d, asked, 4, &f, &why);

        if (rc != 0)
            continue;
        for (size_t i = 0; i < f.n; i++)
            if (f.list[i].status == FACT_OK && f.list[i].id == FACT_SHORT_FLOAT)
                ck_assert(f.list[i].value <= 4.31);
    }
    free((void *)(uintptr_t)d.body);
}
END_TEST

START_TEST(the_address_holds_dashed_tickers)
{
    char url[256];

    ck_assert_int_eq(src->url("http://x/finviz", asked, 2, "", url, sizeof url), 0);
    ck_assert_str_eq(url, "http://x/finviz/screener.ashx?v=131&t=ACME,BRK-B");
    ck_assert_int_eq(src->url("http://x", asked, 4, "", url, 40), ERR_TOO_BIG);
    ck_assert_int_eq(src->url("http://x", asked, 4, "", url, 10), ERR_TOO_BIG);
}
END_TEST

START_TEST(the_capture_of_2020_is_read)
{
    static const char *const tickers[] = {"MDLY", "NET", "JKS", "VNT", "AB"};
    struct document d = document_read(
        "../shared/corpus/finviz-quote/screener-ownership-202011.html", 200, AT_0935);
    struct facts f;
    struct why why = {""};

    if (d.body == NULL)
        return; /* the captures are not part of the tree */
    ck_assert_int_eq(src->parse(&d, tickers, 5, &f, &why), 0);
    check_value(&f, "MDLY", FACT_FLOAT_SHARES, 6.18e6);
    check_value(&f, "MDLY", FACT_AVG_VOLUME, 938860);
    check_value(&f, "NET", FACT_FLOAT_SHARES, 146.64e6);
    check_value(&f, "NET", FACT_LAST_PRICE, 57.01);
    check_value(&f, "JKS", FACT_SHORT_FLOAT, 22.74);
    check_none(&f, "VNT", FACT_FLOAT_SHARES, "no figure");
    check_value(&f, "AB", FACT_SHARES_OUTSTANDING, 96.89e6);
    free((void *)(uintptr_t)d.body);
}
END_TEST

START_TEST(the_captured_challenge_is_a_block)
{
    static const int statuses[] = {403,
                                   200}; /* as it came, and passed off as success */
    struct document d = document_read(
        "../shared/corpus/finviz-quote/cloudflare-challenge-403.html", 403, AT_0935);
    struct facts f;
    struct why why = {""};

    for (size_t i = 0; d.body != NULL && i < STR_LEN(statuses); i++) {
        d.status = statuses[i];
        ck_assert_int_eq(src->parse(&d, asked, 4, &f, &why), ERR_BLOCKED);
    }
    free((void *)(uintptr_t)d.body);
}
END_TEST

Suite *finviz_screener_suite(void);

Suite *
finviz_screener_suite(void)
{
    Suite *s = suite_create("finviz_screener");
    TCase *t = tcase_create("finviz_screener");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, the_old_layout_is_read);
    tcase_add_test(t, the_new_layout_is_read);
    tcase_add_test(t, renamed_and_missing_columns_are_told_apart);
    tcase_add_test(t, the_widest_view_is_read);
    tcase_add_test(t, another_view_is_an_unknown_layout);
    tcase_add_test(t, an_empty_search_means_unknown_tickers);
    tcase_add_test(t, nonsense_in_a_cell_is_empty_with_its_reason);
    tcase_add_loop_test(t, a_refusal_is_no_document, 0, STR_LEN(refusals));
    tcase_add_test(t, no_truncation_crashes_or_lies);
    tcase_add_test(t, the_address_holds_dashed_tickers);
    tcase_add_test(t, the_capture_of_2020_is_read);
    tcase_add_test(t, the_captured_challenge_is_a_block);
    suite_add_tcase(s, t);
    return s;
}

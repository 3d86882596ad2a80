#include "base/json.h"
#include "base/str.h"
#include "document_fixture.h"
#include "enricher/sources/chart.h"
#include "enricher/sources/sources.h"

#include <check.h>
#include <math.h>

static const char *const acme[] = {"ACME"};

static const struct source *const src = &source_yahoo_chart;

static struct facts
read_chart(const char *file, int status, const char *ticker, int64_t now_ms)
{
    struct facts f;
    struct why why = {""};
    char path[128];

    str_fmt(path, sizeof path, "yahoo-chart/%s", file);
    ck_assert_msg(document_parse(src, &(struct fixture){path, status, now_ms}, &ticker,
                                 1, &f, &why) == 0,
                  "%s", why.text);
    ck_assert_uint_eq(f.n, 4);
    return f;
}

static void
check_value(const struct facts *f, enum fact_id id, double value)
{
    const struct fact *fact = fact_of(f, "ACME", id);

    ck_assert_msg(fact->status == FACT_OK, "%s", fact->why);
    ck_assert_double_eq_tol(fact->value, value, 1e-9);
}

static void
check_none(const struct facts *f, enum fact_id id, const char *why)
{
    const struct fact *fact = fact_of(f, "ACME", id);

    ck_assert_int_eq(fact->status, FACT_EMPTY);
    ck_assert_str_eq(fact->why, why);
}

START_TEST(an_open_session_gives_everything)
{
    struct facts f = read_chart("open.json", 200, "ACME", AT_0935);

    check_value(&f, FACT_SESSION_VWAP, 10.3);
    check_value(&f, FACT_DAY_VOLUME, 123456);
    check_value(&f, FACT_LAST_PRICE, 10.45); /* not the last bar's close, 10.4 */
    check_value(&f, FACT_PREV_CLOSE, 9.9);
    ck_assert_int_eq(fact_of(&f, "ACME", FACT_DAY_VOLUME)->as_of_ms, 1795444501000);
}
END_TEST

START_TEST(after_the_close_the_session_is_still_todays)
{
    struct facts f = read_chart("after-close.json", 200, "ACME", AT_1800);

    check_value(&f, FACT_SESSION_VWAP, 10.3); /* the bar at 16:00 is not in it */
    check_value(&f, FACT_DAY_VOLUME, 123456);
}
END_TEST

START_TEST(a_session_of_another_day_has_no_volume_today)
{
    static const int64_t nows[] = {AT_0800 + 86400000, AT_SAT, AT_0935 + 86400000};

    for (size_t i = 0; i < STR_LEN(nows); i++) {
        struct facts f = read_chart("open.json", 200, "ACME", nows[i]);

        check_none(&f, FACT_SESSION_VWAP, "session");
        check_none(&f, FACT_DAY_VOLUME, "session");
        check_value(&f, FACT_LAST_PRICE, 10.45);
        check_value(&f, FACT_PREV_CLOSE, 9.9);
    }
}
END_TEST

START_TEST(the_current_period_stands_in_for_a_missing_list)
{
    struct facts f = read_chart("no-periods.json", 200, "ACME", AT_0935);

    check_value(&f, FACT_SESSION_VWAP, 10.3);
}
END_TEST

/* One bar, in the first of 1 + n sessions, all others later. */
static int64_t
open_behind(int n)
{
    enum { SIZE = 1 << 16 };
    char *body = malloc(SIZE);
    struct chart c;
    struct why why = {""};
    int64_t open_ms;
    size_t len;

    str_copy(
        body, SIZE,
        "{\"chart\":{\"result\":[{\"timestamp\":[60],\"meta\":"
        "{\"dataGranularity\":\"1m\",\"tradingPeriods\":[[{\"start\":60,\"end\":90}");
    for (len = strlen(body); n > 0; n--, len += strlen(body + len))
        str_copy(body + len, SIZE - len, ",{\"start\":120,\"end\":180}");
    str_copy(body + len, SIZE - len, "]]}}]}}");
    ck_assert_msg(chart_read(body, strlen(body), &c, &why) == 0, "%s", why.text);
    open_ms = c.open_ms;
    chart_free(&c);
    free(body);
    return open_ms;
}

START_TEST(sessions_are_looked_for_two_years_back)
{
    ck_assert_int_eq(open_behind(0), 60000);
    ck_assert_int_eq(open_behind(1000), 60000);
    ck_assert_int_eq(open_behind(1100), 0); /* time is not to be had for nothing */
}
END_TEST

START_TEST(bars_without_volume_give_no_vwap)
{
    struct facts f = read_chart("no-volume.json", 200, "ACME", AT_0935);

    check_none(&f, FACT_SESSION_VWAP, "no volume in any bar");
    check_none(&f, FACT_DAY_VOLUME, "no figure");
    check_value(&f, FACT_LAST_PRICE, 1.05); /* the last close instead */
}
END_TEST

START_TEST(no_bars_are_no_error)
{
    struct facts f = read_chart("empty.json", 200, "ACME", AT_0935);

    check_none(&f, FACT_SESSION_VWAP, "session");
    check_value(&f, FACT_DAY_VOLUME, 123456);
    check_value(&f, FACT_LAST_PRICE, 10.4);
}
END_TEST

START_TEST(an_unknown_ticker_is_empty)
{
    struct facts f = read_chart("unknown.json", 404, "ACME", AT_0935);

    check_none(&f, FACT_LAST_PRICE, "unknown ticker");
    f = read_chart("bad-range.json", 400, "ACME", AT_0935);
    check_none(&f, FACT_LAST_PRICE,
               "Data doesn't exist for startDate = 1, endDate = 2");
}
END_TEST

START_TEST(class_shares_come_back_as_asked)
{
    struct facts f = read_chart("class-share.json", 200, "BRK.B", AT_0935);

    ck_assert_int_eq(fact_of(&f, "BRK.B", FACT_LAST_PRICE)->status, FACT_OK);
}
END_TEST

START_TEST(hostile_figures_stop_here)
{
    struct facts f = read_chart("hostile.json", 200, "ACME", AT_0935);

    for (size_t i = 0; i < f.n; i++)
        ck_assert_int_eq(f.list[i].status, FACT_EMPTY);
}
END_TEST

static const struct {
    const char *body;
    int status, rc;
} refusals[] = {
    {"Too Many Requests\r\n", 429, ERR_LIMITED},
    {"Edge: Too Many Requests", 200, ERR_LIMITED},
    {"<html>Will be right back...</html>", 200, ERR_NET},
    {"<html>something else</html>", 200, ERR_BLOCKED},
    {"<html>something else</html>", 404, ERR_BLOCKED},
    {"{\"finance\":{\"result\":null,\"error\":{\"code\":\"Unauthorized\"}}}", 200,
     ERR_DENIED},
    {"{\"finance\":{\"result\":null,\"error\":{\"code\":\"Unauthorized\"}}}", 401,
     ERR_DENIED},
    {"{}", 200, ERR_CHANGED},
    {"{\"chart\":{\"result\":[{}],\"error\":null}}", 200, ERR_CHANGED},
    {"{\"chart\":{\"result\":[{\"meta\":{\"symbol\":\"OTHR\"}}]}}", 200, ERR_CHANGED},
    {"", 200, ERR_SYNTAX},
    {"{\"chart\":", 200, ERR_SYNTAX},
    {"oops", 500, ERR_NET},
};

START_TEST(a_refusal_is_no_document)
{
    struct document d = {.body = refusals[_i].body,
                         .len = strlen(refusals[_i].body),
                         .status = refusals[_i].status,
                         .content_type = "",
                         .url = "",
                         .now_ms = AT_0935};
    struct facts f;
    struct why why = {""};

    ck_assert_int_eq(src->parse(&d, acme, 1, &f, &why), refusals[_i].rc);
    ck_assert_uint_eq(f.n, 0);
    ck_assert_str_ne(why.text, "");
}
END_TEST

START_TEST(every_truncation_fails)
{
    struct document d =
        document_read("tests/fixtures/yahoo-chart/class-share.json", 200, AT_0935);
    struct facts f;
    struct why why;
    size_t whole = d.len - 1; /* the last byte is the line's end */

    for (d.len = 0; d.len < whole; d.len++)
        ck_assert_int_ne(src->parse(&d, acme, 1, &f, &why), 0);
    free((void *)(uintptr_t)d.body);
}
END_TEST

START_TEST(the_address_asks_for_minutes_of_one_day)
{
    static const char *const brk[] = {"BRK.B"};
    char url[256];

    ck_assert_int_eq(src->url("http://x", brk, 1, "", url, sizeof url), 0);
    ck_assert_str_eq(url, "http://x/v8/finance/chart/BRK-B?interval=1m&range=1d&"
                          "includePrePost=false");
    ck_assert_int_eq(src->url("http://x", brk, 1, "", url, 60), ERR_TOO_BIG);
}
END_TEST

/* ---- captures ------------------------------------------------------------------ */

static void
check_number(double got, const struct json *expected, const char *key, double tolerance)
{
    double want = json_f64(json_member(expected, key), NAN);

    if (isnan(want))
        ck_assert_msg(isnan(got), "%s: got %g, expected none", key, got);
    else
        ck_assert_msg(fabs(got - want) <= tolerance, "%s: got %.9g, not %.9g", key, got,
                      want);
}

/* Everything the index says of a capture in minutes. */
static void
check_capture(const struct chart *c, const struct json *e)
{
    struct vwap v = {.vwap = NAN};
    int rc = vwap_of_bars(c->bars, c->n, &v);

    ck_assert_str_eq(c->symbol, json_text(json_member(e, "symbol"), ""));
    check_number(c->price, e, "regularMarketPrice", 1e-6);
    check_number(c->volume, e, "regularMarketVolume", 0);
    check_number(c->prev_close, e, "previousClose", 1e-6);
    if (json_member(e, "session_start") == NULL)
        return;
    check_number((double)(c->open_ms / 1000), e, "session_start", 0);
    check_number((double)(c->close_ms / 1000), e, "session_end", 0);
    check_number((double)c->n, e, "session_bars", 0);
    check_number((double)v.bars, e, "session_bars_used", 0);
    check_number(v.volume, e, "session_volume", 0);
    check_number(rc == 0 ? v.vwap : NAN, e, "vwap", 5e-7);
    check_number(chart_last_close(c), e, "session_last_close", 1e-6);
}

static void
check_line(const char *line)
{
    char path[256], name[64];
    const char *json = strrchr(line, '\t') + 1;
    struct json *e = json_parse(json, strlen(json), NULL);
    struct document d;
    struct chart c;
    struct why why = {""};
    int rc;

    ck_assert_ptr_nonnull(e);
    str_copyn(name, sizeof name, line, strcspn(line, "\t"));
    str_fmt(path, sizeof path, "../shared/corpus/yahoo-chart/%s", name);
    d = document_read(path, 200, AT_0935);
    ck_assert_msg(d.body != NULL, "%s", path);
    rc = chart_read(d.body, d.len, &c, &why);
    if (json_member(e, "error_code") != NULL)
        ck_assert_int_eq(rc, ERR_EMPTY);
    else
        ck_assert_msg(rc == 0, "%s: %s", name, why.text);
    if (rc == 0)
        check_capture(&c, e);
    chart_free(&c);
    json_free(&e);
    free((void *)(uintptr_t)d.body);
}

START_TEST(every_capture_has_its_values)
{
    FILE *index = fopen("../shared/corpus/yahoo-chart/index.tsv", "r");
    char *line = NULL;
    size_t size = 0;
    int n = 0;

    if (index == NULL)
        return; /* the captures are not part of the tree */
    for (; getline(&line, &size, index) > 0; n++)
        if (n > 0)
            check_line(line);
    ck_assert_int_gt(n, 20);
    free(line);
    fclose(index);
}
END_TEST

Suite *yahoo_chart_suite(void);

Suite *
yahoo_chart_suite(void)
{
    Suite *s = suite_create("yahoo_chart");
    TCase *t = tcase_create("yahoo_chart");

    tcase_add_test(t, an_open_session_gives_everything);
    tcase_add_test(t, after_the_close_the_session_is_still_todays);
    tcase_add_test(t, a_session_of_another_day_has_no_volume_today);
    tcase_add_test(t, the_current_period_stands_in_for_a_missing_list);
    tcase_add_test(t, sessions_are_looked_for_two_years_back);
    tcase_add_test(t, bars_without_volume_give_no_vwap);
    tcase_add_test(t, no_bars_are_no_error);
    tcase_add_test(t, an_unknown_ticker_is_empty);
    tcase_add_test(t, class_shares_come_back_as_asked);
    tcase_add_test(t, hostile_figures_stop_here);
    tcase_add_loop_test(t, a_refusal_is_no_document, 0, STR_LEN(refusals));
    tcase_add_test(t, every_truncation_fails);
    tcase_add_test(t, the_address_asks_for_minutes_of_one_day);
    tcase_add_test(t, every_capture_has_its_values);
    suite_add_tcase(s, t);
    return s;
}

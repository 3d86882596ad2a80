#include "base/buf.h"
#include "base/civil.h"
#include "base/str.h"
#include "document_fixture.h"
#include "enricher/sources/chart.h"
#include "enricher/sources/chart_series.h"

#include <check.h>
#include <math.h>

static struct chart_series
read_series(const char *file, int rc)
{
    struct chart_series s;
    struct why why = {""};
    struct document d;
    char path[128];

    str_fmt(path, sizeof path, "tests/fixtures/yahoo-chart/%s", file);
    d = document_read(path, 200, 0);
    ck_assert_ptr_nonnull(d.body);
    ck_assert_int_eq(chart_series_read(d.body, d.len, &s, &why), rc);
    free((void *)(uintptr_t)d.body);
    return s;
}

START_TEST(minutes_are_counted_as_they_stand)
{
    struct chart_series s = read_series("open.json", 0);

    ck_assert_str_eq(s.symbol, "ACME");
    ck_assert_str_eq(s.granularity, "1m");
    ck_assert_uint_eq(s.bars, 5);
    ck_assert_int_eq(s.first_s, 1795444200);
    ck_assert_int_eq(s.last_s, 1795444380);
    ck_assert_double_eq(s.gmtoffset_s, -18000);
    ck_assert_uint_eq(s.null_close, 1);
    ck_assert_uint_eq(s.zero_volume, 1);
    ck_assert_double_eq(s.sum_volume, 13999);
    ck_assert(!s.is_daily);
}
END_TEST

START_TEST(the_average_leaves_out_today_and_null_days)
{
    struct chart_series s = read_series("daily.json", 0);

    ck_assert(s.is_daily && s.is_live && !s.same_day_twice);
    /* 9999999 once, 1000 ten times, 2000 nine times */
    ck_assert_double_eq_tol(s.avg_volume, (9999999 + 10000 + 18000) / 20.0, 1e-6);
    ck_assert_double_eq_tol(s.rel_volume, 500 / s.avg_volume, 1e-9);
    ck_assert_uint_eq(s.n_events, 2);
    ck_assert_str_eq(s.events[0], "dividends");
    ck_assert_str_eq(s.events[1], "splits");
}
END_TEST

enum { DAYS = SERIES_AVERAGE + 1, DAY_S = 86400, OPEN_S = 52200 /* 14:30 UTC */ };

/* A chart of so many trading days up to the last, which has three times the volume. */
static void
write_days(int64_t last, struct buf *out)
{
    const int64_t thanksgiving = civil_days(2026, 11, 26);
    int64_t days[DAYS];

    for (int i = DAYS - 1; i >= 0; last--)
        if (civil_weekday(last) % 6 != 0 && last != thanksgiving)
            days[i--] = last;
    buf_adds(out, "{\"chart\":{\"result\":[{\"meta\":{\"dataGranularity\":\"1d\"},"
                  "\"timestamp\":[");
    for (int i = 0; i < DAYS; i++)
        buf_addf(out, "%s%lld", i > 0 ? "," : "",
                 (long long)(days[i] * DAY_S + OPEN_S));
    buf_adds(out, "],\"indicators\":{\"quote\":[{\"volume\":[");
    for (int i = 0; i < DAYS; i++)
        buf_addf(out, "%s%d", i > 0 ? "," : "", i < DAYS - 1 ? 1000 : 3000);
    buf_adds(out, "]}]}}]}}");
}

/* On the five weekdays after a week with a holiday: it is bars that are counted, never
 * a span of days, in which there are more of them on some weekdays than on others. */
START_TEST(the_average_is_of_twenty_days_on_every_weekday)
{
    struct chart_series s;
    struct why why = {""};
    struct buf body;

    buf_init(&body, 1 << 12);
    write_days(civil_days(2026, 11, 30) + _i, &body);
    ck_assert_int_eq(chart_series_read(body.data, body.len, &s, &why), 0);
    ck_assert_double_eq(s.avg_volume, 1000);
    ck_assert_double_eq(s.rel_volume, 3);
    buf_free(&body);
}
END_TEST

START_TEST(a_day_that_comes_twice_is_seen)
{
    struct chart_series s = read_series("daily-twice.json", 0);

    ck_assert(s.is_daily && s.same_day_twice && !s.is_live);
    ck_assert(isnan(s.avg_volume) && isnan(s.rel_volume));
}
END_TEST

START_TEST(hours_are_parts_of_a_session)
{
    struct document d = document_read("tests/fixtures/yahoo-chart/hours.json", 200, 0);
    struct chart c;
    struct why why = {""};

    ck_assert_ptr_nonnull(d.body);
    ck_assert_int_eq(chart_read(d.body, d.len, &c, &why), 0);
    ck_assert_uint_eq(c.n, 2);
    ck_assert_int_eq(c.open_ms, 1795444200000);
    chart_free(&c);
    free((void *)(uintptr_t)d.body);
}
END_TEST

START_TEST(no_bars_have_no_times)
{
    struct chart_series s = read_series("empty.json", 0);

    ck_assert_uint_eq(s.bars, 0);
    ck_assert_int_eq(s.first_s, 0);
    ck_assert(!s.is_daily);
    ck_assert_double_eq(s.price, 10.4);
}
END_TEST

START_TEST(an_error_keeps_its_code)
{
    struct chart_series s = read_series("unknown.json", ERR_EMPTY);

    ck_assert_str_eq(s.error.code, "Not Found");
    ck_assert_str_eq(s.error.text, "No data found, symbol may be delisted");
    s = read_series("bad-crumb.json", ERR_DENIED);
    ck_assert_str_eq(s.error.code, "Unauthorized");
}
END_TEST

START_TEST(what_is_no_chart_is_refused)
{
    static const struct {
        const char *body;
        int rc;
    } rows[] = {{"{", ERR_SYNTAX},
                {"{}", ERR_CHANGED},
                {"{\"chart\":{\"result\":[]}}", ERR_EMPTY},
                {"{\"chart\":{\"result\":[{}]}}", ERR_CHANGED}};
    struct chart_series s;
    struct why why = {""};

    for (size_t i = 0; i < STR_LEN(rows); i++)
        ck_assert_int_eq(
            chart_series_read(rows[i].body, strlen(rows[i].body), &s, &why),
            rows[i].rc);
}
END_TEST

Suite *chart_series_suite(void);

Suite *
chart_series_suite(void)
{
    Suite *s = suite_create("chart_series");
    TCase *t = tcase_create("series");

    tcase_add_test(t, minutes_are_counted_as_they_stand);
    tcase_add_test(t, the_average_leaves_out_today_and_null_days);
    tcase_add_loop_test(t, the_average_is_of_twenty_days_on_every_weekday, 0, 5);
    tcase_add_test(t, a_day_that_comes_twice_is_seen);
    tcase_add_test(t, hours_are_parts_of_a_session);
    tcase_add_test(t, no_bars_have_no_times);
    tcase_add_test(t, an_error_keeps_its_code);
    tcase_add_test(t, what_is_no_chart_is_refused);
    suite_add_tcase(s, t);
    return s;
}

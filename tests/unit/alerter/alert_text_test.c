/* What people read of an alert. */
#include "alerter/alert_text.h"
#include "base/str.h"
#include "tests/unit/alerter/samples.h"

#include <check.h>
#include <math.h>

Suite *alert_text_suite(void);

static const char *
unmentioned(const char *text, char out[256])
{
    alert_unmention(text, out, 256);
    return out;
}

START_TEST(an_age_is_told_in_its_largest_unit)
{
    static const struct {
        int64_t age_s;
        const char *text;
    } rows[] = {{-5, "just now"},     {59, "just now"}, {60, "1min ago"},
                {3599, "59min ago"},  {3600, "1h ago"}, {86399, "23h ago"},
                {86400 * 9, "9d ago"}};
    int64_t now = 1800000000000;
    char out[ALERT_AGO_SIZE];

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        alert_ago(now - rows[i].age_s * 1000, now, out);
        ck_assert_str_eq(out, rows[i].text);
    }
    alert_ago(0, now, out);
    ck_assert_str_eq(out, "recently");
}
END_TEST

START_TEST(a_change_has_its_sign)
{
    char out[ALERT_CHANGE_SIZE];

    alert_change(3.456, out);
    ck_assert_str_eq(out, "+3.46%");
    alert_change(-0.5, out);
    ck_assert_str_eq(out, "-0.50%");
    alert_change(NAN, out);
    ck_assert_str_eq(out, "n/a");
}
END_TEST

/* Percent come as percent: 31.5 is not 0.3 %, nor 3150 %. */
START_TEST(a_second_figure_is_told_in_its_unit)
{
    static const struct {
        struct msg_metric metric;
        const char *text;
    } rows[] = {
        {{"float", "ok", "", 12.3e6, "shares", "LOW_FLOAT", 1.3, 31.5,
          "short_float_pct", "", 1},
         "12.3M (31.5% short) LOW_FLOAT x1.30"},
        {{"vwap", "ok", "", 12.5, "USD", "UNKNOWN", 1, 4.2, "distance_pct", "", 1},
         "$12.50 (+4.2%) x1.00"},
        {{"price", "stale", "", 13.1, "USD", "UNKNOWN", 1, -8.2, "change_pct", "", 1},
         "$13.10 (-8.2%) x1.00 stale"},
    };
    char out[ALERT_TEXT_SIZE];

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        alert_metric_text(&rows[i].metric, out, sizeof out);
        ck_assert_str_eq(out, rows[i].text);
    }
}
END_TEST

START_TEST(nobody_is_called_and_addresses_stay)
{
    char out[256];

    ck_assert_str_eq(unmentioned("@everyone", out), "@\xe2\x80\x8b"
                                                    "everyone");
    ck_assert_str_eq(unmentioned("ask <@!99>", out), "ask <@\xe2\x80\x8b!99>");
    ck_assert_str_eq(unmentioned("ir@acme.example", out), "ir@acme.example");
    ck_assert_str_eq(unmentioned("ir@here.example", out), "ir@here.example");
    ck_assert_str_eq(unmentioned("all@here.", out), "all@\xe2\x80\x8bhere.");
    ck_assert_str_eq(unmentioned("all@hereby", out), "all@hereby");
    ck_assert_str_eq(unmentioned("5 @ 3 @", out), "5 @ 3 @");
    ck_assert_str_eq(unmentioned(NULL, out), "");
}
END_TEST

START_TEST(a_cut_mention_ends_with_a_whole_character)
{
    char out[9];

    alert_unmention("ab @here", out, sizeof out);
    ck_assert_str_eq(out, "a");
    alert_unmention("@", out, sizeof out);
    ck_assert_str_eq(out, "@");
}
END_TEST

START_TEST(three_lines_tell_it_all)
{
    struct msg_scored s = sample_scored("n:1/ACME");
    struct buf b;

    buf_init(&b, 4096);
    alert_lines(&s, &b);
    ck_assert_ptr_nonnull(strstr(buf_str(&b), "[ACME] ACME receives FDA clearance\n"));
    ck_assert_ptr_nonnull(strstr(buf_str(&b), " | px=13.10 (+8.20%)"));
    ck_assert_ptr_nonnull(strstr(buf_str(&b), "\nhttps://news.example/acme"));
    buf_clear(&b);
    s.ticker = "";
    alert_lines(&s, &b);
    ck_assert(str_starts(buf_str(&b), "[N/A] "));
    buf_free(&b);
}
END_TEST

START_TEST(what_follows_an_earlier_story_says_so)
{
    struct msg_scored s = sample_scored("n:2/ACME");
    char text[ALERT_FOLLOWS_SIZE], link[ALERT_FOLLOWS_SIZE];
    struct buf b;

    buf_init(&b, 4096);
    s.follows = "correction", s.former = "n:1", s.former_link = "https://a.example/1";
    alert_lines(&s, &b);
    ck_assert_ptr_nonnull(
        strstr(buf_str(&b), " | correction of n:1, https://a.example/1\n"));
    buf_free(&b);
    memset(link, 'x', sizeof link - 1);
    link[sizeof link - 1] = '\0';
    s.former_link = link;
    alert_follows(&s, text, sizeof text);
    ck_assert_str_eq(text, "correction of n:1");
}
END_TEST

START_TEST(long_news_says_that_it_is_cut)
{
    struct msg_scored s = sample_scored("n:1/ACME");
    char title[4000];
    struct buf b;

    memset(title, 'T', sizeof title - 1);
    title[sizeof title - 1] = '\0';
    s.title = title;
    buf_init(&b, 8192);
    alert_lines(&s, &b);
    ck_assert_uint_le(b.len, ALERT_LINES_MAX);
    ck_assert(str_ends(buf_str(&b), "... (truncated)"));
    buf_free(&b);
}
END_TEST

Suite *
alert_text_suite(void)
{
    Suite *s = suite_create("alert_text");
    TCase *t = tcase_create("alert_text");

    tcase_add_test(t, an_age_is_told_in_its_largest_unit);
    tcase_add_test(t, a_change_has_its_sign);
    tcase_add_test(t, a_second_figure_is_told_in_its_unit);
    tcase_add_test(t, nobody_is_called_and_addresses_stay);
    tcase_add_test(t, a_cut_mention_ends_with_a_whole_character);
    tcase_add_test(t, three_lines_tell_it_all);
    tcase_add_test(t, what_follows_an_earlier_story_says_so);
    tcase_add_test(t, long_news_says_that_it_is_cut);
    suite_add_tcase(s, t);
    return s;
}

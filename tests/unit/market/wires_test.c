#include "fixture.h"

#include "base/str.h"

Suite *wires_suite(void);

static void
publish(struct fixture *f, const char *json)
{
    size_t added;

    news_run(f->market.news, NOON);
    ck_assert_int_eq(
        news_publish_json(f->market.news, json, strlen(json), NOON, &added, NULL), 0);
}

START_TEST(business_wire_escapes_twice_and_says_ut)
{
    struct fixture f;
    const char *feed;

    open_fixture(&f);
    publish(&f,
            "[{\"feed\":\"businesswire\",\"ticker\":\"GME\",\"title\":\"A & B\","
            "\"summary\":\"Magnachip (NYSE: MX, \xe2\x80\x9cMagnachip\xe2\x80\x9d)\""
            "}]");
    feed = get(&f, feed_businesswire, "/feeds/businesswire.xml", "");
    ck_assert_uint_eq(count(feed, "<item>"), 1);
    ck_assert_ptr_nonnull(strstr(feed, "<title>A &amp;amp; B</title>"));
    ck_assert_ptr_nonnull(strstr(feed, "16:00:00 UT</pubDate>"));
    ck_assert_ptr_nonnull(strstr(feed, "<guid isPermaLink=\"false\">20261123"));
    close_fixture(&f);
}
END_TEST

START_TEST(pr_newswire_cuts_its_teasers)
{
    struct fixture f;
    char json[1200], text[601];
    const char *feed;

    open_fixture(&f);
    memset(text, 'y', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    str_fmt(json, sizeof json,
            "[{\"feed\":\"prnewswire\",\"title\":\"Long\",\"summary\":\"%s\"}]", text);
    publish(&f, json);
    feed = get(&f, feed_prnewswire, "/feeds/prnewswire.xml", "");
    ck_assert_uint_eq(count(feed, "yyyyyyyyyy"), 25);
    ck_assert_ptr_nonnull(strstr(feed, "y...</p>"));
    close_fixture(&f);
}
END_TEST

START_TEST(some_of_globe_newswires_items_name_their_stock_twice)
{
    struct fixture f;
    const char *feed;
    size_t items;

    open_fixture(&f);
    feed = get(&f, feed_globenewswire, "/feeds/globenewswire.xml", "");
    items = count(feed, "<item>");
    ck_assert_uint_gt(count(feed, "/rss/stock\""), items);
    ck_assert_uint_eq(count(feed, "/rss/ISIN\""), items);
    close_fixture(&f);
}
END_TEST

START_TEST(halts_stand_for_months_and_new_ones_come_first)
{
    struct fixture f;
    const char *feed;

    open_fixture(&f);
    feed = get(&f, feed_halts, "/feeds/halts", "");
    ck_assert_uint_eq(count(feed, "<item>"), 6);
    ck_assert_uint_eq(count(feed, "<guid"), 0);
    ck_assert_uint_eq(count(feed, "<ndaq:ResumptionDate />"), 5);
    get(&f, control_halt, "/control/halt?ticker=gme&code=T1", "");
    feed = get(&f, feed_halts, "/feeds/halts", "");
    ck_assert_uint_eq(count(feed, "<item>"), 7);
    ck_assert_ptr_eq(strstr(feed, "<title>GME</title>"),
                     strstr(strstr(feed, "<item>"), "<title>"));
    ck_assert_ptr_nonnull(strstr(feed, "<ndaq:HaltDate>11/23/2026</ndaq:HaltDate>\r\n"
                                       "      <ndaq:HaltTime>11:0"));
    ck_assert_ptr_nonnull(strstr(feed, "Mon, 23 Nov 2026 05:00:00 GMT</pubDate>"));
    close_fixture(&f);
}
END_TEST

START_TEST(a_halts_time_is_written_in_three_ways)
{
    struct fixture f;
    struct buf out;

    open_fixture(&f);
    halts_open(&f.market.halts, f.market.universe, NOON);
    buf_init(&out, 1 << 20);
    halts_write(&f.market.halts, NOON, &out);
    ck_assert_uint_eq(count(buf_str(&out), ":00</ndaq:HaltTime>"), 2);
    ck_assert_uint_eq(count(buf_str(&out), ":00.000</ndaq:HaltTime>"), 2);
    ck_assert_uint_eq(count(buf_str(&out), ":00 .000</ndaq:HaltTime>"), 2);
    buf_free(&out);
    close_fixture(&f);
}
END_TEST

START_TEST(a_halt_is_lifted_in_place)
{
    struct fixture f;
    const char *feed;

    open_fixture(&f);
    get(&f, control_halt, "/control/halt?ticker=GME&resume=600", "");
    ck_assert_int_eq(f.answer.status, 400);
    get(&f, control_halt, "/control/halt?ticker=GME&code=LUDP", "");
    get(&f, control_halt, "/control/halt?ticker=GME&resume=600", "");
    ck_assert_int_eq(f.answer.status, 200);
    feed = get(&f, feed_halts, "/feeds/halts", "");
    ck_assert_uint_eq(count(feed, "<item>"), 7);
    ck_assert_ptr_nonnull(strstr(feed, "<ndaq:ResumptionTradeTime>11:1"));
    get(&f, control_halt, "/control/halt?ticker=NONE", "");
    ck_assert_int_eq(f.answer.status, 400);
    close_fixture(&f);
}
END_TEST

Suite *
wires_suite(void)
{
    Suite *s = suite_create("wires");
    TCase *t = tcase_create("wires");

    tcase_add_test(t, business_wire_escapes_twice_and_says_ut);
    tcase_add_test(t, pr_newswire_cuts_its_teasers);
    tcase_add_test(t, some_of_globe_newswires_items_name_their_stock_twice);
    tcase_add_test(t, halts_stand_for_months_and_new_ones_come_first);
    tcase_add_test(t, a_halts_time_is_written_in_three_ways);
    tcase_add_test(t, a_halt_is_lifted_in_place);
    suite_add_tcase(s, t);
    return s;
}

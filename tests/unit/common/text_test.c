#include "base/text.h"

#include "base/civil.h"
#include "base/prng.h"
#include "base/str.h"

#include <check.h>
#include <math.h>

Suite *text_suite(void);

struct pair {
    const char *in, *out;
};

static void
html_is(const char *html, const char *want)
{
    char out[256];

    ck_assert_str_eq(text_from_html(html, strlen(html), out, sizeof out), want);
}

START_TEST(tags_become_spaces)
{
    html_is("a<br>b<p class=\"x > y\">c</p>", "a b c");
    html_is("<b>Acme</b> <i>wins</i>", "Acme wins");
    html_is("  \n<div>\t x </div>\r\n", "x");
    html_is("<br/>one<hr />two", "one two");
}
END_TEST

START_TEST(less_than_is_text_where_no_tag_can_be)
{
    html_is("Price < $100 and 3 <4", "Price < $100 and 3 <4");
    html_is("p &lt; 0.05", "p < 0.05");
    html_is("a <b and so on to the end", "a <b and so on to the end");
    html_is("<", "<");
}
END_TEST

START_TEST(entities_are_decoded)
{
    html_is("M&#38;A &amp; &quot;x&quot; &#x27;y&#X27;", "M&A & \"x\" 'y'");
    html_is("a&nbsp;b&ensp;c\xc2\xa0"
            "d",
            "a b c d");
    html_is("&trade;&rsquo;&apos;&lpar;", "\xe2\x84\xa2\xe2\x80\x99'(");
    html_is("AT&T R&D; &bogus; &", "AT&T R&D; &bogus; &");
    html_is("Tom &amp Jerry &ltx", "Tom & Jerry &ltx");
    html_is("it&#146;s", "it\xe2\x80\x99s");
    html_is("&#0; &#xD800; &#99999999999;", "? ? ?");
    html_is("&#; &#x; &#xg;", "&#; &#x; &#xg;");
}
END_TEST

START_TEST(text_escaped_twice_is_decoded)
{
    html_is("&amp;amp;", "&");
    html_is("Q&amp;amp;amp;A", "Q&A");
    html_is("&lt;p&gt;up &amp;lt; down&lt;/p&gt;", "up < down");
    html_is("&amp;#39;", "'");
}
END_TEST

START_TEST(scripts_styles_and_comments_vanish)
{
    html_is("a<script>if (x<y) alert('</b>')</script>b", "a b");
    html_is("a<STYLE type='x'>p>q{}</sTyLe >b", "a b");
    html_is("a<!-- <p>hidden -- > --> b", "a b");
    html_is("a<![CDATA[<b>x</b> y]]>z", "a x y z");
    html_is("<![CDATA[a ]]>", "a");
    html_is("a<script>never closed", "a");
    html_is("a<!-- never closed", "a");
}
END_TEST

START_TEST(cut_off_markup_does_not_hide_what_came_before)
{
    html_is("news <a href=\"http://x", "news");
    html_is("news <a href=x", "news");
    html_is("news <div", "news");
    html_is("<a title=\"it's>one</a> two", "one two");
}
END_TEST

START_TEST(bytes_that_are_no_utf8_are_those_of_windows)
{
    html_is("caf\xe9!", "caf\xc3\xa9!");
    html_is("\x93quoted\x94", "\xe2\x80\x9cquoted\xe2\x80\x9d");
    html_is("Item\xa0"
            "5",
            "Item 5");
    html_is("\xc0|\xf5|\xed|", "\xc3\x80|\xc3\xb5|\xc3\xad|");
    html_is("cut \xe2\x82", "cut ?");
    html_is("ok\xf0\x9f\x93\x88", "ok\xf0\x9f\x93\x88");
    html_is("zero\xe2\x80\x8bwidth", "zerowidth");
}
END_TEST

START_TEST(html_is_cut_between_characters)
{
    char out[6];

    ck_assert_str_eq(text_from_html("ab\xe2\x82\xac\xe2\x82\xac", 8, out, sizeof out),
                     "ab\xe2\x82\xac");
    ck_assert_str_eq(text_from_html("abcd\xe2\x82\xac x", 9, out, sizeof out), "abcd");
    ck_assert_str_eq(text_from_html("abcd efg", 8, out, sizeof out), "abcd");
    ck_assert_str_eq(text_from_html(NULL, 0, out, sizeof out), "");
    ck_assert_ptr_eq(text_from_html("x", 1, NULL, 0), NULL);
}
END_TEST

/* Any bytes at all give one trimmed line. */
START_TEST(random_bytes_give_one_clean_line)
{
    static const char alphabet[] = "<>&;#\"'=-!/x sciptamp \n\xe2\x82\xac\xff[]CDATA";
    struct prng r = {.state = 7};
    char in[64], out[64];

    for (int round = 0; round < 20000; round++) {
        size_t n = (size_t)prng_below(&r, sizeof in), len;

        for (size_t i = 0; i < n; i++)
            in[i] = alphabet[prng_below(&r, sizeof alphabet - 1)];
        text_from_html(in, n, out, sizeof out);
        len = strlen(out);
        ck_assert_ptr_null(strchr(out, '\n'));
        ck_assert_ptr_null(strstr(out, "  "));
        ck_assert(len == 0 || (out[0] != ' ' && out[len - 1] != ' '));
    }
}
END_TEST

START_TEST(hostile_markup_takes_linear_time)
{
    enum { BIG = 1 << 21 };
    char *in = malloc(BIG), out[64];

    ck_assert_ptr_nonnull(in);
    for (size_t i = 0; i < BIG; i++)
        in[i] = "<a b="[i % 5];
    text_from_html(in, BIG, out, sizeof out);
    for (size_t i = 0; i < BIG; i++)
        in[i] = "<a \""[i % 4];
    text_from_html(in, BIG, out, sizeof out);
    free(in);
}
END_TEST

/* ---- times ---- */

static int64_t
at(int y, int mo, int d, int h, int mi, int s)
{
    return ((civil_days(y, mo, d) * 24 + h) * 60 + mi) * 60000 + s * 1000;
}

static void
time_is(const char *text, int64_t want)
{
    int64_t ms = -1;

    ck_assert_msg(text_time(text, &ms) == 0, "refused: %s", text);
    ck_assert_msg(ms == want, "%s: %lld", text, (long long)ms);
}

START_TEST(every_wire_spelling_of_a_time_is_read)
{
    int64_t t = at(2026, 10, 5, 18, 28, 0);

    time_is("Mon, 5 Oct 2026 18:28:00 +0000", t);
    time_is("Mon, 05 Oct 2026 18:28 GMT", t);
    time_is("Mon, 05 Oct 2026 18:28:00 UT", t);
    time_is("5 Oct 2026 18:28:00 Z", t);
    time_is("Monday, 05-Oct-26 18:28:00 GMT", t);
    time_is("  Mon, 5 October 2026 14:28:00 EDT\n", t);
    time_is("Mon, 5 Oct 2026 14:28:00 -0400 (EDT)", t);
    time_is("Mon, 5 Oct 2026 10:28:00 PST", t);
    time_is("Mon, 5 Oct 2026 23:58:00 +05:30", t);
    time_is("2026-10-05T18:28:00Z", t);
    time_is("2026-10-05T14:28:00-04:00", t);
    time_is("2026-10-05T14:28:00-0400", t);
    time_is("2026-10-05T18:28:00.25Z", t + 250);
    time_is("2026-10-05T18:28", t);
    time_is("2026-10-05 18:28:00", t);
    time_is("2026-10-05 14:28:00 EDT", t);
    time_is("Mon, 5 Oct 2026 20:28:00 CEST", t);
    time_is("Mon, 5 Oct 2026 19:28:00 BST", t);
    time_is("2026-10-05", at(2026, 10, 5, 0, 0, 0));
    time_is("Mon, 5 Oct 2026 20:28:00 CEST", t);
    time_is("Mon, 5 Oct 2026 19:28:00 GMT+0100", t);
    time_is("Mon, 5 Oct 2026 02:28:00 PM EDT", t);
    time_is("October 5, 2026 2:28 PM ET", t);
    time_is("Oct. 5, 2026, 18:28 GMT", t);
    time_is("Mon Oct  5 18:28:00 2026", t);
    time_is("Mon Oct 5 14:28:00 EDT 2026", t);
    time_is("Oct 5, 2026", at(2026, 10, 5, 0, 0, 0));
    time_is("5 Oct 2026 12:01 am", at(2026, 10, 5, 0, 1, 0));
    time_is("5 Oct 2026 12:01 pm", at(2026, 10, 5, 12, 1, 0));
    time_is("29 Feb 2024 00:00:00 GMT", at(2024, 2, 29, 0, 0, 0));
}
END_TEST

START_TEST(a_zone_of_two_letters_knows_summer)
{
    static const struct {
        const char *text, *same;
    } rows[] = {
        {"Wed, 18 Nov 2026 09:30:00 ET", "Wed, 18 Nov 2026 14:30:00 GMT"},
        {"Wed, 15 Jul 2026 09:30:00 ET", "Wed, 15 Jul 2026 13:30:00 GMT"},
        {"15 Jul 2026 09:30 CT", "15 Jul 2026 14:30 UT"},
        {"8 Mar 2026 01:59:00 ET", "8 Mar 2026 06:59:00 GMT"},
        {"8 Mar 2026 03:00:00 ET", "8 Mar 2026 07:00:00 GMT"},
        {"1 Nov 2026 02:00:00 PT", "1 Nov 2026 10:00:00 GMT"},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        int64_t a, b;

        ck_assert_int_eq(text_time(rows[i].text, &a), 0);
        ck_assert_int_eq(text_time(rows[i].same, &b), 0);
        ck_assert_msg(a == b, "%s", rows[i].text);
    }
}
END_TEST

START_TEST(a_time_that_cannot_be_is_refused)
{
    static const char *const bad[] = {
        "",
        "now",
        "Mon,",
        "2026",
        "2026-13-01",
        "2026-02-29",
        "2026-10-05T25:00:00Z",
        "2026-10-05T18:60:00Z",
        "2026-10-05T18:28:00+99:00",
        "2026-10-05Tx",
        "31 Apr 2026 10:00 GMT",
        "5 Okt 2026 10:00 GMT",
        "5 Oct 226 10:00 GMT",
        "Mon, 5 Oct 2026 18:28:00 XYZ",
        "Mon, 5 Oct 2026 18:28:00 GMT junk",
        "Mon, 5 Oct 2026 18:28:00 +0a00",
        "Mon, 5 Oct 2026 18",
        "1/2/2026",
        "Mon, 5 Oct 2026 18:28:00 (EDT",
        "1969-12-31",
        "2026-10-05T18:28:00.Z",
        "Mon, 5 Oct 2026 18:28:00 +0060",
        "Monday 123 Oct 2026",
        "5 Oct 2026 13:00 PM",
        "5 Oct 2026 0:30 AM",
        "Oct 5",
        "Oct 2026",
        "Oct 5 18:28:00",
        "Oct 5 18:28:00 XYZ 2026",
        "Mon, 5 Oct 2026 18:28:00 EST+0100",
    };

    for (size_t i = 0; i < STR_LEN(bad); i++) {
        int64_t ms = 42;

        ck_assert_msg(text_time(bad[i], &ms) == ERR_SYNTAX, "taken: %s", bad[i]);
        ck_assert_int_eq(ms, 42);
    }
}
END_TEST

START_TEST(dates_survive_the_way_to_days_and_back)
{
    for (int64_t d = civil_days(1600, 1, 1); d < civil_days(2400, 1, 1); d++) {
        struct civil c = civil_of_days(d);

        ck_assert_int_eq(civil_days(c.year, c.month, c.day), d);
        ck_assert(civil_is_date(c.year, c.month, c.day));
    }
    ck_assert_int_eq(civil_days(1970, 1, 1), 0);
    ck_assert_int_eq(civil_weekday(civil_days(2026, 11, 23)), 1);
    ck_assert_int_eq(civil_weekday(civil_days(1969, 12, 28)), 0);
    ck_assert(!civil_is_date(2023, 2, 29) && !civil_is_date(2023, 0, 1));
}
END_TEST

/* ---- links ---- */

START_TEST(copies_of_a_link_become_the_same)
{
    static const struct pair links[] = {
        {"HTTP://Example.com/News/?utm_source=rss&id=5#frag",
         "https://example.com/News?id=5"},
        {"https://x.com", "https://x.com"},
        {"https://x.com/", "https://x.com"},
        {" https://x.com/a//\n", "https://x.com/a"},
        {"https://x.com/a?src=feed&ref=home", "https://x.com/a"},
        {"https://x.com/a?b=2&a=1", "https://x.com/a?b=2&a=1"},
        {"https://x.com/a?&&b=2&amp;UTM_Medium=1&amp;c", "https://x.com/a?b=2&c"},
        {"http://x.com:80/a", "https://x.com/a"},
        {"https://x.com:443/a", "https://x.com/a"},
        {"http://x.com:443./a?amp;amp;b", "https://x.com/a?b"},
        {"https://x.com:8443/a", "https://x.com:8443/a"},
        {"https://u:p@x.com./a b", "https://x.com/a%20b"},
        {"https://x.com#f?x=1", "https://x.com"},
        {"https://x.com?mc_cid=1&q=/", "https://x.com?q=/"},
    };
    char out[256], again[256];

    for (size_t i = 0; i < STR_LEN(links); i++) {
        ck_assert_int_eq(text_canonical_link(links[i].in, out, sizeof out), 0);
        ck_assert_str_eq(out, links[i].out);
        ck_assert_int_eq(text_canonical_link(out, again, sizeof again), 0);
        ck_assert_str_eq(again, out);
    }
}
END_TEST

START_TEST(an_alert_link_keeps_its_scheme_and_root)
{
    static const struct pair links[] = {
        {"HTTP://Example.com/News/?utm_x=rss&id=5#frag",
         "http://example.com/News?id=5"},
        {"https://x.com", "https://x.com/"},
        {"https://x.com/a?src=feed&mc_any=1", "https://x.com/a?src=feed"},
    };
    char out[256];

    for (size_t i = 0; i < STR_LEN(links); i++) {
        ck_assert_int_eq(text_alert_link(links[i].in, out, sizeof out), 0);
        ck_assert_str_eq(out, links[i].out);
    }
}
END_TEST

START_TEST(what_is_no_web_link_is_refused)
{
    static const char *const bad[] = {
        "",
        "not a url",
        "ftp://x.com/a",
        "//x.com/a",
        "javascript:alert(1)",
        "https://",
        "https:///a",
        "https://x y.com/",
        "https://x.com/\x01",
        "https://:80/",
        "http",
    };
    char out[64] = "old", *big = malloc(5000);

    for (size_t i = 0; i < STR_LEN(bad); i++) {
        ck_assert_msg(text_canonical_link(bad[i], out, sizeof out) == ERR_SYNTAX,
                      "taken: %s", bad[i]);
        ck_assert_str_eq(out, "");
    }
    ck_assert_ptr_nonnull(big);
    memset(big, 'a', 5000);
    memcpy(big, "https://x.com/", 14);
    big[4999] = '\0';
    ck_assert_int_eq(text_canonical_link(big, out, sizeof out), ERR_TOO_BIG);
    big[200] = '\0';
    ck_assert_int_eq(text_canonical_link(big, out, sizeof out), ERR_TOO_BIG);
    ck_assert_str_eq(out, "");
    free(big);
}
END_TEST

/* ---- figures ---- */

START_TEST(figures_are_read_as_they_are_printed)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {
        {"16.99B", 16.99e9},
        {"5.23M", 5.23e6},
        {"1.45T", 1.45e12},
        {"12.34m", 12.34e6},
        {"900k", 900e3},
        {"1.25%", 1.25},
        {"-3.5%", -3.5},
        {"+7", 7},
        {"0", 0},
        {"1,234", 1234},
        {" 5.23 M ", 5.23e6},
        {"12.34M%", 12.34e6},
        {"39,606,884", 39606884},
        {".5", 0.5},
        {"1,234.5", 1234.5},
        {"3185.07", 3185.07},
    };

    for (size_t i = 0; i < STR_LEN(good); i++) {
        double v = NAN;

        ck_assert_msg(text_figure(good[i].text, &v) == 0, "%s", good[i].text);
        ck_assert_msg(v == good[i].value, "%s: %.17g", good[i].text, v);
    }
}
END_TEST

START_TEST(no_figure_is_not_zero)
{
    static const char *const none[] = {"", "-", "- -", " - ", "N/A", "\xe2\x80\x94"};
    static const char *const bad[] = {
        "abc",
        "1,23",
        "1,2345",
        ",123",
        "1234,567",
        "1.2.3",
        "12.",
        "M",
        "%",
        "1%%",
        "1MM",
        "0x10",
        "1e5",
        "nan",
        "inf",
        "--5",
        "5-",
        "1 2",
        "$5",
        ".",
        "1111111111111111111111111111111111111111111111111111111111111111111111",
    };
    double v = 42;

    for (size_t i = 0; i < STR_LEN(none); i++)
        ck_assert_int_eq(text_figure(none[i], &v), ERR_EMPTY);
    for (size_t i = 0; i < STR_LEN(bad); i++)
        ck_assert_msg(text_figure(bad[i], &v) == ERR_SYNTAX, "taken: %s", bad[i]);
    ck_assert(v == 42);
}
END_TEST

START_TEST(a_url_piece_is_percent_encoded)
{
    char out[32], small[6];

    ck_assert(text_url_encode("BRK-B,A B&\xc3\xa9~", out, sizeof out));
    ck_assert_str_eq(out, "BRK-B%2CA%20B%26%C3%A9~");
    ck_assert(!text_url_encode("ab  ", small, sizeof small));
    ck_assert_str_eq(small, "ab%20");
    ck_assert(!text_url_encode("a", NULL, 0));
}
END_TEST

Suite *
text_suite(void)
{
    Suite *s = suite_create("text");
    TCase *t = tcase_create("html");

    tcase_add_test(t, tags_become_spaces);
    tcase_add_test(t, less_than_is_text_where_no_tag_can_be);
    tcase_add_test(t, entities_are_decoded);
    tcase_add_test(t, text_escaped_twice_is_decoded);
    tcase_add_test(t, scripts_styles_and_comments_vanish);
    tcase_add_test(t, cut_off_markup_does_not_hide_what_came_before);
    tcase_add_test(t, bytes_that_are_no_utf8_are_those_of_windows);
    tcase_add_test(t, html_is_cut_between_characters);
    tcase_add_test(t, random_bytes_give_one_clean_line);
    tcase_add_test(t, hostile_markup_takes_linear_time);
    suite_add_tcase(s, t);
    t = tcase_create("time");
    tcase_add_test(t, every_wire_spelling_of_a_time_is_read);
    tcase_add_test(t, a_zone_of_two_letters_knows_summer);
    tcase_add_test(t, a_time_that_cannot_be_is_refused);
    tcase_add_test(t, dates_survive_the_way_to_days_and_back);
    suite_add_tcase(s, t);
    t = tcase_create("link");
    tcase_add_test(t, copies_of_a_link_become_the_same);
    tcase_add_test(t, an_alert_link_keeps_its_scheme_and_root);
    tcase_add_test(t, what_is_no_web_link_is_refused);
    suite_add_tcase(s, t);
    t = tcase_create("figure");
    tcase_add_test(t, figures_are_read_as_they_are_printed);
    tcase_add_test(t, no_figure_is_not_zero);
    tcase_add_test(t, a_url_piece_is_percent_encoded);
    suite_add_tcase(s, t);
    return s;
}

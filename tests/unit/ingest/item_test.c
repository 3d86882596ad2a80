#include "ingest/item.h"

#include "base/str.h"

#include <check.h>
#include <stdint.h>

static struct item
made(enum item_kind kind, const struct feed_entry *e)
{
    struct item it;

    ck_assert_int_eq(item_from_entry(e, kind, "https://feed.example/x/rss.xml", &it),
                     0);
    return it;
}

/* Test data is written in place; the parser's own entries are not const. */
#define TEXT(s) ((char *)(uintptr_t)(s))

START_TEST(the_same_link_on_two_feeds_is_the_same_item)
{
    struct feed_entry a = {{[FEED_ID] = TEXT("guid-1"),
                            [FEED_TITLE] = TEXT("T"),
                            [FEED_LINK] = TEXT("http://News.Example/a/?utm_source=x")}};
    struct feed_entry b = {{[FEED_ID] = TEXT("other"),
                            [FEED_TITLE] = TEXT("T again"),
                            [FEED_LINK] = TEXT("https://news.example/a#top")}};
    struct feed_entry c = {
        {[FEED_TITLE] = TEXT("T"), [FEED_LINK] = TEXT("https://news.example/b")}};

    ck_assert_str_eq(made(ITEM_NEWS, &a).id, made(ITEM_NEWS, &b).id);
    ck_assert_str_ne(made(ITEM_NEWS, &a).id, made(ITEM_NEWS, &c).id);
    ck_assert_uint_eq(strlen(made(ITEM_NEWS, &a).id), 2 + 24);
    ck_assert(str_starts(made(ITEM_NEWS, &a).id, "n:"));
}
END_TEST

START_TEST(an_unknown_time_is_zero_and_never_now)
{
    struct feed_entry e = {{[FEED_TITLE] = TEXT("T"),
                            [FEED_PUBLISHED] = TEXT("soon"),
                            [FEED_LINK] = TEXT("https://news.example/a")}};

    ck_assert_int_eq(made(ITEM_NEWS, &e).published_ms, 0);
    e.text[FEED_UPDATED] = TEXT("2026-01-12T08:28:11Z");
    ck_assert_int_eq(made(ITEM_NEWS, &e).published_ms, 1768206491000);
}
END_TEST

START_TEST(a_relative_link_is_completed_from_the_feed)
{
    struct feed_entry e = {{[FEED_TITLE] = TEXT("T"), [FEED_LINK] = TEXT("/a/b")}};

    ck_assert_str_eq(made(ITEM_NEWS, &e).link, "https://feed.example/a/b");
    e.text[FEED_LINK] = TEXT("//cdn.example/c");
    ck_assert_str_eq(made(ITEM_NEWS, &e).link, "https://cdn.example/c");
    e.text[FEED_LINK] = TEXT("javascript:alert(1)");
    ck_assert_str_eq(made(ITEM_NEWS, &e).link, "");
}
END_TEST

START_TEST(html_becomes_plain_text)
{
    struct feed_entry e = {{[FEED_TITLE] = TEXT("A &amp;amp; B"),
                            [FEED_SUMMARY] = TEXT("<p>One</p><p>two&nbsp;three</p>"),
                            [FEED_LINK] = TEXT("https://news.example/a")}};
    struct item it = made(ITEM_NEWS, &e);

    ck_assert_str_eq(it.title, "A & B");
    ck_assert_str_eq(it.summary, "One two three");
}
END_TEST

START_TEST(a_filing_is_its_accession_with_cik_form_and_items)
{
    struct feed_entry e = {
        {[FEED_ID] = TEXT("urn:tag:sec.gov,2008:accession-number=0001234567-26-000123"),
         [FEED_TITLE] = TEXT("8-K - Foo (Bar) - Baz, Inc. (0001833769) (Filer)"),
         [FEED_LINK] = TEXT("https://www.sec.gov/Archives/edgar/data/1833769/x.htm"),
         [FEED_SUMMARY] = TEXT("&lt;b&gt;Size:&lt;/b&gt; 7 MB &lt;br&gt;Item 2.02: "
                               "Results &lt;br&gt;Item 9.01: Exhibits"),
         [FEED_UPDATED] = TEXT("2026-01-12T08:28:11-05:00"),
         [FEED_FORM] = TEXT("8-K")}};
    struct item it = made(ITEM_FILING, &e);
    char filing[ITEM_ID];

    ck_assert_str_eq(it.id, "sec:0001234567-26-000123");
    item_filing(&it, filing);
    ck_assert_str_eq(filing, "1833769/0001234567-26-000123");
    it.cik = 0; /* whose it is was not said */
    item_filing(&it, filing);
    ck_assert_str_eq(filing, "");
    it.cik = 1833769;
    ck_assert_str_eq(it.form, "8-K 2.02,9.01");
    ck_assert_int_eq(it.cik, 1833769);
    ck_assert_int_eq(it.published_ms, 1768224491000);
    ck_assert(item_form_wanted(&it, "8-K, 8-K/A"));
    ck_assert(item_form_wanted(&it, ""));
    ck_assert(!item_form_wanted(&it, "8-K/A 424B5"));
}
END_TEST

START_TEST(the_company_ranks_before_the_person_who_reports)
{
    static const char *const titles[] = {"4 - A (0000000001) (Reporting)",
                                         "4 - B (0000000002) (Issuer)"};
    struct item it[2];

    for (int i = 0; i < 2; i++) {
        struct feed_entry e = {
            {[FEED_ID] = TEXT("0001234567-26-000123"), [FEED_TITLE] = TEXT(titles[i])}};

        it[i] = made(ITEM_FILING, &e);
    }
    ck_assert_str_eq(it[0].id, it[1].id);
    ck_assert_int_gt(it[1].rank, it[0].rank);
}
END_TEST

START_TEST(forms_with_blanks_stand_apart_by_commas)
{
    struct item it = {.form = "SCHEDULE 13D"};

    ck_assert(item_form_wanted(&it, "SC 13D, SCHEDULE 13D"));
    ck_assert(item_form_wanted(&it, "8-K SCHEDULE_13D"));
    ck_assert(!item_form_wanted(&it, "SCHEDULE 13G, SC 13D"));
}
END_TEST

START_TEST(accessions_are_found_in_every_spelling)
{
    char out[21];

    ck_assert(item_accession("/data/1/0001193125-24-249922/d.htm", out));
    ck_assert_str_eq(out, "0001193125-24-249922");
    ck_assert(item_accession("/data/1234/000119312524249922/d12345.htm", out));
    ck_assert_str_eq(out, "0001193125-24-249922");
    ck_assert(!item_accession("https://x.example/news/2024/10/24/results", out));
    ck_assert(!item_accession("", out));
}
END_TEST

START_TEST(a_halt_has_the_time_of_its_fields_in_new_york)
{
    struct feed_entry e = {{[FEED_TITLE] = TEXT("ROCC"),
                            [FEED_SYMBOL] = TEXT("ROCC"),
                            [FEED_ISSUE] = TEXT("Ranger"),
                            [FEED_REASON] = TEXT("T1"),
                            [FEED_HALT_DATE] = TEXT("06/16/2023"),
                            [FEED_HALT_TIME] = TEXT("19:50:01.970")}};
    struct item it = made(ITEM_HALT, &e);

    ck_assert_str_eq(it.id, "h:ROCC-06/16/2023-19:50:01.970-T1");
    ck_assert_int_eq(it.published_ms, 1686959401000);
    ck_assert_str_eq(it.stocks, "Nasdaq:ROCC");
    ck_assert(it.link[0] != '\0');
}
END_TEST

START_TEST(a_halt_is_the_same_however_its_time_is_spaced)
{
    struct feed_entry e = {{[FEED_SYMBOL] = TEXT("ABCD"),
                            [FEED_REASON] = TEXT("LUDP"),
                            [FEED_HALT_DATE] = TEXT("01/12/2026"),
                            [FEED_HALT_TIME] = TEXT("09:30:17 .163")}};
    struct item a = made(ITEM_HALT, &e), b;

    e.text[FEED_HALT_TIME] = TEXT("09:30:17.163");
    e.text[FEED_RESUME_TIME] = TEXT("09:35:17");
    b = made(ITEM_HALT, &e);
    ck_assert_str_eq(a.id, "h:ABCD-01/12/2026-09:30:17.163-LUDP");
    ck_assert_str_eq(a.id, b.id);
    ck_assert_int_eq(a.published_ms, 1768228217000); /* Eastern, in winter */
    ck_assert_int_eq(a.published_ms, b.published_ms);
    e.text[FEED_HALT_DATE] = TEXT("02/30/2026");
    ck_assert_int_eq(made(ITEM_HALT, &e).published_ms, 0);
}
END_TEST

START_TEST(a_guid_that_is_said_to_be_no_address_is_none)
{
    struct feed_entry e = {
        {[FEED_TITLE] = TEXT("Story"), [FEED_ID] = TEXT("https://x.example/guid")}};

    ck_assert_str_eq(made(ITEM_NEWS, &e).link, "https://x.example/guid");
    e.text[FEED_PERMALINK] = TEXT("false");
    ck_assert_str_eq(made(ITEM_NEWS, &e).link, "");
}
END_TEST

START_TEST(an_entry_with_nothing_is_missing)
{
    struct feed_entry e = {{NULL}};
    struct item it;

    for (enum item_kind kind = ITEM_NEWS; kind <= ITEM_HALT; kind++)
        ck_assert_int_eq(item_from_entry(&e, kind, "", &it), ERR_MISSING);
}
END_TEST

Suite *item_suite(void);

Suite *
item_suite(void)
{
    Suite *s = suite_create("item");
    TCase *t = tcase_create("item");

    tcase_add_test(t, the_same_link_on_two_feeds_is_the_same_item);
    tcase_add_test(t, an_unknown_time_is_zero_and_never_now);
    tcase_add_test(t, a_relative_link_is_completed_from_the_feed);
    tcase_add_test(t, html_becomes_plain_text);
    tcase_add_test(t, a_filing_is_its_accession_with_cik_form_and_items);
    tcase_add_test(t, the_company_ranks_before_the_person_who_reports);
    tcase_add_test(t, forms_with_blanks_stand_apart_by_commas);
    tcase_add_test(t, accessions_are_found_in_every_spelling);
    tcase_add_test(t, a_halt_has_the_time_of_its_fields_in_new_york);
    tcase_add_test(t, a_halt_is_the_same_however_its_time_is_spaced);
    tcase_add_test(t, a_guid_that_is_said_to_be_no_address_is_none);
    tcase_add_test(t, an_entry_with_nothing_is_missing);
    suite_add_tcase(s, t);
    return s;
}

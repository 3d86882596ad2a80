/* The same things under other names: prefixes, cases, ways to write a text. */
#include "ingest/feed.h"

#include "base/str.h"

#include <check.h>

struct row {
    const char *body;
    enum feed_field field;
    const char *want;
};

/* The first entry of each document has that field. */
static void
compare(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct why why = {""};
        struct feed f;

        ck_assert_int_eq(feed_parse(rows[i].body, strlen(rows[i].body), &f, &why), 0);
        ck_assert_msg(f.n == 1, "%zu: %zu entries", i, f.n);
        ck_assert_str_eq(feed_text(f.entries, rows[i].field), rows[i].want);
        feed_free(&f);
    }
}

#define DC   "http://purl.org/dc/elements/1.1/"
#define ATOM "http://www.w3.org/2005/Atom"

START_TEST(a_prefix_is_what_the_feed_binds_it_to)
{
    static const struct row rows[] = {
        {"<rss xmlns:x='" DC "'><item><x:creator>Ed</x:creator></item></rss>",
         FEED_AUTHOR, "Ed"},
        {"<rss><channel xmlns:a10='" ATOM "'><item>"
         "<a10:updated>2026-11-18T10:00:00Z</a10:updated></item></channel></rss>",
         FEED_UPDATED, "2026-11-18T10:00:00Z"},
        {"<a:feed xmlns:a='" ATOM "'><a:entry><a:title>T</a:title></a:entry></a:feed>",
         FEED_TITLE, "T"},
        {"<rss xmlns:x='http://other.example/'><item><x:creator>Ed</x:creator></item>"
         "</rss>",
         FEED_AUTHOR, ""},
        /* nobody bound it, or to an address nobody knows: as it is written */
        {"<rss><item><dc:creator>Ed</dc:creator></item></rss>", FEED_AUTHOR, "Ed"},
        {"<rss xmlns:dc='http://odd.example/'><item><dc:creator>Ed</dc:creator></item>"
         "</rss>",
         FEED_AUTHOR, "Ed"},
        {"<rss><item><dc:subject>Mines</dc:subject></item></rss>", FEED_TAGS,
         "Mines\t\t"},
        {"<feed><entry><category term='NYSE:ABC' scheme='https://x.example/rss/stock'/>"
         "<category term='US1' scheme='https://x.example/rss/ISIN'/></entry></feed>",
         FEED_STOCKS, "NYSE:ABC"},
        {"<rss><item><creativeCommons:license>https://cc.example/"
         "</creativeCommons:license></item></rss>",
         FEED_LICENSE, "https://cc.example/"},
    };

    compare(rows, STR_LEN(rows));
}
END_TEST

START_TEST(an_element_of_its_own_goes_before_dublin_core)
{
    static const struct row rows[] = {
        {"<rss><item><dc:title>D</dc:title><title>T</title></item></rss>", FEED_TITLE,
         "T"},
        {"<rss><item><title>T</title><dc:title>D</dc:title></item></rss>", FEED_TITLE,
         "T"},
        {"<rss><item><dc:title>D</dc:title><title/></item></rss>", FEED_TITLE, "D"},
        {"<feed><entry><link href='https://x.example/1'/><dc:title>D</dc:title>"
         "<link href='https://x.example/2'/></entry></feed>",
         FEED_LINK, "https://x.example/1"},
        {"<rss><item><dc:date>1</dc:date><pubDate>2</pubDate></item></rss>",
         FEED_PUBLISHED, "2"},
        {"<rss><item><dc:description>D</dc:description><description>S</description>"
         "</item></rss>",
         FEED_SUMMARY, "S"},
        {"<rss><item><dc:date>1</dc:date><dcterms:issued>2</dcterms:issued></item>"
         "</rss>",
         FEED_PUBLISHED, "1"},
    };

    compare(rows, STR_LEN(rows));
}
END_TEST

START_TEST(names_are_read_in_any_case)
{
    static const struct row rows[] = {
        {"<RSS><CHANNEL><ITEM><TITLE>T</TITLE></ITEM></CHANNEL></RSS>", FEED_TITLE,
         "T"},
        {"<rss><channel><Item><pubdate>now</pubdate></Item></channel></rss>",
         FEED_PUBLISHED, "now"},
        {"<rss><item><guid ispermalink='false'>g</guid></item></rss>", FEED_PERMALINK,
         "false"},
    };

    compare(rows, STR_LEN(rows));
}
END_TEST

START_TEST(a_content_that_is_a_file_is_written_in_base64)
{
    static const struct row rows[] = {
        {"<feed><entry><content type='application/x-note'>QSA8Yj5C\nPC9iPg==</content>"
         "</entry></feed>",
         FEED_CONTENT, "A <b>B</b>"},
        {"<feed><entry><summary type='text/html' mode='base64'>QUI=</summary></entry>"
         "</feed>",
         FEED_SUMMARY, "AB"},
        /* a picture is no text */
        {"<feed><entry><content type='image/png'>iVBORw==</content></entry></feed>",
         FEED_CONTENT, ""},
        {"<feed><entry><content type='application/xml'>QUJD</content></entry></feed>",
         FEED_CONTENT, "QUJD"},
        {"<feed><entry><content type='a/b' mode='escaped'>QUJD</content></entry></feed>",
         FEED_CONTENT, "QUJD"},
        {"<feed><entry><content type='a/b'>No base64.</content></entry></feed>",
         FEED_CONTENT, "No base64."},
        {"<feed><entry><content>Words</content></entry></feed>", FEED_CONTENT_TYPE,
         "text/plain"},
    };

    compare(rows, STR_LEN(rows));
}
END_TEST

START_TEST(a_link_and_an_id_are_known_in_every_spelling)
{
    static const struct row rows[] = {
        {"<feed><entry><link rel='http://www.iana.org/assignments/relation/alternate' "
         "href='https://x.example/1'/></entry></feed>",
         FEED_LINK, "https://x.example/1"},
        {"<feed><entry><link rel='Alternate' href='https://x.example/1' title='T'/>"
         "</entry></feed>",
         FEED_LINKS, "alternate\t\t\t\thttps://x.example/1\tT"},
        {"<rdf:RDF><item rdf:about='https://x.example/1'><title>T</title></item>"
         "</rdf:RDF>",
         FEED_ID, "https://x.example/1"},
        {"<feed><entry><title type='xhtml'><h:div>A <b>B</b></h:div></title></entry>"
         "</feed>",
         FEED_TITLE, "A <b>B</b>"},
    };

    compare(rows, STR_LEN(rows));
}
END_TEST

Suite *feed_space_suite(void);

Suite *
feed_space_suite(void)
{
    Suite *s = suite_create("feed_space");
    TCase *t = tcase_create("feed_space");

    tcase_add_test(t, a_prefix_is_what_the_feed_binds_it_to);
    tcase_add_test(t, an_element_of_its_own_goes_before_dublin_core);
    tcase_add_test(t, names_are_read_in_any_case);
    tcase_add_test(t, a_content_that_is_a_file_is_written_in_base64);
    tcase_add_test(t, a_link_and_an_id_are_known_in_every_spelling);
    suite_add_tcase(s, t);
    return s;
}

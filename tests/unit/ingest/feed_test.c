#include "ingest/feed.h"

#include "base/buf.h"
#include "base/str.h"

#include <check.h>
#include <stdint.h>

static struct feed
parsed(const char *text)
{
    struct feed f;
    struct why why = {""};

    ck_assert_msg(feed_parse(text, strlen(text), &f, &why) == 0, "%s", why.text);
    return f;
}

static int
refused(const char *text, size_t n)
{
    struct feed f;
    struct why why = {""};

    return feed_parse(text, n, &f, &why);
}

#define RSS(items) "<?xml version=\"1.0\"?><rss><channel>" items "</channel></rss>"

static const char atom[] =
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n"
    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Latest</title>"
    "<entry><title>8-K - Soci\xe9t\xe9 Co (0001234567) (Filer)</title>"
    "<link rel=\"self\" href=\"https://sec.example/self\"/>"
    "<link rel=\"alternate\" href=\"https://sec.example/a?b=1&amp;c=2\"/>"
    "<summary type=\"html\">&lt;b&gt;Filed:&lt;/b&gt; today</summary>"
    "<updated>2026-01-12T08:28:11-05:00</updated>"
    "<category scheme=\"https://www.sec.gov/\" label=\"form type\" term=\"8-K\"/>"
    "<id>urn:tag:sec.gov,2008:accession-number=0001234567-26-000001</id>"
    "</entry></feed>";

START_TEST(atom_fields_are_read_and_latin_1_becomes_utf_8)
{
    struct feed f = parsed(atom);
    const struct feed_entry *e = f.entries;

    ck_assert_uint_eq(f.n, 1);
    ck_assert_str_eq(feed_text(e, FEED_TITLE),
                     "8-K - Soci\xc3\xa9t\xc3\xa9 Co (0001234567) (Filer)");
    ck_assert_str_eq(feed_text(e, FEED_LINK), "https://sec.example/a?b=1&c=2");
    ck_assert_str_eq(feed_text(e, FEED_SUMMARY), "<b>Filed:</b> today");
    ck_assert_str_eq(feed_text(e, FEED_FORM), "8-K");
    ck_assert_str_eq(feed_text(e, FEED_UPDATED), "2026-01-12T08:28:11-05:00");
    ck_assert(!f.broken);
    feed_free(&f);
}
END_TEST

START_TEST(rss_stock_tags_are_collected_and_other_domains_are_not)
{
    struct feed f = parsed(RSS(
        "<item><guid>g1</guid><title><![CDATA[A & B]]></title>"
        "<link>https://x.example/1</link>"
        "<category domain=\"https://x.example/rss/stock\">Nasdaq:ABC</category>"
        "<category domain=\"https://x.example/rss/ISIN\">US000</category>"
        "<category domain=\"https://x.example/rss/stock\">TSX:DEF</category></item>"));

    ck_assert_str_eq(feed_text(f.entries, FEED_STOCKS), "Nasdaq:ABC\nTSX:DEF");
    ck_assert_str_eq(feed_text(f.entries, FEED_TITLE), "A & B");
    feed_free(&f);
}
END_TEST

START_TEST(fields_of_foreign_prefixes_do_not_replace_the_items_own)
{
    struct feed f = parsed(RSS(
        "<item><media:title>picture</media:title><prn:industry>FIN</prn:industry>"
        "<media:content><media:text><title>inner</title></media:text></media:content>"
        "<title>Story</title><description>Text</description></item>"));

    ck_assert_uint_eq(f.n, 1);
    ck_assert_str_eq(feed_text(f.entries, FEED_TITLE), "Story");
    ck_assert_str_eq(feed_text(f.entries, FEED_SUMMARY), "Text");
    feed_free(&f);
}
END_TEST

START_TEST(what_feeds_really_send_is_read)
{
    static const char *const bodies[] = {
        "\xef\xbb\xbf" RSS("<item><title>AT&T \xe9t\xe9</title></item>"),
        " \r\n junk " RSS("<item><title>AT&T \xe9t\xe9</title></item>"),
        RSS("<item><title>AT&amp;T &eacute;t&eacute;</title></item>"),
    };

    for (size_t i = 0; i < STR_LEN(bodies); i++) {
        struct feed f = parsed(bodies[i]);

        ck_assert_uint_eq(f.n, 1);
        ck_assert(str_starts(feed_text(f.entries, FEED_TITLE), "AT&T "));
        ck_assert_msg(!f.broken || i == 2, "%zu: %s", i, f.why.text);
        feed_free(&f);
    }
}
END_TEST

START_TEST(an_entity_bomb_expands_nothing)
{
    struct feed f =
        parsed("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">"
               "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
               "<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
               "<rss><channel><item><title>T &b;&b;&x;</title></item></channel></rss>");

    for (size_t i = 0; i < f.n; i++)
        ck_assert_uint_lt(strlen(feed_text(&f.entries[i], FEED_TITLE)), 40);
    feed_free(&f);
}
END_TEST

START_TEST(every_truncation_parses_or_fails_cleanly)
{
    for (size_t n = 0; n < sizeof(atom) - 1; n++) {
        struct feed f;
        struct why why = {""};

        if (feed_parse(atom, n, &f, &why) != 0)
            continue;
        ck_assert(f.broken);
        ck_assert_uint_le(f.n, 1);
        feed_free(&f);
    }
}
END_TEST

START_TEST(a_page_that_is_no_feed_is_changed)
{
    static const char page[] = "<html><head><title>503</title></head><body/></html>";

    ck_assert_int_eq(refused(page, sizeof(page) - 1), ERR_CHANGED);
    ck_assert_int_eq(refused("plain words", 11), ERR_CHANGED);
    ck_assert_int_eq(refused("", 0), ERR_EMPTY);
}
END_TEST

START_TEST(entries_beyond_the_bound_are_counted)
{
    struct buf b;
    struct feed f;
    struct why why;

    buf_init(&b, 1 << 20);
    buf_adds(&b, "<rss><channel>");
    for (int i = 0; i < FEED_ENTRIES_MAX + 7; i++)
        buf_addf(&b, "<item><title>t%d</title></item>", i);
    buf_adds(&b, "</channel></rss>");
    ck_assert_int_eq(feed_parse(b.data, b.len, &f, &why), 0);
    ck_assert_uint_eq(f.n, FEED_ENTRIES_MAX);
    ck_assert_uint_eq(f.dropped, 7);
    feed_free(&f);
    buf_free(&b);
}
END_TEST

START_TEST(a_field_beyond_the_bound_is_cut)
{
    struct buf b;
    struct feed f;
    struct why why;

    buf_init(&b, 1 << 20);
    buf_adds(&b, "<rss><channel><item><title>");
    for (int i = 0; i < FEED_FIELD_MAX; i++)
        buf_adds(&b, "\xc3\xa9");
    buf_adds(&b, "</title></item></channel></rss>");
    ck_assert_int_eq(feed_parse(b.data, b.len, &f, &why), 0);
    ck_assert_uint_ge(f.cut, 1);
    ck_assert_uint_le(strlen(feed_text(f.entries, FEED_TITLE)), FEED_FIELD_MAX);
    feed_free(&f);
    buf_free(&b);
}
END_TEST

/* Runs a captured document, if the captures are here. */
static size_t
entries_of(const char *path)
{
    static char body[1 << 20];
    FILE *file = fopen(path, "rb");
    struct feed f;
    struct why why = {""};
    size_t len, n;

    if (file == NULL)
        return SIZE_MAX;
    len = fread(body, 1, sizeof(body), file);
    (void)fclose(file);
    ck_assert_msg(feed_parse(body, len, &f, &why) == 0, "%s: %s", path, why.text);
    n = f.n;
    feed_free(&f);
    return n;
}

START_TEST(captured_documents_have_all_their_entries)
{
    static const struct {
        const char *path;
        size_t n;
    } rows[] = {
        {"../shared/corpus/rss/globenewswire-public-companies-20261005.xml", 5},
        {"../shared/corpus/rss/nasdaq-tradehalts-20230619.xml", 14},
        {"../shared/corpus/rss/prnewswire-all-20261005.xml", 5},
        {"../shared/corpus/atom-sec/getcurrent-20251212-start0-count100.xml", 100},
        {"../shared/corpus/atom-sec/getcurrent-20260112-start600-8k.xml", 100},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        size_t n = entries_of(rows[i].path);

        ck_assert_msg(n == SIZE_MAX || n == rows[i].n, "%s: %zu", rows[i].path, n);
    }
}
END_TEST

START_TEST(a_feed_has_fields_of_its_own)
{
    struct feed f =
        parsed(RSS("<title>Wire &nbsp; &trade;</title><link>https://x.example/"
                   "</link><image><title>Logo</title></image>"
                   "<item><title>Story</title></item>"));

    ck_assert_str_eq(feed_text(&f.head, FEED_TITLE), "Wire \xc2\xa0 \xe2\x84\xa2");
    ck_assert_str_eq(feed_text(&f.head, FEED_LINK), "https://x.example/");
    ck_assert_str_eq(feed_text(f.entries, FEED_TITLE), "Story");
    feed_free(&f);
}
END_TEST

START_TEST(what_was_encoded_once_too_often_is_undone)
{
    static const struct {
        const char *sent, *read;
    } rows[] = {
        {"don&#146;t", "don\xe2\x80\x99t"},                    /* of Windows */
        {"&#226;&#128;&#166;", "\xe2\x80\xa6"},                /* bytes of UTF-8 */
        {"it&acirc;&euro;&trade;s", "it\xe2\x80\x99s"},        /* as Windows read it */
        {"NESCAF&Eacute;&reg; x", "NESCAF\xc3\x89\xc2\xae x"}, /* a name, no letter */
        {"&acirc;&#128;&brvbar;", "\xe2\x80\xa6"},             /* the same by names */
        {"Caf&#233; na&#239;ve", "Caf\xc3\xa9 na\xc3\xafve"},  /* right as it is */
        {"&#X41; &notone;", "A &notone;"},
    };
    char body[256];

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct feed f;

        ck_assert(str_fmt(body, sizeof body, RSS("<item><title>%s</title></item>"),
                          rows[i].sent));
        f = parsed(body);
        ck_assert_str_eq(feed_text(f.entries, FEED_TITLE), rows[i].read);
        feed_free(&f);
    }
}
END_TEST

START_TEST(markup_that_is_part_of_the_document_stays_markup)
{
    struct feed f = parsed(
        "<feed><entry><title type=\"xhtml\"><div>The &lt;b&gt; <i>tag</i></div></title>"
        "<content><p class=\"x\">Text</p></content></entry></feed>");

    ck_assert_str_eq(feed_text(f.entries, FEED_TITLE), "The &lt;b&gt; <i>tag</i>");
    ck_assert_str_eq(feed_text(f.entries, FEED_CONTENT), "<p class=\"x\">Text</p>");
    feed_free(&f);
}
END_TEST

START_TEST(links_and_categories_are_all_kept)
{
    struct feed f =
        parsed("<feed><entry><link rel=\"enclosure\">https://x.example/e</link>"
               "<link rel=\"alternate\">https://x.example/a</link>"
               "<link rel=\"via\" type=\"text/html\" href=\"https://x.example/v\"/>"
               "<category scheme=\"s\" label=\"l\"/><category term=\"t\"/>"
               "</entry></feed>");

    ck_assert_str_eq(feed_text(f.entries, FEED_LINK), "https://x.example/a");
    ck_assert_str_eq(feed_text(f.entries, FEED_LINKS),
                     "via\ttext/html\t\t\thttps://x.example/v\t");
    ck_assert_str_eq(feed_text(f.entries, FEED_TAGS), "\ts\tl\nt\t\t");
    feed_free(&f);
}
END_TEST

START_TEST(the_second_of_description_and_summary_is_the_content)
{
    struct feed f = parsed(RSS("<item><summary>S</summary><description>D</description>"
                               "<guid isPermaLink=\"false\">g</guid></item>"));

    ck_assert_str_eq(feed_text(f.entries, FEED_SUMMARY), "S");
    ck_assert_str_eq(feed_text(f.entries, FEED_CONTENT), "D");
    ck_assert_str_eq(feed_text(f.entries, FEED_PERMALINK), "false");
    feed_free(&f);
}
END_TEST

START_TEST(other_names_for_the_same_are_known)
{
    static const struct {
        const char *child;
        enum feed_field field;
        const char *want;
    } rows[] = {
        {"<category>Mines</category>", FEED_TAGS, "Mines\t\t"},
        {"<category domain=\"d\">A</category><category>B</category>", FEED_TAGS,
         "A\td\t\nB\t\t"},
        {"<enclosure url=\"https://x.example/1\" length=\"9\" type=\"a/b\"/>",
         FEED_LINKS, "enclosure\ta/b\t\t9\thttps://x.example/1\t"},
        {"<author>me@x.example (Ed)</author>", FEED_AUTHOR, "me@x.example (Ed)"},
        {"<author><name>Ed</name><email>me@x.example</email></author>", FEED_AUTHOR,
         "Ed (me@x.example)"},
        {"<author><name>Ed</name></author>", FEED_AUTHOR, "Ed"},
        {"<author><b/></author>", FEED_AUTHOR, ""},
        {"<dc:publisher>House</dc:publisher>", FEED_AUTHOR, "House"},
        {"<dcterms:issued>2026-11-18</dcterms:issued>", FEED_PUBLISHED, "2026-11-18"},
        {"<dcterms:modified>2026-11-18</dcterms:modified>", FEED_UPDATED, "2026-11-18"},
        {"<dc:title>T</dc:title>", FEED_TITLE, "T"},
        {"<dc:description>D</dc:description>", FEED_SUMMARY, "D"},
    };
    char body[256];

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct feed f;

        ck_assert(str_fmt(body, sizeof body, RSS("<item>%s</item>"), rows[i].child));
        f = parsed(body);
        ck_assert_str_eq(feed_text(f.entries, rows[i].field), rows[i].want);
        feed_free(&f);
    }
}
END_TEST

/* A byte of an end tag, or of an item's, costs one field at most. */
START_TEST(a_damaged_tag_loses_no_other_item)
{
    static const char *const bodies[] = {
        RSS("<item><title>a</tit\xec"
            "e><link>https://x.example/1</link></item>"
            "<item><title>b</title></item>"),
        RSS("<item><title>a</title></ite\xed"
            "><item><title>b</title></item>"),
        RSS("<item><title>a</title></other><item><title>b</title></item>"),
        RSS("<item><title>a</title></item><item><title>b</title></item") "<",
    };

    for (size_t i = 0; i < STR_LEN(bodies); i++) {
        struct feed f = parsed(bodies[i]);

        ck_assert(f.broken);
        ck_assert_uint_eq(f.n, 2);
        ck_assert_str_eq(feed_text(&f.entries[0], FEED_TITLE), "a");
        ck_assert_str_eq(feed_text(&f.entries[1], FEED_TITLE), "b");
        feed_free(&f);
    }
}
END_TEST

/* Reads it; a value or a clean error is all that is asked for. */
static void
read_any(const char *body, size_t n)
{
    struct feed f;
    struct why why = {""};

    if (feed_parse(body, n, &f, &why) == 0)
        feed_free(&f);
    else
        ck_assert(why.text[0] != '\0');
}

/* Cuts the file at every 97th byte, then flips every 101st, one at a time. */
static void
spoil(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *body = file == NULL ? NULL : malloc(128 * 1024);
    size_t n = body == NULL ? 0 : fread(body, 1, 128 * 1024, file);

    for (size_t i = 0; i < n; i += 97)
        read_any(body, i);
    for (size_t i = 0; i < n; i += 101) {
        body[i] = (char)~body[i];
        read_any(body, n);
        body[i] = (char)~body[i];
    }
    free(body);
    if (file != NULL)
        (void)fclose(file); /* best effort: it was only read */
}

START_TEST(a_spoiled_document_gives_a_value_or_a_clean_error)
{
    static const char *const paths[] = {
        "tests/fuzz/corpus/feed/atom.xml",
        "tests/fuzz/corpus/feed/halts.xml",
        "tests/fuzz/corpus/feed/rss.xml",
        "tests/fuzz/corpus/feed/wide.xml",
        "../shared/corpus/rss/globenewswire-public-companies-20261005.xml",
        "../shared/corpus/rss/nasdaq-tradehalts-20230619.xml",
        "../shared/corpus/rss/prnewswire-all-20261005.xml",
        "../shared/corpus/atom-sec/getcurrent-20260112-start600-8k.xml",
    };

    for (size_t i = 0; i < STR_LEN(paths); i++)
        spoil(paths[i]);
}
END_TEST

Suite *feed_suite(void);

Suite *
feed_suite(void)
{
    Suite *s = suite_create("feed");
    TCase *t = tcase_create("feed");

    tcase_add_test(t, atom_fields_are_read_and_latin_1_becomes_utf_8);
    tcase_add_test(t, rss_stock_tags_are_collected_and_other_domains_are_not);
    tcase_add_test(t, fields_of_foreign_prefixes_do_not_replace_the_items_own);
    tcase_add_test(t, what_feeds_really_send_is_read);
    tcase_add_test(t, an_entity_bomb_expands_nothing);
    tcase_add_test(t, every_truncation_parses_or_fails_cleanly);
    tcase_add_test(t, a_page_that_is_no_feed_is_changed);
    tcase_add_test(t, entries_beyond_the_bound_are_counted);
    tcase_add_test(t, a_field_beyond_the_bound_is_cut);
    tcase_add_test(t, captured_documents_have_all_their_entries);
    tcase_add_test(t, a_feed_has_fields_of_its_own);
    tcase_add_test(t, what_was_encoded_once_too_often_is_undone);
    tcase_add_test(t, markup_that_is_part_of_the_document_stays_markup);
    tcase_add_test(t, links_and_categories_are_all_kept);
    tcase_add_test(t, the_second_of_description_and_summary_is_the_content);
    tcase_add_test(t, other_names_for_the_same_are_known);
    tcase_add_test(t, a_damaged_tag_loses_no_other_item);
    tcase_add_test(t, a_spoiled_document_gives_a_value_or_a_clean_error);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return s;
}

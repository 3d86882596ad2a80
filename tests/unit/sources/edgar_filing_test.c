#include "enricher/sources/edgar_filing.h"

#include "base/str.h"
#include "document_fixture.h"
#include "enricher/sources/edgar_filer.h"

#include <check.h>

#define SEEDS    "tests/fuzz/corpus/edgar_filing/"
#define FILERS   "tests/fuzz/corpus/edgar_filer/"
#define CAPTURES "../shared/corpus/sec-docs/"

/* Accepted on 2026-06-02 at 16:31:05 in New York. */
#define ACCEPTED INT64_C(1780432265000)

static int
read_text(const char *body, size_t n, struct edgar_filing *out)
{
    struct why why = {""};
    int rc = edgar_filing_read(body, n, out, &why);

    ck_assert_msg(rc == 0 || why.text[0] != '\0', "%s without a reason", err_str(rc));
    return rc;
}

static int
read_file(const char *path, struct edgar_filing *out)
{
    struct document d = document_read(path, 200, 0);
    int rc;

    ck_assert_msg(d.body != NULL, "%s is not there", path);
    rc = read_text(d.body, d.len, out);
    free((void *)(uintptr_t)d.body);
    return rc;
}

START_TEST(a_submission_says_all_of_a_filing)
{
    struct edgar_filing f;

    ck_assert_int_eq(read_file(SEEDS "submission.txt", &f), 0);
    ck_assert_str_eq(f.layout, "submission");
    ck_assert_str_eq(f.form, "8-K");
    ck_assert_str_eq(f.accession, "0001234567-26-000042");
    ck_assert_str_eq(f.name, "ACME WIDGETS INC"); /* the first filer */
    ck_assert_int_eq(f.cik, 1234567);
    ck_assert_int_eq(f.accepted_ms, ACCEPTED);
    ck_assert_uint_eq(f.n_items, 3);
    ck_assert_str_eq(f.items[0].number, "2.02");
    ck_assert_str_eq(f.items[2].number, "");
    ck_assert_str_eq(f.items[2].name, "Something Nobody Knows");
    ck_assert_uint_eq(f.documents_all, 4);
    ck_assert_str_eq(f.documents[2].file, "ex991.htm");
    ck_assert(!f.cut);
    edgar_filing_free(&f);
}
END_TEST

START_TEST(the_press_release_is_the_text_and_the_cover_names_the_share)
{
    struct edgar_filing f;

    ck_assert_int_eq(read_file(SEEDS "submission.txt", &f), 0);
    ck_assert_str_eq(f.text_type, "EX-99.1");
    ck_assert_str_eq(f.text, "Acme reports record results & raises guidance");
    ck_assert_str_eq(f.ticker, "ACME");
    ck_assert_uint_eq(f.n_symbols, 2);
    ck_assert_str_eq(f.symbols[1], "ACME/26");
    ck_assert_uint_eq(f.n_in_text, 2); /* not what is hidden, not 10.1, not 402 */
    ck_assert_str_eq(f.in_text[0], "2.02");
    ck_assert_str_eq(f.in_text[1], "9.01");
    edgar_filing_free(&f);
}
END_TEST

START_TEST(a_release_is_known_by_its_number_and_has_words)
{
    static const char head[] = "<SEC-HEADER>\n<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nCover\n";
    static const struct {
        const char *rest, *type, *text;
    } releases[] = {
        {"<TYPE>EX-99.1 PRESS RELEASE\n<TEXT>\nNews", "EX-99.1 PRESS RELEASE", "News"},
        {"<TYPE>ex-99\n<TEXT>\nNews", "ex-99", "News"},
        {"<TYPE>EX-99.1\n<TEXT>\n<img src=a.jpg>", "8-K", "Cover"},
        {"<TYPE>EX-99.2\n<TEXT>\nSlides", "8-K", "Cover"},
    };

    for (size_t i = 0; i < STR_LEN(releases); i++) {
        struct edgar_filing f;
        char body[256];

        (void)str_fmt(body, sizeof body, "%s</DOCUMENT>\n<DOCUMENT>\n%s", head,
                      releases[i].rest);
        ck_assert_int_eq(read_text(body, strlen(body), &f), 0);
        ck_assert_str_eq(f.text_type, releases[i].type);
        ck_assert_str_eq(f.text, releases[i].text);
        edgar_filing_free(&f);
    }
}
END_TEST

START_TEST(an_index_page_says_what_the_header_says)
{
    struct edgar_filing f;

    ck_assert_int_eq(read_file(SEEDS "index.htm", &f), 0);
    ck_assert_str_eq(f.layout, "index");
    ck_assert_str_eq(f.form, "8-K");
    ck_assert_str_eq(f.accession, "0001234567-26-000042");
    ck_assert_str_eq(f.name, "ACME WIDGETS INC (DE)");
    ck_assert_int_eq(f.cik, 1234567);
    ck_assert_int_eq(f.accepted_ms, ACCEPTED);
    ck_assert_uint_eq(f.n_items, 2);
    ck_assert_str_eq(f.items[1].number, "9.01");
    ck_assert_str_eq(f.items[1].name, "Financial Statements and Exhibits");
    ck_assert_uint_eq(f.n_documents, 2);
    ck_assert_str_eq(f.documents[0].file, "acme.htm");
    ck_assert_str_eq(f.documents[1].type, "EX-99.1");
    edgar_filing_free(&f);
}
END_TEST

START_TEST(a_header_alone_is_enough)
{
    struct edgar_filing f;

    ck_assert_int_eq(read_file(SEEDS "headers.html", &f), 0);
    ck_assert_str_eq(f.form, "8-K");
    ck_assert_int_eq(f.accepted_ms, ACCEPTED);
    ck_assert_uint_eq(f.n_items, 2); /* number and name of one item meet */
    ck_assert_str_eq(f.items[0].name, "Results of Operations and Financial Condition");
    ck_assert_str_eq(f.items[1].number, "9.01");
    ck_assert_str_eq(f.text, "");
    ck_assert(!f.cut);
    edgar_filing_free(&f);
}
END_TEST

START_TEST(a_document_alone_names_share_and_items)
{
    struct edgar_filing f;

    ck_assert_int_eq(read_file(SEEDS "primary.htm", &f), 0);
    ck_assert_str_eq(f.symbols[0], "N/A");
    ck_assert_str_eq(f.ticker, "BRK.B");
    ck_assert_uint_eq(f.n_in_text, 2);
    ck_assert_str_eq(f.in_text[0], "5.02"); /* in ascending order */
    edgar_filing_free(&f);
    ck_assert_int_eq(read_file(SEEDS "exhibit.htm", &f), 0);
    ck_assert_str_eq(f.text, "Exhibit 99.1 Plain exhibit without a cover.");
    ck_assert_str_eq(f.ticker, "");
    edgar_filing_free(&f);
}
END_TEST

START_TEST(forms_in_xml_are_read_as_text)
{
    static const char *const bodies[] = {
        "<?xml version=\"1.0\"?>\n<ownershipDocument><x>4</x>\n</ownershipDocument>",
        "<?xml version=\"1.0\"?><edgarSubmission xmlns=\"http://x\">4</edgarSubmission>",
    };

    for (size_t i = 0; i < STR_LEN(bodies); i++) {
        struct edgar_filing f;

        ck_assert_int_eq(read_text(bodies[i], strlen(bodies[i]), &f), 0);
        ck_assert_str_eq(f.text, "4");
        edgar_filing_free(&f);
    }
}
END_TEST

START_TEST(a_document_of_any_age_is_known)
{
    static const struct {
        const char *body, *layout, *text, *type;
    } rows[] = {
        {"<IMS-DOCUMENT>0000950131-96-001111.txt : 19960401\n<IMS-HEADER>\n"
         "CONFORMED SUBMISSION TYPE: 8-K\n</IMS-HEADER>\n<DOCUMENT>\n<TYPE>8-K\n"
         "<TEXT>\n<HTML><BODY>Old</BODY></HTML>\n</TEXT>\n</DOCUMENT>\n"
         "</IMS-DOCUMENT>\n",
         "submission", "Old", "8-K"},
        {"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n<HTML><BODY>News</BODY></HTML>\n"
         "</TEXT>\n</DOCUMENT>\n",
         "submission", "News", "EX-99.1"},
        {"<P ALIGN=center>A</P>", "document", "A", ""},
        {"<FONT SIZE=2>A</FONT>", "document", "A", ""},
        {"<TABLE><TR><TD>A</TD></TR></TABLE>", "document", "A", ""},
        {"<PAGE>\n  A  \n", "document", "A", ""},
        {"  SECURITIES AND EXCHANGE COMMISSION\n  A\n", "document",
         "SECURITIES AND EXCHANGE COMMISSION A", ""},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct edgar_filing f;

        ck_assert_int_eq(read_text(rows[i].body, strlen(rows[i].body), &f), 0);
        ck_assert_str_eq(f.layout, rows[i].layout);
        ck_assert_str_eq(f.text, rows[i].text);
        ck_assert_str_eq(f.text_type, rows[i].type);
        ck_assert_msg(!f.cut, "%zu", i);
        edgar_filing_free(&f);
    }
}
END_TEST

START_TEST(a_feed_is_no_filing)
{
    static const char *const bodies[] = {
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item><description>"
        "<![CDATA[<p>A</p>]]></description></item></channel></rss>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"xhtml\">"
        "<div>A</div></content></entry></feed>",
    };
    struct edgar_filing f;

    for (size_t i = 0; i < STR_LEN(bodies); i++)
        ck_assert_int_eq(read_text(bodies[i], strlen(bodies[i]), &f), ERR_CHANGED);
}
END_TEST

START_TEST(a_symbol_is_found_in_the_most_styled_span)
{
    static const char style[] = "font-family:'Times New Roman',serif;font-size:9pt;";
    char body[1024];
    struct edgar_filing f;

    ck_assert(str_fmt(body, sizeof body,
                      "<html><body>A <ix:nonNumeric name=\"dei:TradingSymbol\">"
                      "<span style=\"%s%s%s\"><span style=\"%s%s%s\">ACME</span></span>"
                      "</ix:nonNumeric></body></html>",
                      style, style, style, style, style, style));
    ck_assert_int_eq(read_text(body, strlen(body), &f), 0);
    ck_assert_str_eq(f.ticker, "ACME");
    edgar_filing_free(&f);
}
END_TEST

START_TEST(old_documents_are_written_in_windows_1252)
{
    static const char body[] = "<html><body>Item\xa0"
                               "5.02 \x93"
                               "caf\xe9\x94</body></html>";
    struct edgar_filing f;

    ck_assert_int_eq(read_text(body, sizeof body - 1, &f), 0);
    ck_assert_str_eq(f.text, "Item 5.02 \xe2\x80\x9c"
                             "caf\xc3\xa9\xe2\x80\x9d");
    ck_assert_uint_eq(f.n_in_text, 1);
    edgar_filing_free(&f);
}
END_TEST

START_TEST(what_is_no_filing_is_told_apart)
{
    static const struct {
        const char *body;
        int rc;
    } rows[] = {
        {"", ERR_EMPTY},
        {"<html><body> </body></html>", ERR_EMPTY},
        {"<Error><Code>NoSuchKey</Code></Error>", ERR_NOT_FOUND},
        {"<html>Undeclared Automated Tool</html>", ERR_BLOCKED},
        {"<html>Request Rate Threshold Exceeded</html>", ERR_LIMITED},
        {"<html>Service Unavailable</html>", ERR_NET},
        {"<title>SEC.gov | File Not Found Error Alert (404)</title>", ERR_NOT_FOUND},
        {"<html><title>SEC.gov | Out for lunch</title></html>", ERR_NET},
        {"words and nothing else", ERR_CHANGED},
    };
    struct edgar_filing f;

    for (size_t i = 0; i < STR_LEN(rows); i++)
        ck_assert_int_eq(read_text(rows[i].body, strlen(rows[i].body), &f), rows[i].rc);
}
END_TEST

START_TEST(a_submission_without_its_end_is_cut)
{
    static const char body[] = "<SEC-HEADER>\nACCESSION NUMBER: 0001234567-26-000042\n"
                               "<ACCEPTANCE-DATETIME>20260231000000\n"
                               "<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nHalf a sen";
    struct edgar_filing f;

    ck_assert_int_eq(read_text(body, sizeof body - 1, &f), 0);
    ck_assert(f.cut);
    ck_assert_str_eq(f.text, "Half a sen");
    ck_assert_int_eq(f.accepted_ms, 0); /* no such day */
    edgar_filing_free(&f);
}
END_TEST

START_TEST(a_filer_lists_its_shares_and_filings)
{
    struct document d = document_read(FILERS "filer.json", 200, 0);
    struct edgar_filer f;
    struct why why;

    ck_assert_int_eq(edgar_filer_read(d.body, d.len, &f, &why), 0);
    ck_assert_int_eq(f.cik, 1234567);
    ck_assert_uint_eq(f.n_tickers, 2);
    ck_assert_str_eq(f.tickers[1], "ACMEW");
    ck_assert_str_eq(f.exchanges[1], "");
    ck_assert_uint_eq(f.recent_all, 2);
    ck_assert_str_eq(f.recent[0].items, "2.02,9.01");
    ck_assert_str_eq(f.recent[1].accepted, ""); /* that array is short */
    ck_assert_int_eq(edgar_filer_read("{}", 2, &f, &why), ERR_CHANGED);
    ck_assert_int_eq(edgar_filer_read("{", 1, &f, &why), ERR_SYNTAX);
    free((void *)(uintptr_t)d.body);
}
END_TEST

START_TEST(a_filer_is_not_cut_short)
{
    static const char items[] = "1.01,1.02,2.01,2.02,2.03,2.04,2.05,2.06,3.01,3.02,"
                                "3.03,4.01,4.02,5.01,5.02,5.03,7.01,8.01,9.01";
    char name[151], body[1024];
    struct edgar_filer f;
    struct why why;

    memset(name, 'N', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    ck_assert(str_fmt(body, sizeof body,
                      "{\"cik\":\"5\",\"name\":\"%s\",\"filings\":{\"recent\":{"
                      "\"accessionNumber\":[\"a\"],\"items\":[\"%s\"],"
                      "\"primaryDocument\":[\"%s\"]}}}",
                      name, items, name));
    ck_assert_int_eq(edgar_filer_read(body, strlen(body), &f, &why), 0);
    ck_assert_str_eq(f.name, name);
    ck_assert_str_eq(f.recent[0].items, items);
    ck_assert_str_eq(f.recent[0].document, name);
}
END_TEST

/* Both readers; a value or a clean error is all that is asked for. */
static void
read_any(const char *body, size_t n)
{
    struct edgar_filing filing;
    struct edgar_filer filer;
    struct why why = {""};

    if (read_text(body, n, &filing) == 0)
        edgar_filing_free(&filing);
    if (n > 0 && body[0] == '{' && edgar_filer_read(body, n, &filer, &why) != 0)
        ck_assert(why.text[0] != '\0');
}

/* Cuts the file at every 97th byte, then flips every 101st, one at a time; `apart`
 * times as far from each other where that would take too long. */
static void
spoil(const char *path, size_t apart)
{
    struct document d = document_read(path, 200, 0);
    char *body = (char *)(uintptr_t)d.body;

    for (size_t i = 0; body != NULL && i < d.len; i += 97 * apart)
        read_any(body, i);
    for (size_t i = 0; body != NULL && i < d.len; i += 101 * apart) {
        body[i] = (char)~body[i];
        read_any(body, d.len);
        body[i] = (char)~body[i];
    }
    free(body);
}

START_TEST(a_spoiled_document_gives_a_value_or_a_clean_error)
{
    static const struct {
        const char *path;
        size_t apart;
    } rows[] = {
        {SEEDS "submission.txt", 1},
        {SEEDS "index.htm", 1},
        {SEEDS "headers.html", 1},
        {SEEDS "primary.htm", 1},
        {FILERS "filer.json", 1},
        {CAPTURES "old-8k-2005-full.txt", 1},
        {CAPTURES "jpm-8k-20260624-index.html", 1},
        {CAPTURES "imunon-424b5-2025-index-headers.html", 1},
        {CAPTURES "buckle-8k.html", 1},
        {CAPTURES "submissions-CIK0001718179-noticker.json", 1},
        {CAPTURES "3m-8k-2024-full.txt", 23},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++)
        spoil(rows[i].path, rows[i].apart);
}
END_TEST

Suite *edgar_filing_suite(void);

Suite *
edgar_filing_suite(void)
{
    Suite *s = suite_create("edgar_filing");
    TCase *t = tcase_create("edgar_filing");

    tcase_add_test(t, a_submission_says_all_of_a_filing);
    tcase_add_test(t, the_press_release_is_the_text_and_the_cover_names_the_share);
    tcase_add_test(t, a_release_is_known_by_its_number_and_has_words);
    tcase_add_test(t, an_index_page_says_what_the_header_says);
    tcase_add_test(t, a_header_alone_is_enough);
    tcase_add_test(t, a_document_alone_names_share_and_items);
    tcase_add_test(t, forms_in_xml_are_read_as_text);
    tcase_add_test(t, a_document_of_any_age_is_known);
    tcase_add_test(t, a_feed_is_no_filing);
    tcase_add_test(t, a_symbol_is_found_in_the_most_styled_span);
    tcase_add_test(t, old_documents_are_written_in_windows_1252);
    tcase_add_test(t, what_is_no_filing_is_told_apart);
    tcase_add_test(t, a_submission_without_its_end_is_cut);
    tcase_add_test(t, a_filer_lists_its_shares_and_filings);
    tcase_add_test(t, a_filer_is_not_cut_short);
    tcase_add_test(t, a_spoiled_document_gives_a_value_or_a_clean_error);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return s;
}

/* feed, filing and symbols: the kinds that candidates are made of. */
#include "base/json.h"
#include "base/str.h"
#include "monitor/cli/cli.h"
#include "monitor/cli/parse.h"

#include <check.h>

enum { BODY_MAX = 1 << 20 };

static size_t
load(const char *path, char *body)
{
    FILE *f = fopen(path, "rb");
    size_t n = f == NULL ? 0 : fread(body, 1, BODY_MAX, f);

    if (f != NULL)
        (void)fclose(f); /* best effort: it was only read */
    return n;
}

/* What the kind says, as JSON; *rc is what it returned. */
static struct json *
said(parse_fn *read, const char *body, size_t n, int *rc)
{
    struct document d = {.body = body, .len = n, .status = 200};
    struct why why = {""};
    struct json *root;
    struct jsonw w;
    struct buf out;

    d.content_type = d.url = "";
    buf_init(&out, CLI_OUT_MAX);
    jsonw_init(&w, &out);
    jw_object(&w, NULL);
    *rc = read(&d, &w, &why);
    jw_end(&w);
    ck_assert((*rc == 0) == (why.text[0] == '\0'));
    root = json_parse(buf_str(&out), out.len, &why);
    ck_assert_msg(root != NULL, "%s: %s", why.text, buf_str(&out));
    buf_free(&out);
    return root;
}

#define FUZZ    "tests/fuzz/corpus/"
#define SYMBOLS "tests/fixtures/symbols/"

static const struct {
    parse_fn *read;
    const char *file;
    int rc;
    const char *path, *want; /* of the answer, printed */
} rows[] = {
    {parse_feed, FUZZ "feed/atom.xml", 0, "full.0.item.kind", "filing"},
    {parse_feed, FUZZ "feed/halts.xml", 0, "full.0.item.kind", "halt"},
    {parse_feed, FUZZ "feed/rss.xml", 0, "encoding", "utf-8"},
    {parse_feed, SYMBOLS "page.html", ERR_CHANGED, "lines", "3"},
    {parse_filing, FUZZ "edgar_filing/submission.txt", 0, "cik", "0001234567"},
    {parse_filing, FUZZ "edgar_filing/submission.txt", 0, "item_numbers.0", "2.02"},
    {parse_filing, FUZZ "edgar_filing/submission.txt", 0, "dei_TradingSymbol", "ACME"},
    {parse_filing, FUZZ "edgar_filing/submission.txt", 0, "documents.2", "EX-99.1"},
    {parse_filing, FUZZ "edgar_filing/primary.htm", 0, "items_in_text.1", "8.01"},
    {parse_filing, FUZZ "edgar_filing/missing.xml", ERR_NOT_FOUND, "form", ""},
    {parse_filing, FUZZ "edgar_filer/filer.json", 0, "first.items", "2.02,9.01"},
    {parse_filing, FUZZ "edgar_filer/filer.json", 0, "recent", "2"},
    {parse_filing, FUZZ "edgar_filer/other.json", ERR_CHANGED, "cik", ""},
    {parse_symbols, SYMBOLS "nasdaqlisted.txt", 0, "lines", "6"},
    {parse_symbols, SYMBOLS "nasdaqlisted.txt", 0, "columns", "8"},
    {parse_symbols, SYMBOLS "nasdaqlisted.txt", 0, "securities", "4"},
    {parse_symbols, SYMBOLS "nasdaqlisted.txt", 0, "test_issues", "1"},
    {parse_symbols, SYMBOLS "nasdaqlisted.txt", 0, "etfs", "1"},
    {parse_symbols, SYMBOLS "nasdaqlisted.txt", 0, "listed", "3"},
    {parse_symbols, SYMBOLS "company_tickers.json", 0, "entries", "3"},
    {parse_symbols, SYMBOLS "company_tickers.json", 0, "aapl.0.cik_str", "320193"},
    {parse_symbols, SYMBOLS "company_tickers.ndjson", 0, "entries", "4"},
    {parse_symbols, SYMBOLS "company_tickers.ndjson", 0, "listed", "3"},
    {parse_symbols, SYMBOLS "company_tickers.ndjson", 0, "aapl.0.cik_str", "320193"},
    {parse_symbols, SYMBOLS "page.html", ERR_CHANGED, "lines", "3"},
};

START_TEST(each_kind_says_what_the_document_says)
{
    char *body = malloc(BODY_MAX), text[64];

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        size_t n = load(rows[i].file, body);
        int rc;
        struct json *root = said(rows[i].read, body, n, &rc);
        const struct json *value = json_get(root, rows[i].path);

        ck_assert_msg(n > 0, "%s", rows[i].file);
        ck_assert_msg(rc == rows[i].rc, "%s: %s", rows[i].file, err_str(rc));
        (void)str_fmt(text, sizeof text, "%lld", (long long)json_i64(value, 0));
        ck_assert_str_eq(json_is_number(value) ? text : json_text(value, ""),
                         rows[i].want);
        json_free(&root);
    }
    free(body);
}
END_TEST

START_TEST(a_feed_without_entries_lists_none_of_any_kind)
{
    static const char body[] = "<feed><title>Latest Filings</title></feed>";
    int rc;
    struct json *root = said(parse_feed, body, sizeof body - 1, &rc);

    ck_assert_int_eq(rc, 0);
    ck_assert_int_eq(json_i64(json_get(root, "unique_accessions"), -1), 0);
    ck_assert(json_is_object(json_get(root, "forms")));
    ck_assert(json_is_array(json_get(root, "halts")));
    json_free(&root);
}
END_TEST

START_TEST(a_list_without_its_last_line_is_refused)
{
    char *body = malloc(BODY_MAX);
    size_t n = load(SYMBOLS "nasdaqlisted.txt", body);
    struct json *root;
    int rc;

    root = said(parse_symbols, body, n - 60, &rc);
    ck_assert_int_eq(rc, ERR_MISSING);
    json_free(&root);
    root = said(parse_symbols, "", 0, &rc);
    ck_assert_int_eq(rc, ERR_EMPTY);
    json_free(&root);
    free(body);
}
END_TEST

START_TEST(marks_and_blank_lines_around_a_list_do_not_count)
{
    static const char marks[] = "\xEF\xBB\xBF", blank[] = "\r\n \r\n";
    char *body = malloc(BODY_MAX + 16);
    size_t n = load(SYMBOLS "nasdaqlisted.txt", body + 3);
    struct json *root;
    int rc;

    memcpy(body, marks, 3);
    memcpy(body + 3 + n, blank, sizeof blank - 1);
    root = said(parse_symbols, body, n + 3 + sizeof blank - 1, &rc);
    ck_assert_int_eq(rc, 0);
    ck_assert_int_eq(json_i64(json_get(root, "securities"), 0), 4);
    ck_assert(str_starts(json_text(json_get(root, "footer"), ""), "File Creation"));
    json_free(&root);
    free(body);
}
END_TEST

START_TEST(a_page_is_no_list_whatever_stands_before_it)
{
    static const char body[] = "\r\n  <!DOCTYPE HTML PUBLIC>\r\n<p>Sorry\r\n";
    int rc;
    struct json *root = said(parse_symbols, body, sizeof body - 1, &rc);

    ck_assert_int_eq(rc, ERR_CHANGED);
    ck_assert(json_bool(json_get(root, "is_html"), false));
    json_free(&root);
}
END_TEST

/* A page of the site instead of a filing, by its status alone. */
START_TEST(a_page_with_another_status_is_no_filing)
{
    static const char page[] = "<html><body>Bad gateway</body></html>";
    static const int statuses[] = {403, 404, 429, 502};

    for (size_t i = 0; i < STR_LEN(statuses); i++) {
        struct document d = {.body = page, .len = sizeof page - 1};
        struct why why = {""};
        struct jsonw w;
        struct buf out;

        d.status = statuses[i];
        buf_init(&out, CLI_OUT_MAX);
        jsonw_init(&w, &out);
        ck_assert_int_ne(parse_filing(&d, &w, &why), 0);
        ck_assert_str_ne(why.text, "");
        buf_free(&out);
    }
}
END_TEST

/* Cuts at every 97th byte and flips every 101st, one at a time; `apart` times as far
 * from each other where that would take too long. */
static void
spoil(parse_fn *read, char *body, size_t n, size_t apart)
{
    struct json *root;
    int rc;

    for (size_t i = 0; i < n; i += 97 * apart) {
        root = said(read, body, i, &rc);
        json_free(&root);
    }
    for (size_t i = 0; i < n; i += 101 * apart) {
        body[i] = (char)~body[i];
        root = said(read, body, n, &rc);
        json_free(&root);
        body[i] = (char)~body[i];
    }
}

START_TEST(a_spoiled_document_gives_a_value_or_a_clean_error)
{
    static const struct {
        parse_fn *read;
        const char *file;
        size_t apart;
    } files[] = {
        {parse_symbols, SYMBOLS "nasdaqlisted.txt", 1},
        {parse_symbols, SYMBOLS "company_tickers.json", 1},
        {parse_filing, FUZZ "edgar_filing/submission.txt", 1},
        {parse_filing, FUZZ "edgar_filer/filer.json", 1},
        {parse_feed, FUZZ "feed/halts.xml", 1},
        {parse_feed, "../shared/corpus/rss/nasdaq-tradehalts-20230619.xml", 1},
        {parse_symbols, "../shared/corpus/symbols/nasdaqlisted-20241010.txt", 101},
        {parse_symbols, "../shared/corpus/symbols/otherlisted-20210917.txt", 199},
        {parse_symbols, "../shared/corpus/symbols/company_tickers.json", 397},
    };
    char *body = malloc(BODY_MAX);

    for (size_t i = 0; i < STR_LEN(files); i++)
        spoil(files[i].read, body, load(files[i].file, body), files[i].apart);
    free(body);
}
END_TEST

Suite *parse_feed_suite(void);

Suite *
parse_feed_suite(void)
{
    Suite *s = suite_create("parse_feed");
    TCase *t = tcase_create("parse_feed");

    tcase_add_test(t, each_kind_says_what_the_document_says);
    tcase_add_test(t, a_feed_without_entries_lists_none_of_any_kind);
    tcase_add_test(t, a_list_without_its_last_line_is_refused);
    tcase_add_test(t, marks_and_blank_lines_around_a_list_do_not_count);
    tcase_add_test(t, a_page_is_no_list_whatever_stands_before_it);
    tcase_add_test(t, a_page_with_another_status_is_no_filing);
    tcase_add_test(t, a_spoiled_document_gives_a_value_or_a_clean_error);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return s;
}

#include "monitor/cli/parse.h"

#include "base/json.h"
#include "base/str.h"
#include "monitor/cli/cli.h"

#include <check.h>

enum { BODY_MAX = 1 << 20 };

/* What the kind says of a fixture, as JSON; rc is what it returned. */
static struct json *
parse_file(parse_fn *read, const char *file, int status, int *rc)
{
    char path[128], *body = malloc(BODY_MAX);
    struct document d = {.body = body, .status = status, .content_type = "", .url = ""};
    struct why why = {""};
    struct json *root;
    struct jsonw w;
    struct buf out;
    FILE *f;

    str_fmt(path, sizeof path, "tests/fixtures/%s", file);
    f = fopen(path, "rb");
    ck_assert_msg(f != NULL && body != NULL, "%s", path);
    d.len = fread(body, 1, BODY_MAX, f);
    fclose(f);
    buf_init(&out, BODY_MAX);
    jsonw_init(&w, &out);
    jw_object(&w, NULL);
    *rc = read(&d, &w, &why);
    jw_end(&w);
    ck_assert((*rc == 0) == (why.text[0] == '\0'));
    root = json_parse(buf_str(&out), out.len, &why);
    ck_assert_msg(root != NULL, "%s: %s", why.text, buf_str(&out));
    buf_free(&out);
    free(body);
    return root;
}

static const struct {
    parse_fn *read;
    const char *file, *path; /* of a figure */
    double want;
} figures[] = {
    {parse_finviz_quote, "finviz-quote/2026.html", "float_shares", 6180000},
    {parse_finviz_quote, "finviz-quote/2026.html", "volume", 1268417},
    {parse_finviz_quote, "finviz-quote/2026.html", "snapshot_tables", 6},
    {parse_finviz_quote, "finviz-quote/2023.html", "avg_volume", 938860},
    {parse_finviz_screener, "finviz-screener/2026.html", "tickers", 3},
    {parse_finviz_screener, "finviz-screener/2020.html", "rows.0.float_shares",
     6180000},
    {parse_finviz_screener, "finviz-screener/none.html", "tickers", 0},
    {parse_finviz_screener, "finviz-screener/overview.html", "tickers", 2},
    {parse_finviz_screener, "finviz-screener/names.html", "tickers", 2},
    {parse_finviz_screener, "finviz-screener/header-only.html", "tickers", 0},
    {parse_yahoo_chart, "yahoo-chart/open.json", "vwap", 10.3},
    {parse_yahoo_chart, "yahoo-chart/open.json", "session_start", 1795444200},
    {parse_yahoo_chart, "yahoo-chart/open.json", "session_bars_used", 2},
    {parse_yahoo_chart, "yahoo-chart/empty.json", "bars", 0},
    {parse_yahoo_quote, "yahoo-quote/regular.json", "count", 3},
    {parse_yahoo_quote, "yahoo-quote/pre.json", "quotes.0.preMarketPrice", 1.3},
    {parse_yahoo_quote, "yahoo-quote/none.json", "count", 0},
    {parse_yahoo_summary, "yahoo-summary/formatted.json", "floatShares", 6180000},
    {parse_yahoo_summary, "yahoo-summary/modules.json", "averageVolume", 938860},
};

START_TEST(a_good_document_says_its_figures)
{
    int rc;
    struct json *root = parse_file(figures[_i].read, figures[_i].file, 200, &rc);

    ck_assert_int_eq(rc, 0);
    ck_assert_double_eq_tol(json_f64(json_get(root, figures[_i].path), -1),
                            figures[_i].want, 1e-9);
    json_free(&root);
}
END_TEST

static const struct {
    parse_fn *read;
    const char *file;
    int status, rc;
    const char *path, *want; /* a text it says all the same */
} errors[] = {
    {parse_finviz_quote, "finviz-quote/unknown.html", 404, ERR_NOT_FOUND, "title",
     "ACME Stock Quote"},
    {parse_finviz_quote, "finviz-quote/challenge.html", 200, ERR_BLOCKED, "title",
     "Just a moment..."},
    {parse_yahoo_chart, "yahoo-chart/unknown.json", 404, ERR_EMPTY, "error_code",
     "Not Found"},
    {parse_yahoo_chart, "yahoo-chart/bad-range.json", 400, ERR_EMPTY,
     "error_description", "Data doesn't exist for startDate = 1, endDate = 2"},
    {parse_yahoo_quote, "yahoo-quote/bad-crumb.json", 401, ERR_DENIED, "error_code",
     "Unauthorized"},
    {parse_yahoo_summary, "yahoo-summary/unknown.json", 404, ERR_EMPTY, "error.code",
     "Not Found"},
};

START_TEST(an_error_says_its_words_too)
{
    int rc;
    struct json *root =
        parse_file(errors[_i].read, errors[_i].file, errors[_i].status, &rc);

    ck_assert_int_eq(rc, errors[_i].rc);
    ck_assert_str_eq(json_text(json_get(root, errors[_i].path), ""), errors[_i].want);
    json_free(&root);
}
END_TEST

/* The manual is skipped where the tree is not. */
START_TEST(help_and_manual_name_every_kind)
{
    const struct cli_command *parse = cli_commands();
    char text[32 * 1024] = "", cell[64];
    FILE *f = fopen("docs/json.md", "rb");

    if (f != NULL) {
        text[fread(text, 1, sizeof text - 1, f)] = '\0';
        fclose(f);
    }
    while (!str_eq(parse->name, "parse"))
        parse++;
    for (const struct parse_kind *k = parse_kinds; k->name != NULL; k++) {
        str_fmt(cell, sizeof cell, "\n| `%s` |", k->name);
        ck_assert_msg(strstr(parse->more, k->name) != NULL, "%s", k->name);
        ck_assert_msg(f == NULL || strstr(text, cell) != NULL, "%s", k->name);
    }
}
END_TEST

START_TEST(absent_prices_are_not_said)
{
    int rc;
    struct json *root =
        parse_file(parse_yahoo_quote, "yahoo-quote/regular.json", 200, &rc);

    ck_assert_ptr_nonnull(json_get(root, "quotes.0.regularMarketPrice"));
    ck_assert_ptr_null(json_get(root, "quotes.0.preMarketPrice"));
    json_free(&root);
}
END_TEST

static const struct {
    const char *words[3];
    int exit;
} runs[] = {
    {{"yahoo-chart", "tests/fixtures/yahoo-chart/open.json"}, CLI_OK},
    {{"yahoo-chart", "tests/fixtures/yahoo-chart/unknown.json"}, CLI_NO},
    {{"yahoo-chart", "tests/fixtures/yahoo-chart/unknown.json", "404"}, CLI_NO},
    {{"yahoo-chart", "tests/fixtures/yahoo-chart/open.json", "nine"}, CLI_USAGE},
    {{"yahoo-chart", "tests/fixtures/yahoo-chart/open.json", "99"}, CLI_USAGE},
    {{"yahoo-chart", "tests/fixtures"}, CLI_NO},
    {{"yahoo-chart", "tests/fixtures/there-is-no-such-file"}, CLI_NO},
    {{"yahoo-charts", "tests/fixtures/yahoo-chart/open.json"}, CLI_USAGE},
};

START_TEST(the_exit_code_says_whether_it_is_good)
{
    char program[] = "catalyst", command[] = "parse";
    char *argv[6] = {program, command};
    int argc = 2;

    for (size_t i = 0; i < 3 && runs[_i].words[i] != NULL; i++)
        argv[argc++] = (char *)(uintptr_t)runs[_i].words[i];
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stdout));
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
    ck_assert_int_eq(cli_run(argc, argv), runs[_i].exit);
}
END_TEST

Suite *parse_suite(void);

Suite *
parse_suite(void)
{
    Suite *s = suite_create("parse");
    TCase *t = tcase_create("kinds");

    tcase_add_loop_test(t, a_good_document_says_its_figures, 0, (int)STR_LEN(figures));
    tcase_add_loop_test(t, an_error_says_its_words_too, 0, (int)STR_LEN(errors));
    tcase_add_test(t, help_and_manual_name_every_kind);
    tcase_add_test(t, absent_prices_are_not_said);
    tcase_add_loop_test(t, the_exit_code_says_whether_it_is_good, 0,
                        (int)STR_LEN(runs));
    suite_add_tcase(s, t);
    return s;
}

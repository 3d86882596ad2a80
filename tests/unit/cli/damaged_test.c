/* Documents of every kind of `catalyst parse`, cut off and with bytes changed: what can
 * be read, or a reason, and JSON in either case.  Run it under ASan to see reads beyond
 * the end: each document is exactly as long as its allocation. */
#include "base/json.h"
#include "base/str.h"
#include "monitor/cli/parse.h"

#include <check.h>
#include <glob.h>

enum {
    CUT_EVERY = 97,   /* bytes */
    FLIP_EVERY = 101, /* bytes */
    CUTS = 24,        /* of one document, spread over it; DAMAGE=all takes every one */
    BODY_MAX = 1 << 20,
    OUT_MAX = 1 << 24,
    TIMEOUT_S = 240,   /* of all documents of a kind, sanitizers included */
    FLIP = 0x20 | 0x01 /* changes letters, digits, quotes and brackets alike */
};

static const struct {
    parse_fn *read;
    const char *ours, *captures; /* patterns */
} kinds[] = {
    {parse_finviz_quote, "tests/fixtures/finviz-quote/*",
     "../shared/corpus/finviz-quote/*.html"},
    {parse_finviz_screener, "tests/fixtures/finviz-screener/*",
     "../shared/corpus/finviz-quote/screener*.html"},
    {parse_yahoo_chart, "tests/fixtures/yahoo-chart/*",
     "../shared/corpus/yahoo-chart/*.json"},
    {parse_yahoo_quote, "tests/fixtures/yahoo-quote/*",
     "../shared/corpus/yahoo-quote/*.json"},
    {parse_yahoo_summary, "tests/fixtures/yahoo-summary/*",
     "../shared/corpus/yahoo-quotesummary/*.json"},
    {parse_feed, "tests/fuzz/corpus/feed/*", "../shared/corpus/[ar][ts][os]*/*.xml"},
    {parse_feed, "tests/fuzz/corpus/feed/*", "../shared/corpus/rss/conformance/*.xml"},
    {parse_filing, "tests/fuzz/corpus/edgar_filing/*", "../shared/corpus/sec-docs/*"},
    {parse_symbols, "tests/fixtures/symbols/*", "../shared/corpus/symbols/*"},
};

static void
check(parse_fn *read, const char *body, size_t n)
{
    struct document d = {
        .body = body, .len = n, .status = 200, .content_type = "", .url = ""};
    struct why why = {""};
    struct json *root;
    struct jsonw w;
    struct buf out;

    buf_init(&out, OUT_MAX);
    jsonw_init(&w, &out);
    jw_object(&w, NULL);
    ck_assert((read(&d, &w, &why) == 0) == (why.text[0] == '\0'));
    jw_end(&w);
    root = json_parse(buf_str(&out), out.len, &why);
    ck_assert_msg(root != NULL, "%s", why.text);
    json_free(&root);
    buf_free(&out);
}

/* Its first n bytes, with the one at `flip` changed where there is one. */
static void
check_copy(parse_fn *read, const char *body, size_t n, size_t flip)
{
    char *copy = malloc(n > 0 ? n : 1);

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, body, n);
    if (flip < n)
        copy[flip] = (char)(copy[flip] ^ FLIP);
    check(read, copy, n);
    free(copy);
}

static void
damage(parse_fn *read, const char *path)
{
    char *body = malloc(BODY_MAX);
    FILE *f = fopen(path, "rbe");
    size_t n, cuts, stride = 1;

    ck_assert_msg(f != NULL && body != NULL, "%s", path);
    n = fread(body, 1, BODY_MAX, f);
    (void)fclose(f); /* was only read */
    cuts = n / CUT_EVERY + 1;
    if (cuts > CUTS && !str_eq(getenv("DAMAGE"), "all"))
        stride = cuts / CUTS;
    for (size_t i = 0; i < cuts; i += stride)
        check_copy(read, body, i * CUT_EVERY, SIZE_MAX);
    for (size_t i = FLIP_EVERY; i < n; i += FLIP_EVERY * stride)
        check_copy(read, body, n, i);
    free(body);
}

static size_t
damage_all(parse_fn *read, const char *pattern)
{
    glob_t found;
    size_t n = 0;

    if (glob(pattern, 0, NULL, &found) == 0)
        for (n = 0; n < found.gl_pathc; n++)
            if (!str_ends(found.gl_pathv[n], ".headers.json"))
                damage(read, found.gl_pathv[n]);
    globfree(&found);
    return n;
}

START_TEST(a_damaged_document_is_read_or_refused_with_a_reason)
{
    ck_assert_uint_gt(damage_all(kinds[_i].read, kinds[_i].ours), 0);
    (void)damage_all(kinds[_i].read, kinds[_i].captures); /* where they are */
}
END_TEST

Suite *damaged_suite(void);

Suite *
damaged_suite(void)
{
    Suite *s = suite_create("damaged");
    TCase *t = tcase_create("damaged");

    tcase_set_timeout(t, str_eq(getenv("DAMAGE"), "all") ? 0 : TIMEOUT_S);
    tcase_add_loop_test(t, a_damaged_document_is_read_or_refused_with_a_reason, 0,
                        (int)STR_LEN(kinds));
    suite_add_tcase(s, t);
    return s;
}

/* Documents cut off and with bytes changed: a value or a clean error, never a crash.
 * Run it under ASan to see reads beyond the end: each document is exactly as long as
 * its allocation. */
#include "base/str.h"
#include "document_fixture.h"
#include "enricher/sources/chart_series.h"
#include "enricher/sources/sources.h"

#include <check.h>
#include <glob.h>
#include <math.h>

enum {
    CUT_EVERY = 97,    /* bytes */
    FLIP_EVERY = 101,  /* bytes */
    CAPTURE_CUTS = 24, /* of a captured document, spread over it */
    TIMEOUT_S = 240,   /* of all documents of a kind, sanitizers included */
    FLIP = 0x20 | 0x01 /* changes letters, digits, quotes and brackets alike */
};

static const struct {
    const struct source *source;
    const char *ours, *captures; /* patterns */
} kinds[] = {
    {&source_finviz_quote, "tests/fixtures/finviz-quote/*",
     "../shared/corpus/finviz-quote/*.html"},
    {&source_finviz_screener, "tests/fixtures/finviz-screener/*",
     "../shared/corpus/finviz-quote/screener*.html"},
    {&source_yahoo_chart, "tests/fixtures/yahoo-chart/*",
     "../shared/corpus/yahoo-chart/*.json"},
    {&source_yahoo_quote, "tests/fixtures/yahoo-quote/*",
     "../shared/corpus/yahoo-quote/*.json"},
    {&source_yahoo_summary, "tests/fixtures/yahoo-summary/*",
     "../shared/corpus/yahoo-quotesummary/*.json"},
};

/* A value or a clean error. */
static void
check(const struct source *s, const char *body, size_t n)
{
    static const char *const tickers[] = {"ACME"};
    struct document d = {.body = body,
                         .len = n,
                         .status = 200,
                         .content_type = "",
                         .url = "",
                         .now_ms = AT_0935};
    struct chart_series series;
    struct facts f;
    struct why why = {""};

    if (s->parse(&d, tickers, 1, &f, &why) != 0)
        ck_assert_str_ne(why.text, "");
    else
        for (size_t i = 0; i < f.n; i++)
            ck_assert(isfinite(f.list[i].value) &&
                      (f.list[i].status == FACT_OK || f.list[i].why[0] != '\0'));
    if (s == &source_yahoo_chart)
        (void)chart_series_read(body, n, &series, &why); /* any answer will do */
}

static void
check_cut(const struct source *s, const struct document *d, size_t n)
{
    char *copy = malloc(n > 0 ? n : 1);

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, d->body, n);
    check(s, copy, n);
    free(copy);
}

/* One byte changed, or, with step > 0, each of that distance. */
static void
check_flip(const struct source *s, const struct document *d, size_t at, size_t step)
{
    char *copy = malloc(d->len);

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, d->body, d->len);
    for (size_t i = at; i<d->len; i += step> 0 ? step : d->len)
        copy[i] = (char)(copy[i] ^ FLIP);
    check(s, copy, d->len);
    free(copy);
}

/* `most` cuts and as many flips, all of them when it is 0. */
static void
damage(const struct source *s, const char *path, size_t most)
{
    struct document d = document_read(path, 200, 0);
    size_t cuts, stride;

    ck_assert_msg(d.body != NULL, "%s", path);
    cuts = d.len / CUT_EVERY + 1;
    stride = most > 0 && cuts > most ? cuts / most : 1;
    for (size_t i = 0; i < cuts; i += stride)
        check_cut(s, &d, i * CUT_EVERY);
    for (size_t i = FLIP_EVERY; i < d.len; i += FLIP_EVERY * stride)
        check_flip(s, &d, i, 0);
    if (d.len > 0)
        check_flip(s, &d, 0, FLIP_EVERY);
    free((void *)(uintptr_t)d.body);
}

static size_t
damage_all(const struct source *s, const char *pattern, size_t most)
{
    glob_t found;
    size_t n = 0;

    if (glob(pattern, 0, NULL, &found) == 0)
        for (n = 0; n < found.gl_pathc; n++)
            if (!str_ends(found.gl_pathv[n], ".headers.json"))
                damage(s, found.gl_pathv[n], most);
    globfree(&found);
    return n;
}

START_TEST(our_documents_damaged_give_a_value_or_an_error)
{
    ck_assert_uint_gt(damage_all(kinds[_i].source, kinds[_i].ours, 0), 0);
}
END_TEST

/* Where the captures are; DAMAGE=all takes every cut, which takes minutes. */
START_TEST(captures_damaged_give_a_value_or_an_error)
{
    bool all = str_eq(getenv("DAMAGE"), "all");

    damage_all(kinds[_i].source, kinds[_i].captures, all ? 0 : CAPTURE_CUTS);
}
END_TEST

Suite *damaged_suite(void);

Suite *
damaged_suite(void)
{
    Suite *s = suite_create("damaged");
    TCase *t = tcase_create("documents");

    tcase_set_timeout(t, str_eq(getenv("DAMAGE"), "all") ? 0 : TIMEOUT_S);
    tcase_add_loop_test(t, our_documents_damaged_give_a_value_or_an_error, 0,
                        (int)STR_LEN(kinds));
    tcase_add_loop_test(t, captures_damaged_give_a_value_or_an_error, 0,
                        (int)STR_LEN(kinds));
    suite_add_tcase(s, t);
    return s;
}

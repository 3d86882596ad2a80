#include "ingest/tickers.h"

#include "base/json.h"
#include "base/str.h"
#include "ingest/exchange.h"

#include <check.h>

/* The United States listings found, "AAPL BA", as without a symbol list. */
static const char *
found(const struct tickers *t, enum listing most, char *out, size_t size)
{
    *out = '\0';
    for (size_t i = 0; i < t->n; i++) {
        size_t used = strlen(out);

        if (t->list[i].listing <= most)
            (void)str_fmt(out + used, size - used, "%s%s", used > 0 ? " " : "",
                          t->list[i].symbol);
    }
    return out;
}

struct row {
    const char *text;
    const char *want;
};

static void
check_rows(const struct row *rows, size_t n,
           void (*find)(struct tickers *, const struct symbols *, const char *))
{
    char got[256];

    for (size_t i = 0; i < n; i++) {
        struct tickers t = {0};

        find(&t, NULL, rows[i].text);
        ck_assert_msg(str_eq(found(&t, LISTING_US, got, sizeof(got)), rows[i].want),
                      "\"%s\": \"%s\", want \"%s\"", rows[i].text, got, rows[i].want);
    }
}

START_TEST(exchanges_name_their_symbols)
{
    static const struct row rows[] = {
        {"Acme (NASDAQ: ACME) wins", "ACME"},
        {"Acme (Nasdaq:ACME) wins", "ACME"},
        {"Acme (NASDAQ Global Select Market: PGC)", "PGC"},
        {"Acme (NasdaqGS: X) wins", "X"},
        {"Acme (NYSE American: ABC)", "ABC"},
        {"Acme (NYSE MKT: ABC)", "ABC"},
        {"NYSE Arca: SPYX rises", "SPYX"},
        {"Acme (Cboe: ABC)", "ABC"},
        {"Berk (NYSE: BRK.B) buys", "BRK.B"},
        {"Alpha (NASDAQ:ABCD, NYSE:WXYZ) merge", "ABCD WXYZ"},
        {"Two (NASDAQ: ABC, ABCW) classes", "ABC ABCW"},
        {"Two (NASDAQ: ABC and DEF) classes", "ABC DEF"},
        {"Both (NYSE/TSX: XYZ) boards", "XYZ"},
        {"Both (NYSE and TSX: XYZ) boards", "XYZ"},
        {"Wide (NYSE\xef\xbc\x9a\xc2\xa0"
         "XYZ)",
         "XYZ"},
        {"Quoted (NYSE: MX, \xe2\x80\x9cMagnachip\xe2\x80\x9d)", "MX"},
        {"Dash (NASDAQ-ACME) x", "ACME"},
        {"Long dash (NASDAQ \xe2\x80\x93 ACME) x", "ACME"},
        {"Mark (NASDAQ\xc2\xae: ACME) x", "ACME"},
        {"Marks (Nasdaq: \xe2\x80\x9c"
         "ACME\xe2\x80\x9d) x",
         "ACME"},
        {"Marks (Nasdaq: \"ACME\") x", "ACME"},
        {"Small (NYSE National: ABC; NASDAQ Capital Markets: DEF)", "ABC DEF"},
        {"Unknown board (NASDAQ: ABC, STO: DEF) x", "ABC"},
        {"Old spelling (NYSE-A: ABC) and (Nasdaq ticker: DEF)", "ABC DEF"},
        {"Lower (Nasdaq: wIdg) x", "WIDG"},
        {"Warrant (NYSE: ABCD.WS) x", "ABCD.WS"},
        {"Warrants (NYSE: ABCD, ABCD.WS.A, EFGH) x", "ABCD ABCD.WSA EFGH"},
        {"Blank (NYSE American: ABCD WS) x", "ABCD.WS"},
        {"Stroke (NYSE: ABCD/WS) x", "ABCD.WS"},
        {"Two (NYSE: WOR/U) x", "WOR U"},
        {"Unit (Nasdaq: ABCDE.U) x", "ABCDE.U"},
        {"Preferred (NYSE: ABC PR A) x", "ABC.PRA"},
        {"Preferred (NYSE: ABC-PRA, ABC.PR.B) x", "ABC.PRA ABC.PRB"},
        {"No class (NYSE: ABCD.WSJA) x", ""},
    };

    check_rows(rows, STR_LEN(rows), tickers_title);
}
END_TEST

START_TEST(what_is_no_listing_here_is_not_taken)
{
    static const struct row rows[] = {
        {"The Nasdaq Composite hits highs", ""},
        {"Nasdaq: the market rose", ""},
        {"A Nasdaq-listed company", ""},
        {"Gold (TSX: FGX) drills", ""},
        {"Fund (TSX: BGI.UN) pays", ""},
        {"Mowi ASA (OSE:MOWI): update", ""},
        {"Shop (TSX: SHOP) (NYSE: SHOP)", "SHOP"},
        {"Pink (OTCQB: GAMA) wins", ""},
        {"Nordic (Nasdaq Stockholm: ERIC)", ""},
        {"UPDATE: Company announces", ""},
        {"CEO: a talk", ""},
        {"Firm (ab) reports", ""},
        {"Company (ABC123) announces", ""},
        {"News (A) today", ""},
        {"AAPL hits new high", ""},
        {"Raises $150 and AU$77 million", ""},
        {"Jane Doe Is Named Chief Operating Officer (COO)", ""},
        {"Acme Drug for Age-Related Macular Degeneration (AMD)", ""},
        {"Acme Has a Complete Response Letter (CRL)", ""},
        {"Results of Its Annual General Meetings (AGM)", ""},
        {"A Symposium (ASCO) of Doctors", ""},
        {"Uplisted to NASDAQ \xe2\x80\x93 CEO comments", ""},
        {"A symbol of Hope", ""},
    };

    check_rows(rows, STR_LEN(rows), tickers_title);
}
END_TEST

START_TEST(bare_signs_of_a_title_are_taken)
{
    static const struct row rows[] = {
        {"$AAPL hits new high", "AAPL"},
        {"Apple (AAPL) Reports", "AAPL"},
        {"Brown-Forman (BF.B) dividend", "BF.B"},
        {"BA: Manufacturing continues", "BA"},
        {"Ticker symbol: NVDA announces", "NVDA"},
        {"Renamed, under the symbol \"ABCD\" now", "ABCD"},
        {"Acme Changes Its Ticker Symbol to \xe2\x80\x98"
         "WXYZ\xe2\x80\x99",
         "WXYZ"},
        {"Symbols: ABC trades", "ABC"},
        {"Losses on Their Investment - REPL", "REPL"},
        {"Cooper Companies (COO) beats", "COO"},
        {"TSLA: Tesla Inc. (TSLA) jumps", "TSLA"},
    };

    check_rows(rows, STR_LEN(rows), tickers_title);
}
END_TEST

START_TEST(a_summary_counts_exchanges_in_its_lead_only)
{
    struct tickers t = {0};
    char long_text[700], got[64];

    tickers_summary(&t, NULL,
                    "TORONTO -- Acme (TSX: ACM) (NASDAQ: ACMX), Apple (AAPL)");
    ck_assert_str_eq(found(&t, LISTING_US, got, sizeof(got)), "ACMX");
    memset(long_text, 'x', 600);
    (void)str_copy(long_text + 600, 100, " (NASDAQ: LATE)");
    t.n = 0;
    tickers_summary(&t, NULL, long_text);
    ck_assert_uint_eq(t.n, 0);
    tickers_anywhere(&t, NULL, long_text);
    ck_assert_str_eq(found(&t, LISTING_US, got, sizeof(got)), "LATE");
}
END_TEST

START_TEST(tags_of_feeds_tell_their_exchange)
{
    struct tickers t = {0};
    const struct ticker *primary[TICKERS_PRIMARY];
    char got[64];

    tickers_tags(&t, NULL, "Nasdaq:WORX\nOTC Markets:WORXD\nParis:MBWS\nTSX:DSV");
    ck_assert_str_eq(found(&t, LISTING_US, got, sizeof(got)), "WORX");
    ck_assert_str_eq(found(&t, LISTING_OTC, got, sizeof(got)), "WORX WORXD");
    ck_assert_uint_eq(t.n, 4);
    ck_assert_uint_eq(tickers_primary(&t, "", "", primary), 1);
    ck_assert_str_eq(primary[0]->symbol, "WORX");
}
END_TEST

START_TEST(without_its_exchange_a_symbol_must_be_listed)
{
    struct symbols *symbols;
    struct tickers t = {0};
    struct why why;
    char got[64];

    ck_assert_int_eq(symbols_new(&symbols, NULL, &why), 0);
    tickers_title(&t, symbols, "Apple (AAPL) and Nobody (QQZZX) (NASDAQ: QZXQ)");
    ck_assert_str_eq(found(&t, LISTING_US, got, sizeof(got)), "QZXQ AAPL");
    symbols_free(&symbols);
}
END_TEST

START_TEST(relevance_follows_the_formula)
{
    static const char title[] = "AAPL and GOOGL Announce Strategic Partnership";
    static const char text[] =
        "Apple (AAPL) and Google (GOOGL) announced today that they will work on a new "
        "thing. Both AAPL and GOOGL will invest.";

    ck_assert_double_eq(tickers_relevance("AAPL", title, text), 95);
    ck_assert_double_eq(tickers_relevance("GOOGL", title, text), 96);
    ck_assert_double_eq(tickers_relevance("MSFT", title, text), 0);
    ck_assert_double_eq(tickers_relevance("X", "", ""), 0);
}
END_TEST

START_TEST(at_most_two_are_primary_and_the_clear_leader_alone)
{
    const struct ticker *p[TICKERS_PRIMARY];
    struct tickers t = {0};
    static const char title[] =
        "Alpha (NYSE: AAA), Beta (NYSE: BBB), Gamma (NYSE: CCC)";

    tickers_title(&t, NULL, title);
    ck_assert_uint_eq(t.n, 3);
    ck_assert_uint_eq(tickers_primary(&t, title, "", p), 2);
    ck_assert_str_eq(p[0]->symbol, "AAA");
    ck_assert_str_eq(p[1]->symbol, "BBB");
    ck_assert_uint_eq(tickers_primary(&t, title, "AAA did it. AAA says so.", p), 1);
    ck_assert_str_eq(p[0]->symbol, "AAA");
}
END_TEST

START_TEST(the_best_two_rank_unless_one_leads_by_far)
{
    static const struct {
        double scores[4];
        size_t n, want_n, want[TICKERS_PRIMARY];
    } rows[] = {
        {{0}, 0, 0, {0}},
        {{35, 39.9}, 2, 0, {0}},
        {{25, 85, 15}, 3, 1, {1}},
        {{71, 41}, 2, 2, {0, 1}},
        {{71.1, 41}, 2, 1, {0}},
        {{76, 80, 10, 78}, 4, 2, {1, 3}},
        {{50, 50, 50}, 3, 2, {0, 1}},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        size_t got[TICKERS_PRIMARY];
        size_t n = tickers_rank(rows[i].scores, rows[i].n, got);

        ck_assert_uint_eq(n, rows[i].want_n);
        for (size_t k = 0; k < n; k++)
            ck_assert_uint_eq(got[k], rows[i].want[k]);
    }
}
END_TEST

START_TEST(every_exchange_of_the_table_is_found)
{
    const char *name;

    for (size_t i = 0; (name = exchange_name(i)) != NULL; i++) {
        enum listing kind;

        ck_assert_msg(exchange_match(name, &kind) == strlen(name), "%s", name);
    }
}
END_TEST

START_TEST(an_exchange_at_the_head_is_no_symbol)
{
    static const struct row rows[] = {
        {"NEO: ABCD reports", ""},
        {"CBOE: ABCD reports", "ABCD"},
        {"NEO: results of the year", "NEO"},
    };

    check_rows(rows, STR_LEN(rows), tickers_title);
}
END_TEST

/* ---- the recorded cases, where they are ----------------------------------------- */

/* What the predecessor's tests want; otherwise we would not agree with the row. */
static bool
is_our_case(const struct json *input)
{
    return json_is_null(json_get(input, "allow_otc")) &&
           json_is_null(json_get(input, "require_exch_for_dollar"));
}

static void
check_case(const struct json *c)
{
    const struct json *want = json_get(c, "expected");
    const char *title = json_text(json_get(c, "input.title"), "");
    struct tickers t = {0};
    char got[256], wanted[256] = "";

    tickers_title(&t, NULL, title);
    for (size_t i = 0; i < json_len(want); i++) {
        size_t used = strlen(wanted);

        (void)str_fmt(wanted + used, sizeof(wanted) - used, "%s%s", used > 0 ? " " : "",
                      json_text(json_at(want, i), ""));
    }
    (void)found(&t, LISTING_US, got, sizeof(got));
    if (json_is_array(
            want)) /* the order differs: ours is by the strength of the sign */
        ck_assert_msg(strlen(got) == strlen(wanted), "\"%s\": %s, want %s", title, got,
                      wanted);
    else
        ck_assert_msg(strstr(got, json_text(want, "")) != NULL &&
                          (got[0] == '\0') == json_is_null(want),
                      "\"%s\": %s, want %s", title, got, json_text(want, "none"));
}

START_TEST(recorded_titles_give_their_tickers)
{
    static char text[1 << 20];
    FILE *file = fopen("../shared/conformance/ingest-alert.json", "rb");
    struct json *root;
    struct why why = {""};
    size_t n, ran = 0;

    if (file == NULL)
        return;
    n = fread(text, 1, sizeof(text), file);
    (void)fclose(file);
    root = json_parse(text, n, &why);
    ck_assert_msg(root != NULL, "%s", why.text);
    for (size_t i = 0; i < json_len(root); i++) {
        const struct json *c = json_at(root, i);

        if (!str_eq(json_text(json_get(c, "area"), ""), "ticker_title") ||
            !is_our_case(json_get(c, "input")))
            continue;
        check_case(c);
        ran++;
    }
    ck_assert_uint_gt(ran, 50);
    json_free(&root);
}
END_TEST

Suite *tickers_suite(void);

Suite *
tickers_suite(void)
{
    Suite *s = suite_create("tickers");
    TCase *t = tcase_create("tickers");

    tcase_add_test(t, exchanges_name_their_symbols);
    tcase_add_test(t, every_exchange_of_the_table_is_found);
    tcase_add_test(t, what_is_no_listing_here_is_not_taken);
    tcase_add_test(t, bare_signs_of_a_title_are_taken);
    tcase_add_test(t, a_summary_counts_exchanges_in_its_lead_only);
    tcase_add_test(t, tags_of_feeds_tell_their_exchange);
    tcase_add_test(t, without_its_exchange_a_symbol_must_be_listed);
    tcase_add_test(t, relevance_follows_the_formula);
    tcase_add_test(t, at_most_two_are_primary_and_the_clear_leader_alone);
    tcase_add_test(t, the_best_two_rank_unless_one_leads_by_far);
    tcase_add_test(t, an_exchange_at_the_head_is_no_symbol);
    tcase_add_test(t, recorded_titles_give_their_tickers);
    suite_add_tcase(s, t);
    return s;
}

#include "domain/symbols.h"

#include "base/str.h"
#include "domain/symbols_file.h"

#include <check.h>
#include <unistd.h>

Suite *symbols_suite(void);

static const char nasdaq_text[] =
    "Symbol|Security Name|Market Category|Test Issue|Financial Status|Round Lot Size|ETF|"
    "NextShares\r\n"
    "AAPL|Apple Inc. - Common Stock|Q|N|N|100|N|N\r\n"
    "QTEST|A Test - Common Stock|Q|Y|N|100|N|N\r\n"
    "QFUN|Quick Fund of Indices ETF|G|N|N|100|Y|N\r\n"
    "QADR|Quaint plc - American Depositary Shares, each one ordinary share|Q|N|N|100|N|N\n"
    "QWARW|Quiet Warriors Inc. - Warrant|S|N|N|100|N|N\n"
    "QWARR|Quiet Warriors Inc. - Rights|S|N|N|100|N|N\n"
    "QWARU|Quiet Warriors Inc. - Units, one share and one warrant each|S|N|N|100|N|N\n"
    "QPREP|Quartz - Bank - 7% Series A Preferred Stock|S|N|N|100|N|N\n"
    "QNOTL|Quartz - 9% Senior Notes due 2031|S|N|N|100|N|N\n"
    "QBAD|too few columns|S\n"
    "Q BAD NAME 2|x|S|N|N|100|N|N\n"
    "File Creation Time: 1123202614:31|||||||\n";

static const char other_text[] =
    "ACT Symbol|Security Name|Exchange|CQS Symbol|ETF|Round Lot Size|Test Issue|"
    "NASDAQ Symbol\n"
    "BRK.B|Berkshire Hathaway Inc. Class B Common Stock|N|BRK.B|N|100|N|BRK.B\n"
    "ZED$A|Zed Realty 6% Series A|N|ZEDpA|N|100|N|ZED-A\n"
    "ZED.W|Zed Realty, each whole one exercisable for a share|A|ZED.WS|N|100|N|ZED+\n"
    "ZED.U|Zed Realty|Z|ZED.U||100|N|ZED=\n"
    "ZPF|Zed Preferred and Income Fund Common Stock|P|ZPF|N|100|N|ZPF\n"
    "ZBNK|Bank Zed Pfd 3 Ordinary Shares|N|ZBNK|N|100|N|ZBNK\n"
    "ZOO|Zoo Holdings Inc. |V|ZOO|N|100|N|ZOO\n"
    "ZLP|Zed Holding L.P.  Units|N|ZLP|N|100|N|ZLP\n"
    "ZRT|Zed Oil Trust Units of Beneficial Interests|N|ZRT|N|100|N|ZRT\n"
    "ZCU|Zed Power Inc. 6% Corporate Units|N|ZCU|N|100|N|ZCU\n"
    "File Creation Time: 1123202614:31||||||\n";

static const char edgar_text[] =
    "{\"0\":{\"cik_str\":900001,\"ticker\":\"ZEDWW\",\"title\":\"ZED REALTY\"},"
    "\"1\":{\"cik_str\":900001,\"ticker\":\"ZED-PA\",\"title\":\"ZED REALTY\"},"
    "\"2\":{\"cik_str\":900001,\"ticker\":\"ZED\",\"title\":\"ZED REALTY\"},"
    "\"3\":{\"cik_str\":900001,\"ticker\":\"ZEE\",\"title\":\"ZED REALTY\"},"
    "\"4\":{\"cik_str\":900002,\"ticker\":\"LONGF\",\"title\":\"LONG FOREIGN\"},"
    "\"5\":{\"cik_str\":900002,\"ticker\":\"LONGY\",\"title\":\"LONG FOREIGN\"},"
    "\"6\":{\"cik_str\":320193,\"ticker\":\"AAPL\",\"title\":\"APPLE\"},"
    "\"7\":{\"cik_str\":-5,\"ticker\":\"NOPE\",\"title\":\"x\"},"
    "\"8\":{\"cik_str\":7,\"ticker\":\"\",\"title\":\"x\"},\"9\":7}";

/* ---- the built-in set ---- */

START_TEST(the_builtin_set_is_sound)
{
    struct symbols *s = NULL;
    struct why why = {""};
    char canonical[SYMBOL_SIZE];

    ck_assert_int_eq(symbols_new(&s, NULL, &why), 0);
    ck_assert_str_eq(why.text, "");
    ck_assert_uint_ge(symbols_len(s), 250);
    ck_assert_uint_eq(symbols_len(s), n_symbols_builtin); /* no symbol twice */
    for (size_t i = 0; i < n_symbols_builtin; i++) {
        const struct symbol *b = &symbols_builtin[i];

        ck_assert(symbol_canonical(b->symbol, canonical));
        ck_assert_str_eq(canonical, b->symbol);
        ck_assert(b->name[0] != '\0' && b->exchange[0] != '\0');
        ck_assert_ptr_nonnull(symbols_find(s, b->symbol));
        ck_assert(b->cik == 0 || symbols_of_cik(s, b->cik) != NULL);
    }
    ck_assert_int_eq(symbols_find(s, "aapl")->cik, 320193);
    ck_assert_str_eq(symbols_of_cik(s, 320193)->symbol, "AAPL");
    ck_assert_str_eq(symbols_find(s, "BRK-B")->symbol, "BRK.B");
    ck_assert_int_eq(symbols_find(s, "SPY")->type, SECURITY_ETF);
    ck_assert_ptr_null(symbols_find(s, "ZZZZZ"));
    ck_assert_ptr_null(symbols_find(s, "no symbol at all"));
    ck_assert_ptr_null(symbols_of_cik(s, 0));
    ck_assert_ptr_null(symbols_of_cik(s, 1));
    symbols_free(&s);
    ck_assert_ptr_null(s);
    symbols_free(&s);
}
END_TEST

/* ---- the files ---- */

static void
write_file(const char *dir, const char *name, const char *text)
{
    char path[256];
    FILE *f;

    ck_assert(str_fmt(path, sizeof path, "%s/%s", dir, name));
    f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_ge(fputs(text, f), 0);
    ck_assert_int_eq(fclose(f), 0);
}

static void
remove_dir(const char *dir)
{
    static const char *const names[] = {"nasdaqlisted.txt", "otherlisted.txt",
                                        "company_tickers.json"};
    char path[256];

    for (size_t i = 0; i < STR_LEN(names); i++) {
        ck_assert(str_fmt(path, sizeof path, "%s/%s", dir, names[i]));
        (void)unlink(path); /* best effort: it may not be there */
    }
    ck_assert_int_eq(rmdir(dir), 0);
}

/* A set from the three texts; NULL leaves a file out. */
static struct symbols *
load(const char *nasdaq, const char *other, const char *edgar, struct why *why)
{
    char dir[] = "/tmp/catalyst-symbols-XXXXXX";
    struct symbols *s = NULL;

    ck_assert_ptr_nonnull(mkdtemp(dir));
    if (nasdaq != NULL)
        write_file(dir, "nasdaqlisted.txt", nasdaq);
    if (other != NULL)
        write_file(dir, "otherlisted.txt", other);
    if (edgar != NULL)
        write_file(dir, "company_tickers.json", edgar);
    ck_assert_int_eq(symbols_new(&s, dir, why), 0);
    remove_dir(dir);
    return s;
}

START_TEST(the_directory_says_exchange_and_type)
{
    static const struct {
        const char *symbol, *exchange;
        enum security type;
    } rows[] = {
        {"AAPL", "NASDAQ", SECURITY_COMMON},     {"QFUN", "NASDAQ", SECURITY_ETF},
        {"QADR", "NASDAQ", SECURITY_ADR},        {"QWARW", "NASDAQ", SECURITY_WARRANT},
        {"QWARR", "NASDAQ", SECURITY_RIGHT},     {"QWARU", "NASDAQ", SECURITY_UNIT},
        {"QPREP", "NASDAQ", SECURITY_PREFERRED}, {"QNOTL", "NASDAQ", SECURITY_NOTE},
        {"BRK.B", "NYSE", SECURITY_COMMON},      {"ZED-PA", "NYSE", SECURITY_PREFERRED},
        {"ZED+", "AMEX", SECURITY_WARRANT},      {"ZED=", "CBOE", SECURITY_UNIT},
        {"ZPF", "ARCA", SECURITY_FUND},          {"ZOO", "IEX", SECURITY_UNKNOWN},
        {"ZBNK", "NYSE", SECURITY_COMMON},       {"ZLP", "NYSE", SECURITY_COMMON},
        {"ZRT", "NYSE", SECURITY_COMMON},        {"ZCU", "NYSE", SECURITY_UNIT},
    };
    struct why why = {""};
    struct symbols *s = load(nasdaq_text, other_text, NULL, &why);

    ck_assert_str_eq(why.text, "");
    for (size_t i = 0; i < STR_LEN(rows); i++) {
        const struct symbol *x = symbols_find(s, rows[i].symbol);

        ck_assert_msg(x != NULL, "%s", rows[i].symbol);
        ck_assert_str_eq(x->exchange, rows[i].exchange);
        ck_assert_msg(x->type == rows[i].type, "%s: %s", x->symbol,
                      security_name(x->type));
    }
    ck_assert_ptr_null(symbols_find(s, "QTEST"));
    ck_assert_ptr_null(symbols_find(s, "QBAD"));
    ck_assert_str_eq(symbols_find(s, "ZOO")->name, "Zoo Holdings Inc.");
    ck_assert_int_eq(symbols_find(s, "AAPL")->cik, 320193); /* of the built-in set */
    symbols_free(&s);
}
END_TEST

START_TEST(the_primary_symbol_of_a_filer_is_short_and_plain)
{
    struct why why = {""};
    struct symbols *s = load(nasdaq_text, other_text, edgar_text, &why);

    ck_assert_str_eq(why.text, "");
    ck_assert_str_eq(symbols_of_cik(s, 900001)->symbol, "ZED");
    ck_assert_str_eq(symbols_of_cik(s, 900002)->symbol, "LONGF");
    ck_assert_str_eq(symbols_of_cik(s, 320193)->exchange, "NASDAQ");
    ck_assert_ptr_null(symbols_of_cik(s, 900003));
    /* Known to EDGAR alone: no word on where it is listed. */
    ck_assert_str_eq(symbols_find(s, "LONGF")->exchange, "");
    ck_assert_int_eq(symbols_find(s, "ZED.PA")->cik, 900001);
    ck_assert_str_eq(symbols_find(s, "ZED.PA")->exchange, "NYSE");
    ck_assert_ptr_eq(symbols_find(s, "ZED PR A"), symbols_find(s, "ZED.PA"));
    ck_assert_ptr_null(symbols_find(s, "ZED.PRB"));
    ck_assert_ptr_null(symbols_find(s, "NOPE"));
    symbols_free(&s);
}
END_TEST

START_TEST(filers_come_one_a_line_too)
{
    static const char lines[] =
        "\xEF\xBB\xBF{\"cik\":\"0000900004\",\"ticker\":\"ZEDWW\",\"title\":\"Z\"}\r\n"
        "\r\n{\"cik\":\"0000900004\",\"ticker\":\"ZED\",\"title\":\"Z\"}";
    struct why why = {""};
    struct symbols *s = load(NULL, NULL, lines, &why);

    ck_assert_str_eq(why.text, "");
    ck_assert_str_eq(symbols_of_cik(s, 900004)->symbol, "ZED");
    ck_assert_uint_eq(symbols_parts(s)[2].rows, 2);
    symbols_free(&s);
}
END_TEST

START_TEST(columns_are_found_by_their_names)
{
    static const char *const texts[] = {
        "Symbol|Security Name|Market Category|Test Issue\nQADR|Q Co - ADR|Q|N\n"
        "QTST|T|Q|Y\nFile Creation Time: 1120202621:30|||",
        "Symbol|ETF|Test Issue|New|Security Name \r\nQADR|N|N||Q Co - ADR\r\n"
        "QTST|N|Y||T\r\nQBAD|N|N\r\nFile Creation Time: 1120202621:30||||\r\n",
    };
    struct why why = {""};

    for (size_t i = 0; i < STR_LEN(texts); i++) {
        struct symbols *s = load(texts[i], NULL, NULL, &why);

        ck_assert_str_eq(why.text, "");
        ck_assert_uint_eq(symbols_parts(s)[0].rows, 1);
        ck_assert_str_eq(symbols_find(s, "QADR")->exchange, "NASDAQ");
        symbols_free(&s);
    }
}
END_TEST

START_TEST(a_bad_file_is_named_and_leaves_the_rest)
{
    static const struct {
        const char *text, *why;
    } bad[] = {
        {"<!DOCTYPE html><html><title>Page Not Available</title></html>",
         "nasdaqlisted.txt: line 1 is not the header of the directory"},
        {"", "nasdaqlisted.txt: line 1 is not the header of the directory"},
        {"Symbol|Security Name\nA|B\nFile Creation Time: 1|\n",
         "nasdaqlisted.txt: line 1 is not the header of the directory"},
        {"Symbol|||||||||||||||||||Security Name|Test Issue\n",
         "nasdaqlisted.txt: line 1 is not the header of the directory"},
    };
    struct why why = {""};
    struct symbols *s;
    char cut[sizeof nasdaq_text];

    for (size_t i = 0; i < STR_LEN(bad); i++) {
        s = load(bad[i].text, other_text, NULL, &why);
        ck_assert_str_eq(why.text, bad[i].why);
        ck_assert_ptr_nonnull(symbols_find(s, "ZOO"));
        ck_assert_ptr_nonnull(symbols_find(s, "AAPL"));
        ck_assert_ptr_null(symbols_find(s, "QADR"));
        symbols_free(&s);
    }
    (void)str_copyn(cut, sizeof cut, nasdaq_text, sizeof nasdaq_text - 60);
    s = load(cut, NULL, NULL, &why);
    ck_assert_ptr_nonnull(strstr(why.text, "cut off"));
    ck_assert_ptr_null(symbols_find(s, "QADR"));
    symbols_free(&s);
    s = load(NULL, NULL, "[1,2]", &why);
    ck_assert_str_eq(why.text, "company_tickers.json: not an object of filers");
    symbols_free(&s);
    s = load(NULL, NULL, "{\"0\":", &why);
    ck_assert(str_starts(why.text, "company_tickers.json: line "));
    symbols_free(&s);
}
END_TEST

START_TEST(what_left_the_exchanges_is_kept_while_it_files)
{
    static const char filer[] = "{\"0\":{\"cik_str\":1156039,\"ticker\":\"ELV\","
                                "\"title\":\"ELEVANCE\"}}";
    struct why why = {""};
    struct symbols *s = load(nasdaq_text, other_text, filer, &why);
    const struct symbol *x = symbols_of_cik(s, 1156039);

    ck_assert_ptr_nonnull(x);
    ck_assert_str_eq(x->symbol, "ELV");
    ck_assert_str_eq(x->exchange, "");
    ck_assert_ptr_null(symbols_find(s, "MSFT"));
    symbols_free(&s);
}
END_TEST

START_TEST(a_missing_folder_is_no_error)
{
    struct symbols *s = NULL;
    struct why why = {""};

    ck_assert_int_eq(symbols_new(&s, "/nonexistent/catalyst", &why), 0);
    ck_assert_str_eq(why.text, "");
    ck_assert_uint_eq(symbols_len(s), n_symbols_builtin);
    symbols_free(&s);
}
END_TEST

static int
count_row(void *self, const struct symbol *x)
{
    char canonical[SYMBOL_SIZE];

    ck_assert(symbol_canonical(x->symbol, canonical));
    ck_assert_str_eq(canonical, x->symbol);
    ++*(int *)self;
    return 0;
}

START_TEST(every_prefix_of_a_directory_fails)
{
    struct why why;
    int rows = 0;

    for (size_t n = 0; n + 50 < sizeof nasdaq_text; n++)
        ck_assert_int_lt(symbols_parse_nasdaq(nasdaq_text, n, count_row, &rows, &why),
                         0);
}
END_TEST

static int
full(void *self, const struct symbol *x)
{
    (void)self;
    (void)x;
    return ERR_NOMEM;
}

START_TEST(a_full_receiver_stops_the_parser)
{
    struct why why = {""};

    ck_assert_int_eq(
        symbols_parse_nasdaq(nasdaq_text, strlen(nasdaq_text), full, NULL, &why),
        ERR_NOMEM);
    ck_assert_str_eq(why.text, "row 1: out of memory");
    ck_assert_int_eq(
        symbols_parse_edgar(edgar_text, strlen(edgar_text), full, NULL, &why),
        ERR_NOMEM);
    ck_assert_str_eq(why.text, "row 0: out of memory");
}
END_TEST

/* ---- the lists as they were captured, where they are ---- */

static const char captured[] = "../shared/corpus/symbols";

struct filer {
    int64_t cik;
    char first[SYMBOL_SIZE], plain[SYMBOL_SIZE]; /* in file order; "" none */
};

struct filers {
    size_t n, rows;
    struct filer list[10000];
};

/* The rule in the plainest words: first of all, first short one without a class. */
static int
note_filer(void *self, const struct symbol *x)
{
    struct filers *all = self;
    struct filer *f = NULL;

    all->rows++;
    for (size_t i = 0; i < all->n && f == NULL; i++)
        f = all->list[i].cik == x->cik ? &all->list[i] : NULL;
    if (f == NULL) {
        ck_assert_uint_lt(all->n, STR_LEN(all->list));
        f = &all->list[all->n++];
        f->cik = x->cik;
        (void)str_copy(f->first, SYMBOL_SIZE, x->symbol);
    }
    if (f->plain[0] == '\0' && strlen(x->symbol) <= 4 && strchr(x->symbol, '.') == NULL)
        (void)str_copy(f->plain, SYMBOL_SIZE, x->symbol);
    return 0;
}

static char *
slurp(const char *name, size_t *n)
{
    char path[128], *text;
    FILE *f;

    ck_assert(str_fmt(path, sizeof path, "%s/%s", captured, name));
    f = fopen(path, "rbe");
    ck_assert_ptr_nonnull(f);
    ck_assert_ptr_nonnull(text = malloc(SYMBOLS_FILE_MAX));
    *n = fread(text, 1, SYMBOLS_FILE_MAX, f);
    (void)fclose(f); /* was only read */
    return text;
}

START_TEST(every_filer_resolves_to_its_primary_symbol)
{
    struct filers *all = calloc(1, sizeof *all);
    struct symbols *s;
    struct why why;
    char *text;
    size_t n;

    if (access(captured, R_OK) != 0) {
        free(all);
        return;
    }
    text = slurp("company_tickers.json", &n);
    ck_assert_int_eq(symbols_parse_edgar(text, n, note_filer, all, &why), 0);
    ck_assert_uint_eq(all->rows, 9610);
    ck_assert_int_eq(symbols_new(&s, captured, &why), 0);
    for (size_t i = 0; i < all->n; i++) {
        const struct filer *f = &all->list[i];
        const struct symbol *got = symbols_of_cik(s, f->cik);

        ck_assert_msg(got != NULL, "CIK %lld has no symbol", (long long)f->cik);
        ck_assert_str_eq(got->symbol, f->plain[0] != '\0' ? f->plain : f->first);
    }
    symbols_free(&s);
    free(text);
    free(all);
}
END_TEST

static int
check_short(void *self, const struct symbol *x)
{
    (void)self;
    ck_assert_msg(strlen(x->symbol) > 4 ||
                      (x->type != SECURITY_WARRANT && x->type != SECURITY_RIGHT),
                  "%s is a %s", x->symbol, security_name(x->type));
    return 0;
}

START_TEST(no_short_symbol_is_a_warrant)
{
    static const struct {
        const char *file;
        symbols_parse_fn *parse;
    } lists[] = {{"nasdaqlisted-20241010.txt", symbols_parse_nasdaq},
                 {"otherlisted-20210917.txt", symbols_parse_other},
                 {"company_tickers.json", symbols_parse_edgar}};
    struct why why;

    for (size_t i = 0; i < STR_LEN(lists) && access(captured, R_OK) == 0; i++) {
        size_t n;
        char *text = slurp(lists[i].file, &n);

        ck_assert_int_eq(lists[i].parse(text, n, check_short, NULL, &why), 0);
        free(text);
    }
}
END_TEST

Suite *
symbols_suite(void)
{
    Suite *s = suite_create("symbols");
    TCase *t = tcase_create("symbols");

    tcase_add_test(t, the_builtin_set_is_sound);
    tcase_add_test(t, the_directory_says_exchange_and_type);
    tcase_add_test(t, the_primary_symbol_of_a_filer_is_short_and_plain);
    tcase_add_test(t, filers_come_one_a_line_too);
    tcase_add_test(t, columns_are_found_by_their_names);
    tcase_add_test(t, a_bad_file_is_named_and_leaves_the_rest);
    tcase_add_test(t, what_left_the_exchanges_is_kept_while_it_files);
    tcase_add_test(t, a_missing_folder_is_no_error);
    tcase_add_test(t, every_prefix_of_a_directory_fails);
    tcase_add_test(t, a_full_receiver_stops_the_parser);
    tcase_add_test(t, every_filer_resolves_to_its_primary_symbol);
    tcase_add_test(t, no_short_symbol_is_a_warrant);
    suite_add_tcase(s, t);
    return s;
}

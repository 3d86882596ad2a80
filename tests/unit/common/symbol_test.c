#include "base/str.h"
#include "domain/symbols.h"

#include <check.h>

Suite *symbol_suite(void);

START_TEST(every_usual_spelling_has_one_canonical_form)
{
    static const struct {
        const char *in, *out;
    } forms[] = {
        {"aapl", "AAPL"},       {" AAPL\n", "AAPL"},     {"BRK.B", "BRK.B"},
        {"BRK-B", "BRK.B"},     {"brk/b", "BRK.B"},      {"BRK B", "BRK.B"},
        {"ABC$A", "ABC.PA"},    {"ABCpA", "ABC.PA"},     {"ABC-PA", "ABC.PA"},
        {"ABC$", "ABC.P"},      {"ABCp", "ABC.P"},       {"ABC.W", "ABC.WS"},
        {"ABC.WS", "ABC.WS"},   {"ABC-WT", "ABC.WS"},    {"ABC+", "ABC.WS"},
        {"ABC WS", "ABC.WS"},   {"ABC.WS.A", "ABC.WSA"}, {"ABC-WTA", "ABC.WSA"},
        {"ABC=", "ABC.U"},      {"ABC-UN", "ABC.U"},     {"ABC.U", "ABC.U"},
        {"ABC^", "ABC.RT"},     {"ABC-RI", "ABC.RT"},    {"app", "APP"},
        {"X1", "X1"},           {"ABC PR A", "ABC.PRA"}, {"ABC.PR.A", "ABC.PRA"},
        {"ABC-PRA", "ABC.PRA"},
    };
    char out[SYMBOL_SIZE], again[SYMBOL_SIZE];

    for (size_t i = 0; i < STR_LEN(forms); i++) {
        ck_assert_msg(symbol_canonical(forms[i].in, out), "%s", forms[i].in);
        ck_assert_str_eq(out, forms[i].out);
        ck_assert(symbol_canonical(out, again));
        ck_assert_str_eq(again, out);
    }
}
END_TEST

START_TEST(what_cannot_be_a_symbol_is_refused)
{
    static const char *const bad[] = {
        "",        " ",         "1ABC",           "$ABC",
        ".A",      "A.",        "A..B",           "A-",
        "ABC+X",   "A_B",       "INVALID_TICKER", "ABCDEFGHIJK",
        "A.BCDEF", "A.1",       "A B C",          "A\xc3\x89",
        "ABC:US",  "AAPL.MSFT",
    };
    char out[SYMBOL_SIZE];

    for (size_t i = 0; i < STR_LEN(bad); i++) {
        ck_assert_msg(!symbol_canonical(bad[i], out), "taken: %s", bad[i]);
        ck_assert_str_eq(out, "");
    }
    ck_assert(!symbol_canonical(NULL, out));
}
END_TEST

START_TEST(a_paper_that_is_no_share_is_known_by_its_class)
{
    static const char *const papers[] = {"A.WS",     "ABCDE WS", "ABC-WT",   "ABC/UN",
                                         "ABC.WS.A", "ABC.WSA",  "ABC PR A", "ABC.PRA"};
    static const char *const none[] = {
        "ABC/U)",  "ABC PR)", "ABC PR Ads",  "ABC PROS",  "ABC.WSJA", "ABC.B)",
        "ABC, WS", ".WS",     "ABC UN Lead", "ABCDEF.WS", ""};
    char text[32];

    for (size_t i = 0; i < STR_LEN(papers); i++) {
        (void)str_fmt(text, sizeof text, "%s) wins", papers[i]);
        ck_assert_msg(symbol_paper(text) == strlen(papers[i]), "%s", text);
    }
    for (size_t i = 0; i < STR_LEN(none); i++)
        ck_assert_msg(symbol_paper(none[i]) == 0, "%s", none[i]);
}
END_TEST

Suite *
symbol_suite(void)
{
    Suite *s = suite_create("symbol");
    TCase *t = tcase_create("symbol");

    tcase_add_test(t, every_usual_spelling_has_one_canonical_form);
    tcase_add_test(t, what_cannot_be_a_symbol_is_refused);
    tcase_add_test(t, a_paper_that_is_no_share_is_known_by_its_class);
    suite_add_tcase(s, t);
    return s;
}

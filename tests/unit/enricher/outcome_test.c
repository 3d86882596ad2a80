#include "enricher/outcome.h"

#include "base/str.h"

#include <check.h>

START_TEST(each_outcome_has_the_name_that_travels)
{
    static const char *const names[] = {"ok",      "empty",   "blocked", "denied",
                                        "limited", "timeout", "error",   "cancelled"};

    for (int i = 0; i < OUTCOME_COUNT; i++)
        ck_assert_str_eq(outcome_name((enum outcome)i), names[i]);
}
END_TEST

START_TEST(a_transfer_fails_by_timeout_or_error)
{
    ck_assert_int_eq(outcome_of_transfer(ERR_TIMEOUT), OUTCOME_TIMEOUT);
    ck_assert_int_eq(outcome_of_transfer(ERR_NET), OUTCOME_ERROR);
    ck_assert_int_eq(outcome_of_transfer(ERR_TOO_BIG), OUTCOME_ERROR);
}
END_TEST

START_TEST(refusals_are_told_from_errors)
{
    struct facts f = {.n = 0};

    ck_assert_int_eq(outcome_of_parse(ERR_BLOCKED, &f), OUTCOME_BLOCKED);
    ck_assert_int_eq(outcome_of_parse(ERR_DENIED, &f), OUTCOME_DENIED);
    ck_assert_int_eq(outcome_of_parse(ERR_LIMITED, &f), OUTCOME_LIMITED);
    ck_assert_int_eq(outcome_of_parse(ERR_CHANGED, &f), OUTCOME_ERROR);
    ck_assert_int_eq(outcome_of_parse(ERR_NET, &f), OUTCOME_ERROR);
}
END_TEST

START_TEST(one_figure_makes_a_document_ok)
{
    struct facts f = {.n = 0};

    ck_assert_int_eq(outcome_of_parse(0, &f), OUTCOME_EMPTY);
    facts_none(&f, "A", FACT_LAST_PRICE, "no figure");
    ck_assert_int_eq(outcome_of_parse(0, &f), OUTCOME_EMPTY);
    facts_add(&f, "A", FACT_PREV_CLOSE, 1, 0);
    ck_assert_int_eq(outcome_of_parse(0, &f), OUTCOME_OK);
}
END_TEST

START_TEST(a_cookie_or_a_crumb_makes_one_too)
{
    ck_assert_int_eq(outcome_of_parse(0, &(struct facts){.cookie = "A3=x"}),
                     OUTCOME_OK);
    ck_assert_int_eq(outcome_of_parse(0, &(struct facts){.crumb = "abc"}), OUTCOME_OK);
}
END_TEST

Suite *outcome_suite(void);

Suite *
outcome_suite(void)
{
    Suite *s = suite_create("outcome");
    TCase *t = tcase_create("outcome");

    tcase_add_test(t, each_outcome_has_the_name_that_travels);
    tcase_add_test(t, a_transfer_fails_by_timeout_or_error);
    tcase_add_test(t, refusals_are_told_from_errors);
    tcase_add_test(t, one_figure_makes_a_document_ok);
    tcase_add_test(t, a_cookie_or_a_crumb_makes_one_too);
    suite_add_tcase(s, t);
    return s;
}

#include "alerter/discord_limit.h"

#include <check.h>

static int64_t
asked(const char *reset, const char *retry, const char *remaining, double body,
      bool is_429)
{
    return discord_limit_asked(&(struct discord_headers){reset, retry, remaining, body},
                               is_429);
}

START_TEST(a_429_waits_as_long_as_it_says)
{
    ck_assert_int_eq(asked("1.5", "", "", 0, true), 1550);
    ck_assert_int_eq(asked("", "2", "", 0, true), 2050);
    ck_assert_int_eq(asked("64.57", "65", "0", 64.57, true), 65050);
    ck_assert_int_eq(asked("", "1000", "", 0, true), 1000050);
}
END_TEST

START_TEST(the_longest_figure_wins)
{
    ck_assert_int_eq(asked("0.3", "45", "", 44.2, true), 45050);
    ck_assert_int_eq(asked(NULL, NULL, NULL, 7.25, true), 7300);
}
END_TEST

START_TEST(a_figure_above_1000_is_in_ms)
{
    ck_assert_int_eq(asked("", "1500", "", 0, true), 1550);
}
END_TEST

START_TEST(a_success_waits_only_when_none_is_left)
{
    ck_assert_int_eq(asked("0.8", "", "0", 0, false), 850);
    ck_assert_int_eq(asked("0.8", "", "3", 0, false), 0);
    ck_assert_int_eq(asked("0.8", "", "", 0, false), 0);
    ck_assert_int_eq(asked("", "", "", 0, false), 0);
}
END_TEST

START_TEST(nonsense_asks_for_nothing)
{
    ck_assert_int_eq(asked("soon", "-4", "x", -1, true), 0);
    ck_assert_int_eq(asked("nan", "1e999", "", 0, true), 0);
}
END_TEST

START_TEST(each_waiter_has_its_own_slot)
{
    struct discord_limit l = {.spacing_ms = 450};
    int64_t i;

    for (i = 0; i < 4; i++)
        ck_assert_int_eq(discord_limit_reserve(&l, 1000), i * 450);
    ck_assert_int_eq(discord_limit_wait(&l, 1000), 1800);
    ck_assert_int_eq(discord_limit_wait(&l, 9000), 0);
}
END_TEST

START_TEST(a_hold_is_never_shortened)
{
    struct discord_limit l = {.spacing_ms = 0};

    discord_limit_hold(&l, 1000, 65000);
    discord_limit_hold(&l, 2000, 100);
    ck_assert_int_eq(discord_limit_wait(&l, 1000), 65000);
}
END_TEST

Suite *discord_limit_suite(void);

Suite *
discord_limit_suite(void)
{
    Suite *s = suite_create("discord_limit");
    TCase *c = tcase_create("all");

    tcase_add_test(c, a_429_waits_as_long_as_it_says);
    tcase_add_test(c, the_longest_figure_wins);
    tcase_add_test(c, a_figure_above_1000_is_in_ms);
    tcase_add_test(c, a_success_waits_only_when_none_is_left);
    tcase_add_test(c, nonsense_asks_for_nothing);
    tcase_add_test(c, each_waiter_has_its_own_slot);
    tcase_add_test(c, a_hold_is_never_shortened);
    suite_add_tcase(s, c);
    return s;
}

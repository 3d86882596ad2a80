#include "alerter/discord_retry.h"

#include "base/str.h"

#include <check.h>

/* Plays statuses, ended by -1, until a step ends it; returns that step. */
static enum discord_step
play(const int *statuses, int *posts)
{
    struct discord_retry r = {.max_tries = 2};
    enum discord_step step = DISCORD_RETRY;
    int64_t wait;

    for (*posts = 0; statuses[*posts] >= 0;) {
        step = discord_retry_next(&r, statuses[(*posts)++], 0, &wait);
        if (step != DISCORD_WAIT && step != DISCORD_RETRY)
            break;
    }
    return step;
}

START_TEST(each_sequence_ends_as_it_should)
{
    static const struct {
        int statuses[6];
        enum discord_step step;
        int posts;
    } rows[] = {
        {{200, -1}, DISCORD_SENT, 1},
        {{429, 204, -1}, DISCORD_SENT, 2},
        {{429, 429, 204, -1}, DISCORD_SENT, 3},
        {{429, 429, 429, 429, -1}, DISCORD_WAIT, 4},
        {{500, 204, -1}, DISCORD_SENT, 2},
        {{500, 500, -1}, DISCORD_FAILED, 2},
        {{0, 0, -1}, DISCORD_FAILED, 2},
        {{400, 200, -1}, DISCORD_FAILED, 1},
        {{302, 200, -1}, DISCORD_FAILED, 1},
        {{404, 200, -1}, DISCORD_OFF, 1},
        {{401, -1}, DISCORD_OFF, 1},
        {{503, 429, 204, -1}, DISCORD_SENT, 3},
    };
    int posts;

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        ck_assert_int_eq(play(rows[i].statuses, &posts), rows[i].step);
        ck_assert_int_eq(posts, rows[i].posts);
    }
}
END_TEST

START_TEST(a_429_is_waited_for_in_full)
{
    struct discord_retry r = {.max_tries = 2};
    int64_t wait;

    ck_assert_int_eq(discord_retry_next(&r, 429, 64620, &wait), DISCORD_WAIT);
    ck_assert_int_eq(wait, 64620);
    ck_assert_int_eq(r.tries, 0);
}
END_TEST

START_TEST(a_429_without_a_figure_backs_off)
{
    struct discord_retry r = {.max_tries = 2};
    int64_t last = 0, wait;

    for (int i = 0; i < 20; i++) {
        (void)discord_retry_next(&r, 429, 0, &wait);
        ck_assert_int_ge(wait, last);
        last = wait;
    }
    ck_assert_int_eq(last, DISCORD_LIMITED_MOST_MS);
}
END_TEST

START_TEST(a_figure_that_never_helps_is_not_believed_for_ever)
{
    struct discord_retry r = {.max_tries = 2};
    int64_t wait = 0;

    for (int i = 0; i < 12; i++)
        (void)discord_retry_next(&r, 429, 100, &wait);
    ck_assert_int_eq(wait, DISCORD_LIMITED_MOST_MS);
}
END_TEST

Suite *discord_retry_suite(void);

Suite *
discord_retry_suite(void)
{
    Suite *s = suite_create("discord_retry");
    TCase *c = tcase_create("all");

    tcase_add_test(c, each_sequence_ends_as_it_should);
    tcase_add_test(c, a_429_is_waited_for_in_full);
    tcase_add_test(c, a_429_without_a_figure_backs_off);
    tcase_add_test(c, a_figure_that_never_helps_is_not_believed_for_ever);
    suite_add_tcase(s, c);
    return s;
}

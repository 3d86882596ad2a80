#include "alerter/delivery.h"

#include "base/prng.h"
#include "base/str.h"

#include <check.h>

static struct delivery
fresh(void)
{
    struct delivery d;

    delivery_new(&d, "n:1/ACME", "hook", 500, 1000);
    return d;
}

static int64_t
ended(struct delivery *d, enum sink_result result, int64_t now_ms)
{
    struct sink_outcome out = {.result = result};

    delivery_start(d, now_ms);
    if (result == SINK_SENT)
        str_copy(out.message_id, sizeof out.message_id, "42");
    if (result == SINK_LIMITED)
        out.asked_ms = 64620;
    return delivery_end(d, &out, "face", 3, now_ms);
}

static bool
revised(struct delivery *d, bool alert, const char *face, enum sink_edit edit)
{
    struct revision r = {.alert = alert, .face = face, .edit = edit};

    return delivery_revise(d, &r, 5000);
}

START_TEST(a_success_is_sent)
{
    struct delivery d = fresh();

    ck_assert_int_eq(ended(&d, SINK_SENT, 2000), 0);
    ck_assert_int_eq(d.state, DELIVERY_SENT);
    ck_assert_str_eq(d.message_id, "42");
    ck_assert_str_eq(d.face, "face");
    ck_assert_int_eq(d.attempts, 1);
}
END_TEST

START_TEST(a_limit_never_uses_up_a_try)
{
    struct delivery d = fresh();

    for (int i = 0; i < 50; i++) {
        ck_assert_int_ge(ended(&d, SINK_LIMITED, 2000), 64620);
        ck_assert_int_eq(d.state, DELIVERY_PENDING);
        ck_assert_int_ge(d.due_ms, 2000 + 64620);
    }
    ck_assert_int_eq(d.tries, 0);
}
END_TEST

START_TEST(clear_failures_end_after_the_tries)
{
    struct delivery d = fresh();

    ended(&d, SINK_AGAIN, 2000);
    ended(&d, SINK_AGAIN, 3000);
    ck_assert_int_eq(d.state, DELIVERY_PENDING);
    ck_assert_int_gt(d.due_ms, 3000);
    ended(&d, SINK_AGAIN, 9000);
    ck_assert_int_eq(d.state, DELIVERY_FAILED);
}
END_TEST

START_TEST(an_unclear_send_is_repeated_once_at_most)
{
    struct delivery d = fresh();

    ended(&d, SINK_UNCLEAR, 2000);
    ck_assert_int_eq(d.state, DELIVERY_PENDING);
    ended(&d, SINK_UNCLEAR, 3000);
    ck_assert_int_eq(d.state, DELIVERY_IN_DOUBT);
    ck_assert_int_eq(d.unclear, 2);
}
END_TEST

START_TEST(a_refusal_after_an_unclear_send_is_in_doubt)
{
    struct delivery d = fresh();

    ended(&d, SINK_UNCLEAR, 2000);
    ended(&d, SINK_REFUSED, 3000);
    ck_assert_int_eq(d.state, DELIVERY_IN_DOUBT);
}
END_TEST

START_TEST(a_row_found_sending_is_unclear)
{
    struct delivery d = fresh();

    delivery_start(&d, 2000);
    delivery_found(&d, 3000);
    ck_assert_int_eq(d.state, DELIVERY_PENDING);
    ck_assert_int_eq(d.due_ms, 3000);
    delivery_start(&d, 4000);
    delivery_found(&d, 5000);
    ck_assert_int_eq(d.state, DELIVERY_IN_DOUBT);
}
END_TEST

START_TEST(a_sink_that_is_gone_keeps_its_deliveries)
{
    struct delivery d = fresh();

    ended(&d, SINK_GONE, 2000);
    ck_assert_int_eq(d.state, DELIVERY_PENDING);
    ck_assert_int_eq(d.tries, 0);
}
END_TEST

START_TEST(a_sent_alert_is_edited_and_never_unsent)
{
    struct delivery d = fresh();

    ended(&d, SINK_SENT, 2000);
    ck_assert(!revised(&d, true, "face", SINK_EDIT_PATCH));
    ck_assert(revised(&d, false, "other", SINK_EDIT_PATCH));
    ck_assert_int_eq(d.state, DELIVERY_SENT);
    ck_assert_int_eq(d.edit, EDIT_DUE);
    ended(&d, SINK_SENT, 6000);
    ck_assert_int_eq(d.state, DELIVERY_SENT);
    ck_assert_int_eq(d.edits, 1);
}
END_TEST

START_TEST(an_edit_that_fails_leaves_the_alert_sent)
{
    struct delivery d = fresh();

    ended(&d, SINK_SENT, 2000);
    revised(&d, true, "other", SINK_EDIT_PATCH);
    ended(&d, SINK_UNCLEAR, 3000);
    ck_assert_int_eq(d.edit, EDIT_DUE); /* a patch may be repeated */
    ended(&d, SINK_REFUSED, 4000);
    ck_assert_int_eq(d.state, DELIVERY_SENT);
    ck_assert_int_eq(d.edit, EDIT_NONE);
}
END_TEST

START_TEST(a_sink_that_cannot_edit_stays_as_it_is)
{
    struct delivery d = fresh();

    ended(&d, SINK_SENT, 2000);
    ck_assert(!revised(&d, true, "other", SINK_EDIT_NONE));
    d.message_id[0] = '\0';
    ck_assert(!revised(&d, true, "other", SINK_EDIT_PATCH));
    ck_assert(revised(&d, true, "other", SINK_EDIT_APPEND));
}
END_TEST

START_TEST(a_reject_before_sending_calls_it_off)
{
    struct delivery d = fresh();

    ck_assert(revised(&d, false, "x", SINK_EDIT_PATCH));
    ck_assert_int_eq(d.state, DELIVERY_SUPPRESSED);
    ck_assert(revised(&d, true, "y", SINK_EDIT_PATCH));
    ck_assert_int_eq(d.state, DELIVERY_PENDING);
    d.unclear = 1;
    ck_assert(revised(&d, false, "x", SINK_EDIT_PATCH));
    ck_assert_int_eq(d.state, DELIVERY_IN_DOUBT);
}
END_TEST

START_TEST(record_only_suppresses)
{
    struct delivery d = fresh();
    struct revision r = {.alert = true, .record_only = true, .face = "x"};

    ck_assert(delivery_revise(&d, &r, 2000));
    ck_assert_int_eq(d.state, DELIVERY_SUPPRESSED);
}
END_TEST

/* Law: whatever happens in whatever order, there are at most two requests whose end
 * is not clear, and what was sent never leaves `sent`. */
START_TEST(no_history_sends_without_bound)
{
    struct prng p = {.state = (uint64_t)_i + 1};

    for (int run = 0; run < 200; run++) {
        struct delivery d = fresh();
        bool sent = false;
        for (int step = 0; step < 60; step++) {
            bool due = d.state == DELIVERY_PENDING || d.edit == EDIT_DUE;
            if (due && prng_below(&p, 5) > 0)
                ended(&d, (enum sink_result)prng_below(&p, 6), 1000 + step);
            else if (due)
                delivery_start(&d, 1000 + step), delivery_found(&d, 1000 + step);
            else
                revised(&d, prng_below(&p, 2), prng_below(&p, 2) ? "a" : "b",
                        (enum sink_edit)prng_below(&p, 3));
            ck_assert_int_le(d.unclear, DELIVERY_UNCLEAR_MOST);
            ck_assert(!sent || d.state == DELIVERY_SENT);
            sent = d.state == DELIVERY_SENT;
        }
    }
}
END_TEST

START_TEST(states_have_names)
{
    for (int i = 0; i < DELIVERY_STATES; i++) {
        enum delivery_state s = (enum delivery_state)i;
        ck_assert_int_eq(delivery_state_parse(delivery_state_name(s)), s);
    }
    ck_assert_int_eq(delivery_state_parse("???"), DELIVERY_FAILED);
}
END_TEST

Suite *delivery_suite(void);

Suite *
delivery_suite(void)
{
    Suite *s = suite_create("delivery");
    TCase *c = tcase_create("all");

    tcase_add_test(c, a_success_is_sent);
    tcase_add_test(c, a_limit_never_uses_up_a_try);
    tcase_add_test(c, clear_failures_end_after_the_tries);
    tcase_add_test(c, an_unclear_send_is_repeated_once_at_most);
    tcase_add_test(c, a_refusal_after_an_unclear_send_is_in_doubt);
    tcase_add_test(c, a_row_found_sending_is_unclear);
    tcase_add_test(c, a_sink_that_is_gone_keeps_its_deliveries);
    tcase_add_test(c, a_sent_alert_is_edited_and_never_unsent);
    tcase_add_test(c, an_edit_that_fails_leaves_the_alert_sent);
    tcase_add_test(c, a_sink_that_cannot_edit_stays_as_it_is);
    tcase_add_test(c, a_reject_before_sending_calls_it_off);
    tcase_add_test(c, record_only_suppresses);
    tcase_add_loop_test(c, no_history_sends_without_bound, 0, 8);
    tcase_add_test(c, states_have_names);
    suite_add_tcase(s, c);
    return s;
}

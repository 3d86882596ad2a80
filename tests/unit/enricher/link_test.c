#include "enricher/link.h"

#include "base/str.h"
#include "counterpart.h"

#include <check.h>

struct owner {
    struct counterpart c;
    struct link *link;
    size_t n_held;
    int leases, cancels, drains, lost;
};

static void
on_lease(void *self, const struct msg_lease *l)
{
    struct owner *o = self;

    (void)l;
    o->leases++;
    loop_stop(o->c.proc.loop);
}

static void
on_cancel(void *self, int64_t lease)
{
    struct owner *o = self;

    ck_assert_int_eq(lease, 42);
    o->cancels++;
    loop_stop(o->c.proc.loop);
}

static void
on_drain(void *self, const char *why)
{
    struct owner *o = self;

    ck_assert_str_eq(why, "enough");
    o->drains++;
    loop_stop(o->c.proc.loop);
}

static void
on_lost(void *self)
{
    struct owner *o = self;

    o->lost++;
    loop_stop(o->c.proc.loop);
}

static size_t
held(void *self, struct msg_held *out, size_t most)
{
    struct owner *o = self;

    for (size_t i = 0; i < o->n_held && i < most; i++)
        out[i] =
            (struct msg_held){.lease = (int64_t)(100 + i), .source = "yahoo-chart"};
    return o->n_held;
}

static const struct link_ops ops = {on_lease, on_cancel, on_drain, on_lost, held};

static void
owner_open(struct owner *o, bool listening)
{
    struct why why = {""};

    *o = (struct owner){.n_held = 0};
    counterpart_open(&o->c, "enricher.alive_ms=100", NULL);
    if (listening)
        counterpart_listen(&o->c);
    ck_assert_msg(link_open(&o->link, &o->c.proc, 64, &ops, o, &why) == 0, "%s",
                  why.text);
}

static void
owner_close(struct owner *o)
{
    link_close(&o->link);
    counterpart_close(&o->c);
}

static void
send_result(struct owner *o, int64_t lease)
{
    struct msg_result r = {
        .lease = lease, .source = "yahoo-chart", .status = "ok", .why = ""};

    link_send(o->link, MSG_result, &r);
}

START_TEST(hello_comes_first_then_alive)
{
    struct owner o;

    owner_open(&o, true);
    o.n_held = 2;
    counterpart_until(&o.c, MSG_alive, 3);
    ck_assert_int_eq(o.c.heard[0].type, MSG_hello);
    ck_assert_int_eq(o.c.heard[0].credit, 64);
    ck_assert_uint_eq(o.c.heard[0].n_held, 2);
    ck_assert_int_eq(o.c.heard[0].held[1], 101);
    ck_assert_int_eq(o.c.heard[1].type, MSG_alive);
    ck_assert_uint_eq(o.c.heard[1].n_held, 2);
    ck_assert_int_eq(link_figures(o.link).hellos, 1);
    owner_close(&o);
}
END_TEST

START_TEST(who_is_answered_with_hello)
{
    struct owner o;

    owner_open(&o, true);
    counterpart_until(&o.c, MSG_hello, 1);
    o.n_held = 1;
    o.c.who_once = MSG_alive;
    counterpart_until(&o.c, MSG_hello, 1);
    ck_assert_uint_eq(counterpart_last(&o.c, MSG_hello)->n_held, 1);
    owner_close(&o);
}
END_TEST

START_TEST(what_a_stranger_was_told_is_told_again)
{
    struct owner o;

    owner_open(&o, true);
    counterpart_until(&o.c, MSG_alive, 1);
    o.c.who_once = MSG_result; /* it has just been started again */
    send_result(&o, 7);
    counterpart_until(&o.c, MSG_result, 1);
    ck_assert_int_eq(counterpart_last(&o.c, MSG_result)->lease, 7);
    ck_assert_int_lt(counterpart_place(&o.c, MSG_hello, 0),
                     counterpart_place(&o.c, MSG_result, 7));
    owner_close(&o);
}
END_TEST

START_TEST(what_has_arrived_is_not_told_again)
{
    struct owner o;

    owner_open(&o, true);
    counterpart_until(&o.c, MSG_alive, 1);
    send_result(&o, 7);
    counterpart_until(&o.c, MSG_alive, 3); /* the first of them proves it */
    o.c.n = 0;
    o.c.who_once = MSG_alive;
    counterpart_until(&o.c, MSG_alive, 2);
    ck_assert_int_ge(counterpart_place(&o.c, MSG_hello, 0), 0);
    ck_assert_int_eq(counterpart_place(&o.c, MSG_result, 0), -1);
    owner_close(&o);
}
END_TEST

START_TEST(messages_wait_for_a_collector_in_order)
{
    struct owner o;

    owner_open(&o, false);
    for (int i = 1; i <= 50; i++)
        send_result(&o, i);
    counterpart_listen(&o.c);
    counterpart_until(&o.c, MSG_result, 50);
    ck_assert_int_eq(o.c.heard[0].type, MSG_hello);
    for (int i = 1; i < 50; i++)
        ck_assert_int_lt(counterpart_place(&o.c, MSG_result, i),
                         counterpart_place(&o.c, MSG_result, i + 1));
    owner_close(&o);
}
END_TEST

START_TEST(a_new_collector_hears_hello_and_what_was_missed)
{
    struct owner o;

    owner_open(&o, true);
    counterpart_until(&o.c, MSG_alive, 1);
    loop_unwatch_socket(o.c.proc.loop, o.c.router);
    net_drop(o.c.proc.net, &o.c.router); /* the collector dies */
    send_result(&o, 9);
    o.c.n = 0;
    counterpart_listen(&o.c);
    counterpart_until(&o.c, MSG_result, 1);
    ck_assert_int_eq(o.c.heard[0].type, MSG_hello);
    ck_assert_int_eq(counterpart_last(&o.c, MSG_result)->lease, 9);
    owner_close(&o);
}
END_TEST

START_TEST(silence_for_two_seconds_is_lost)
{
    struct owner o;
    int64_t start;

    owner_open(&o, true);
    counterpart_until(&o.c, MSG_alive, 2);
    o.c.answers_alive = false;
    start = clock_boot_ms(NULL);
    ck_assert_int_eq(counterpart_run(&o.c), 0);
    ck_assert_int_eq(o.lost, 1);
    ck_assert_int_ge(clock_boot_ms(NULL) - start, LINK_TRUST_MS - 300);
    ck_assert(!link_figures(o.link).is_known);
    o.c.answers_alive = true;
    counterpart_until(&o.c, MSG_alive, 2);
    ck_assert(link_figures(o.link).is_known);
    owner_close(&o);
}
END_TEST

START_TEST(orders_reach_the_owner)
{
    struct owner o;

    owner_open(&o, true);
    counterpart_until(&o.c, MSG_hello, 1);
    counterpart_lease(&o.c, 42, "yahoo-chart", "AAPL", 1000);
    ck_assert_int_eq(counterpart_run(&o.c), 0);
    ck_assert_int_eq(o.leases, 1);
    counterpart_say(&o.c, MSG_cancel, &(struct msg_cancel){.lease = 42});
    ck_assert_int_eq(counterpart_run(&o.c), 0);
    ck_assert_int_eq(o.cancels, 1);
    counterpart_say(&o.c, MSG_drain, &(struct msg_drain){.why = "enough"});
    ck_assert_int_eq(counterpart_run(&o.c), 0);
    ck_assert_int_eq(o.drains, 1);
    owner_close(&o);
}
END_TEST

START_TEST(a_message_for_somebody_else_is_counted)
{
    struct owner o;
    struct msg_bye bye = {.why = "you first"};

    owner_open(&o, true);
    counterpart_until(&o.c, MSG_hello, 1);
    counterpart_say(&o.c, MSG_bye, &bye);
    counterpart_until(&o.c, MSG_alive, 3);
    ck_assert_int_eq(link_figures(o.link).frames_bad, 1);
    owner_close(&o);
}
END_TEST

START_TEST(who_leaves_says_so)
{
    struct owner o;

    owner_open(&o, true);
    counterpart_until(&o.c, MSG_alive, 1);
    link_take_no_more(o.link);
    counterpart_until(&o.c, MSG_hello, 1);
    ck_assert_int_eq(counterpart_last(&o.c, MSG_hello)->credit, 0);
    link_bye(o.link, "drained");
    counterpart_until(&o.c, MSG_bye, 1);
    owner_close(&o);
}
END_TEST

Suite *link_suite(void);

Suite *
link_suite(void)
{
    Suite *s = suite_create("link");
    TCase *t = tcase_create("link");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, hello_comes_first_then_alive);
    tcase_add_test(t, who_is_answered_with_hello);
    tcase_add_test(t, what_a_stranger_was_told_is_told_again);
    tcase_add_test(t, what_has_arrived_is_not_told_again);
    tcase_add_test(t, messages_wait_for_a_collector_in_order);
    tcase_add_test(t, a_new_collector_hears_hello_and_what_was_missed);
    tcase_add_test(t, silence_for_two_seconds_is_lost);
    tcase_add_test(t, orders_reach_the_owner);
    tcase_add_test(t, a_message_for_somebody_else_is_counted);
    tcase_add_test(t, who_leaves_says_so);
    suite_add_tcase(s, t);
    return s;
}

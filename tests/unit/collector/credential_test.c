/* One cookie and one crumb for all; renewed once when they are refused. */
#include "base/str.h"
#include "enricher/collector/credential.h"
#include "world.h"

Suite *credential_suite(void);

static struct credential
whole(void)
{
    struct credential k = {.cookie = ""};

    ck_assert(credential_got(&k, "A3=x", ""));
    ck_assert(credential_got(&k, "", "crumb"));
    return k;
}

START_TEST(the_cookie_comes_before_the_crumb)
{
    struct credential k = {.cookie = ""};

    ck_assert_int_eq(credential_lacks(&k), CREDENTIAL_COOKIE);
    ck_assert(!credential_got(&k, "", "crumb")); /* of no cookie of ours */
    ck_assert(credential_got(&k, "A3=x", ""));
    ck_assert_int_eq(credential_lacks(&k), CREDENTIAL_CRUMB);
    ck_assert(!credential_got(&k, "", ""));
    ck_assert(credential_got(&k, "", "crumb"));
    ck_assert_int_eq(credential_lacks(&k), CREDENTIAL_NONE);
    ck_assert_int_eq(k.version, 1);
}
END_TEST

START_TEST(many_refusals_of_one_renew_it_once)
{
    struct credential k = whole();

    ck_assert(!credential_refused(&k, 1, 1000));
    ck_assert_int_eq(credential_lacks(&k), CREDENTIAL_COOKIE);
    ck_assert(!credential_refused(&k, 1, 1000)); /* the same, from another request */
    (void)credential_got(&k, "A3=y", "");
    (void)credential_got(&k, "", "second");
    ck_assert(!credential_refused(&k, 1, 1000)); /* late */
    ck_assert_int_eq(credential_lacks(&k), CREDENTIAL_NONE);
    ck_assert_int_eq(k.refused, 1);
}
END_TEST

START_TEST(refused_twice_in_a_row_it_rests)
{
    struct credential k = whole();

    (void)credential_refused(&k, 1, 1000);
    (void)credential_got(&k, "A3=y", "");
    (void)credential_got(&k, "", "second");
    ck_assert(credential_refused(&k, 2, 1000));
    ck_assert_int_eq(k.rest_ms, 1000 + CREDENTIAL_REST_MS);
}
END_TEST

START_TEST(an_answer_between_two_refusals_forgives)
{
    struct credential k = whole();

    (void)credential_refused(&k, 1, 1000);
    (void)credential_got(&k, "A3=y", "");
    (void)credential_got(&k, "", "second");
    credential_accepted(&k, 1); /* of the old one: says nothing of the new */
    ck_assert_int_eq(k.refused, 1);
    credential_accepted(&k, 2);
    ck_assert(!credential_refused(&k, 2, 1000));
}
END_TEST

START_TEST(each_miss_rests_twice_as_long_up_to_a_bound)
{
    struct credential k = {.cookie = ""};
    int64_t last = 0;

    for (int i = 0; i < 40; i++) {
        credential_missed(&k, 0, STATUS_ERROR, "");
        ck_assert_int_ge(k.rest_ms, last);
        ck_assert_int_le(k.rest_ms, CREDENTIAL_REST_MAX_MS);
        last = k.rest_ms;
    }
    ck_assert_int_eq(last, CREDENTIAL_REST_MAX_MS);
    (void)credential_got(&k, "A3=y", "");
    (void)credential_got(&k, "", "crumb");
    credential_missed(&k, 0, STATUS_ERROR, "");
    ck_assert_int_eq(k.rest_ms, CREDENTIAL_REST_MS);
}
END_TEST

/* ---- in the collector ------------------------------------------------------------ */

static struct given *
held_of(struct fake *f, const char *source)
{
    for (size_t i = f->n; i > 0; i--)
        if (!f->given[i - 1].over && str_eq(f->given[i - 1].source, source))
            return &f->given[i - 1];
    ck_abort_msg("no lease of %s", source);
}

static void
answer(struct world *w, struct fake *f, const char *source)
{
    WORLD_UNTIL(w, fake_holds(f, source) == 1);
    fake_answer(f, held_of(f, source));
}

static void
deny(struct world *w, struct fake *f, const char *source)
{
    WORLD_UNTIL(w, fake_holds(f, source) == 1);
    fake_result(f, held_of(f, source), "denied", "HTTP 401", 0);
}

/* Two candidates after the close: a quote is needed. */
static struct fake *
at_night(struct world *w)
{
    struct fake *f;

    world_open(w, NULL);
    world_time(w, 18, 0);
    f = world_fake(w, 64, false);
    world_candidate(w, "item-1/AAA", 1, 0);
    world_candidate(w, "item-2/BBB", 0, 0);
    answer(w, f, "finviz-screener");
    return f;
}

START_TEST(many_wait_for_one_cookie_one_crumb_one_quote)
{
    struct world w;
    struct fake *f = at_night(&w);

    answer(&w, f, "yahoo-cookie");

    answer(&w, f, "yahoo-crumb");
    WORLD_UNTIL(&w, fake_holds(f, "yahoo-quote") == 1);
    ck_assert_uint_eq(held_of(f, "yahoo-quote")->n, 2);
    ck_assert_str_eq(held_of(f, "yahoo-quote")->cookie, "A3=fake");
    ck_assert_str_eq(held_of(f, "yahoo-quote")->crumb, "fake.crumb");
    answer(&w, f, "yahoo-quote");
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 2);
    ck_assert_int_eq(w.c->stats[CS_LEASES], 4);
    world_restart(&w); /* and the next life has them */
    world_time(&w, 19, 30);
    world_candidate(&w, "item-3/CCC", 0, 0);
    f = world_fake(&w, 64, false);
    answer(&w, f, "finviz-screener");
    answer(&w, f, "yahoo-quote");
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 3);
    ck_assert_int_eq(w.c->stats[CS_CREDENTIALS], 0);
    world_close(&w);
}
END_TEST

START_TEST(a_refused_crumb_is_renewed_and_the_asks_go_again)
{
    struct world w;
    struct fake *f = at_night(&w);

    answer(&w, f, "yahoo-cookie");
    answer(&w, f, "yahoo-crumb");
    deny(&w, f, "yahoo-quote");
    answer(&w, f, "yahoo-cookie");
    answer(&w, f, "yahoo-crumb");
    answer(&w, f, "yahoo-quote");
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 2);
    ck_assert_str_eq(w.went[0].status[METRIC_PRICE], "ok");
    ck_assert_int_eq(world_group(&w, "yahoo")->refusals, 0);
    world_close(&w);
}
END_TEST

START_TEST(refused_twice_the_group_backs_off_and_the_chain_goes_on)
{
    struct world w;
    struct fake *f = at_night(&w);

    for (int i = 0; i < 2; i++) {
        answer(&w, f, "yahoo-cookie");
        answer(&w, f, "yahoo-crumb");
        deny(&w, f, "yahoo-quote");
    }
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 2);
    ck_assert_str_eq(w.went[0].status[METRIC_PRICE], "ok"); /* the screener's */
    ck_assert_int_eq(world_group(&w, "yahoo")->refusals, 1);
    ck_assert(world_is_idle(&w));
    world_close(&w);
}
END_TEST

START_TEST(without_a_crumb_the_chain_goes_on_at_once)
{
    struct world w;
    struct fake *f = at_night(&w);

    answer(&w, f, "yahoo-cookie");
    WORLD_UNTIL(&w, fake_holds(f, "yahoo-crumb") == 1);
    fake_result(f, held_of(f, "yahoo-crumb"), "error", "no crumb in it", 0);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 2);
    ck_assert_str_eq(w.went[0].status[METRIC_PRICE], "ok");
    ck_assert_uint_eq(fake_holds(f, NULL), 0);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(a_crumb_whose_bringer_died_is_asked_for_later)
{
    struct world w;
    struct fake *a, *b;

    world_open(&w, NULL);
    world_time(&w, 18, 0);
    a = world_fake(&w, 64, true);
    world_candidate(&w, "item-1/AAA", 0, 0);
    answer(&w, a, "finviz-screener");
    WORLD_UNTIL(&w, fake_holds(a, "yahoo-cookie") == 1);
    WORLD_UNTIL(&w, w.c->stats[CS_RESULTS] == 1); /* or it dies with its answer */
    fake_kill(a);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1); /* the screener's price will do */
    b = world_fake(&w, 64, false);
    w.c->lanes[source_index("yahoo-cookie")].group->credential.rest_ms = 0;
    w.c->sequential = false;
    world_candidate(&w, "item-2/BBB", 0, 0);
    answer(&w, b, "finviz-screener");
    answer(&w, b, "yahoo-cookie");
    answer(&w, b, "yahoo-crumb");
    answer(&w, b, "yahoo-quote");
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 2);
    world_check(&w);
    world_close(&w);
}
END_TEST

Suite *
credential_suite(void)
{
    Suite *s = suite_create("credential");
    TCase *t = tcase_create("credential");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, the_cookie_comes_before_the_crumb);
    tcase_add_test(t, many_refusals_of_one_renew_it_once);
    tcase_add_test(t, refused_twice_in_a_row_it_rests);
    tcase_add_test(t, an_answer_between_two_refusals_forgives);
    tcase_add_test(t, each_miss_rests_twice_as_long_up_to_a_bound);
    tcase_add_test(t, many_wait_for_one_cookie_one_crumb_one_quote);
    tcase_add_test(t, a_refused_crumb_is_renewed_and_the_asks_go_again);
    tcase_add_test(t, refused_twice_the_group_backs_off_and_the_chain_goes_on);
    tcase_add_test(t, without_a_crumb_the_chain_goes_on_at_once);
    tcase_add_test(t, a_crumb_whose_bringer_died_is_asked_for_later);
    suite_add_tcase(s, t);
    return s;
}

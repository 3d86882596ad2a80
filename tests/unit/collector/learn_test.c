/* How many at once: what the learner may never do, and what it gets out of upstreams
 * that change their mind. */
#include "enricher/collector/learn.h"
#include "paper.h"

#include <check.h>

Suite *learn_suite(void);

enum { SEEDS = 20 };

/* ---- goals, on paper ------------------------------------------------------------- */

/* Charts of the seed's latency; a phase is 500 round trips of 0.6 s. */
static struct paper
moving(uint64_t seed)
{
    return (struct paper){.allowed = {10, 4, 20},
                          .until_s = {300, 600, 900},
                          .n_phases = 3,
                          .least_s = 0.5,
                          .most_s = 0.7,
                          .refused_s = 0.01,
                          .seed = seed};
}

static struct paper
steady(int allowed, int work, uint64_t seed)
{
    struct paper p = moving(seed);

    p.allowed[0] = allowed;
    p.n_phases = 1;
    p.work = work;
    return p;
}

START_TEST(a_moving_upstream_is_followed)
{
    double answered = 0, possible = 0, refused = 0, requests = 0;

    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct paper p = moving(seed);
        struct gain oracle = paper_run(&p, NULL), g;
        struct learn l;

        learn_init(&l, 32, 0, false);
        g = paper_run(&p, &l);
        answered += (double)g.answered;
        possible += (double)oracle.answered;
        refused += (double)g.refused;
        requests += (double)g.requests;
        ck_assert_msg((double)g.answered >= 0.95 * (double)oracle.answered,
                      "seed %d: %ld of %ld", (int)seed, g.answered, oracle.answered);
        ck_assert_msg((double)g.refused <= 0.01 * (double)g.requests,
                      "seed %d: %ld refused of %ld", (int)seed, g.refused, g.requests);
    }
    printf("learn: moving 10-4-20: %.1f %% of the oracle's work, %.2f %% refused\n",
           100 * answered / possible, 100 * refused / requests);
}
END_TEST

/* What an oracle takes at max_in_flight is the bound. */
START_TEST(the_first_run_ever_is_near_the_bound)
{
    static const struct {
        int most, work;
        double ratio;
    } rows[] = {{2, 50, 1.01}, {4, 50, 1.01}, {10, 3, 1.01},
                {10, 50, 1.2}, {15, 50, 1.2}, {15, 500, 1.05}};
    double took = 0, bound = 0;

    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct paper p = steady(rows[_i].most, rows[_i].work, seed);
        struct learn l;

        bound += paper_run(&p, NULL).took_s;
        learn_init(&l, rows[_i].most, 0, false);
        p.allowed[0] = 1000;
        took += paper_run(&p, &l).took_s;
    }
    printf("learn: first %d at most %d: %.3f of the bound\n", rows[_i].work,
           rows[_i].most, took / bound);
    ck_assert_double_le(took, rows[_i].ratio * bound);
}
END_TEST

START_TEST(after_a_restart_it_is_right_from_the_first_request)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct paper p = steady(11, 2000, seed);
        struct learn l, again;
        struct gain g;

        learn_init(&l, 32, 0, false);
        (void)paper_run(&p, &l);
        learn_init(&again, 32, l.base, l.tight);
        ck_assert_msg(again.level == 11, "seed %d: %d", (int)seed, again.level);
        p.work = 100; /* less than a hold: no try, so no refusal */
        g = paper_run(&p, &again);
        ck_assert_int_eq(g.refused, 0);
        ck_assert_int_eq(g.highest, 11);
    }
}
END_TEST

START_TEST(a_refusal_for_no_reason_costs_little)
{
    double answered = 0, possible = 0;

    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct paper p = moving(seed);
        struct learn l;

        p.whim = 0.03;
        learn_init(&l, 32, 0, false);
        answered += (double)paper_run(&p, &l).answered;
        possible += (double)paper_run(&p, NULL).answered;
    }
    ck_assert_msg(answered >= 0.8 * possible, "%f of %f", answered, possible);
}
END_TEST

START_TEST(an_upstream_that_takes_what_is_allowed_refuses_nothing)
{
    struct paper p = steady(15, 5000, 3);
    struct learn l;
    struct gain g;

    learn_init(&l, 15, 0, false);
    g = paper_run(&p, &l);
    ck_assert_int_eq(g.refused, 0);
    ck_assert_int_eq(g.highest, 15);
    ck_assert(!l.tight);
}
END_TEST

/* ---- laws ------------------------------------------------------------------------ */

static struct sample
random_sample(struct prng *r, int64_t now_us)
{
    struct sample s = {.in_flight = 1 + (int)prng_below(r, 40),
                       .now_us = now_us,
                       .sent_us = now_us - (int64_t)prng_below(r, 3000)};

    s.nth = 1 + (int)prng_below(r, (uint64_t)s.in_flight + 5);
    return s;
}

/* Whatever it is told, true or not. */
START_TEST(whatever_happens_the_level_stays_within_its_bounds)
{
    struct prng r = {1000 + (uint64_t)_i};
    int most = 1 + (int)prng_below(&r, 30);
    struct learn l;

    learn_init(&l, most, (int)prng_below(&r, 60) - 10, prng_below(&r, 2) == 0);
    for (int64_t now = 1; now < 200000; now += (int64_t)prng_below(&r, 200)) {
        struct sample s = random_sample(&r, now);
        int level = l.level;
        unsigned what = (unsigned)prng_below(&r, 100);

        if (what < 60) {
            learn_accepted(&l, &s);
            ck_assert_int_ge(l.level, level);
            ck_assert_int_le(l.level, level + LEARN_STEP_MOST);
        } else if (what < 99) {
            learn_refused(&l, &s);
            ck_assert_int_le(l.level, level);
            ck_assert(!l.fast && l.tight);
        } else {
            learn_resume(&l, now);
            ck_assert_int_le(l.level, LEARN_FIRST);
            ck_assert_int_le(l.goal, most);
        }
        ck_assert_msg(l.level >= 1 && l.level <= most && l.base >= 1 && l.base <= most,
                      "seed %d at %lld: level %d, base %d of %d", 1000 + _i,
                      (long long)now, l.level, l.base, most);
    }
}
END_TEST

START_TEST(without_refusals_the_level_only_rises_and_reaches_its_end)
{
    struct prng r = {77 + (uint64_t)_i};
    int most = 1 + (int)prng_below(&r, 60);
    struct learn l;
    int level;

    learn_init(&l, most, 1 + (int)prng_below(&r, 8), _i % 2 == 0);
    for (int64_t trip = 1; trip < 100 + LEARN_APART; trip++) {
        level = l.level;
        for (int nth = 1; nth <= level; nth++)
            learn_accepted(&l, &(struct sample){.nth = nth,
                                                .in_flight = level,
                                                .sent_us = 1000 * trip,
                                                .now_us = 1000 * trip + 900});
        ck_assert_int_ge(l.level, level);
    }
    ck_assert_msg(l.level == most, "seed %d: %d of %d", 77 + _i, l.level, most);
}
END_TEST

START_TEST(what_is_not_used_is_not_raised)
{
    struct learn l;

    learn_init(&l, 32, 10, true);
    for (int64_t now = 1; now < 100000; now += 10)
        learn_accepted(
            &l, &(struct sample){
                    .nth = 9, .in_flight = 9, .sent_us = now - 5, .now_us = now});
    ck_assert_int_eq(l.level, 10);
    learn_init(&l, 32, 0, false);
    for (int64_t now = 1; now < 100000; now += 10)
        learn_accepted(
            &l, &(struct sample){
                    .nth = 1, .in_flight = 1, .sent_us = now - 5, .now_us = now});
    ck_assert_int_eq(l.level, LEARN_FIRST);
}
END_TEST

/* Nine are sent at once to one who takes four: five come back, in either order. */
START_TEST(one_flight_shows_how_many_were_taken)
{
    struct learn l;

    learn_init(&l, 32, 9, true);
    for (int i = 0; i < 5; i++)
        learn_refused(&l, &(struct sample){.nth = _i == 0 ? 9 - i : 5 + i,
                                           .in_flight = 9 - i,
                                           .sent_us = 1,
                                           .now_us = 10 + i});
    ck_assert_int_eq(l.level, 4);
}
END_TEST

START_TEST(a_refused_try_goes_back_and_waits_longer_each_time)
{
    struct learn l;
    int64_t now = 1;
    int trips, before = 0;

    learn_init(&l, 32, 20, true);
    for (int i = 0; i < 6; i++) {
        for (trips = 0; !l.tries; trips++, now += 10)
            learn_accepted(&l, &(struct sample){.nth = l.level,
                                                .in_flight = l.level,
                                                .sent_us = now,
                                                .now_us = now + 9});
        ck_assert_int_eq(l.level, 21);
        ck_assert_int_ge(trips, before);
        ck_assert_int_le(trips, LEARN_HOLD_MOST);
        before = trips;
        learn_refused(
            &l, &(struct sample){
                    .nth = 21, .in_flight = 21, .sent_us = now, .now_us = now + 1});
        ck_assert_int_eq(l.level, 20);
        now += 10;
    }
    ck_assert_int_eq(before, LEARN_HOLD_MOST);
}
END_TEST

START_TEST(what_was_learned_before_a_ban_is_gone_back_to)
{
    struct learn l;
    int64_t now = 1000;

    learn_init(&l, 32, 20, true);
    for (int left = 20; left > 0; left--) /* all that is sent comes back */
        learn_refused(
            &l, &(struct sample){
                    .nth = left, .in_flight = left, .sent_us = now, .now_us = now + 1});
    ck_assert_int_eq(l.level, 1);
    ck_assert_int_eq(l.base, 20);
    learn_resume(&l, now + 2);
    ck_assert_int_eq(l.level, LEARN_FIRST);
    for (int i = 0; i < 100; i++)
        learn_accepted(
            &l, &(struct sample){
                    .nth = 1, .in_flight = l.level, .sent_us = now, .now_us = now + 3});
    ck_assert_int_eq(l.level, 20); /* and not beyond */
}
END_TEST

Suite *
learn_suite(void)
{
    Suite *s = suite_create("learn");
    TCase *t = tcase_create("learn");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_moving_upstream_is_followed);
    tcase_add_loop_test(t, the_first_run_ever_is_near_the_bound, 0, 6);
    tcase_add_test(t, after_a_restart_it_is_right_from_the_first_request);
    tcase_add_test(t, a_refusal_for_no_reason_costs_little);
    tcase_add_test(t, an_upstream_that_takes_what_is_allowed_refuses_nothing);
    tcase_add_loop_test(t, whatever_happens_the_level_stays_within_its_bounds, 0, 100);
    tcase_add_loop_test(t, without_refusals_the_level_only_rises_and_reaches_its_end, 0,
                        20);
    tcase_add_test(t, what_is_not_used_is_not_raised);
    tcase_add_loop_test(t, one_flight_shows_how_many_were_taken, 0, 2);
    tcase_add_test(t, a_refused_try_goes_back_and_waits_longer_each_time);
    tcase_add_test(t, what_was_learned_before_a_ban_is_gone_back_to);
    suite_add_tcase(s, t);
    return s;
}

/* An upstream that only fails is left alone, and tried with one request at a time. */
#include "base/prng.h"
#include "enricher/collector/breaker.h"

#include <check.h>

Suite *breaker_suite(void);

static struct failing
challenge(int64_t sent_ms, int64_t now_ms)
{
    return (struct failing){.sent_us = sent_ms * 1000,
                            .now_us = now_ms * 1000,
                            .first_ms = 15000,
                            .retry_after_ms = -1,
                            .opens = true};
}

static struct failing
error(int64_t sent_ms, int64_t now_ms)
{
    return (struct failing){.sent_us = sent_ms * 1000,
                            .now_us = now_ms * 1000,
                            .first_ms = BREAKER_FIRST_MS,
                            .retry_after_ms = -1};
}

START_TEST(a_challenge_opens_it_at_once)
{
    struct breaker b = {0};
    struct failing f = challenge(900, 1000);

    ck_assert(breaker_failed(&b, &f));
    ck_assert_int_eq(breaker_next_ms(&b), 16000);
}
END_TEST

START_TEST(what_was_in_flight_when_it_opened_counts_as_one)
{
    struct breaker b = {0};

    for (int i = 0; i < 10; i++) {
        struct failing f = challenge(900, 1000 + i);

        ck_assert(breaker_failed(&b, &f));
    }
    ck_assert_int_eq(breaker_next_ms(&b), 16000);
    ck_assert(!breaker_answered(&b, 900000)); /* so does a good answer */
    ck_assert_int_eq(breaker_next_ms(&b), 16000);
}
END_TEST

START_TEST(one_probe_goes_and_its_answer_closes)
{
    struct breaker b = {0};
    struct failing f = challenge(900, 1000);

    breaker_failed(&b, &f);
    breaker_sent(&b, 16000000);
    ck_assert(breaker_next_ms(&b) == INT64_MAX);
    ck_assert(breaker_answered(&b, 16000000));
    ck_assert(!b.open);
    ck_assert_int_le(breaker_next_ms(&b), 16000);
}
END_TEST

START_TEST(each_probe_that_fails_doubles_the_pause_up_to_a_minute)
{
    static const int64_t pauses[] = {15000, 30000, 60000, 60000, 60000};
    struct breaker b = {0};
    int64_t now = 1000;

    for (int i = 0; i < 5; i++) {
        struct failing f = challenge(now, now);

        ck_assert(breaker_failed(&b, &f));
        ck_assert_int_eq(breaker_next_ms(&b) - now, pauses[i]);
        now = breaker_next_ms(&b);
        breaker_sent(&b, now * 1000);
    }
    ck_assert(breaker_answered(&b, now * 1000));
    now += 1000;
    breaker_failed(&b, &(struct failing){.sent_us = now * 1000,
                                         .now_us = now * 1000,
                                         .first_ms = 15000,
                                         .retry_after_ms = -1,
                                         .opens = true});
    ck_assert_int_eq(breaker_next_ms(&b) - now, 15000); /* from the beginning */
}
END_TEST

START_TEST(a_probe_that_is_lost_is_sent_again)
{
    struct breaker b = {0};
    struct failing f = challenge(900, 1000);

    breaker_failed(&b, &f);
    breaker_sent(&b, 16000000);
    breaker_lost(&b, 900000); /* another one */
    ck_assert(breaker_next_ms(&b) == INT64_MAX);
    breaker_lost(&b, 16000000);
    ck_assert_int_eq(breaker_next_ms(&b), 16000);
    ck_assert(b.open);
}
END_TEST

START_TEST(errors_open_it_only_when_they_go_on)
{
    struct breaker b = {0};
    struct failing f;

    for (int i = 0; i < 20; i++) { /* one flight, however many */
        f = error(900, 1000 + i);
        ck_assert(!breaker_failed(&b, &f));
    }
    f = error(1100, 1200); /* sent after the first was known */
    ck_assert(breaker_failed(&b, &f));
    ck_assert_int_eq(breaker_next_ms(&b), 1200 + BREAKER_FIRST_MS);
}
END_TEST

START_TEST(one_answer_between_errors_keeps_it_closed)
{
    struct breaker b = {0};

    for (int i = 0; i < 1000; i++) {
        struct failing f = error(1000 + 10 * i, 1005 + 10 * i);

        ck_assert(!breaker_failed(&b, &f));
        if (i % (BREAKER_FAILURES - 1) == 0)
            breaker_answered(&b, (1000 + 10 * i) * 1000);
    }
}
END_TEST

START_TEST(a_named_time_is_waited_for_in_full_open_or_closed)
{
    struct breaker b = {0};
    struct failing f = error(900, 1000);

    f.retry_after_ms = 300000;
    ck_assert(!breaker_failed(&b, &f));
    ck_assert_int_eq(breaker_next_ms(&b), 301000);
    f = challenge(900, 1000);
    f.retry_after_ms = 600000;
    ck_assert(breaker_failed(&b, &f));
    ck_assert_int_eq(breaker_next_ms(&b), 601000);
    f = challenge(900, 1001); /* a shorter one takes nothing back */
    f.retry_after_ms = 1000;
    breaker_failed(&b, &f);
    ck_assert_int_eq(breaker_next_ms(&b), 601000);
}
END_TEST

/* An upstream that fails for a while, asked by many: while open at most one request is
 * out, none before the pause is over, and in the end it is closed again. */
START_TEST(while_open_at_most_one_request_a_pause_goes)
{
    struct prng r = {400 + (uint64_t)_i};
    struct breaker b = {0};
    int64_t now = 1000000, bad_until = now + 300000, sent[64];
    int64_t last_probe = 0;
    int n = 0;

    for (; now < bad_until + 200000; now += 1 + (int64_t)prng_below(&r, 40)) {
        bool is_open = b.open;

        if (n < 64 && prng_below(&r, 2) == 0 && breaker_next_ms(&b) <= now) {
            if (is_open) {
                ck_assert_msg(now - last_probe >= 1000 || last_probe == 0,
                              "seed %d: probes %lld ms apart", 400 + _i,
                              (long long)(now - last_probe));
                last_probe = now;
            }
            breaker_sent(&b, now * 1000);
            sent[n++] = now;
        }
        if (n > 0 && prng_below(&r, 4) == 0) {
            int which = (int)prng_below(&r, (uint64_t)n);
            struct failing f = error(sent[which], now);

            if (prng_below(&r, 50) == 0) {
                breaker_lost(&b, sent[which] * 1000);
                last_probe = 0; /* the next one follows at once */
            } else if (now < bad_until)
                breaker_failed(&b, &f);
            else
                breaker_answered(&b, sent[which] * 1000);
            sent[which] = sent[--n];
            if (b.open && !is_open)
                last_probe = 0;
        }
    }
    ck_assert_msg(!b.open, "seed %d", 400 + _i);
}
END_TEST

Suite *
breaker_suite(void)
{
    Suite *s = suite_create("breaker");
    TCase *t = tcase_create("breaker");

    tcase_add_test(t, a_challenge_opens_it_at_once);
    tcase_add_test(t, what_was_in_flight_when_it_opened_counts_as_one);
    tcase_add_test(t, one_probe_goes_and_its_answer_closes);
    tcase_add_test(t, each_probe_that_fails_doubles_the_pause_up_to_a_minute);
    tcase_add_test(t, a_probe_that_is_lost_is_sent_again);
    tcase_add_test(t, errors_open_it_only_when_they_go_on);
    tcase_add_test(t, one_answer_between_errors_keeps_it_closed);
    tcase_add_test(t, a_named_time_is_waited_for_in_full_open_or_closed);
    tcase_add_loop_test(t, while_open_at_most_one_request_a_pause_goes, 0, 50);
    suite_add_tcase(s, t);
    return s;
}

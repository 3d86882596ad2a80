#include "tests/market/judge.h"

#include "base/json.h"
#include "base/prng.h"
#include "base/str.h"

#include <check.h>

Suite *judge_suite(void);

enum { NOW = 1000000 };

/* The judge's own words on one group. */
static struct json *
verdict(const struct judge *j)
{
    struct buf out;
    struct jsonw w;
    struct json *root;

    buf_init(&out, 1 << 20);
    jsonw_init(&w, &out);
    jw_object(&w, NULL);
    judge_write(j, &w, NOW);
    jw_end(&w);
    root = json_parse(buf_str(&out), out.len, NULL);
    ck_assert_ptr_nonnull(root);
    buf_free(&out);
    return root;
}

static int64_t
said(const struct judge *j, const char *path)
{
    struct json *root = verdict(j);
    char full[80];
    int64_t value;

    str_fmt(full, sizeof full, "groups.%s", path);
    value = json_i64(json_get(root, full), -1);
    json_free(&root);
    return value;
}

START_TEST(most_in_flight_is_the_peak_and_beyond_the_limit_is_a_violation)
{
    struct judge *j = judge_new(NULL);
    struct record *r[4];

    judge_set_limit(j, GROUP_FINVIZ, 3);
    for (int i = 0; i < 4; i++) {
        char target[16];

        str_fmt(target, sizeof target, "/t%d", i);
        r[i] = judge_arrive(j, GROUP_FINVIZ, "finviz-quote", target, "", NOW + i);
        ck_assert_int_eq(r[i]->arrival.in_flight, i + 1);
        ck_assert(r[i]->arrival.violation == (i == 3));
    }
    for (int i = 0; i < 4; i++)
        judge_end(j, &r[i], NOW + 500000, 200, true);
    ck_assert_int_eq(said(j, "finviz.requests"), 4);
    ck_assert_int_eq(said(j, "finviz.in_flight"), 0);
    ck_assert_int_eq(said(j, "finviz.most_in_flight"), 4);
    ck_assert_int_eq(said(j, "finviz.violations"), 1);
    ck_assert_int_eq(said(j, "yahoo.requests"), 0);
    judge_free(&j);
}
END_TEST

START_TEST(service_time_is_the_sum_of_one_after_another)
{
    struct judge *j = judge_new(NULL);
    struct record *a = judge_arrive(j, GROUP_YAHOO, "k", "/a", "A", NOW);
    struct record *b = judge_arrive(j, GROUP_YAHOO, "k", "/b", "B", NOW);
    struct json *root;

    judge_end(j, &a, NOW + 600000, 200, true);
    judge_end(j, &b, NOW + 700000, 0, false);
    root = verdict(j);
    ck_assert_double_eq_tol(json_f64(json_get(root, "groups.yahoo.service_s"), 0), 1.3,
                            1e-9);
    json_free(&root);
    ck_assert_int_eq(said(j, "yahoo.closed"), 1);
    judge_free(&j);
}
END_TEST

START_TEST(a_target_asked_twice_at_once_is_a_duplicate_and_later_a_repeat)
{
    struct judge *j = judge_new(NULL);
    struct record *a = judge_arrive(j, GROUP_YAHOO, "chart", "/a", "A", NOW);
    struct record *b = judge_arrive(j, GROUP_YAHOO, "chart", "/a", "A", NOW);

    ck_assert(!a->duplicate && b->duplicate);
    ck_assert_uint_eq(a->nth, 0);
    ck_assert_uint_eq(b->nth, 1);
    judge_end(j, &a, NOW, 200, true);
    judge_end(j, &b, NOW, 200, true);
    a = judge_arrive(j, GROUP_YAHOO, "chart", "/a", "A", NOW);
    ck_assert(!a->duplicate);
    judge_end(j, &a, NOW, 200, true);
    a = judge_arrive(j, GROUP_YAHOO, "quote", "/q?s=A,B", "A,B", NOW);
    judge_end(j, &a, NOW, 200, true);
    ck_assert_int_eq(said(j, "yahoo.duplicates"), 1);
    ck_assert_int_eq(said(j, "yahoo.repeats"), 2);
    ck_assert_int_eq(said(j, "yahoo.tickers"), 3);
    judge_free(&j);
}
END_TEST

/* The sliding window against a plain count over all arrivals. */
START_TEST(the_highest_rate_is_that_of_the_fullest_second)
{
    enum { N = 400 };
    struct judge *j = judge_new(NULL);
    struct prng p = {42};
    int64_t at[N], now = NOW;
    int most = 0;

    for (int i = 0; i < N; i++) {
        struct record *r;
        int n = 0;

        now += (int64_t)prng_below(&p, 40000);
        at[i] = now;
        r = judge_arrive(j, GROUP_FEEDS, "feed", "/f", "", now);
        judge_end(j, &r, now, 200, true);
        for (int k = 0; k <= i; k++)
            n += at[k] > now - 1000000;
        most = n > most ? n : most;
    }
    ck_assert_int_eq(said(j, "feeds.highest_rate_per_s"), most);
    judge_free(&j);
}
END_TEST

START_TEST(refusals_and_faults_are_errors_and_unknown_tickers_are_not)
{
    struct judge *j = judge_new(NULL);
    static const int status[] = {200, 404, 429, 503};

    for (size_t i = 0; i < STR_LEN(status); i++) {
        struct record *r = judge_arrive(j, GROUP_YAHOO, "k", "/a", "", NOW);

        judge_end(j, &r, NOW, status[i], true);
    }
    ck_assert_int_eq(said(j, "yahoo.errors"), 2);
    judge_free(&j);
}
END_TEST

START_TEST(a_reset_keeps_what_is_in_flight_and_the_sequence)
{
    struct judge *j = judge_new(NULL);
    struct record *a = judge_arrive(j, GROUP_YAHOO, "k", "/a", "A", NOW), *b;

    b = judge_arrive(j, GROUP_YAHOO, "k", "/b", "B", NOW);
    judge_end(j, &b, NOW, 200, true);
    judge_set_limit(j, GROUP_YAHOO, 5);
    judge_reset(j);
    ck_assert_int_eq(said(j, "yahoo.requests"), 0);
    ck_assert_int_eq(said(j, "yahoo.in_flight"), 1);
    ck_assert_int_eq(said(j, "yahoo.most_in_flight"), 1);
    ck_assert_int_eq(said(j, "yahoo.limit"), 5);
    judge_end(j, &a, NOW, 200, true);
    ck_assert_int_eq(said(j, "yahoo.in_flight"), 0);
    judge_free(&j);
}
END_TEST

START_TEST(requests_come_once_in_the_order_of_their_end)
{
    struct judge *j = judge_new(NULL);
    struct record *a = judge_arrive(j, GROUP_YAHOO, "k", "/a", "A", NOW);
    struct record *b = judge_arrive(j, GROUP_YAHOO, "k", "/b", "B", NOW);
    struct buf out;

    buf_init(&out, 1 << 20);
    judge_end(j, &b, NOW + 1, 200, true);
    judge_end(j, &a, NOW + 2, 200, true);
    judge_requests(j, 0, &out);
    ck_assert(strstr(buf_str(&out), "/b") < strstr(buf_str(&out), "/a"));
    buf_clear(&out);
    judge_requests(j, 1, &out);
    ck_assert_ptr_null(strstr(buf_str(&out), "/b"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "\"seq\":2"));
    buf_clear(&out);
    judge_requests(j, 2, &out);
    ck_assert_uint_eq(out.len, 0);
    buf_free(&out);
    judge_free(&j);
}
END_TEST

Suite *
judge_suite(void)
{
    Suite *s = suite_create("judge");
    TCase *t = tcase_create("judge");

    tcase_add_test(t, most_in_flight_is_the_peak_and_beyond_the_limit_is_a_violation);
    tcase_add_test(t, service_time_is_the_sum_of_one_after_another);
    tcase_add_test(t, a_target_asked_twice_at_once_is_a_duplicate_and_later_a_repeat);
    tcase_add_test(t, the_highest_rate_is_that_of_the_fullest_second);
    tcase_add_test(t, refusals_and_faults_are_errors_and_unknown_tickers_are_not);
    tcase_add_test(t, a_reset_keeps_what_is_in_flight_and_the_sequence);
    tcase_add_test(t, requests_come_once_in_the_order_of_their_end);
    suite_add_tcase(s, t);
    return s;
}

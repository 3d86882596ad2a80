#include "tests/market/fault.h"

#include "base/str.h"

#include <check.h>
#include <math.h>

Suite *fault_suite(void);

static int
add(struct faults *f, const char *text)
{
    return faults_add(f, text, strlen(text), NULL);
}

START_TEST(a_count_hits_so_many_times_and_then_no_more)
{
    struct faults f = {.seed = 1};

    ck_assert_int_eq(add(&f, "/yahoo/:429-retry-after=7:3"), 0);
    ck_assert_ptr_null(faults_draw(&f, "/finviz/x", 1));
    for (int i = 0; i < 3; i++) {
        const struct fault *hit = faults_draw(&f, "/yahoo/v8", 1);

        ck_assert_str_eq(hit->kind->name, "429-retry-after");
        ck_assert_double_eq(hit->arg, 7);
    }
    ck_assert_ptr_null(faults_draw(&f, "/yahoo/v8", 1));
}
END_TEST

START_TEST(a_share_hits_its_share)
{
    struct faults f = {.seed = 9};
    int hits = 0;

    ck_assert_int_eq(add(&f, "/:500:25%"), 0);
    for (int i = 0; i < 10000; i++)
        hits += faults_draw(&f, "/any", 1) != NULL;
    ck_assert_int_gt(hits, 2300);
    ck_assert_int_lt(hits, 2700);
}
END_TEST

START_TEST(a_time_hits_from_its_first_hit_on_and_all_for_ever)
{
    struct faults f = {.seed = 3};

    ck_assert_int_eq(add(&f, "/a:challenge:1.5s,/b:bot-page:all"), 0);
    ck_assert_ptr_nonnull(faults_draw(&f, "/a", 7000000));
    ck_assert_ptr_nonnull(faults_draw(&f, "/a", 8499999));
    ck_assert_ptr_null(faults_draw(&f, "/a", 8500000));
    ck_assert_ptr_nonnull(faults_draw(&f, "/b", INT64_MAX));
}
END_TEST

START_TEST(rows_and_json_say_the_same)
{
    struct faults rows = {.seed = 1}, json = {.seed = 1};

    ck_assert_int_eq(add(&rows, "# two\n/a:reset:2, /b:slow=1.5:0.5\n"), 0);
    ck_assert_int_eq(add(&json, " [{\"path\":\"/a\",\"kind\":\"reset\",\"count\":2},"
                                "{\"path\":\"/b\",\"kind\":\"slow\",\"arg\":1.5,"
                                "\"share\":0.5}]"),
                     0);
    ck_assert_uint_eq(rows.n, 2);
    ck_assert_uint_eq(json.n, 2);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_str_eq(rows.rules[i].prefix, json.rules[i].prefix);
        ck_assert_ptr_eq(rows.rules[i].kind, json.rules[i].kind);
        ck_assert_double_eq(rows.rules[i].share, json.rules[i].share);
        ck_assert_int_eq(rows.rules[i].left, json.rules[i].left);
    }
    ck_assert_double_eq(fault_delay_s(&rows.rules[1]), 1.5);
}
END_TEST

START_TEST(a_bad_row_adds_nothing_and_says_why)
{
    static const char *const bad[] = {"/a:500",
                                      "a:500:1",
                                      "/a:nonsense:1",
                                      "/a:500:0",
                                      "/a:500:1.5",
                                      "/a:500:x",
                                      "/a:500:0s",
                                      "/a:500:sall",
                                      "/a:slow=x:1",
                                      "[{}]",
                                      "[{\"kind\":\"500\"}]",
                                      "[",
                                      ":::"};

    for (size_t i = 0; i < STR_LEN(bad); i++) {
        struct faults f = {.seed = 1};
        struct why why = {""};
        char both[80];

        str_fmt(both, sizeof both, "%s%s", bad[i][0] == '[' ? "" : "/ok:500:1,",
                bad[i]);
        ck_assert_int_lt(faults_add(&f, both, strlen(both), &why), 0);
        ck_assert_uint_eq(f.n, 0);
        ck_assert_str_ne(why.text, "");
    }
}
END_TEST

START_TEST(every_kind_spoils_a_complete_answer)
{
    size_t n;
    const struct fault_kind *kinds = fault_kinds(&n);

    for (size_t i = 0; i < n; i++) {
        struct fault f = {.share = 1};
        struct answer a;

        answer_init(&a);
        answer_text(&a, 200, "text/html", "0123456789");
        f.kind = &kinds[i];
        f.arg = kinds[i].dflt;
        fault_spoil(&f, &a);
        ck_assert_int_eq(a.body.err, 0);
        ck_assert(a.cut < 10);
        answer_free(&a);
    }
}
END_TEST

Suite *
fault_suite(void)
{
    Suite *s = suite_create("fault");
    TCase *t = tcase_create("fault");

    tcase_add_test(t, a_count_hits_so_many_times_and_then_no_more);
    tcase_add_test(t, a_share_hits_its_share);
    tcase_add_test(t, a_time_hits_from_its_first_hit_on_and_all_for_ever);
    tcase_add_test(t, rows_and_json_say_the_same);
    tcase_add_test(t, a_bad_row_adds_nothing_and_says_why);
    tcase_add_test(t, every_kind_spoils_a_complete_answer);
    suite_add_tcase(s, t);
    return s;
}

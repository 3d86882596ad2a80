#include "ingest/store.h"

#include "base/str.h"
#include "ingest/books.h"
#include "tests/unit/ingest/bench.h"

#include <check.h>

static void
add_reject(struct bench *b, const char *id, const char *reason, int64_t ms)
{
    struct unit u = {.id = id,
                     .item = id,
                     .ticker = "",
                     .feed = "wire",
                     .state = "rejected",
                     .reason = reason,
                     .seen_ms = ms};

    ck_assert_int_eq(store_unit_add(b->store, &u), 0);
}

START_TEST(watched_come_first_then_the_newest)
{
    static const char *const order[] = {"w/OLD", "n/9", "n/5", "n/1"};
    struct bench b;
    struct waiting w;

    bench_open(&b);
    bench_unit(&b, "n/1", 1, false);
    bench_unit(&b, "n/9", 9, false);
    bench_unit(&b, "w/OLD", 0, true);
    bench_unit(&b, "n/5", 5, false);
    for (size_t i = 0; i < STR_LEN(order); i++) {
        ck_assert_int_eq(store_next(b.store, 100, &w), 1);
        ck_assert_str_eq(w.id, order[i]);
        ck_assert_uint_gt(w.body_len, 10);
    }
    ck_assert_int_eq(store_next(b.store, 100, &w), 0);
    bench_close(&b);
}
END_TEST

START_TEST(a_unit_is_known_by_its_id)
{
    struct bench b;
    struct unit u = {
        .id = "x/A", .item = "x", .ticker = "A", .feed = "w", .state = "rejected"};

    bench_open(&b);
    ck_assert_int_eq(store_unit_add(b.store, &u), 0);
    ck_assert_int_eq(store_unit_add(b.store, &u), ERR_EXISTS);
    bench_close(&b);
}
END_TEST

START_TEST(a_rolled_back_answer_leaves_nothing)
{
    struct bench b;
    struct feed_state f = {.etag = "e1"}, got;

    bench_open(&b);
    ck_assert_int_eq(store_begin(b.store), 0);
    bench_unit(&b, "n/1", 1, false);
    ck_assert_int_eq(store_seen_add(b.store, "n", 1), 0);
    ck_assert_int_eq(store_feed_put(b.store, "wire", "u", &f), 0);
    store_rollback(b.store);
    ck_assert(!store_seen(b.store, "n"));
    ck_assert_int_eq(store_feed(b.store, "wire", "u", &got), 0);
    ck_assert_str_eq(got.etag, "");
    bench_close(&b);
}
END_TEST

START_TEST(validators_belong_to_an_address)
{
    struct bench b;
    struct feed_state f = {.etag = "e1", .body_hash = "h", .items_last = 7}, got;

    bench_open(&b);
    ck_assert_int_eq(store_feed_put(b.store, "wire", "u", &f), 0);
    bench_reopen(&b);
    ck_assert_int_eq(store_feed(b.store, "wire", "u", &got), 0);
    ck_assert_str_eq(got.etag, "e1");
    ck_assert_str_eq(got.body_hash, "h");
    ck_assert_int_eq(got.items_last, 7);
    ck_assert_int_eq(store_feed(b.store, "wire", "other", &got), 0);
    ck_assert_str_eq(got.etag, "");
    bench_close(&b);
}
END_TEST

START_TEST(done_counts_once)
{
    struct bench b;
    struct waiting w;

    bench_open(&b);
    bench_unit(&b, "n/1", 1, false);
    ck_assert_int_eq(store_next(b.store, 5, &w), 1);
    ck_assert_int_eq(store_done(b.store, "n/1", "alert", "", 6), 1);
    ck_assert_int_eq(store_done(b.store, "n/1", "alert", "", 7), 0);
    ck_assert_int_eq(store_done(b.store, "nobody", "alert", "", 7), 0);
    ck_assert_int_eq(store_again(b.store, "n/1", &w), 0);
    bench_close(&b);
}
END_TEST

START_TEST(one_that_was_alone_three_times_is_dead)
{
    struct bench b;
    struct waiting w;
    char dead[STORE_ID];

    bench_open(&b);
    bench_unit(&b, "n/1", 1, false);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(store_next(b.store, 5, &w), 1);
        ck_assert_int_eq(store_recall(b.store, true, 3, 10 + i, dead), 1);
        ck_assert_str_eq(dead, "");
    }
    ck_assert_int_eq(store_next(b.store, 5, &w), 1);
    ck_assert_int_eq(store_recall(b.store, true, 3, 20, dead), 0);
    ck_assert_str_eq(dead, "n/1");
    ck_assert_int_eq(store_done(b.store, "n/1", "alert", "", 30), STORE_WAS_DEAD);
    bench_close(&b);
}
END_TEST

START_TEST(two_that_were_out_together_are_not_to_blame)
{
    struct bench b;
    struct waiting w;
    char dead[STORE_ID];

    bench_open(&b);
    bench_unit(&b, "n/1", 1, false);
    bench_unit(&b, "n/2", 2, false);
    for (int i = 0; i < 10; i++) {
        ck_assert_int_eq(store_next(b.store, 5, &w), 1);
        ck_assert_int_eq(store_next(b.store, 5, &w), 1);
        ck_assert_int_eq(store_recall(b.store, true, 3, 10 + i, dead), 2);
        ck_assert_str_eq(dead, "");
    }
    bench_close(&b);
}
END_TEST

START_TEST(forgetting_keeps_the_books)
{
    struct bench b;
    struct books before, after;

    bench_open(&b);
    add_reject(&b, "a/", "stale", 10);
    add_reject(&b, "b/", "stale", 20);
    add_reject(&b, "c/", "no_ticker", 30);
    bench_unit(&b, "n/1", 1, false); /* old, but not finished: it stays */
    ck_assert_int_eq(store_seen_add(b.store, "a", 10), 0);
    ck_assert_int_eq(books_load(&before, b.store), 0);
    ck_assert_int_eq(store_forget(b.store, 25, 100), 0);
    ck_assert(!store_seen(b.store, "a"));
    ck_assert_int_eq(books_load(&after, b.store), 0);
    ck_assert_int_eq(books_sum(&after, "rejected"), 3);
    ck_assert_int_eq(books_sum(&before, "rejected"), 3);
    ck_assert_int_eq(after.pending_at_start, 1);
    add_reject(&b, "a/", "stale", 10); /* the row is gone indeed */
    bench_close(&b);
}
END_TEST

START_TEST(cycle_numbers_are_never_used_again)
{
    struct bench b;
    int64_t first, second;

    bench_open(&b);
    ck_assert_int_eq(store_cycle(b.store, &first), 0);
    bench_reopen(&b);
    ck_assert_int_eq(store_cycle(b.store, &second), 0);
    ck_assert_int_gt(second, first);
    bench_close(&b);
}
END_TEST

START_TEST(reasons_beyond_the_bound_are_counted_as_other)
{
    struct books b = {0};
    char reason[32];

    for (int i = 0; i < BOOKS_ROWS + 50; i++) {
        (void)str_fmt(reason, sizeof(reason), "r%d", i);
        books_add(&b, "rejected", reason, 1);
    }
    ck_assert_uint_le(b.n, BOOKS_ROWS);
    ck_assert_int_eq(books_sum(&b, "rejected"), BOOKS_ROWS + 50);
}
END_TEST

START_TEST(room_is_tried_and_given_back)
{
    struct bench b;
    int64_t before, after;

    bench_open(&b);
    ck_assert_int_eq(store_cycle(b.store, &before), 0);
    ck_assert_int_eq(store_room(b.store), 0);
    ck_assert(!store_full(b.store));
    ck_assert_int_eq(store_cycle(b.store, &after), 0);
    ck_assert_int_eq(after, before + 1);
    bench_close(&b);
}
END_TEST

Suite *store_suite(void);

Suite *
store_suite(void)
{
    Suite *s = suite_create("store");
    TCase *t = tcase_create("store");

    tcase_add_test(t, watched_come_first_then_the_newest);
    tcase_add_test(t, a_unit_is_known_by_its_id);
    tcase_add_test(t, a_rolled_back_answer_leaves_nothing);
    tcase_add_test(t, validators_belong_to_an_address);
    tcase_add_test(t, done_counts_once);
    tcase_add_test(t, one_that_was_alone_three_times_is_dead);
    tcase_add_test(t, two_that_were_out_together_are_not_to_blame);
    tcase_add_test(t, forgetting_keeps_the_books);
    tcase_add_test(t, cycle_numbers_are_never_used_again);
    tcase_add_test(t, reasons_beyond_the_bound_are_counted_as_other);
    tcase_add_test(t, room_is_tried_and_given_back);
    suite_add_tcase(s, t);
    return s;
}

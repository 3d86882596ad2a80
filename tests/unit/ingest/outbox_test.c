#include "ingest/outbox.h"

#include "base/str.h"
#include "ingest/counts.h"
#include "tests/unit/ingest/bench.h"

#include <check.h>

enum { SENT_MAX = 4096 };

/* A socket that only remembers. */
struct wire {
    struct bench bench;
    struct clock clock;
    struct loop *loop;
    struct outbox *outbox, *lost;
    int64_t counts[COUNTS];
    size_t n;
    char sent[SENT_MAX][24];
    int64_t attempt[SENT_MAX], behind[SENT_MAX];
    size_t coming[SENT_MAX];
    size_t queued;
    int died;
    size_t stop_at; /* end the loop after so many */
};

static int
publish(void *self, const struct msg_candidate *c, bool first)
{
    struct wire *w = self;

    ck_assert_int_eq(first, c->attempt == 0);
    (void)str_copy(w->sent[w->n], sizeof(w->sent[0]), c->id);
    w->behind[w->n] = c->behind;
    w->coming[w->n] = c->n_coming;
    w->attempt[w->n++] = c->attempt;
    if (w->n == w->stop_at)
        loop_stop(w->loop);
    return 0;
}

static bool
has_room(void *self)
{
    return ((struct wire *)self)->queued == 0;
}

static size_t
queued(void *self)
{
    return ((struct wire *)self)->queued;
}

static void
died(void *self, const char *id)
{
    (void)id;
    ((struct wire *)self)->died++;
}

static void
start(struct wire *w, int64_t window, int64_t waiting)
{
    struct outbox_env env = {.store = w->bench.store,
                             .loop = w->loop,
                             .clock = &w->clock,
                             .counts = w->counts,
                             .window_start = window,
                             .window_max = 64,
                             .resend_ms = 20,
                             .resend_max_ms = 80,
                             .publish = publish,
                             .has_room = has_room,
                             .queued = queued,
                             .died = died,
                             .self = w};

    ck_assert_int_eq(outbox_new(&w->outbox, &env, waiting), 0);
}

/* n units wait, u0 the oldest. */
static struct wire *
wired(int n, int64_t window)
{
    struct wire *w = calloc(1, sizeof(*w));
    char id[24];

    ck_assert_ptr_nonnull(w);
    bench_open(&w->bench);
    w->loop = loop_new(&w->clock);
    for (int i = 0; i < n; i++) {
        (void)str_fmt(id, sizeof(id), "u%d", i);
        bench_unit(&w->bench, id, i + 1, false);
    }
    start(w, window, n);
    return w;
}

static void
unwired(struct wire *w)
{
    outbox_free(&w->outbox);
    outbox_free(&w->lost);
    loop_free(&w->loop);
    bench_close(&w->bench);
    free(w);
}

static void
answer(struct wire *w, size_t from, size_t to)
{
    ck_assert_int_eq(outbox_begin(w->outbox), 0);
    for (size_t i = from; i < to; i++) {
        struct msg_done m = {.id = w->sent[i], .verdict = "alert", .reason = ""};

        ck_assert_int_eq(outbox_done(w->outbox, &m), 1);
    }
    outbox_end(w->outbox);
}

START_TEST(no_more_than_the_window_is_out_newest_first)
{
    struct wire *w = wired(10, 4);

    outbox_pump(w->outbox);
    ck_assert_uint_eq(w->n, 4);
    ck_assert_str_eq(w->sent[0], "u9");
    ck_assert_str_eq(w->sent[3], "u6");
    ck_assert_int_eq(w->behind[0], 3);
    ck_assert_int_eq(w->behind[3], 0);
    ck_assert_uint_eq(w->coming[2], 0);
    ck_assert_uint_eq(w->coming[3], 6); /* what still waits */
    outbox_pump(w->outbox);
    ck_assert_uint_eq(w->n, 4);
    ck_assert_int_eq(outbox_pending(w->outbox), 10);
    unwired(w);
}
END_TEST

START_TEST(a_whole_window_done_doubles_it)
{
    struct wire *w = wired(40, 4);

    outbox_pump(w->outbox);
    answer(w, 0, 4);
    ck_assert_uint_eq(outbox_out(w->outbox), 8);
    ck_assert_int_eq(w->counts[COUNT_WINDOW], 8);
    answer(w, 4, 12);
    ck_assert_uint_eq(outbox_out(w->outbox), 16);
    unwired(w);
}
END_TEST

START_TEST(a_stage_that_starts_anew_calls_all_back_half_at_a_time)
{
    struct wire *w = wired(8, 8);

    outbox_pump(w->outbox);
    ck_assert_uint_eq(w->n, 8);
    outbox_started(w->outbox, "collector", clock_wall_ms(&w->clock) + 1000);
    ck_assert_uint_eq(outbox_out(w->outbox), 4);
    ck_assert_uint_eq(w->n, 12);
    ck_assert_int_eq(w->attempt[8], 1);
    ck_assert_int_eq(outbox_pending(w->outbox), 8);
    unwired(w);
}
END_TEST

START_TEST(a_stage_that_began_before_has_lost_nothing)
{
    struct wire *w = wired(8, 8);
    int64_t before = clock_wall_ms(&w->clock) - 1000;

    outbox_pump(w->outbox);
    outbox_started(w->outbox, "collector", before);
    ck_assert_uint_eq(w->n, 8);
    ck_assert_int_eq(w->counts[COUNT_WINDOW], 8);
    unwired(w);
}
END_TEST

START_TEST(one_alone_at_three_restarts_is_dead)
{
    struct wire *w = wired(1, 8);

    outbox_pump(w->outbox);
    for (int i = 0; i < 3; i++)
        outbox_started(w->outbox, "classifier", clock_wall_ms(&w->clock) + 1000);
    ck_assert_int_eq(w->died, 1);
    ck_assert_int_eq(outbox_pending(w->outbox), 0);
    ck_assert_uint_eq(w->n, 3);
    unwired(w);
}
END_TEST

START_TEST(what_was_out_at_a_crash_waits_again)
{
    struct wire *w = wired(6, 4);

    outbox_pump(w->outbox);
    w->lost = w->outbox; /* dropped as a crash drops it */
    start(w, 4, 6);
    ck_assert_int_eq(outbox_pending(w->outbox), 6);
    outbox_pump(w->outbox);
    ck_assert_str_eq(w->sent[4], "u5");
    ck_assert_int_eq(w->attempt[4], 1);
    unwired(w);
}
END_TEST

START_TEST(what_an_earlier_version_kept_goes_out_too)
{
    struct wire *w = wired(0, 4);

    bench_unit_without(&w->bench, "u0", "follows");
    outbox_added(w->outbox, 1);
    outbox_pump(w->outbox);
    ck_assert_uint_eq(w->n, 1);
    ck_assert_str_eq(w->sent[0], "u0");
    unwired(w);
}
END_TEST

START_TEST(nothing_is_out_while_the_socket_takes_nothing)
{
    struct wire *w = wired(5, 4);

    w->queued = 1;
    outbox_pump(w->outbox);
    ck_assert_uint_eq(w->n, 0);
    w->queued = 0;
    outbox_pump(w->outbox);
    ck_assert_uint_eq(w->n, 4);
    unwired(w);
}
END_TEST

START_TEST(what_is_not_answered_is_sent_again)
{
    struct wire *w = wired(1, 4);

    outbox_pump(w->outbox);
    w->stop_at = 4;
    ck_assert_int_eq(loop_run(w->loop), 0);
    ck_assert_int_eq(w->attempt[3], 3);
    ck_assert_int_eq(w->counts[COUNT_RESENT], 3);
    ck_assert_uint_eq(outbox_out(w->outbox), 1);
    unwired(w);
}
END_TEST

START_TEST(again_sends_what_is_out_and_nothing_else)
{
    struct wire *w = wired(2, 1);

    outbox_pump(w->outbox);
    ck_assert_int_eq(outbox_again(w->outbox, "u1"), 1);
    ck_assert_int_eq(outbox_again(w->outbox, "u0"), 0);
    ck_assert_uint_eq(w->n, 2);
    unwired(w);
}
END_TEST

START_TEST(a_late_answer_finishes_one_that_waits)
{
    struct wire *w = wired(3, 1);
    struct msg_done m = {.id = "u0", .verdict = "reject", .reason = "low_score"};

    outbox_pump(w->outbox);
    ck_assert_int_eq(outbox_begin(w->outbox), 0);
    ck_assert_int_eq(outbox_done(w->outbox, &m), 1);
    ck_assert_int_eq(outbox_done(w->outbox, &m), 0);
    outbox_end(w->outbox);
    ck_assert_int_eq(outbox_pending(w->outbox), 2);
    unwired(w);
}
END_TEST

Suite *outbox_suite(void);

Suite *
outbox_suite(void)
{
    Suite *s = suite_create("outbox");
    TCase *t = tcase_create("outbox");

    tcase_add_test(t, no_more_than_the_window_is_out_newest_first);
    tcase_add_test(t, a_whole_window_done_doubles_it);
    tcase_add_test(t, a_stage_that_starts_anew_calls_all_back_half_at_a_time);
    tcase_add_test(t, a_stage_that_began_before_has_lost_nothing);
    tcase_add_test(t, one_alone_at_three_restarts_is_dead);
    tcase_add_test(t, what_was_out_at_a_crash_waits_again);
    tcase_add_test(t, what_an_earlier_version_kept_goes_out_too);
    tcase_add_test(t, nothing_is_out_while_the_socket_takes_nothing);
    tcase_add_test(t, what_is_not_answered_is_sent_again);
    tcase_add_test(t, again_sends_what_is_out_and_nothing_else);
    tcase_add_test(t, a_late_answer_finishes_one_that_waits);
    suite_add_tcase(s, t);
    return s;
}

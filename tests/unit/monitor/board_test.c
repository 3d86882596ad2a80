#include "monitor/board.h"

#include "base/str.h"
#include "monitor/health.h"

#include <check.h>

static struct board *
board_make(void)
{
    struct board *b = calloc(1, sizeof *b);

    ck_assert_ptr_nonnull(b);
    return b;
}

static void
board_drop(struct board *b)
{
    board_free(b);
    free(b);
}

static void
hear(struct board *b, const char *stage, const char *queue, int64_t now_ms)
{
    char text[512];
    struct why why = {""};

    str_fmt(text, sizeof text,
            "{\"stage\":\"%s\",\"name\":\"%s\",\"pid\":7,\"queues\":[%s]}", stage,
            stage, queue);
    ck_assert_msg(board_heard(b, text, now_ms, &why) == 0, "%s", why.text);
}

static void
hear_all(struct board *b, const char *queue, int64_t now_ms)
{
    static const char *const stages[] = {"ingest", "collector", "enricher",
                                         "classifier", "alerter"};

    for (size_t i = 0; i < STR_LEN(stages); i++)
        hear(b, stages[i], i == 1 ? queue : "", now_ms);
}

/* ---- the board ------------------------------------------------------------------- */

START_TEST(a_process_is_known_by_stage_and_name)
{
    struct board *b = board_make();

    hear(b, "ingest", "", 1000);
    hear(b, "ingest", "", 2000);
    hear(b, "alerter", "", 2000);
    ck_assert_uint_eq(b->n_procs, 2);
    ck_assert_int_eq(board_stage(b, "ingest")->heard_ms, 2000);
    ck_assert_ptr_null(board_stage(b, "classifier"));
    board_drop(b);
}
END_TEST

START_TEST(a_name_too_long_for_its_row_still_finds_it)
{
    struct board *b = board_make();
    char name[200], text[400];

    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    str_fmt(text, sizeof text, "{\"stage\":\"s\",\"name\":\"%s\",\"pid\":1}", name);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(board_heard(b, text, 1000 + i, NULL), 0);
    ck_assert_uint_eq(b->n_procs, 1);
    board_drop(b);
}
END_TEST

START_TEST(malformed_stats_are_counted_and_change_nothing)
{
    static const char *const bad[] = {"",
                                      "{",
                                      "[]",
                                      "{}",
                                      "{\"stage\":1}",
                                      "{\"stage\":\"\"}",
                                      "{\"stage\":\"a\"} x"};
    struct board *b = board_make();
    struct why why;

    for (size_t i = 0; i < STR_LEN(bad); i++)
        ck_assert_int_lt(board_heard(b, bad[i], 1000, &why), 0);
    ck_assert_int_eq(b->bad, (int64_t)STR_LEN(bad));
    ck_assert_uint_eq(b->n_procs, 0);
    board_drop(b);
}
END_TEST

START_TEST(processes_beyond_the_bound_are_counted)
{
    struct board *b = board_make();
    char text[128];

    for (int i = 0; i < BOARD_PROCS + 5; i++) {
        str_fmt(text, sizeof text, "{\"stage\":\"enricher\",\"name\":\"e-%d\"}", i);
        (void)board_heard(b, text, 1000, NULL);
    }
    ck_assert_uint_eq(b->n_procs, BOARD_PROCS);
    ck_assert_int_eq(b->dropped, 5);
    board_drop(b);
}
END_TEST

START_TEST(the_silent_are_forgotten_and_the_others_stay)
{
    struct board *b = board_make();

    hear(b, "ingest", "", 1000);
    hear(b, "collector", "", 30000);
    hear(b, "alerter", "", 1000);
    board_age(b, 1000 + BOARD_FORGET_MS);
    ck_assert_uint_eq(b->n_procs, 1);
    ck_assert_str_eq(b->procs[0].stage, "collector");
    hear(b, "ingest", "", 70000);
    ck_assert_ptr_nonnull(board_stage(b, "ingest"));
    board_drop(b);
}
END_TEST

START_TEST(events_are_counted_by_their_labels)
{
    struct board *b = board_make();

    board_count(b, TALLY_FETCH, "finviz", "ok", 5);
    board_count(b, TALLY_FETCH, "finviz", "ok", 7);
    board_count(b, TALLY_FETCH, "finviz", "error", -1);
    board_count(b, TALLY_VERDICT, "finviz", "ok", 0);
    ck_assert_uint_eq(b->n_tallies, 3);
    ck_assert_int_eq(b->tallies[0].n, 2);
    ck_assert_int_eq(b->tallies[0].us, 12);
    ck_assert_int_eq(b->tallies[1].us, 0);
    board_drop(b);
}
END_TEST

START_TEST(labels_beyond_the_bound_are_counted)
{
    struct board *b = board_make();
    char name[32];

    for (int i = 0; i < BOARD_TALLIES + 3; i++) {
        str_fmt(name, sizeof name, "source-%d", i);
        board_count(b, TALLY_FETCH, name, "ok", 1);
    }
    ck_assert_uint_eq(b->n_tallies, BOARD_TALLIES);
    ck_assert_int_eq(b->dropped, 3);
    board_drop(b);
}
END_TEST

/* ---- health ---------------------------------------------------------------------- */

START_TEST(a_feed_that_is_down_is_told_and_all_of_them_are_a_fault)
{
    static const char one[] = "{\"stage\":\"ingest\",\"name\":\"i\",\"pid\":1,"
                              "\"feeds\":[{\"name\":\"a\",\"health\":\"down\","
                              "\"why\":\"HTTP 404\"},{\"name\":\"b\","
                              "\"health\":\"ok\"},{\"name\":\"c\","
                              "\"health\":\"off\"}]}";
    static const char all[] = "{\"stage\":\"ingest\",\"name\":\"i\",\"pid\":1,"
                              "\"feeds\":[{\"name\":\"a\",\"health\":\"down\"},"
                              "{\"name\":\"c\",\"health\":\"off\"}]}";
    struct board *b = calloc(1, sizeof *b);
    struct why why = {""};
    struct health h;
    struct jsonw w;
    struct buf out;

    ck_assert_int_eq(board_heard(b, one, 1000, &why), 0);
    health_check(b, 0, 1000, &h);
    ck_assert(h.lines[0].ok);
    buf_init(&out, 10000);
    jsonw_init(&w, &out);
    jw_object(&w, NULL);
    health_json(&h, &w);
    jw_end(&w);
    ck_assert_ptr_nonnull(strstr(
        buf_str(&out), "\"feeds\":{\"a\":{\"health\":\"down\",\"why\":\"HTTP 404\"}}"));
    buf_free(&out);
    ck_assert_int_eq(board_heard(b, all, 1000, &why), 0);
    health_check(b, 0, 1000, &h);
    ck_assert(!h.lines[0].ok);
    ck_assert_str_eq(h.lines[0].why, "none of its 1 feeds answers");
    board_free(b);
    free(b);
}
END_TEST

START_TEST(an_empty_board_misses_every_stage)
{
    struct board *b = board_make();
    struct health h;

    health_check(b, 4, 1000, &h);
    ck_assert(!h.ok);
    ck_assert_uint_eq(h.n, 5);
    for (size_t i = 0; i < h.n; i++)
        ck_assert_str_eq(h.lines[i].why, "not heard");
    health_check(b, 0, 1000, &h);
    ck_assert_uint_eq(h.n, 4); /* no enricher is wanted: none is missed */
    board_drop(b);
}
END_TEST

START_TEST(all_heard_and_idle_is_well)
{
    struct board *b = board_make();
    struct health h;

    hear_all(b, "", 1000);
    health_check(b, 4, 1000 + HEALTH_SILENT_MS, &h);
    ck_assert(h.ok);
    health_check(b, 4, 1001 + HEALTH_SILENT_MS, &h);
    ck_assert(!h.ok);
    ck_assert_str_eq(h.lines[0].why, "silent for 5 s");
    board_drop(b);
}
END_TEST

/* Heard every second for `seconds` with the queue as given; is the collector well? */
static bool
well_after(const char *queue, int seconds)
{
    struct board *b = board_make();
    struct health h;
    bool ok;

    for (int s = 0; s <= seconds; s++)
        hear_all(b, queue, 1000 + s * 1000);
    health_check(b, 4, 1000 + seconds * 1000, &h);
    ok = h.ok;
    if (!ok)
        ck_assert_ptr_nonnull(strstr(h.lines[1].why, "no progress: 3 in queue q"));
    board_drop(b);
    return ok;
}

START_TEST(work_that_never_moves_is_not_well)
{
    const char *stuck = "{\"name\":\"q\",\"depth\":3,\"oldest_s\":9,\"rate_per_s\":0}";

    ck_assert(well_after(stuck, 59));
    ck_assert(!well_after(stuck, 60));
}
END_TEST

START_TEST(work_that_moves_is_well)
{
    ck_assert(well_after("{\"name\":\"q\",\"depth\":3,\"rate_per_s\":0.1}", 100));
    ck_assert(well_after("{\"name\":\"q\",\"depth\":0,\"rate_per_s\":0}", 100));
}
END_TEST

START_TEST(a_younger_oldest_entry_is_progress_without_a_rate)
{
    struct board *b = board_make();
    struct health h;
    char queue[128];

    for (int s = 0; s < 200; s++) {
        str_fmt(queue, sizeof queue, "{\"name\":\"q\",\"depth\":3,\"oldest_s\":%d}",
                s % 30);
        hear_all(b, queue, 1000 + s * 1000);
        health_check(b, 4, 1000 + s * 1000, &h);
        ck_assert(h.ok);
    }
    board_drop(b);
}
END_TEST

START_TEST(a_process_that_says_it_is_stuck_is_not_well)
{
    struct board *b = board_make();
    struct health h;

    hear_all(b, "", 1000);
    ck_assert_int_eq(
        board_heard(b, "{\"stage\":\"alerter\",\"stuck\":true}", 1000, NULL), 0);
    health_check(b, 4, 1000, &h);
    ck_assert(!h.ok);
    ck_assert_str_eq(h.lines[4].why, "its database refuses to be written");
    board_drop(b);
}
END_TEST

Suite *board_suite(void);

Suite *
board_suite(void)
{
    Suite *s = suite_create("board");
    TCase *t = tcase_create("board");

    tcase_add_test(t, a_process_is_known_by_stage_and_name);
    tcase_add_test(t, a_name_too_long_for_its_row_still_finds_it);
    tcase_add_test(t, malformed_stats_are_counted_and_change_nothing);
    tcase_add_test(t, processes_beyond_the_bound_are_counted);
    tcase_add_test(t, the_silent_are_forgotten_and_the_others_stay);
    tcase_add_test(t, events_are_counted_by_their_labels);
    tcase_add_test(t, labels_beyond_the_bound_are_counted);
    suite_add_tcase(s, t);
    t = tcase_create("health");
    tcase_add_test(t, a_feed_that_is_down_is_told_and_all_of_them_are_a_fault);
    tcase_add_test(t, an_empty_board_misses_every_stage);
    tcase_add_test(t, all_heard_and_idle_is_well);
    tcase_add_test(t, work_that_never_moves_is_not_well);
    tcase_add_test(t, work_that_moves_is_well);
    tcase_add_test(t, a_process_that_says_it_is_stuck_is_not_well);
    tcase_add_test(t, a_younger_oldest_entry_is_progress_without_a_rate);
    suite_add_tcase(s, t);
    return s;
}

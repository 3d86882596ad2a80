/* `catalyst enrich`: the keys that were asked, as they were typed, once each. */
#include "base/json.h"
#include "base/str.h"
#include "enricher/collector/request.h"
#include "world.h"

Suite *request_suite(void);

static struct json *
answer_of(const struct world *w)
{
    struct why why = {""};
    struct json *j = json_parse(w->answer, strlen(w->answer), &why);

    ck_assert_msg(j != NULL, "%s", why.text);
    return j;
}

static const char *
status_of(const struct json *j, const char *ticker, const char *metric)
{
    return json_text(json_get(json_member(json_member(j, ticker), metric), "status"),
                     "none");
}

START_TEST(an_answer_has_exactly_the_keys_that_were_asked)
{
    struct world w;
    struct fake *f;
    struct json *j;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    fake_answers(f);
    world_ask(&w, "enrich", "AAPL brk-b  AAPL $$$ aapl");
    WORLD_UNTIL(&w, w.answers == 1);
    ck_assert(w.answer_ok);
    j = answer_of(&w);
    ck_assert_uint_eq(json_len(j), 4);
    ck_assert_str_eq(status_of(j, "AAPL", "float"), "ok");
    ck_assert_str_eq(status_of(j, "aapl", "vwap"), "ok");
    ck_assert_str_eq(status_of(j, "brk-b", "price"), "ok");
    ck_assert_str_eq(status_of(j, "$$$", "rvol"), "empty");
    json_free(&j);
    ck_assert_int_eq(w.c->stats[CS_LEASES], 3); /* a page, two charts */
    ck_assert(world_is_idle(&w));
    world_close(&w);
}
END_TEST

START_TEST(nothing_asked_is_answered_at_once)
{
    struct world w;

    world_open(&w, NULL);
    world_ask(&w, "enrich", "");
    WORLD_UNTIL(&w, w.answers == 1);
    ck_assert(w.answer_ok);
    ck_assert_str_eq(w.answer, "{}");
    world_close(&w);
}
END_TEST

START_TEST(more_than_five_hundred_are_refused)
{
    static char args[(REQUEST_TICKERS + 1) * 8];
    struct world w;

    for (int i = 0; i <= REQUEST_TICKERS; i++)
        str_fmt(args + strlen(args), sizeof args - strlen(args), "T%d ", i);
    world_open(&w, NULL);
    world_ask(&w, "enrich", args);
    WORLD_UNTIL(&w, w.answers == 1);
    ck_assert(!w.answer_ok);
    ck_assert_ptr_nonnull(strstr(w.answer, "501 tickers"));
    world_close(&w);
}
END_TEST

START_TEST(at_the_deadline_the_answer_says_what_is_missing)
{
    static const char *const sets[] = {"collector.deadline_ms=20", NULL};
    struct world w;
    struct json *j;

    world_open(&w, sets);
    world_ask(&w, "enrich", "AAPL");
    WORLD_UNTIL(&w, w.answers == 1);
    j = answer_of(&w);
    ck_assert_str_eq(status_of(j, "AAPL", "float"), "no_enricher");
    json_free(&j);
    world_close(&w);
}
END_TEST

START_TEST(who_waits_is_answered_when_the_collector_stops)
{
    struct world w;
    struct json *j;

    world_open(&w, NULL);
    world_ask(&w, "enrich", "AAPL MSFT");
    WORLD_UNTIL(&w, heap_len(w.c->deadlines) == 2);
    world_stop(&w);
    WORLD_UNTIL(&w, w.answers == 1);
    j = answer_of(&w);
    ck_assert_uint_eq(json_len(j), 2);
    json_free(&j);
    world_close(&w);
}
END_TEST

Suite *
request_suite(void)
{
    Suite *s = suite_create("request");
    TCase *t = tcase_create("request");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, an_answer_has_exactly_the_keys_that_were_asked);
    tcase_add_test(t, nothing_asked_is_answered_at_once);
    tcase_add_test(t, more_than_five_hundred_are_refused);
    tcase_add_test(t, at_the_deadline_the_answer_says_what_is_missing);
    tcase_add_test(t, who_waits_is_answered_when_the_collector_stops);
    suite_add_tcase(s, t);
    return s;
}

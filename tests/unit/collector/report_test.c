/* What the collector says of itself is what is so. */
#include "base/json.h"
#include "base/str.h"
#include "world.h"

Suite *report_suite(void);

/* The element of a list whose `name` is that. */
static const struct json *
named(const struct json *j, const char *list, const char *name)
{
    const struct json *all = json_get(j, list);

    for (size_t i = 0; i < json_len(all); i++)
        if (str_eq(json_text(json_get(json_at(all, i), "name"), ""), name))
            return json_at(all, i);
    ck_abort_msg("no %s in %s", name, list);
}

static int64_t
number(const struct json *j, const char *path)
{
    return json_i64(json_get(j, path), -1);
}

static struct json *
stats_of(struct world *w)
{
    int before = w->answers;
    struct why why = {""};
    struct json *j;

    world_ask(w, "stats", "");
    WORLD_UNTIL(w, w->answers == before + 1);
    j = json_parse(w->answer, strlen(w->answer), &why);
    ck_assert_msg(j != NULL, "%s", why.text);
    return j;
}

START_TEST(stats_say_what_waits_and_why)
{
    static const char *const sets[] = {"group yahoo.max_in_flight=1", NULL};
    struct world w;
    struct fake *f;
    struct json *j;

    world_open(&w, sets);
    f = world_fake(&w, 64, true);
    world_candidate(&w, "item-1/AAA", 1, 0);
    world_candidate(&w, "item-2/BBB", 0, 0);
    WORLD_UNTIL(&w, f->n == 2);
    j = stats_of(&w);
    ck_assert_str_eq(json_text(json_get(j, "mode"), ""), "parallel");
    ck_assert_int_eq(number(j, "epoch"), w.c->epoch);
    ck_assert_int_eq(number(named(j, "queues", "candidates"), "depth"), 2);
    ck_assert_int_eq(number(named(j, "queues", "yahoo-chart"), "depth"), 1);
    ck_assert_int_eq(number(named(j, "groups", "yahoo"), "in_flight"), 1);
    ck_assert_int_eq(number(named(j, "groups", "yahoo"), "waiting"), 1);
    ck_assert_str_eq(json_text(json_get(named(j, "groups", "yahoo"), "why"), ""),
                     "in flight limit");
    ck_assert_str_eq(json_text(json_get(named(j, "groups", "finviz"), "why"), "-"), "");
    ck_assert_uint_eq(json_len(json_get(j, "enrichers")), 1);
    ck_assert_int_eq(number(j, "enrichers.0.pid"), f->pid);
    ck_assert_int_eq(number(j, "enrichers.0.leases"), 2);
    ck_assert_int_eq(number(named(j, "metrics", "leases_total"), "value"), 2);
    json_free(&j);
    world_close(&w);
}
END_TEST

START_TEST(stats_without_an_enricher_say_so)
{
    struct world w;
    struct json *j;

    world_open(&w, NULL);
    world_candidate(&w, "item-1/AAA", 0, 0);
    WORLD_UNTIL(&w, w.c->stats[CS_CANDIDATES] == 1);
    j = stats_of(&w);
    ck_assert_str_eq(json_text(json_get(named(j, "groups", "finviz"), "why"), ""),
                     "no enricher");
    json_free(&j);
    world_close(&w);
}
END_TEST

START_TEST(the_last_cycle_is_told_when_it_is_over)
{
    struct world w;
    struct fake *f;
    struct json *j;

    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    fake_answers(f);
    world_candidate(&w, "item-1/AAA", 0, 0);
    world_cycle_end(&w, 1);
    WORLD_UNTIL(&w, w.totals == 1);
    j = stats_of(&w);
    ck_assert_int_eq(number(j, "cycle.cycle"), 1);
    ck_assert_int_eq(number(j, "cycle.candidates"), 1);
    ck_assert_int_eq(number(j, "cycle.complete"), 1);
    ck_assert_int_eq(number(j, "cycle.requests"), 2);
    ck_assert_int_eq(number(j, "cycle.float_ok"), 1);
    json_free(&j);
    world_close(&w);
}
END_TEST

Suite *
report_suite(void)
{
    Suite *s = suite_create("report");
    TCase *t = tcase_create("report");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, stats_say_what_waits_and_why);
    tcase_add_test(t, stats_without_an_enricher_say_so);
    tcase_add_test(t, the_last_cycle_is_told_when_it_is_over);
    suite_add_tcase(s, t);
    return s;
}

/* The text of a filing is fetched once for all its candidates, and kept. */
#include "enricher/collector/filing.h"

#include "base/str.h"
#include "world.h"

Suite *filing_suite(void);

#define FILING "320193/0000320193-26-000001"

static const char *const sets[] = {"catalyst.edgar_contact=A b@example.org", NULL};

static struct given *
held_of(struct fake *f, const char *source)
{
    for (size_t i = f->n; i > 0; i--)
        if (!f->given[i - 1].over && str_eq(f->given[i - 1].source, source))
            return &f->given[i - 1];
    ck_abort_msg("no lease of %s", source);
}

static void
file(struct world *w, const char *id, const char *kind, int64_t behind)
{
    int64_t now = clock_wall_ms(&w->proc.clock);
    struct msg_candidate m = {.id = id,
                              .item = "item",
                              .ticker = strchr(id, '/') + 1,
                              .cycle = 1,
                              .kind = kind,
                              .filing = FILING,
                              .title = "8-K",
                              .behind = behind,
                              .published_ms = now,
                              .seen_ms = now};

    ck_assert_int_eq(sender_put(w->items, MSG_candidate, &m), 0);
}

static void
answer_rest(struct world *w, struct fake *f, size_t charts)
{
    WORLD_UNTIL(w, fake_holds(f, "yahoo-chart") == charts &&
                       fake_holds(f, "finviz-screener") > 0 &&
                       held_of(f, "finviz-screener")->n == charts);
    while (fake_holds(f, "yahoo-chart") > 0)
        fake_answer(f, held_of(f, "yahoo-chart"));
    while (fake_holds(f, "finviz-screener") > 0)
        fake_answer(f, held_of(f, "finviz-screener"));
}

static void
answer_text(struct fake *f, const char *status, const char *text)
{
    struct given *g = held_of(f, "edgar-filing");
    struct msg_fact fact = {.ticker = FILING,
                            .name = "filing_text",
                            .status = str_empty(text) ? "empty" : "ok",
                            .why = str_empty(text) ? WHY_NO_FILE : "",
                            .value = (double)strlen(text)};
    struct msg_result r = {.lease = g->lease,
                           .source = g->source,
                           .status = status,
                           .http_status = 200,
                           .text = text,
                           .facts = &fact,
                           .n_facts = 1};

    ck_assert_str_eq(g->tickers[0], FILING);
    g->landed = g->over = true;
    fake_say(f, MSG_result, &r);
}

START_TEST(two_candidates_of_one_filing_wait_for_one_text)
{
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    file(&w, "item/AAA", "filing", 1);
    file(&w, "item/BBB", "filing", 0);
    answer_rest(&w, f, 2);
    WORLD_UNTIL(&w, fake_holds(f, "edgar-filing") == 1);
    ck_assert_uint_eq(w.n_went, 0);
    answer_text(f, "ok", "We are pleased.");
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 2);
    ck_assert_str_eq(w.went[0].text, "We are pleased.");
    ck_assert_str_eq(w.went[1].text, "We are pleased.");
    ck_assert_uint_eq(fake_holds(f, NULL), 0);
    world_check(&w);
    world_close(&w);
}
END_TEST

START_TEST(a_restart_asks_for_no_text_again)
{
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    file(&w, "item/AAA", "filing", 0);
    answer_rest(&w, f, 1);
    WORLD_UNTIL(&w, fake_holds(f, "edgar-filing") == 1);
    answer_text(f, "ok", "We are pleased.");
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    fake_bye(f);
    world_restart(&w);
    f = world_fake(&w, 64, false);
    file(&w, "item/CCC", "filing", 0);
    answer_rest(&w, f, 1);
    WORLD_UNTIL(&w, world_finals(&w, "item/CCC") == 1);
    ck_assert_str_eq(world_last(&w, NULL)->text, "We are pleased.");
    world_close(&w);
}
END_TEST

START_TEST(a_filing_without_a_text_goes_on_without)
{
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    file(&w, "item/AAA", "filing", 0);
    answer_rest(&w, f, 1);
    WORLD_UNTIL(&w, fake_holds(f, "edgar-filing") == 1);
    answer_text(f, "empty", "");
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_str_eq(w.went[0].text, "");
    world_close(&w);
}
END_TEST

START_TEST(a_text_after_the_deadline_makes_a_revision)
{
    static const char *const quick[] = {"catalyst.edgar_contact=A b@example.org",
                                        "collector.deadline_ms=50", NULL};
    struct world w;
    struct fake *f;

    world_open(&w, quick);
    f = world_fake(&w, 64, false);
    file(&w, "item/AAA", "filing", 0);
    answer_rest(&w, f, 1);
    WORLD_UNTIL(&w, w.n_went >= 1 && fake_holds(f, "edgar-filing") == 1);
    ck_assert_str_eq(world_last(&w, NULL)->text, "");
    answer_text(f, "ok", "We are pleased.");
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    ck_assert_str_eq(world_last(&w, NULL)->text, "We are pleased.");
    world_close(&w);
}
END_TEST

START_TEST(only_filings_have_one_and_only_with_a_contact)
{
    struct world w;
    struct fake *f;

    world_open(&w, sets);
    f = world_fake(&w, 64, false);
    file(&w, "item/AAA", "news", 0);
    answer_rest(&w, f, 1);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    world_close(&w);
    world_open(&w, NULL);
    f = world_fake(&w, 64, false);
    file(&w, "item/AAA", "filing", 0);
    answer_rest(&w, f, 1);
    WORLD_UNTIL(&w, world_finals(&w, NULL) == 1);
    world_close(&w);
}
END_TEST

START_TEST(the_oldest_texts_go_when_nobody_waits)
{
    struct world w;
    char name[SUBJECT_SIZE];

    world_open(&w, sets);
    for (int i = 0; i < FILINGS_KEPT + 20; i++) {
        str_fmt(name, sizeof name, "%d/0000320193-26-000001", i + 1);
        filing_keep(w.c, filing_known(w.c, name), "text");
    }
    ck_assert_uint_eq(w.c->n_filings, FILINGS_KEPT);
    ck_assert_ptr_null(filing_known(w.c, "1/0000320193-26-000001")->text);
    ck_assert_ptr_nonnull(filing_known(w.c, name)->text);
    world_restart(&w);
    ck_assert_uint_eq(w.c->n_filings, FILINGS_KEPT);
    world_close(&w);
}
END_TEST

Suite *
filing_suite(void)
{
    Suite *s = suite_create("filing");
    TCase *t = tcase_create("filing");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, two_candidates_of_one_filing_wait_for_one_text);
    tcase_add_test(t, a_restart_asks_for_no_text_again);
    tcase_add_test(t, a_filing_without_a_text_goes_on_without);
    tcase_add_test(t, a_text_after_the_deadline_makes_a_revision);
    tcase_add_test(t, only_filings_have_one_and_only_with_a_contact);
    tcase_add_test(t, the_oldest_texts_go_when_nobody_waits);
    suite_add_tcase(s, t);
    return s;
}

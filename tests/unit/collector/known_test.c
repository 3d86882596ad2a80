/* The fact cache: how long, from whom, and over a restart. */
#include "base/str.h"
#include "enricher/collector/plan.h"
#include "wire/db.h"

#include <check.h>
#include <unistd.h>

Suite *known_suite(void);

enum { NOW_S = 1790000000 };

struct shelf {
    char dir[64], path[96];
    struct clock clock;
    enum session session; /* in which documents land */
    struct known_set *set;
};

/* As shipped. */
static const struct life shipped = {.shares_s = 86400, .quote_s = 60};

static void
shelf_load(struct shelf *s)
{
    struct why why = {""};

    ck_assert_msg(known_open(&s->set, s->path, &s->clock, NULL, &shipped, &why) == 0,
                  "%s", why.text);
}

static void
shelf_open(struct shelf *s)
{
    struct clock plain = {0};

    *s = (struct shelf){.dir = "/tmp/catalyst-test-XXXXXX", .session = SESSION_REGULAR};
    ck_assert_ptr_nonnull(mkdtemp(s->dir));
    str_fmt(s->path, sizeof s->path, "%s/collector.db", s->dir);
    s->clock.offset_ms = (int64_t)NOW_S * 1000 - clock_wall_ms(&plain);
    shelf_load(s);
}

static void
shelf_close(struct shelf *s)
{
    char lock[112];

    known_close(&s->set);
    str_fmt(lock, sizeof lock, "%s.lock", s->path);
    (void)unlink(s->path);
    (void)unlink(lock);
    (void)rmdir(s->dir);
}

static void
put(struct shelf *s, const char *ticker, enum fact_id id, enum slot_state state,
    double value, const char *source)
{
    struct offer offer;
    struct figure fact = {.state = state,
                          .value = value,
                          .got_ms = clock_wall_ms(&s->clock),
                          .source = source_index(source),
                          .why = "as it was said"};

    fact.as_of_ms = fact.got_ms - 1000;
    plan_offer(&offer, s->session, UINT32_MAX);
    known_put(s->set, known_of(s->set, ticker), id, &fact, &offer, INT64_MAX);
}

START_TEST(facts_survive_a_restart_and_the_epoch_counts_up)
{
    const struct slot *slot;
    struct shelf s;
    int64_t as_of, epoch;
    struct span life;

    shelf_open(&s);
    epoch = known_epoch(s.set);
    put(&s, "AAPL", FACT_FLOAT_SHARES, SLOT_OK, 15e9, "finviz-screener");
    known_flush(s.set); /* what is written next leaves it alone */
    put(&s, "ZZZZ", FACT_FLOAT_SHARES, SLOT_EMPTY, 0, "finviz-screener");
    as_of = known_of(s.set, "AAPL")->slots[FACT_FLOAT_SHARES].as_of_ms;
    life = known_of(s.set, "AAPL")->slots[FACT_FLOAT_SHARES].life;
    known_close(&s.set);
    shelf_load(&s);
    ck_assert_int_gt(known_epoch(s.set), epoch);
    ck_assert_uint_eq(known_len(s.set), 2);
    slot = &known_of(s.set, "AAPL")->slots[FACT_FLOAT_SHARES];
    ck_assert_int_eq(slot->state, SLOT_OK);
    ck_assert_double_eq(slot->value, 15e9);
    ck_assert_int_eq(slot->as_of_ms, as_of);
    ck_assert_int_eq(slot->life.fresh_ms, life.fresh_ms);
    ck_assert_int_eq(slot->life.stale_ms, life.stale_ms);
    ck_assert_int_eq(slot->source, source_index("finviz-screener"));
    slot = &known_of(s.set, "ZZZZ")->slots[FACT_FLOAT_SHARES];
    ck_assert_int_eq(slot->state, SLOT_EMPTY);
    ck_assert_uint_eq(slot->tried, 1u << source_index("finviz-screener"));
    ck_assert_str_eq(slot->why, "as it was said");
    shelf_close(&s);
}
END_TEST

/* Of two documents that are written apart; with a file that takes nothing of the first
 * (1) as without. */
START_TEST(each_document_is_written_once_and_again_if_it_could_not_be)
{
    struct shelf s;
    const struct known *n;

    shelf_open(&s);
    put(&s, "AAPL", FACT_FLOAT_SHARES, SLOT_OK, 15e9, "finviz-screener");
    if (_i == 1)
        ck_assert_int_eq(db_exec(known_db(s.set), "PRAGMA query_only = 1", NULL), 0);
    known_flush(s.set);
    ck_assert_uint_eq(known_dirty(s.set), 0);
    ck_assert_int_eq(db_exec(known_db(s.set), "PRAGMA query_only = 0", NULL), 0);
    ck_assert(known_of(s.set, "AAPL")->slots[FACT_FLOAT_SHARES].saved == (_i == 0));
    put(&s, "AAPL", FACT_SESSION_VWAP, SLOT_OK, 201, "yahoo-chart");
    known_close(&s.set);
    shelf_load(&s);
    n = known_of(s.set, "AAPL");
    ck_assert_double_eq(n->slots[FACT_FLOAT_SHARES].value, 15e9);
    ck_assert_double_eq(n->slots[FACT_SESSION_VWAP].value, 201);
    put(&s, "AAPL", FACT_SESSION_VWAP, SLOT_OK, 202, "yahoo-chart"); /* a newer one */
    known_close(&s.set);
    shelf_load(&s);
    n = known_of(s.set, "AAPL");
    ck_assert_double_eq(n->slots[FACT_SESSION_VWAP].value, 202);
    shelf_close(&s);
}
END_TEST

START_TEST(what_is_older_than_a_week_is_forgotten_at_a_restart)
{
    struct shelf s;

    shelf_open(&s);
    put(&s, "AAPL", FACT_FLOAT_SHARES, SLOT_OK, 15e9, "finviz-screener");
    known_close(&s.set);
    s.clock.offset_ms += ((int64_t)KNOWN_KEEP_S + 60) * 1000;
    shelf_load(&s);
    ck_assert_uint_eq(known_len(s.set), 0);
    shelf_close(&s);
}
END_TEST

static bool
answers(const struct known *n, int64_t wall_ms, int64_t since_ms)
{
    struct moment now = {.wall_ms = wall_ms, .since_ms = since_ms};

    return known_answers(n, FACT_FLOAT_SHARES, &now);
}

START_TEST(a_value_answers_until_its_end_and_then_is_stale)
{
    struct known n = {.ticker = "AAPL"};

    ck_assert(!answers(&n, 1000, INT64_MAX));
    n.slots[FACT_FLOAT_SHARES] =
        (struct slot){.state = SLOT_OK, .got_ms = 1000, .life = {2000, 3000}};
    ck_assert(!answers(&n, 999, INT64_MAX)); /* of the future */
    ck_assert(!known_is_stale(&n, FACT_FLOAT_SHARES, 999));
    ck_assert(answers(&n, 1000, INT64_MAX));
    ck_assert(answers(&n, 1999, INT64_MAX));
    ck_assert(!answers(&n, 2000, INT64_MAX));
    ck_assert(known_is_stale(&n, FACT_FLOAT_SHARES, 2999));
    ck_assert(!known_is_stale(&n, FACT_FLOAT_SHARES, 3000));
}
END_TEST

START_TEST(what_came_since_the_question_answers_it)
{
    struct known n = {.slots[FACT_FLOAT_SHARES] = {
                          .state = SLOT_OK, .got_ms = 1000, .life = {1001, 1001}}};

    ck_assert(answers(&n, 90000, 1000));
    ck_assert(!answers(&n, 90000, 1001));
    ck_assert(!answers(&n, 999, 0));
    n.slots[FACT_FLOAT_SHARES].state = SLOT_EMPTY;
    ck_assert(answers(&n, 90000, 1000));
    n.slots[FACT_FLOAT_SHARES] = (struct slot){0};
    ck_assert(!answers(&n, 90000, 0));
}
END_TEST

START_TEST(nothing_is_never_stale)
{
    const struct known *n;
    struct shelf s;

    shelf_open(&s);
    put(&s, "ZZZZ", FACT_FLOAT_SHARES, SLOT_EMPTY, 0, "finviz-screener");
    n = known_of(s.set, "ZZZZ");
    ck_assert(answers(n, clock_wall_ms(&s.clock), INT64_MAX));
    ck_assert(!known_is_stale(n, FACT_FLOAT_SHARES, clock_wall_ms(&s.clock)));
    shelf_close(&s);
}
END_TEST

START_TEST(a_new_file_does_not_begin_with_old_epochs)
{
    struct shelf s;
    int64_t epoch = 0;

    shelf_open(&s);
    for (int i = 0; i < 3; i++) { /* more than one a minute */
        ck_assert_int_gt(known_epoch(s.set), epoch);
        epoch = known_epoch(s.set);
        known_close(&s.set);
        shelf_load(&s);
    }
    known_close(&s.set);
    (void)unlink(s.path);
    s.clock.offset_ms += 3600 * 1000;
    shelf_load(&s);
    ck_assert_int_gt(known_epoch(s.set), epoch);
    shelf_close(&s);
}
END_TEST

START_TEST(a_fresh_value_gives_way_only_to_as_good_a_source)
{
    const char *better = sources[0]->name, *worse = sources[n_sources - 1]->name;
    const struct slot *slot;
    struct shelf s;

    shelf_open(&s);
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_OK, 10, better);
    slot = &known_of(s.set, "AAPL")->slots[FACT_LAST_PRICE];
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_OK, 11, worse);
    ck_assert_double_eq(slot->value, 10);
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_EMPTY, 0, better);
    ck_assert_int_eq(slot->state, SLOT_OK);
    ck_assert_double_eq(slot->value, 10);
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_OK, 12, better);
    ck_assert_double_eq(slot->value, 12);
    s.clock.offset_ms += (shipped.quote_s + 1) * 1000;
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_OK, 13, worse);
    ck_assert_double_eq(slot->value, 13);
    shelf_close(&s);
}
END_TEST

START_TEST(a_spare_never_replaces_what_others_give)
{
    const struct slot *slot;
    struct shelf s;

    shelf_open(&s);
    slot = &known_of(s.set, "AAPL")->slots[FACT_LAST_PRICE];
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_OK, 10, "finviz-screener");
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_OK, 11, "yahoo-quote");
    ck_assert_double_eq(slot->value, 11);
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_OK, 12, "finviz-screener");
    ck_assert_double_eq(slot->value, 11);
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_EMPTY, 0, "yahoo-chart");
    ck_assert_double_eq(slot->value, 11);
    ck_assert_uint_eq(slot->tried, 1u << source_index("yahoo-chart"));
    shelf_close(&s);
}
END_TEST

/* Before the open and after the close the chart's price is the last regular close. */
START_TEST(a_close_never_replaces_what_is_paid_outside_the_session)
{
    static const enum session outside[] = {SESSION_PRE, SESSION_AFTER};

    for (size_t i = 0; i < STR_LEN(outside); i++) {
        struct shelf s;

        shelf_open(&s);
        s.session = outside[i];
        put(&s, "AAPL", FACT_LAST_PRICE, SLOT_OK, 11, "yahoo-quote");
        put(&s, "AAPL", FACT_LAST_PRICE, SLOT_OK, 10, "yahoo-chart");
        ck_assert_double_eq(known_of(s.set, "AAPL")->slots[FACT_LAST_PRICE].value, 11);
        shelf_close(&s);
    }
}
END_TEST

START_TEST(a_previous_close_goes_with_the_price_of_its_document)
{
    const struct known *n;
    struct shelf s;

    shelf_open(&s);
    n = known_of(s.set, "AAPL");
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_OK, 10, "yahoo-chart");
    put(&s, "AAPL", FACT_PREV_CLOSE, SLOT_OK, 9, "yahoo-chart");
    s.clock.offset_ms += (shipped.quote_s + 1) * 1000; /* the price is old, not this */
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_OK, 11, "yahoo-quote");
    put(&s, "AAPL", FACT_PREV_CLOSE, SLOT_OK, 9.5, "yahoo-quote");
    ck_assert_double_eq(n->slots[FACT_PREV_CLOSE].value, 9.5);
    shelf_close(&s);
}
END_TEST

START_TEST(who_had_nothing_is_remembered_until_it_ages)
{
    const struct slot *slot;
    struct shelf s;

    shelf_open(&s);
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_EMPTY, 0, sources[0]->name);
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_EMPTY, 0, sources[1]->name);
    slot = &known_of(s.set, "AAPL")->slots[FACT_LAST_PRICE];
    ck_assert_uint_eq(slot->tried, 3);
    s.clock.offset_ms += (shipped.quote_s + 1) * 1000;
    put(&s, "AAPL", FACT_LAST_PRICE, SLOT_EMPTY, 0, sources[1]->name);
    ck_assert_uint_eq(slot->tried, 2);
    shelf_close(&s);
}
END_TEST

static void
spoil(const struct shelf *s, long at)
{
    char junk[200];
    FILE *f = fopen(s->path, "r+b");

    memset(junk, 'x', sizeof junk);
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fseek(f, at, SEEK_SET), 0);
    ck_assert_uint_eq(fwrite(junk, 1, sizeof junk, f), sizeof junk);
    ck_assert_int_eq(fclose(f), 0);
}

static bool
has_bad(const struct shelf *s)
{
    char bad[112];

    str_fmt(bad, sizeof bad, "%s.bad", s->path);
    return unlink(bad) == 0;
}

START_TEST(a_damaged_file_is_set_aside_and_a_new_one_begins)
{
    static const long places[] = {0, 4096, 8192}; /* the head, the tables */

    for (size_t i = 0; i < STR_LEN(places); i++) {
        struct shelf s;
        int64_t epoch;

        shelf_open(&s);
        put(&s, "AAPL", FACT_FLOAT_SHARES, SLOT_OK, 15e9, "finviz-screener");
        epoch = known_epoch(s.set);
        known_close(&s.set);
        spoil(&s, places[i]);
        shelf_load(&s);
        ck_assert(has_bad(&s));
        ck_assert_uint_eq(known_len(s.set), 0);
        ck_assert_int_ge(known_epoch(s.set), epoch);
        put(&s, "AAPL", FACT_FLOAT_SHARES, SLOT_OK, 15e9, "finviz-screener");
        known_close(&s.set);
        shelf_load(&s);
        ck_assert(!has_bad(&s));
        ck_assert_uint_eq(known_len(s.set), 1);
        shelf_close(&s);
    }
}
END_TEST

START_TEST(the_longest_unasked_make_room)
{
    struct known *n, *kept;
    char ticker[16];
    struct shelf s;

    shelf_open(&s);
    for (int i = 0; i < KNOWN_TICKERS; i++) {
        str_fmt(ticker, sizeof ticker, "T%d", i);
        known_want(s.set, known_of(s.set, ticker));
    }
    ck_assert_ptr_null(known_of(s.set, "NEW")); /* all are in use */
    s.clock.offset_ms += (KNOWN_IN_USE_S + 60) * INT64_C(1000);
    known_want(s.set, kept = known_of(s.set, "T0"));
    n = known_of(s.set, "NEW");
    ck_assert_ptr_nonnull(n);
    ck_assert_int_eq(known_forgotten(s.set), KNOWN_ROOM);
    ck_assert_uint_eq(known_len(s.set), KNOWN_TICKERS - KNOWN_ROOM + 1);
    ck_assert_ptr_eq(known_of(s.set, "T0"), kept);
    ck_assert_ptr_eq(known_newest(s.set), kept);
    known_close(&s.set);
    shelf_load(&s);
    ck_assert_str_eq(known_newest(s.set)->ticker, "T0"); /* NEW was never wanted */
    ck_assert_uint_eq(known_len(s.set), KNOWN_TICKERS - KNOWN_ROOM);
    shelf_close(&s);
}
END_TEST

START_TEST(what_is_too_long_is_no_ticker)
{
    struct shelf s;

    shelf_open(&s);
    ck_assert_ptr_null(known_of(s.set, "1234567890/1234567890-12-1234567"));
    ck_assert_ptr_nonnull(known_of(s.set, "1234567890/1234567890-12-123456"));
    shelf_close(&s);
}
END_TEST

Suite *
known_suite(void)
{
    Suite *s = suite_create("known");
    TCase *t = tcase_create("known");

    tcase_add_test(t, facts_survive_a_restart_and_the_epoch_counts_up);
    tcase_add_loop_test(t, each_document_is_written_once_and_again_if_it_could_not_be,
                        0, 2);
    tcase_add_test(t, what_is_older_than_a_week_is_forgotten_at_a_restart);
    tcase_add_test(t, a_value_answers_until_its_end_and_then_is_stale);
    tcase_add_test(t, what_came_since_the_question_answers_it);
    tcase_add_test(t, nothing_is_never_stale);
    tcase_add_test(t, a_new_file_does_not_begin_with_old_epochs);
    tcase_add_test(t, a_fresh_value_gives_way_only_to_as_good_a_source);
    tcase_add_test(t, a_spare_never_replaces_what_others_give);
    tcase_add_test(t, a_close_never_replaces_what_is_paid_outside_the_session);
    tcase_add_test(t, a_previous_close_goes_with_the_price_of_its_document);
    tcase_add_test(t, who_had_nothing_is_remembered_until_it_ages);
    tcase_add_test(t, a_damaged_file_is_set_aside_and_a_new_one_begins);
    tcase_add_test(t, the_longest_unasked_make_room);
    tcase_add_test(t, what_is_too_long_is_no_ticker);
    suite_add_tcase(s, t);
    return s;
}

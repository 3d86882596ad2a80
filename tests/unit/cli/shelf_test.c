#include "base/str.h"
#include "monitor/cli/ages.h"
#include "monitor/cli/balance.h"
#include "monitor/cli/story.h"
#include "tests/unit/cli/shelves.h"

#include <check.h>

static struct balance
balance_of(const struct shelves *s)
{
    struct shelf shelf;
    struct balance b;
    struct why why = {""};

    ck_assert_msg(shelf_open(&shelf, &s->conf, &why) == 0, "%s", why.text);
    ck_assert_msg(balance_count(&b, &shelf, &why) == 0, "%s", why.text);
    shelf_close(&shelf);
    return b;
}

START_TEST(no_databases_are_empty_books)
{
    struct shelves s;
    struct balance b;

    shelves_open(&s);
    b = balance_of(&s);
    ck_assert_int_eq(b.in, 0);
    ck_assert_int_eq(b.missing, 0);
    shelves_close(&s);
}
END_TEST

START_TEST(books_are_counted_by_id)
{
    struct shelves s;
    struct balance b;

    shelves_open(&s);
    shelves_fill(&s);
    shelves_unit(&s, "a/AAPL", "done", "", 1);
    shelves_verdict(&s, "a/AAPL", "alert", "", 9);
    shelves_unit(&s, "b/MSFT", "out", "", 1); /* its done is still on the way */
    shelves_verdict(&s, "b/MSFT", "reject", "score_low", 9);
    shelves_unit(&s, "c/", "rejected", "no_ticker", 1);
    shelves_unit(&s, "d/X", "waiting", "", 1);
    shelves_unit(&s, "e/Y", "dead", "poison", 1);
    shelves_sql(s.ingest, "INSERT INTO totals VALUES('done', '', 10),"
                          " ('rejected', 'no_ticker', 5), ('done', 'score_low', 2)");
    b = balance_of(&s);
    ck_assert_int_eq(b.in, 22);
    ck_assert_int_eq(b.alerted, 11);
    ck_assert_int_eq(b.rejected, 9);
    ck_assert_int_eq(b.pending, 1);
    ck_assert_int_eq(b.dead, 1);
    ck_assert_int_eq(b.missing, 0);
    ck_assert_int_eq(b.in, b.alerted + b.rejected + b.pending + b.dead);
    ck_assert_uint_eq(b.n_reasons, 2);
    shelves_close(&s);
}
END_TEST

START_TEST(a_done_unit_the_ledger_does_not_know_is_missing)
{
    struct shelves s;
    struct balance b;

    shelves_open(&s);
    shelves_fill(&s);
    shelves_unit(&s, "a/AAPL", "done", "", 1);
    b = balance_of(&s);
    ck_assert_int_eq(b.in, 1);
    ck_assert_int_eq(b.missing, 1);
    shelves_close(&s);
}
END_TEST

START_TEST(reasons_beyond_the_bound_are_other)
{
    struct shelves s;
    struct balance b;
    char id[32], reason[32];
    int64_t sum = 0;

    shelves_open(&s);
    shelves_fill(&s);
    for (int i = 0; i < BALANCE_REASONS + 10; i++) {
        str_fmt(id, sizeof id, "i%d/", i);
        str_fmt(reason, sizeof reason, "r%02d", i);
        shelves_unit(&s, id, "rejected", reason, 1);
    }
    b = balance_of(&s);
    ck_assert_uint_eq(b.n_reasons, BALANCE_REASONS);
    ck_assert_str_eq(b.reasons[BALANCE_REASONS - 1].reason, "other");
    for (size_t i = 0; i < b.n_reasons; i++)
        sum += b.reasons[i].n;
    ck_assert_int_eq(sum, b.rejected);
    shelves_close(&s);
}
END_TEST

/* ---- stories
 * ------------------------------------------------------------------------- */

static struct stories
find(const struct shelves *s, const char *word, size_t most)
{
    struct shelf shelf;
    struct stories found;
    struct why why = {""};

    ck_assert_int_eq(shelf_open(&shelf, &s->conf, &why), 0);
    ck_assert_msg(stories_find(&found, &shelf, word, most, &why) == 0, "%s", why.text);
    shelf_close(&shelf);
    return found;
}

START_TEST(a_story_is_found_by_id_item_and_ticker)
{
    static const char *const words[] = {"a/AAPL", "a", "AAPL", "aapl"};
    struct shelves s;
    struct stories found;

    shelves_open(&s);
    shelves_fill(&s);
    shelves_unit(&s, "a/AAPL", "done", "", 2000);
    shelves_verdict(&s, "a/AAPL", "alert", "", 6000);
    shelves_sql(s.ledger, "INSERT INTO delivery VALUES('a/AAPL', 'console', 'sent', 1,"
                          " '', 6001, 6002, '', 0, 0)");
    for (size_t i = 0; i < STR_LEN(words); i++) {
        found = find(&s, words[i], 5);
        ck_assert_uint_eq(found.n, 1);
        ck_assert(found.list[0].has_unit && found.list[0].has_verdict);
        ck_assert_str_eq(found.list[0].title, "Title");
        ck_assert_uint_eq(found.list[0].n_deliveries, 1);
        ck_assert_ptr_nonnull(story_scored(&found.list[0]));
        ck_assert_uint_eq(story_scored(&found.list[0])->n_evidence, 2);
        stories_free(&found);
    }
    found = find(&s, "nobody", 5);
    ck_assert_uint_eq(found.n, 0);
    stories_free(&found);
    shelves_close(&s);
}
END_TEST

START_TEST(stories_come_newest_first_and_bounded)
{
    struct shelves s;
    struct stories found;

    shelves_open(&s);
    shelves_fill(&s);
    shelves_unit(&s, "old/X", "rejected", "stale", 1000);
    shelves_unit(&s, "new/X", "rejected", "stale", 3000);
    shelves_verdict(&s, "mid/X", "alert", "", 2500); /* ingest has forgotten it */
    found = find(&s, "X", 5);
    ck_assert_uint_eq(found.n, 3);
    ck_assert_str_eq(found.list[0].id, "new/X");
    ck_assert_str_eq(found.list[1].id, "mid/X");
    ck_assert_str_eq(found.list[2].id, "old/X");
    stories_free(&found);
    found = find(&s, "X", 1);
    ck_assert_uint_eq(found.n, 1);
    ck_assert_str_eq(found.list[0].id, "new/X");
    stories_free(&found);
    shelves_close(&s);
}
END_TEST

START_TEST(a_body_that_cannot_be_read_leaves_the_rest)
{
    struct shelves s;
    struct stories found;

    shelves_open(&s);
    shelves_fill(&s);
    shelves_verdict(&s, "a/AAPL", "alert", "", 6000);
    shelves_sql(s.ledger, "UPDATE verdict SET body = x'c1ff'");
    found = find(&s, "a", 5);
    ck_assert_uint_eq(found.n, 1);
    ck_assert(found.list[0].has_verdict);
    ck_assert_ptr_null(story_scored(&found.list[0]));
    stories_free(&found);
    shelves_close(&s);
}
END_TEST

START_TEST(ages_fall_into_their_columns)
{
    struct shelves s;
    struct shelf shelf;
    struct ages ages[AGES_QUEUES];
    struct why why = {""};

    shelves_open(&s);
    shelves_fill(&s);
    shelves_unit(&s, "a/A", "waiting", "", 100000000 - 999);
    shelves_unit(&s, "b/B", "waiting", "", 100000000 - 1000);
    shelves_unit(&s, "c/C", "waiting", "", 0);
    shelves_unit(&s, "d/D", "out", "", 100000000 - 59999);
    ck_assert_int_eq(shelf_open(&shelf, &s.conf, &why), 0);
    ck_assert_int_eq(ages_count(ages, &shelf, 100000000, &why), 0);
    shelf_close(&shelf);
    ck_assert_int_eq(ages[0].total, 3);
    ck_assert_int_eq(ages[0].counts[0], 1);
    ck_assert_int_eq(ages[0].counts[1], 1);
    ck_assert_int_eq(ages[0].counts[AGES_BUCKETS - 1], 1);
    ck_assert_int_eq(ages[1].counts[3], 1);
    ck_assert_int_eq(ages[2].total, 0);
    shelves_close(&s);
}
END_TEST

Suite *shelf_suite(void);

Suite *
shelf_suite(void)
{
    Suite *s = suite_create("shelf");
    TCase *t = tcase_create("shelf");

    tcase_add_test(t, no_databases_are_empty_books);
    tcase_add_test(t, books_are_counted_by_id);
    tcase_add_test(t, a_done_unit_the_ledger_does_not_know_is_missing);
    tcase_add_test(t, reasons_beyond_the_bound_are_other);
    tcase_add_test(t, a_story_is_found_by_id_item_and_ticker);
    tcase_add_test(t, stories_come_newest_first_and_bounded);
    tcase_add_test(t, a_body_that_cannot_be_read_leaves_the_rest);
    tcase_add_test(t, ages_fall_into_their_columns);
    suite_add_tcase(s, t);
    return s;
}

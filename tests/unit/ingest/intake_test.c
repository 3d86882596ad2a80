#include "ingest/intake.h"

#include "base/str.h"
#include "ingest/page.h"
#include "tests/unit/ingest/desk.h"
#include "wire/db.h"

#include <check.h>

static const struct conf_feed wire = {.name = "wire", .url = "https://w.example/rss"};
static const struct conf_feed other = {.name = "other", .url = "https://o.example/rss"};
static const struct conf_feed edgar = {.name = "edgar",
                                       .url = "https://e.example/atom",
                                       .kind = "filing",
                                       .forms = "4, 8-K"};
static const struct conf_feed halts = {
    .name = "halts", .url = "https://h.example/rss", .kind = "halt"};

START_TEST(an_item_is_new_once_on_whatever_feed)
{
    struct desk *d = desk_open();
    static const char body[] = RSS(ITEM("1", "Apple (NASDAQ: AAPL) Wins a Contract"));

    ck_assert_uint_eq(desk_take(d, &wire, true, body), 1);
    ck_assert_int_eq(d->added, 1);
    ck_assert_uint_eq(desk_take(d, &wire, false, body), 0);
    ck_assert_uint_eq(desk_take(d, &other, true, body), 0);
    ck_assert_int_eq(d->added, 0);
    ck_assert_int_eq(d->counts[COUNT_DUPLICATES], 2);
    desk_close(d);
}
END_TEST

static int64_t
rejected(const struct books *b, const char *reason)
{
    for (size_t i = 0; i < b->n; i++)
        if (str_eq(b->rows[i].state, "rejected") && str_eq(b->rows[i].reason, reason))
            return b->rows[i].n;
    return 0;
}

START_TEST(units_in_are_candidates_and_rejects)
{
    struct desk *d = desk_open();

    ck_assert_uint_eq(
        desk_take(
            d, &wire, true,
            RSS(ITEM("1", "Apple (NASDAQ: AAPL) and Pfizer (NYSE: PFE) Join Forces")
                    ITEM("2", "A Town Celebrates its Harvest")
                        ITEM("3", "SHAREHOLDER ALERT: Deadline for (NYSE: PFE) Holders")
                            ITEM("4", "Old Gold (TSX: GOLD) Drills Deep"))),
        4);
    ck_assert_int_eq(d->added, 2);
    ck_assert_int_eq(books_sum(&d->books, "rejected"), 3);
    ck_assert_int_eq(rejected(&d->books, "no_ticker"), 2);
    ck_assert_int_eq(rejected(&d->books, "noise_legal"), 1);
    ck_assert_int_eq(d->counts[COUNT_NEW], 4);
    desk_close(d);
}
END_TEST

#define LONG40  "a long lead without any name of a share "
#define LONG200 LONG40 LONG40 LONG40 LONG40 LONG40

START_TEST(the_end_of_a_summary_counts_if_nothing_else_names_a_listing)
{
    struct desk *d = desk_open();
    static const char tail[] = LONG200 LONG200 LONG200 "About Apple (NASDAQ: AAPL)";
    char body[2048];

    (void)str_fmt(body, sizeof body,
                  RSS("<item><title>%s</title><link>https://e.example/%d</link>"
                      "<description>%s</description></item>"),
                  "A Maker of Telephones Has News", 1, tail);
    (void)desk_take(d, &wire, true, body);
    ck_assert_int_eq(d->added, 1);
    (void)str_fmt(body, sizeof body,
                  RSS("<item><title>%s</title><link>https://e.example/%d</link>"
                      "<description>%s</description></item>"),
                  "Beta Corp (TSX: BETA) Has News of Its Own", 2, tail);
    (void)desk_take(d, &wire, true, body);
    ck_assert_int_eq(d->added, 0);
    desk_close(d);
}
END_TEST

#define ENTRY(role, acc)                                                               \
    "<entry><title>4 - X (" role "</title><id>urn:accession-number=" acc "</id>"       \
    "<link href=\"https://e.example/x\"/><category label=\"form type\" term=\"4\"/>"   \
    "</entry>"

START_TEST(an_accession_is_one_item_of_the_company)
{
    struct desk *d = desk_open();
    struct waiting w;

    ck_assert_uint_eq(
        desk_take(d, &edgar, true,
                  "<feed>" ENTRY("0000000001) (Reporting)", "0000320193-26-000001")
                      ENTRY("0000320193) (Issuer)", "0000320193-26-000001") "</feed>"),
        1);
    ck_assert_int_eq(d->counts[COUNT_DUPLICATES], 1);
    ck_assert_int_eq(d->added, 1);
    ck_assert_int_eq(store_next(d->bench.store, 1, &w), 1);
    ck_assert_str_eq(w.id, "sec:0000320193-26-000001/AAPL");
    desk_close(d);
}
END_TEST

START_TEST(open_halts_of_the_first_poll_are_silent)
{
    struct desk *d = desk_open();
    static const char body[] = RSS("<item><ndaq:IssueSymbol>AAPL</ndaq:IssueSymbol>"
                                   "<ndaq:HaltDate>06/16/2023</ndaq:HaltDate></item>");
    static const char later[] = RSS("<item><ndaq:IssueSymbol>PFE</ndaq:IssueSymbol>"
                                    "<ndaq:HaltDate>06/17/2023</ndaq:HaltDate></item>");

    ck_assert_uint_eq(desk_take(d, &halts, true, body), 1);
    ck_assert_int_eq(d->added, 0);
    ck_assert_uint_eq(desk_take(d, &halts, false, later), 1);
    ck_assert_int_eq(d->added, 1);
    desk_close(d);
}
END_TEST

START_TEST(a_broken_body_gives_what_it_has_and_keeps_no_validators)
{
    struct desk *d = desk_open();

    (void)str_copy(d->state.etag, sizeof(d->state.etag), "e");
    (void)str_copy(d->state.body_hash, sizeof(d->state.body_hash), "h");
    ck_assert_uint_eq(
        desk_take(d, &wire, true,
                  "<rss><channel>" ITEM(
                      "1", "Apple (NASDAQ: AAPL) Wins Big") "<item><title>Cut o"),
        1);
    ck_assert_int_eq(d->added, 1);
    ck_assert_str_eq(d->state.etag, "");
    ck_assert_str_eq(d->state.body_hash, "");
    ck_assert_int_eq(d->counts[COUNT_BROKEN], 1);
    desk_close(d);
}
END_TEST

/* Validators of feeds that somebody else sees in the file. */
static void
count_feeds(void *self, const struct unit *u)
{
    struct desk *d = self;
    struct db *db;
    struct db_stmt *rows;
    struct why why;

    (void)u;
    ck_assert_int_eq(db_open(&db, d->bench.path, DB_READ, NULL, 0, &why), 0);
    rows = db_prepare(db, "SELECT count(*) FROM feed WHERE etag = 'e'", &why);
    ck_assert_int_eq(db_step(rows), 1);
    d->added = db_int(rows, 0);
    db_close(&db);
}

START_TEST(validators_are_kept_with_the_items_and_never_before)
{
    static const char body[] = RSS(ITEM("1", "Apple (NASDAQ: AAPL) Wins a Contract"));
    struct desk *d = desk_open();
    struct intake_env env = desk_env(d);
    struct poll_answer a = {
        .feed = &wire, .state = &d->state, .body = body, .len = strlen(body)};
    struct intake *in;
    struct why why = {""};
    int64_t added;

    env.judged = count_feeds;
    env.self = d;
    (void)str_copy(d->state.etag, sizeof d->state.etag, "e");
    d->added = -1;
    ck_assert_int_eq(intake_new(&in, &env), 0);
    ck_assert_int_eq(intake_take(in, &a, NULL, &added, &why), 0);
    ck_assert_int_eq(d->added, 0); /* while the item was being judged */
    count_feeds(d, NULL);
    ck_assert_int_eq(d->added, 1);
    intake_free(&in);
    desk_close(d);
}
END_TEST

START_TEST(an_empty_answer_does_not_forget_that_there_were_items)
{
    struct desk *d = desk_open();

    (void)desk_take(d, &wire, true, RSS(ITEM("1", "Apple (NASDAQ: AAPL) Wins Big")));
    (void)desk_take(d, &wire, false, RSS(""));
    ck_assert_int_eq(d->state.items_last, 1);
    desk_close(d);
}
END_TEST

#define HALT(symbol, resumes)                                                          \
    "<item><ndaq:IssueSymbol>" symbol "</ndaq:IssueSymbol>"                            \
    "<ndaq:HaltDate>11/18/2026</ndaq:HaltDate>"                                        \
    "<ndaq:HaltTime>10:00:00 .163</ndaq:HaltTime>"                                     \
    "<ndaq:ReasonCode>LUDP</ndaq:ReasonCode>" resumes "</item>"
#define RESUMES(time)                                                                  \
    "<ndaq:ResumptionDate>11/18/2026</ndaq:ResumptionDate>"                            \
    "<ndaq:ResumptionTradeTime>" time "</ndaq:ResumptionTradeTime>"

START_TEST(a_resumption_is_news_of_its_halt_once)
{
    struct desk *d = desk_open();
    static const char back[] = RSS(HALT("AAPL", RESUMES("10:05:00")));
    static const char later[] = RSS(HALT("AAPL", RESUMES("10:10:00")));
    struct waiting w;

    (void)desk_take(d, &halts, true, RSS(HALT("IBM", "")));
    ck_assert_uint_eq(desk_take(d, &halts, false, RSS(HALT("AAPL", ""))), 1);
    ck_assert_uint_eq(desk_take(d, &halts, false, back), 1);
    ck_assert_int_eq(d->added, 1);
    ck_assert_int_eq(store_next(d->bench.store, 1, &w), 1);
    ck_assert_str_eq(w.id, "h:AAPL-11/18/2026-10:00:00.163-LUDP>1118100500/AAPL");
    ck_assert_uint_eq(desk_take(d, &halts, false, back), 0);
    ck_assert_uint_eq(desk_take(d, &halts, false, later), 1);
    desk_close(d);
}
END_TEST

START_TEST(a_halt_that_comes_with_its_resumption_is_told_once)
{
    struct desk *d = desk_open();
    static const char both[] = RSS(HALT("AAPL", RESUMES("10:05:00")));

    (void)desk_take(d, &halts, true, RSS(HALT("IBM", RESUMES("10:05:00"))));
    ck_assert_int_eq(d->added, 0);
    ck_assert_uint_eq(desk_take(d, &halts, false, both), 1);
    ck_assert_uint_eq(desk_take(d, &halts, false, both), 0);
    desk_close(d);
}
END_TEST

START_TEST(what_is_still_listed_is_still_seen)
{
    struct desk *d = desk_open();
    const int64_t day = 86400000, now = clock_wall_ms(&d->clock);

    (void)desk_take(d, &halts, true, RSS(HALT("IBM", "")));
    d->clock.offset_ms = 6 * day;
    (void)desk_take(d, &halts, false, RSS(HALT("IBM", "")));
    ck_assert_int_eq(store_forget(d->bench.store, now + 5 * day, 100), 0);
    ck_assert_uint_eq(desk_take(d, &halts, false, RSS(HALT("IBM", ""))), 0);
    desk_close(d);
}
END_TEST

/* ---- pages of filings: two entries each -------------------------------------------
 */

#define FILED(minute)                                                                  \
    "<entry><title>8-K - X (0000000001) (Filer)</title>"                               \
    "<id>accession-number=0000000001-26-0000" minute "</id>"                           \
    "<updated>2026-11-18T10:" minute ":00-05:00</updated>"                             \
    "<category label=\"form type\" term=\"8-K\"/></entry>"
#define PAGE(entries) "<feed>" entries "</feed>"

/* Takes a page; true if the next one is wanted.  newest_ms goes from page to page. */
static bool
page(struct desk *d, size_t no, int64_t *newest_ms, const char *body)
{
    struct poll_answer a = {.feed = &edgar,
                            .state = &d->state,
                            .body = body,
                            .len = strlen(body),
                            .page = no,
                            .page_size = 2,
                            .newest_ms = *newest_ms};
    struct why why = {""};

    ck_assert_int_eq(intake_take(d->intake, &a, NULL, &d->added, &why), 0);
    *newest_ms = a.newest_ms;
    return a.more;
}

START_TEST(pages_are_turned_until_what_was_read_before)
{
    struct desk *d = desk_open();
    int64_t newest = 0, mark;

    ck_assert(!page(d, 0, &newest, PAGE(FILED("11") FILED("10"))));
    mark = d->state.newest_ms;
    ck_assert_int_eq(mark, newest);
    newest = 0;
    (void)str_copy(d->state.etag, sizeof d->state.etag, "e");
    ck_assert(page(d, 0, &newest, PAGE(FILED("16") FILED("15"))));
    ck_assert_int_eq(d->state.newest_ms, mark);
    ck_assert_str_eq(d->state.etag, "");
    ck_assert(page(d, 1, &newest, PAGE(FILED("15") FILED("12"))));
    ck_assert(!page(d, 2, &newest, PAGE(FILED("12") FILED("10"))));
    ck_assert_int_eq(d->state.newest_ms - mark, 5 * 60000);
    ck_assert_int_eq(d->counts[COUNT_NEW], 5);
    desk_close(d);
}
END_TEST

START_TEST(a_poll_that_ends_early_is_made_again_from_the_top)
{
    struct desk *d = desk_open();
    int64_t newest = 0;

    (void)page(d, 0, &newest, PAGE(FILED("11") FILED("10")));
    newest = 0;
    ck_assert(page(d, 0, &newest, PAGE(FILED("16") FILED("15"))));
    newest = 0; /* the next page never came: the same again, nothing of it new */
    ck_assert(page(d, 0, &newest, PAGE(FILED("16") FILED("15"))));
    ck_assert(!page(d, 1, &newest, PAGE(FILED("14"))));
    desk_close(d);
}
END_TEST

START_TEST(pages_end_at_the_bound_and_it_is_counted)
{
    struct desk *d = desk_open();
    int64_t newest = 0;

    (void)page(d, 0, &newest, PAGE(FILED("11") FILED("10")));
    newest = 0;
    ck_assert(page(d, 0, &newest, PAGE(FILED("19") FILED("18"))));
    ck_assert(!page(d, PAGES_MAX - 1, &newest, PAGE(FILED("17") FILED("16"))));
    ck_assert_int_eq(d->counts[COUNT_PAGES_BOUND], 1);
    desk_close(d);
}
END_TEST

START_TEST(watched_tickers_go_before_newer_news)
{
    struct desk *d = desk_open();
    struct waiting w;

    (void)desk_take(d, &wire, true,
                    RSS(ITEM("1", "Apple (NASDAQ: AAPL) Wins a Contract")));
    (void)desk_take(d, &wire, false,
                    RSS(ITEM("2", "Pfizer (NYSE: PFE) Wins a Contract")));
    ck_assert_int_eq(store_next(d->bench.store, 1, &w), 1);
    ck_assert(str_ends(w.id, "/AAPL"));
    desk_close(d);
}
END_TEST

struct heard {
    int n;
    char state[16], reason[48];
};

static void
hear(void *self, const struct unit *u)
{
    struct heard *h = self;

    h->n++;
    (void)str_copy(h->state, sizeof h->state, u->state);
    (void)str_copy(h->reason, sizeof h->reason, u->reason);
}

START_TEST(a_replayed_item_is_judged_as_of_its_time)
{
    struct heard heard = {0};
    struct desk *d = desk_open();
    struct item it = {.id = "n:1",
                      .title = "Apple (NASDAQ: AAPL) Wins a Contract",
                      .link = "https://w.example/1",
                      .published_ms = 1000000};
    struct intake_env env = desk_env(d);
    struct intake *in;

    env.judged = hear;
    env.self = &heard;
    d->conf.ingest.news_max_age_min = 30;
    ck_assert_int_eq(intake_new(&in, &env), 0);
    ck_assert_int_eq(intake_item(in, &wire, &it, 1000000 + 60000), 0);
    ck_assert_str_eq(heard.state, "waiting");
    (void)str_copy(it.id, sizeof it.id, "n:2");
    (void)str_copy(it.title, sizeof it.title, "Apple (NASDAQ: AAPL) Opens a Plant");
    ck_assert_int_eq(intake_item(in, &wire, &it, 1000000 + 31 * 60000), 0);
    ck_assert_str_eq(heard.state, "rejected");
    ck_assert_str_eq(heard.reason, "stale");
    ck_assert_int_eq(heard.n, 2);
    intake_free(&in);
    desk_close(d);
}
END_TEST

Suite *intake_suite(void);

Suite *
intake_suite(void)
{
    Suite *s = suite_create("intake");
    TCase *t = tcase_create("intake");

    tcase_add_test(t, an_item_is_new_once_on_whatever_feed);
    tcase_add_test(t, a_replayed_item_is_judged_as_of_its_time);
    tcase_add_test(t, units_in_are_candidates_and_rejects);
    tcase_add_test(t, the_end_of_a_summary_counts_if_nothing_else_names_a_listing);
    tcase_add_test(t, an_accession_is_one_item_of_the_company);
    tcase_add_test(t, open_halts_of_the_first_poll_are_silent);
    tcase_add_test(t, a_broken_body_gives_what_it_has_and_keeps_no_validators);
    tcase_add_test(t, validators_are_kept_with_the_items_and_never_before);
    tcase_add_test(t, an_empty_answer_does_not_forget_that_there_were_items);
    tcase_add_test(t, a_resumption_is_news_of_its_halt_once);
    tcase_add_test(t, a_halt_that_comes_with_its_resumption_is_told_once);
    tcase_add_test(t, what_is_still_listed_is_still_seen);
    tcase_add_test(t, pages_are_turned_until_what_was_read_before);
    tcase_add_test(t, a_poll_that_ends_early_is_made_again_from_the_top);
    tcase_add_test(t, pages_end_at_the_bound_and_it_is_counted);
    tcase_add_test(t, watched_tickers_go_before_newer_news);
    suite_add_tcase(s, t);
    return s;
}

#include "tests/unit/ingest/desk.h"

#include "base/str.h"
#include "wire/msg.h"

#include <check.h>

Suite *retelling_suite(void);

static const struct conf_feed wire = {.name = "wire", .url = "https://w.example/rss"};
static const struct conf_feed other = {.name = "other", .url = "https://o.example/rss"};

START_TEST(the_same_story_under_another_link_is_told_once)
{
    struct desk *d = desk_open();

    (void)desk_take(d, &wire, true,
                    RSS(ITEM("1", "Apple (NASDAQ: AAPL) Wins a Contract")));
    ck_assert_uint_eq(desk_take(d, &other, true,
                                RSS(ITEM("9", "APPLE (Nasdaq: AAPL) wins a contract"))),
                      1);
    ck_assert_int_eq(d->added, 0);
    ck_assert_int_eq(books_sum(&d->books, "rejected"), 1);
    desk_close(d);
}
END_TEST

START_TEST(a_story_is_told_again_when_its_time_is_over)
{
    struct desk *d = desk_open();

    d->conf.ingest.story_h = 0;
    (void)desk_take(d, &wire, true,
                    RSS(ITEM("1", "Apple (NASDAQ: AAPL) Wins a Contract")));
    d->clock.offset_ms = 1000;
    (void)desk_take(d, &other, true,
                    RSS(ITEM("9", "Apple (NASDAQ: AAPL) Wins a Contract")));
    ck_assert_int_eq(d->added, 1);
    desk_close(d);
}
END_TEST

START_TEST(stories_are_remembered_over_a_restart)
{
    struct desk *d = desk_open();

    (void)desk_take(d, &wire, true,
                    RSS(ITEM("1", "Apple (NASDAQ: AAPL) Wins a Contract")));
    desk_restart(d);
    (void)desk_take(d, &other, true, RSS(ITEM("9", "Apple (AAPL) Wins the Contract")));
    ck_assert_int_eq(d->added, 0);
    desk_close(d);
}
END_TEST

/* What the candidate under this link says that it follows, into out: "kind link". */
static const char *
followed(struct desk *d, const char *link, char out[128])
{
    struct waiting w;
    struct msg m;

    *out = '\0';
    while (store_next(d->bench.store, 1, &w) == 1) {
        const struct msg_candidate *c;

        ck_assert_int_eq(msg_unpack(MSG_candidate, w.body, w.body_len, &m, NULL), 0);
        c = m.body;
        if (str_ends(c->link, link))
            (void)str_fmt(out, 128, "%s %s", c->follows, c->former_link);
        ck_assert_int_eq(str_empty(c->former), str_empty(c->former_link));
        msg_free(&m);
    }
    return out;
}

START_TEST(a_correction_is_news_and_says_of_what)
{
    struct desk *d = desk_open();
    char out[128];

    (void)desk_take(d, &wire, true,
                    RSS(ITEM("1", "Apple (NASDAQ: AAPL) Wins a Contract")));
    (void)desk_take(d, &other, true,
                    RSS(ITEM("9", "CORRECTION: Apple (NASDAQ: AAPL) Wins a Contract")));
    ck_assert_int_eq(d->added, 1);
    ck_assert_str_eq(followed(d, "/9", out), "correction https://w.example/1");
    (void)desk_take(
        d, &wire, true,
        RSS(ITEM("8", "CORRECTION - Apple (NASDAQ: AAPL) wins a contract")));
    ck_assert_int_eq(d->added, 0);
    desk_close(d);
}
END_TEST

START_TEST(what_only_ends_in_update_follows_nothing)
{
    static const struct {
        const char *title, *follows;
    } rows[] = {
        {"Apple (NASDAQ: AAPL) Provides a Business Update", " "},
        {"UPDATE: Apple (NASDAQ: AAPL) Wins a Contract", " "},
        {"CORRECTION: Apple (NASDAQ: AAPL) Wins a Contract", "correction "},
    };
    char body[512], out[128];

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct desk *d = desk_open();

        (void)str_fmt(body, sizeof body, RSS(ITEM("1", "%s")), rows[i].title);
        (void)desk_take(d, &wire, true, body);
        ck_assert_str_eq(followed(d, "/1", out), rows[i].follows);
        desk_close(d);
    }
}
END_TEST

START_TEST(short_symbols_and_words_in_capitals_alert)
{
    static const char *const symbols[] = {"PLTR", "MU", "UBER", "ASH", "COO", "CTO",
                                          "NOW",  "KR", "LOW",  "EQX", "GPK", "DHR"};
    char body[512];

    for (size_t i = 0; i < STR_LEN(symbols); i++) {
        struct desk *d = desk_open();

        (void)str_fmt(body, sizeof body,
                      RSS(ITEM("%zu", "Some Company (NYSE: %s) Wins Large Contract")),
                      i, symbols[i]);
        (void)desk_take(d, &wire, true, body);
        ck_assert_msg(d->added == 1, "%s", symbols[i]);
        desk_close(d);
    }
}
END_TEST

START_TEST(a_release_without_a_ticker_is_known_by_its_company)
{
    static const char body[] =
        RSS("<item><link>https://w.example/1</link><title>Microsoft Corporation Wins a "
            "Contract</title></item>"
            "<item><link>https://w.example/2</link><title>A Newer Kind of Pump</title>"
            "<description>AUSTIN, Texas (WIRE) -- Pfizer Inc. said today that it has "
            "one.</description></item>"
            "<item><link>https://w.example/3</link><title>Microsoft Corporation and a "
            "Foreign Firm (TSX: ZZQ)</title></item>");
    struct desk *d = desk_open();

    ck_assert_uint_eq(desk_take(d, &wire, true, body), 3);
    ck_assert_int_eq(d->added, 2);
    desk_close(d);
}
END_TEST

Suite *
retelling_suite(void)
{
    Suite *s = suite_create("retelling");
    TCase *t = tcase_create("retelling");

    tcase_add_test(t, the_same_story_under_another_link_is_told_once);
    tcase_add_test(t, a_story_is_told_again_when_its_time_is_over);
    tcase_add_test(t, stories_are_remembered_over_a_restart);
    tcase_add_test(t, a_correction_is_news_and_says_of_what);
    tcase_add_test(t, what_only_ends_in_update_follows_nothing);
    tcase_add_test(t, short_symbols_and_words_in_capitals_alert);
    tcase_add_test(t, a_release_without_a_ticker_is_known_by_its_company);
    suite_add_tcase(s, t);
    return s;
}

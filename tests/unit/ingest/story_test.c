#include "ingest/story.h"

#include "base/str.h"

#include <check.h>

/* Titles are told apart by their long words first: no filler may be one of them. */
START_TEST(no_filler_makes_another_story)
{
    static const char fillers[] =
        "a american amex an and announce announced announces at by co company corp "
        "corporation for from group has holdings in inc incorporated its limited llc "
        "ltd market nasdaq nyse of on otc otcqb otcqx plc reports the to today tsx "
        "tsxv with";
    const char *cursor = fillers, *word;
    char title[128];
    size_t n;

    while ((word = str_piece(&cursor, " ", &n)) != NULL) {
        struct story plain, filled;

        ck_assert(str_fmt(title, sizeof title, "Jumbo Pumps %.*s Wins Big Bid", (int)n,
                          word));
        story_make("Jumbo Pumps Wins Big Bid", "", &plain);
        story_make(title, "", &filled);
        ck_assert_msg(story_is_same(&plain, &filled), "%s", title);
    }
}
END_TEST

START_TEST(phrases_that_mean_the_same_have_one_word)
{
    static const char *const phrases[] = {
        "misses estimates", "misses expectations", "cuts outlook",
        "lowers outlook",   "price hikes",         "price hike",
        "price increases",  "consumer backlash",   "impact of tariffs",
        "shares fall",      "shares drop",         "stock falls",
        "stock drops",      "shares rise",         "shares climb",
        "stock rises",      "stock climbs",
    };

    for (size_t i = 0; i < STR_LEN(phrases); i++) {
        char title[STORY_TITLE];

        story_title(phrases[i], title);
        ck_assert_str_ne(title, phrases[i]);
    }
}
END_TEST

Suite *story_suite(void);

static bool
is_same(const char *a, const char *text_a, const char *b, const char *text_b)
{
    struct story x, y;

    story_make(a, text_a, &x);
    story_make(b, text_b, &y);
    ck_assert_int_eq(story_is_same(&x, &y), story_is_same(&y, &x));
    return story_is_same(&x, &y);
}

START_TEST(the_same_words_are_the_same_story)
{
    static const char *const pairs[][2] = {
        {"Acme: Record  Results!", "ACME record results"},
        {"Acme Corp. (NASDAQ) Announces Contract", "Acme Announces Contract"},
        {"Acme Inc. Reports a Breach", "Acme, Inc. today announced a breach"},
        {"Beta Signs Lease With Gamma", "Beta signs lease with Gamma"},
        {"Acme Shares Fall on Tariffs", "Acme: Shares Drop on Tariffs"},
    };

    for (size_t i = 0; i < STR_LEN(pairs); i++)
        ck_assert_msg(is_same(pairs[i][0], "", pairs[i][1], ""), "%s", pairs[i][0]);
}
END_TEST

START_TEST(another_step_or_figure_is_another_story)
{
    static const char text[] =
        "AUSTIN, Texas (WIRE) -- Acme Corp, a maker of pumps for water works in many "
        "states, said that its public offering of common stock by the company and by "
        "certain of its holders under the shelf registration is on its way as planned "
        "and that the underwriters have an option to buy more";
    static const char *const pairs[][2] = {
        {"Acme Announces Pricing of Public Offering",
         "Acme Announces Closing of Public Offering"},
        {"Acme Announces Proposed Public Offering", "Acme Announces Public Offering"},
        {"Acme Reports First Quarter Results", "Acme Reports Second Quarter Results"},
        {"Acme Reports 2025 Results", "Acme Reports 2026 Results"},
        {"Acme Wins $10 Million Contract", "Acme Wins $12 Million Contract"},
        {"Acme Receives Approval of Pump", "Acme Approval of Pump Fails"},
        {"Acme to Acquire Beta", "Acme Not to Acquire Beta"},
    };

    for (size_t i = 0; i < STR_LEN(pairs); i++)
        ck_assert_msg(!is_same(pairs[i][0], text, pairs[i][1], text), "%s",
                      pairs[i][0]);
}
END_TEST

#define BODY                                                                           \
    "Acme Corp, a maker of pumps for water works in many states, said that the city "  \
    "of Springfield has chosen it to equip the plant on the river, after a tender in " \
    "which six others took part and which the council has approved"

START_TEST(much_the_same_words_need_the_same_text)
{
    static const char a[] =
        "Acme Chosen to Equip Large Springfield Water Plant on River";
    static const char b[] = "Acme Chosen to Equip Springfield Water Plant on the River";
    static const char other[] =
        "The board of Acme has appointed a new head of its works council after the long "
        "illness of the former one, who leaves the firm with thanks for what was done by "
        "all the people there in so many years of service to everyone";

    ck_assert(is_same(a, "AUSTIN (WIRE ONE) -- " BODY, b, "/WIRE TWO/ -- " BODY));
    ck_assert(is_same(a, BODY ". And what one wire cuts off.", b, BODY));
    ck_assert(!is_same(a, BODY, b, other));
    ck_assert(!is_same(a, "too short a text", b, "too short a text"));
}
END_TEST

START_TEST(a_correction_is_never_what_it_corrects)
{
    static const char *const titles[] = {
        "CORRECTION: Acme Wins a Contract", "Correction -- Acme Wins a Contract",
        "/C O R R E C T I O N -- Acme Wins a Contract",
        "Acme Wins a Contract - Corrected",
        "CORRECTING and REPLACING Acme Wins a Contract"};
    struct story first, later;

    story_make("Acme Wins a Contract", "", &first);
    ck_assert_int_eq(first.kind, STORY_FIRST);
    for (size_t i = 0; i < STR_LEN(titles); i++) {
        story_make(titles[i], "", &later);
        ck_assert_str_eq(story_kind_name(later.kind), "correction");
        ck_assert(!story_is_same(&later, &first));
        ck_assert(story_follows(&later, &first));
        ck_assert(!story_follows(&first, &later));
        ck_assert(story_is_same(&later, &later));
    }
    story_make("Acme Wins Clearance of a Knee Replacement", "", &later);
    ck_assert_str_eq(story_kind_name(later.kind), "");
    story_make("UPDATE - Acme Wins a Contract", "", &later);
    ck_assert_str_eq(story_kind_name(later.kind), "update");
    ck_assert(story_follows(&later, &first));
    story_make("Beta Fails its Trial", "", &first);
    ck_assert(!story_follows(&later, &first));
}
END_TEST

START_TEST(likeness_is_that_of_sets_of_words)
{
    ck_assert(story_likeness("acme wins", "acme wins") == 1);
    ck_assert(story_likeness("wins acme wins", "acme wins") == 1);
    ck_assert(story_likeness("acme wins 10m contract",
                             "acme wins 10m contract from dod") == 1);
    ck_assert(story_likeness("acme wins contract", "zeta files bankruptcy") < 0.6);
    ck_assert(story_likeness("", "") == 1);
}
END_TEST

START_TEST(every_word_of_the_tables_is_found)
{
    static const char *const telling[] = {"acquires", "fy",        "withdraws",
                                          "may",      "completes", "upsizes"};
    static const char *const filler[] = {"a", "an", "and", "with", "tsxv", "inc", "co"};
    char title[64];

    for (size_t i = 0; i < STR_LEN(telling); i++) {
        ck_assert(str_fmt(title, sizeof title, "acme %s plant", telling[i]));
        ck_assert_msg(!is_same(title, BODY, "acme plant", BODY), "%s", telling[i]);
    }
    for (size_t i = 0; i < STR_LEN(filler); i++) {
        ck_assert(str_fmt(title, sizeof title, "acme %s plant", filler[i]));
        ck_assert_msg(is_same(title, "", "acme plant", ""), "%s", filler[i]);
    }
}
END_TEST

START_TEST(a_title_of_any_length_is_bounded)
{
    char title[4096];
    struct story x;

    for (size_t i = 0; i + 1 < sizeof title; i++)
        title[i] = i % 2 ? ' ' : (char)('a' + i / 2 % 26);
    title[sizeof title - 1] = '\0';
    story_make(title, title, &x);
    ck_assert_uint_lt(strlen(x.title), STORY_TITLE);
    ck_assert(story_is_same(&x, &x));
    memset(title, 'x', sizeof title - 1);
    story_make(title, title, &x);
    ck_assert(story_likeness(x.title, x.title) == 1);
}
END_TEST

Suite *
story_suite(void)
{
    Suite *s = suite_create("story");
    TCase *t = tcase_create("story");

    tcase_add_test(t, the_same_words_are_the_same_story);
    tcase_add_test(t, another_step_or_figure_is_another_story);
    tcase_add_test(t, much_the_same_words_need_the_same_text);
    tcase_add_test(t, a_correction_is_never_what_it_corrects);
    tcase_add_test(t, likeness_is_that_of_sets_of_words);
    tcase_add_test(t, every_word_of_the_tables_is_found);
    tcase_add_test(t, a_title_of_any_length_is_bounded);
    tcase_add_test(t, no_filler_makes_another_story);
    tcase_add_test(t, phrases_that_mean_the_same_have_one_word);
    suite_add_tcase(s, t);
    return s;
}

#include "base/str.h"
#include "classifier/match.h"

#include <check.h>

Suite *match_suite(void);

/* Hits of `phrases` in the text. */
static size_t
hits_in(const char *phrases, const char *text)
{
    static const int tag = 7;
    struct match *m = NULL;
    struct words w;
    struct hits hits;
    struct why why = {""};

    ck_assert_int_eq(match_new(&m), 0);
    ck_assert_msg(match_add(m, phrases, tag, &why) == 0, "%s", why.text);
    words_clear(&w);
    words_add(&w, text);
    match_scan(m, &w, &hits);
    for (size_t i = 0; i < hits.n; i++)
        ck_assert_int_eq(hits.list[i].tag, tag);
    match_free(&m);
    ck_assert_ptr_null(m);
    return hits.n;
}

static void
check_words(const char *text, const char *want)
{
    struct words w;
    char got[512];

    words_clear(&w);
    words_add(&w, text);
    (void)words_text(&w, 0, w.n == 0 ? 0 : w.n - 1, got, sizeof got);
    ck_assert_str_eq(got, want);
}

START_TEST(words_are_folded)
{
    check_words("Top-Line RESULTS!", "top line results");
    check_words("Acme\xe2\x80\x99s drug doesn\xe2\x80\x99t fail",
                "acme drug doesnt fail");
    check_words("510(k) clearance", "510 k clearance");
    check_words("a\xc2\xa0"
                "b\xe2\x80\x94"
                "c\xe2\x84\xa2",
                "a b c");
    check_words("Caf\xc3\xa9 Inc", "caf\xc3\xa9 inc");
    check_words("U.S. Navy", "u s navy");
    check_words("", "");
    check_words("-- !! --", "");
}
END_TEST

START_TEST(the_point_of_an_initial_ends_no_clause)
{
    ck_assert_uint_eq(
        hits_in("contract * terminated", "Contract With U.S. Navy Is Terminated"), 1);
    ck_assert_uint_eq(
        hits_in("contract * terminated", "Wins contract. Chief is terminated"), 0);
    ck_assert_uint_eq(hits_in("grew * fell", "It grew 5. Sales fell"), 0);
}
END_TEST

START_TEST(a_phrase_does_not_match_inside_a_word)
{
    ck_assert_uint_eq(hits_in("pea", "peak demand in european appeal"), 0);
    ck_assert_uint_eq(hits_in("warrant", "extends its warranty"), 0);
    ck_assert_uint_eq(hits_in("car-t", "builds car trucks"), 0);
    ck_assert_uint_eq(hits_in("car-t", "a CAR-T therapy, car t"), 2);
    ck_assert_uint_eq(hits_in("offer", "offering"), 0);
}
END_TEST

START_TEST(the_last_word_stands_for_its_plural)
{
    ck_assert_uint_eq(hits_in("warrant", "Warrants and a warrant"), 2);
    ck_assert_uint_eq(hits_in("cloud contract", "cloud contracts"), 1);
    ck_assert_uint_eq(hits_in("cloud contract", "clouds contract"), 0);
    ck_assert_uint_eq(hits_in("loss", "losss"), 0);
}
END_TEST

START_TEST(a_phrase_stays_within_its_clause)
{
    ck_assert_uint_eq(hits_in("chapter 11", "see chapter. 11 percent"), 0);
    ck_assert_uint_eq(hits_in("chapter 11", "see chapter - 11 percent"), 0);
    ck_assert_uint_eq(hits_in("chapter 11", "see chapter-11"), 1);
    ck_assert_uint_eq(hits_in("closes * offering", "door closes; new offering"), 0);
}
END_TEST

START_TEST(a_gap_takes_up_to_eight_words)
{
    const char *p = "closes * offering";

    ck_assert_uint_eq(hits_in(p, "closes offering"), 1);
    ck_assert_uint_eq(hits_in(p, "closes 1 2 3 4 5 6 7 8 offering"), 1);
    ck_assert_uint_eq(hits_in(p, "closes 1 2 3 4 5 6 7 8 9 offering"), 0);
    ck_assert_uint_eq(hits_in("a * b * c", "a x b y c"), 1);
    ck_assert_uint_eq(hits_in("a * b c", "a b x b c"), 0);
}
END_TEST

START_TEST(longer_hits_come_first)
{
    struct match *m = NULL;
    struct words w;
    struct hits hits;

    ck_assert_int_eq(match_new(&m), 0);
    ck_assert_int_eq(match_add(m, "fast track", 1, NULL), 0);
    ck_assert_int_eq(match_add(m, "fast track designation|fast", 2, NULL), 0);
    words_clear(&w);
    words_add(&w, "gets fast track designation");
    match_scan(m, &w, &hits);
    ck_assert_uint_eq(hits.n, 3);
    ck_assert_str_eq(hits.list[0].phrase, "fast track designation");
    ck_assert_str_eq(hits.list[1].phrase, "fast track");
    ck_assert_str_eq(hits.list[2].phrase, "fast");
    ck_assert_uint_eq(hits.list[0].first, 1);
    ck_assert_uint_eq(hits.list[0].last, 3);
    match_free(&m);
}
END_TEST

START_TEST(a_bad_phrase_is_refused)
{
    static const char *const bad[] = {"* a", "a *", "!", "a b c d e f g h i", "   "};
    struct match *m = NULL;
    struct why why = {""};

    ck_assert_int_eq(match_new(&m), 0);
    for (size_t i = 0; i < STR_LEN(bad); i++)
        ck_assert_int_eq(match_add(m, bad[i], 1, &why), ERR_SYNTAX);
    ck_assert(why.text[0] != '\0');
    match_free(&m);
}
END_TEST

START_TEST(what_does_not_fit_is_counted)
{
    struct match *m = NULL;
    struct words w;
    struct hits hits;
    char text[WORDS_MAX * 4] = "";

    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "a ", 2);
    ck_assert_int_eq(match_new(&m), 0);
    ck_assert_int_eq(match_add(m, "a", 1, NULL), 0);
    words_clear(&w);
    words_add(&w, text);
    ck_assert(w.cut);
    ck_assert_uint_eq(w.n, WORDS_MAX);
    match_scan(m, &w, &hits);
    ck_assert_uint_eq(hits.n, MATCH_HITS);
    ck_assert_uint_eq(hits.lost, WORDS_MAX - MATCH_HITS);
    match_free(&m);
}
END_TEST

START_TEST(one_endless_word_is_cut)
{
    char text[WORDS_TEXT + 100];
    struct words w;

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    words_clear(&w);
    words_add(&w, text);
    ck_assert(w.cut);
    ck_assert_uint_le(w.used, WORDS_TEXT);
}
END_TEST

Suite *
match_suite(void)
{
    Suite *s = suite_create("match");
    TCase *t = tcase_create("match");

    tcase_add_test(t, words_are_folded);
    tcase_add_test(t, the_point_of_an_initial_ends_no_clause);
    tcase_add_test(t, a_phrase_does_not_match_inside_a_word);
    tcase_add_test(t, the_last_word_stands_for_its_plural);
    tcase_add_test(t, a_phrase_stays_within_its_clause);
    tcase_add_test(t, a_gap_takes_up_to_eight_words);
    tcase_add_test(t, longer_hits_come_first);
    tcase_add_test(t, a_bad_phrase_is_refused);
    tcase_add_test(t, what_does_not_fit_is_counted);
    tcase_add_test(t, one_endless_word_is_cut);
    suite_add_tcase(s, t);
    return s;
}

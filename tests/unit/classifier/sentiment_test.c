#include "base/str.h"
#include "classifier/reading.h"

#include <check.h>
#include <stdio.h>

Suite *sentiment_suite(void);

/* Headlines written for this test, each with the side a trader would take. */
static const struct {
    int side; /* -1 bad, 0 neither, 1 good */
    const char *title;
} headlines[] = {
    {1, "Orbix revenue rose 14% in the third quarter"},
    {-1, "Orbix revenue fell 14% in the third quarter"},
    {1, "Halden's net loss narrowed to $3.1 million"},
    {-1, "Halden's net loss widened to $9.4 million"},
    {1, "Fenwick cuts operating costs by a fifth"},
    {-1, "Fenwick sees higher costs through year end"},
    {1, "Tarn Foods raises full-year guidance"},
    {-1, "Tarn Foods lowers full-year guidance"},
    {-1, "Quillon withdraws its annual outlook"},
    {1, "Quillon beats estimates on strong demand"},
    {-1, "Quillon misses estimates as demand falls"},
    {1, "Brightwater posts record revenue"},
    {1, "Brightwater swings to profit"},
    {-1, "Brightwater swings to a loss"},
    {1, "Merid Bio's drug met the primary endpoint in a late trial"},
    {-1, "Merid Bio's drug did not meet its primary endpoint"},
    {-1, "Merid Bio's trial failed, shares plunge"},
    {1, "FDA approves Merid Bio's eye drops"},
    {-1, "FDA rejects Merid Bio's eye drops"},
    {-1, "Merid Bio receives complete response letter"},
    {1, "Clinical hold lifted on Merid Bio's program"},
    {-1, "Clinical hold placed on Merid Bio's program"},
    {-1, "Orbix files for Chapter 11 bankruptcy"},
    {1, "Orbix avoids bankruptcy"},
    {-1, "Auditor raises going concern doubt at Orbix"},
    {-1, "Orbix gets delisting notice from exchange"},
    {1, "Orbix regains compliance with listing rule"},
    {1, "Halden wins $40 million army contract"},
    {1, "Orbix cuts loss forecast"},
    {1, "Orbix lowers guidance for operating expenses"},
    {1, "Orbix's loss outlook is lowered"},
    {1, "Orbix improves its net loss"},
    {-1, "Orbix raises its full-year loss guidance"},
    {-1, "Orbix cuts forecast on the cost of steel"},
    {0, "Orbix narrows its guidance"},
    {-1, "Halden loses contract with the army"},
    {1, "Halden shares soar after results"},
    {-1, "Halden shares tumble after results"},
    {1, "Stock jumps as backlog doubles"},
    {-1, "Stock slumps as orders drop"},
    {1, "Cedar Grid reduces debt by $200 million"},
    {-1, "Cedar Grid's debt rises to $2 billion"},
    {1, "Cedar Grid raises dividend"},
    {-1, "Cedar Grid suspends its dividend"},
    {-1, "Cedar Grid cuts its dividend"},
    {1, "Cedar Grid announces share buyback"},
    {-1, "Cedar Grid to cut 400 jobs"},
    {-1, "Cedar Grid announces layoffs"},
    {-1, "Regulator opens fraud investigation into Pallas"},
    {-1, "Pallas restates two years of accounts"},
    {-1, "Pallas chief executive resigns"},
    {-1, "Pallas discloses material weakness"},
    {-1, "Pallas recalls 20,000 heaters"},
    {1, "Pallas upgraded to buy at a large bank"},
    {-1, "Pallas downgraded on weak demand"},
    {1, "Lumen Rail margin expanded sharply"},
    {-1, "Lumen Rail margins narrowed"},
    {-1, "Lumen Rail's profit slipped slightly"},
    {1, "Lumen Rail to be acquired for $30 a share"},
    {-1, "Lumen Rail announces reverse stock split"},
    {-1, "Lumen Rail defaults on its notes"},
    {1, "Patent granted for Vexel's battery"},
    {1, "Vexel signs strategic partnership with carmaker"},
    {-1, "Vexel unable to file annual report on time"},
    {1, "Vexel reports no adverse events in study"},
    {-1, "Vexel's trial shows no improvement"},
    {0, "Vexel to hold annual meeting in May"},
    {0, "Vexel names new head of research"},
    {0, "Form 8-K filing"},
    {0, "Vexel moves its office to Denver"},
    {0, "Default settings explained in Vexel's manual"},
};

static struct match *
lexicon(void)
{
    struct match *m = NULL;
    struct why why = {""};

    ck_assert_int_eq(match_new(&m), 0);
    for (size_t i = 0; i < n_sentiment_rows; i++)
        ck_assert_msg(match_add(m, sentiment_rows[i].phrases, (int)i, &why) == 0, "%s",
                      why.text);
    return m;
}

static struct sentiment
sentiment_in(const struct match *m, const char *text)
{
    struct sentiment s;
    struct words w;
    struct hits hits;

    words_clear(&w);
    words_add(&w, text);
    match_scan(m, &w, &hits);
    sentiment_of(&hits, &(struct passage){&w, 0, w.n, text}, 0, &s);
    return s;
}

START_TEST(headlines_get_the_side_a_trader_takes)
{
    struct match *m = lexicon();
    size_t wrong = 0;

    for (size_t i = 0; i < STR_LEN(headlines); i++) {
        struct sentiment s = sentiment_in(m, headlines[i].title);
        int side = s.value > 0.05 ? 1 : s.value < -0.05 ? -1 : 0;

        if (side != headlines[i].side) {
            wrong++;
            fprintf(stderr, "%+d %+.2f %s [%s]\n", headlines[i].side, s.value,
                    headlines[i].title, s.text);
        }
    }
    ck_assert_uint_eq(wrong, 0);
    match_free(&m);
}
END_TEST

static double
value_in(const struct match *m, const char *text)
{
    return sentiment_in(m, text).value;
}

START_TEST(direction_needs_the_same_clause_and_reach)
{
    struct match *m = lexicon();

    ck_assert_double_gt(value_in(m, "revenue for the full year rose"), 0.0);
    ck_assert_double_eq(value_in(m, "revenue for the whole of the year rose"), 0.0);
    ck_assert_double_eq(value_in(m, "revenue; prices rose"), 0.0);
    ck_assert_double_gt(value_in(m, "revenue rose and loss narrowed"),
                        value_in(m, "revenue rose"));
    match_free(&m);
}
END_TEST

START_TEST(an_expectation_turns_the_move_before_it_only)
{
    struct match *m = lexicon();

    ck_assert_double_gt(value_in(m, "narrows loss as sales fall less than expected"),
                        value_in(m, "narrows loss"));
    ck_assert_double_lt(value_in(m, "loss widened"), 0.0);
    ck_assert_double_gt(value_in(m, "loss widened less than expected"), 0.0);
    match_free(&m);
}
END_TEST

START_TEST(negation_turns_round_and_weakens)
{
    struct match *m = lexicon();
    double bad = value_in(m, "bankruptcy"), good = value_in(m, "no bankruptcy");

    ck_assert_double_lt(bad, -0.5);
    ck_assert_double_gt(good, 0.3);
    ck_assert_double_lt(good, -bad);
    ck_assert_double_lt(value_in(m, "not one two three bankruptcy"), 0.0);
    ck_assert_double_lt(value_in(m, "not now. bankruptcy"), 0.0);
    match_free(&m);
}
END_TEST

START_TEST(degree_makes_more_or_less_of_it)
{
    struct match *m = lexicon();
    double fell = value_in(m, "sales fell");

    ck_assert_double_lt(value_in(m, "sales fell sharply"), fell);
    ck_assert_double_gt(value_in(m, "sales slightly fell"), fell);
    match_free(&m);
}
END_TEST

START_TEST(a_value_stays_within_one)
{
    struct match *m = lexicon();
    char text[4096];
    size_t used = 0;
    struct sentiment s;

    for (int i = 0; i < 100; i++) {
        (void)str_fmt(text + used, sizeof text - used, "bankruptcy, fraud ");
        used = strlen(text);
    }
    s = sentiment_in(m, text);
    ck_assert_double_lt(s.value, -0.99);
    ck_assert_double_ge(s.value, -1.0);
    ck_assert_double_eq(value_in(m, ""), 0.0);
    ck_assert_uint_eq(sentiment_in(m, "the quick brown fox").opinions, 0);
    match_free(&m);
}
END_TEST

/* ---- the labelled sentences ----------------------------------------------------- */

enum { SIDES = 3, LINE = 512 };

/* "+", "-" or "0", a tab, the sentence; `#` begins a comment. */
static bool
read_row(char *text, int *side, const char **sentence)
{
    char *tab = strchr(text, '\t');

    text[strcspn(text, "\n")] = '\0';
    if (text[0] == '#' || tab == NULL)
        return false;
    *side = text[0] == '+' ? 1 : text[0] == '-' ? -1 : 0;
    *sentence = tab + 1;
    return true;
}

/* Judges a file and prints how well, each row a true side, each column what was said.
 */
static void
judge_file(const char *path, size_t least_rows, double least_right)
{
    struct match *m = lexicon();
    size_t said[SIDES][SIDES] = {{0}}, n = 0, right;
    char text[LINE];
    FILE *f = fopen(path, "re");

    if (f == NULL)
        return; /* the tests run from elsewhere */
    while (fgets(text, sizeof text, f) != NULL) {
        const char *sentence;
        int side, got;
        double value;

        if (!read_row(text, &side, &sentence))
            continue;
        value = sentiment_in(m, sentence).value;
        got = value > 0.05 ? 1 : value < -0.05 ? -1 : 0;
        said[side + 1][got + 1]++;
        n++;
    }
    (void)fclose(f); /* was only read */
    right = said[0][0] + said[1][1] + said[2][2];
    printf("%s: %zu of %zu right, %.1f %%\n", path, right, n,
           100.0 * (double)right / (double)n);
    for (int i = 0; i < SIDES; i++)
        printf("  %2d said -: %zu, neither: %zu, +: %zu\n", i - 1, said[i][0],
               said[i][1], said[i][2]);
    match_free(&m);
    ck_assert_uint_ge(n, least_rows);
    ck_assert_double_ge((double)right, least_right * (double)n);
    ck_assert_double_ge((double)said[1][1],
                        0.95 * (double)(said[1][0] + said[1][1] + said[1][2]));
}

START_TEST(sentences_nobody_tuned_on_are_judged_right)
{
    judge_file("tests/fixtures/sentiment/held.tsv", 120, 0.95);
}
END_TEST

START_TEST(known_sentences_stay_right)
{
    judge_file("tests/fixtures/sentiment/seen.tsv", 300, 0.97);
}
END_TEST

START_TEST(amounts_tell_the_direction_where_no_verb_does)
{
    struct match *m = lexicon();

    ck_assert_double_gt(value_in(m, "profit totalled $4 mn, compared to $2 mn"), 0.0);
    ck_assert_double_lt(value_in(m, "profit totalled $2 mn, compared to $4 mn"), 0.0);
    ck_assert_double_lt(value_in(m, "loss totalled $4 mn, compared to $2 mn"), 0.0);
    ck_assert_double_gt(value_in(m, "loss totalled $2 mn, compared to $4 mn"), 0.0);
    ck_assert_double_gt(value_in(m, "profit was $1 mn, against a loss of $4 mn"), 0.0);
    ck_assert_double_lt(value_in(m, "loss was $1 mn, against a profit of $4 mn"), 0.0);
    ck_assert_double_gt(value_in(m, "costs were $1 mn, against $4 mn"), 0.0);
    ck_assert_double_eq(value_in(m, "profit was $4 mn, against $4 mn"), 0.0);
    ck_assert_double_eq(value_in(m, "profit was $4 mn in 2025"), 0.0);
    ck_assert_double_eq(value_in(m, "profit was $4 mn, against 12 percent"), 0.0);
    match_free(&m);
}
END_TEST

START_TEST(less_than_expected_turns_a_move)
{
    struct match *m = lexicon();

    ck_assert_double_gt(value_in(m, "revenue fell less than expected"), 0.0);
    ck_assert_double_lt(value_in(m, "revenue rose less than expected"), 0.0);
    ck_assert_double_lt(value_in(m, "revenue fell. Less than expected of it"), 0.0);
    match_free(&m);
}
END_TEST

START_TEST(one_friendly_word_is_no_opinion)
{
    struct match *m = lexicon();

    ck_assert_double_eq(value_in(m, "Vexel launches a phone"), 0.0);
    ck_assert_double_eq(value_in(m, "Vexel signs agreement"), 0.0);
    ck_assert_double_eq(value_in(m, "the number of shares rose"), 0.0);
    match_free(&m);
}
END_TEST

Suite *
sentiment_suite(void)
{
    Suite *s = suite_create("sentiment");
    TCase *t = tcase_create("sentiment");

    tcase_add_test(t, headlines_get_the_side_a_trader_takes);
    tcase_add_test(t, direction_needs_the_same_clause_and_reach);
    tcase_add_test(t, an_expectation_turns_the_move_before_it_only);
    tcase_add_test(t, negation_turns_round_and_weakens);
    tcase_add_test(t, degree_makes_more_or_less_of_it);
    tcase_add_test(t, a_value_stays_within_one);
    tcase_add_test(t, sentences_nobody_tuned_on_are_judged_right);
    tcase_add_test(t, known_sentences_stay_right);
    tcase_add_test(t, amounts_tell_the_direction_where_no_verb_does);
    tcase_add_test(t, less_than_expected_turns_a_move);
    tcase_add_test(t, one_friendly_word_is_no_opinion);
    suite_add_tcase(s, t);
    return s;
}

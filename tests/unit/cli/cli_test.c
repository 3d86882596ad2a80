#include "monitor/cli/cli.h"

#include "base/str.h"
#include "monitor/cli/ask.h"
#include "monitor/cli/options.h"
#include "monitor/cli/table.h"
#include "monitor/cli/when.h"
#include "monitor/slots.h"
#include "tests/unit/cli/shelves.h"

#include <check.h>

START_TEST(every_command_has_a_sentence_and_a_function)
{
    for (const struct cli_command *c = cli_commands(); c->name != NULL; c++) {
        ck_assert_msg(str_ends(c->help, "."), "%s", c->name);
        ck_assert_msg(c->run != NULL, "%s", c->name);
        ck_assert_msg(c->least <= c->most && c->most <= CLI_WORDS, "%s", c->name);
        ck_assert_msg((c->most > 0) == (c->words[0] != '\0'), "%s", c->name);
    }
}
END_TEST

/* Skipped where the tree is not. */
START_TEST(the_manual_names_every_command)
{
    char text[16 * 1024];
    FILE *f = fopen("docs/man/catalyst.1.scd", "r");
    char name[64];

    if (f == NULL)
        return;
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    for (const struct cli_command *c = cli_commands(); c->name != NULL; c++) {
        str_fmt(name, sizeof name, "*%s*", c->name);
        ck_assert_msg(strstr(text, name) != NULL, "%s", c->name);
    }
}
END_TEST

START_TEST(a_slip_of_the_finger_is_understood)
{
    static const char *const rows[][2] = {{"enrch", "enrich"},
                                          {"stat", "stats"},
                                          {"explian", "explain"},
                                          {"alert", "alerts"},
                                          {"upp", "up"}};

    for (size_t i = 0; i < STR_LEN(rows); i++)
        ck_assert_str_eq(cli_nearest(rows[i][0]), rows[i][1]);
    ck_assert_ptr_null(cli_nearest("frobnicate"));
    ck_assert_ptr_null(cli_nearest(""));
    ck_assert_ptr_null(cli_nearest("a very long word that is no command at all"));
}
END_TEST

START_TEST(since_reads_spans_and_dates)
{
    static const struct {
        const char *text;
        int64_t want;
    } good[] = {
        {"90", 1000000000 - 90000},     {"90s", 1000000000 - 90000},
        {"15m", 1000000000 - 900000},   {"2h", 1000000000 - 7200000},
        {"3d", 1000000000 - 259200000}, {"2026-11-23T14:30:00Z", 1795444200000}};
    static const char *const bad[] = {
        "", "m", "15x", "-3d", "999999999999999999999d", "yesterday"};
    int64_t at;

    for (size_t i = 0; i < STR_LEN(good); i++) {
        ck_assert_msg(options_since(good[i].text, 1000000000, &at) == 0, "%s",
                      good[i].text);
        ck_assert_int_eq(at, good[i].want);
    }
    for (size_t i = 0; i < STR_LEN(bad); i++)
        ck_assert_msg(options_since(bad[i], 1000000000, &at) != 0, "%s", bad[i]);
}
END_TEST

START_TEST(spans_are_short)
{
    static const struct {
        double seconds;
        const char *text;
    } rows[] = {{-1, "-"},      {0, "0.0s"},     {9.94, "9.9s"}, {12.6, "12s"},
                {185, "3m05s"}, {8040, "2h14m"}, {432000, "5d"}, {1e18, "11574d"}};
    char out[WHEN_SIZE];

    for (size_t i = 0; i < STR_LEN(rows); i++)
        ck_assert_str_eq(when_span(rows[i].seconds, out), rows[i].text);
}
END_TEST

START_TEST(times_have_a_date_only_on_another_day)
{
    char out[WHEN_SIZE];

    ck_assert_str_eq(when_time(0, 1, out), "-");
    ck_assert_str_eq(when_time(1795444200123, 1795444201000, out), "14:30:00.123");
    ck_assert_str_eq(when_time(1795444200123, 1795444201000 + 86400000, out),
                     "2026-11-23 14:30:00.123");
}
END_TEST

START_TEST(tables_align_by_code_points)
{
    static const char *const heads[] = {"name", ">n", "text", NULL};
    struct table t;
    struct buf out;

    buf_init(&out, 4096);
    table_init(&t, heads);
    table_print(&t, &out);
    ck_assert_uint_eq(out.len, 0);
    table_cell(&t, "é");
    table_cell(&t, "%d", 1000);
    table_cell(&t, "a\033[31m\n");
    table_cell(&t, "long name");
    table_cell(&t, "%d", 1);
    table_cell(&t, "b");
    table_print(&t, &out);
    ck_assert_str_eq(buf_str(&out), "  name          n  text\n"
                                    "  é          1000  a [31m \n"
                                    "  long name     1  b\n");
    table_free(&t);
    buf_free(&out);
}
END_TEST

START_TEST(the_wanted_number_of_enrichers_survives)
{
    struct shelves s;
    struct why why = {""};

    shelves_open(&s);
    s.conf.enricher.count = 4;
    ck_assert_int_eq(slots_wanted(&s.conf), 4);
    ck_assert_int_eq(slots_write(&s.conf, 0, &why), 0);
    ck_assert_int_eq(slots_wanted(&s.conf), 0);
    ck_assert_int_eq(slots_write(&s.conf, 32, &why), 0);
    ck_assert_int_eq(slots_wanted(&s.conf), 32);
    ck_assert_int_eq(slots_write(&s.conf, 33, &why), 0); /* no such number: as none */
    ck_assert_int_eq(slots_wanted(&s.conf), 4);
    shelves_close(&s);
}
END_TEST

START_TEST(who_is_not_there_is_named)
{
    struct shelves s;
    struct answer answers[ASK_MAX];
    struct why why = {""};
    int n;

    shelves_open(&s);
    n = ask_every(&s.conf, "ping", (struct ask_times){50, 50}, answers, &why);
    ck_assert_int_eq(n, 5);
    for (int i = 0; i < n; i++) {
        ck_assert_str_eq(answers[i].stage, ask_stages()[i]);
        ck_assert_str_eq(answer_error(&answers[i]), "it is not running");
    }
    answers_free(answers, (size_t)n);
    shelves_close(&s);
}
END_TEST

Suite *cli_suite(void);

Suite *
cli_suite(void)
{
    Suite *s = suite_create("cli");
    TCase *t = tcase_create("cli");

    tcase_add_test(t, every_command_has_a_sentence_and_a_function);
    tcase_add_test(t, the_manual_names_every_command);
    tcase_add_test(t, a_slip_of_the_finger_is_understood);
    tcase_add_test(t, since_reads_spans_and_dates);
    tcase_add_test(t, spans_are_short);
    tcase_add_test(t, times_have_a_date_only_on_another_day);
    tcase_add_test(t, tables_align_by_code_points);
    tcase_add_test(t, the_wanted_number_of_enrichers_survives);
    tcase_add_test(t, who_is_not_there_is_named);
    suite_add_tcase(s, t);
    return s;
}

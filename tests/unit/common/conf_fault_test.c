#include "conf_fixture.h"

#include "base/str.h"

#include <check.h>

static const struct {
    const char *text, *said;
} faults[] = {
    {"[enricher]\ncredit = 900\n",
     "@:2: enricher.credit = \"900\": out of range; want 1..256 leases\n"},
    {"[enricher]\ncredit = many\n",
     "@:2: enricher.credit = \"many\": not a whole number; want 1..256 leases\n"},
    {"[enricher]\ncredit = 99999999999999999999\n",
     "@:2: enricher.credit = \"99999999999999999999\": out of range; want 1..256 "
     "leases\n"},
    {"[enricher]\ncredit =\n",
     "@:2: enricher.credit = \"\": not a whole number; want 1..256 leases\n"},
    {"[classifier]\nmin_score = high\n",
     "@:2: classifier.min_score = \"high\": not a number; want -100..100 score\n"},
    {"[classifier]\nmin_score = 101\n",
     "@:2: classifier.min_score = \"101\": out of range; want -100..100 score\n"},
    {"[ingest]\nallow_otc = maybe\n",
     "@:2: ingest.allow_otc = \"maybe\": not a yes or no; want 0 or 1\n"},
    {"[catalyst]\nlog_level = loud\n",
     "@:2: catalyst.log_level = \"loud\": no such choice; want one of: debug info warn "
     "error\n"},
    {"[ingst]\ncycles = 1\n", "@:1: [ingst]: unknown section; did you mean "
                              "\"ingest\"?\n"},
    {"[weather]\n", "@:1: [weather]: unknown section\n"},
    {"[ingest]\n\ncycle = 1\n",
     "@:3: ingest.cycle: unknown key; did you mean \"cycles\"?\n"},
    {"[ingest]\nweather = 1\n", "@:2: ingest.weather: unknown key\n"},
    {"[ingest]\ncycles = 1\ncycles = 1\n",
     "@:3: ingest.cycles: given again; first at @:2\n"},
    {"[ingest]\ncycles = 1\n[clock]\n[ingest]\ncycles = 1\n",
     "@:5: ingest.cycles: given again; first at @:2\n"},
    {"[feed a]\nurl=http://x\n[feed a]\n",
     "@:3: [feed a]: section given again; first at line 1\n"},
    {"[ingest]\ncycles 1\n", "@:2: cycles 1: no '='; want key = value\n"},
    {"cycles = 1\n", "@:1: cycles = 1: key before any [section]\n"},
    {"[ingest\ncycles = 1\n", "@:1: the closing ] is missing: [ingest\n"},
    {"[ingest] x\n", "@:1: text after [ingest]: x\n"},
    {"[ingest a]\n", "@:1: [ingest a]: this section takes no name\n"},
    {"[feed]\n", "@:1: [feed]: name is missing; want a name after the section\n"},
    {"[feed A]\n", "@:1: [feed A]: bad name; want only a-z, 0-9, - and _\n"},
    {"[feed abcdefghijklmnopqrstuvwxyz012345]\n",
     "@:1: [feed abcdefghijklmnopqrstuvwxyz012345]: name is too long; want at most 31 "
     "bytes\n"},
    {"[group finvis]\n", "@:1: [group finvis]: unknown group; did you mean "
                         "\"finviz\"?; want one of: finviz yahoo edgar tiingo\n"},
    {"[source bloomberg]\n",
     "@:1: [source bloomberg]: unknown source; want one of: finviz-screener "
     "finviz-quote yahoo-chart yahoo-quote yahoo-summary yahoo-cookie yahoo-crumb edgar-filing "
     "tiingo-iex\n"},
    {"[net]\nitems = \"ipc\n", "@:2: items: the closing quote is missing\n"},
    {"[net]\nitems = \"a\" b\n", "@:2: items: text after the closing quote\n"},
    {"[net]\nitems = \xC3(\n", "@:2: bad UTF-8 in line\n"},
    {"[feed a]\nkind = filing\n", "@: feed a.url: missing\n"},
    {"[feed a]\nurl =\n", "@:2: feed a.url: empty\n"},
    {"[feed a]\nurl = ftp://x\n",
     "@:2: feed a.url: want an http:// or https:// address\n"},
    {"[source yahoo-chart]\nbase_url = gopher\n",
     "@:2: source yahoo-chart.base_url: want an http:// or https:// address\n"},
    {"[sink j]\nkind = jsonl\n", "@:2: sink j.url: missing; want the path of a file\n"},
    {"[ingest]\nwindow_start = 2000\n",
     "@:2: ingest.window_start: larger than ingest.window_max\n"},
    {"[ingest]\nwindow_max = 5\n",
     "@:2: ingest.window_start: larger than ingest.window_max\n"},
    {"[classifier]\nprice_floor = 9\nprice_ceiling = 8\n",
     "@:2: classifier.price_floor: larger than classifier.price_ceiling\n"},
};

START_TEST(every_fault_is_told_with_file_and_line)
{
    struct load *l = load_text(faults[_i].text);

    ck_assert_str_eq(l->said, faults[_i].said);
    ck_assert_int_eq(l->rc, ERR_CONFIG);
    load_free(l);
}
END_TEST

START_TEST(all_faults_come_at_once)
{
    struct load *l = load_text("[enricher]\ncredit = 0\ncount = 0\n[nowhere]\nx = 1\n"
                               "[ingest]\ncycles = -1\n");

    ck_assert_str_eq(
        l->said,
        "@:2: enricher.credit = \"0\": out of range; want 1..256 leases\n"
        "@:3: enricher.count = \"0\": out of range; want 1..32 processes\n"
        "@:4: [nowhere]: unknown section\n"
        "@:7: ingest.cycles = \"-1\": out of range; want 0..1000000000 cycles\n");
    load_free(l);
}
END_TEST

START_TEST(a_nul_byte_is_told)
{
    struct load *l = load_all("[ingest]\ncycles\0 = 1\n", 21, NULL, NULL, 0);

    ck_assert_str_eq(l->said, "@:2: NUL byte in line\n");
    load_free(l);
}
END_TEST

START_TEST(long_values_lines_and_files_are_told)
{
    enum { HUGE = (1 << 20) + 1 };
    char *text = malloc(HUGE + 1);
    struct load *l;

    memset(text, 'a', HUGE);
    text[HUGE] = '\0';
    memcpy(text, "[net]\nitems = ", 14);
    text[14 + 512] = '\0';
    l = load_text(text);
    ck_assert(str_starts(l->said, "@:2: net.items = \"aaaa"));
    ck_assert(str_ends(l->said, "aaa...\": too long; want at most 511 bytes\n"));
    load_free(l);
    memset(text, '#', 5000);
    text[5000] = '\0';
    l = load_text(text);
    ck_assert_str_eq(l->said, "@:1: line too long; want at most 4096 bytes\n");
    load_free(l);
    memset(text, '\n', HUGE);
    l = load_all(text, HUGE, NULL, NULL, 0);
    ck_assert_str_eq(l->said, "@: file too large; want at most 1 MiB\n");
    load_free(l);
    free(text);
}
END_TEST

START_TEST(a_flood_of_faults_is_cut)
{
    char text[2000] = "";
    struct load *l;

    for (int i = 0; i < 900; i++)
        str_copy(text + 2 * i, 3, "x\n");
    l = load_text(text);
    ck_assert_ptr_nonnull(strstr(l->said, "@:100: more errors are not shown\n"));
    ck_assert_ptr_null(strstr(l->said, "@:101:"));
    ck_assert_int_eq(l->rc, ERR_CONFIG);
    load_free(l);
}
END_TEST

START_TEST(too_many_feeds_are_told)
{
    struct buf text;
    struct load *l;

    buf_init(&text, 100000);
    for (int i = 0; i <= CONF_FEEDS; i++)
        buf_addf(&text, "[feed f%d]\nurl = http://x\n", i);
    l = load_text(buf_str(&text));
    ck_assert_str_eq(l->said, "@:129: [feed f64]: too many; want at most 64\n");
    load_free(l);
    buf_free(&text);
}
END_TEST

START_TEST(an_unreadable_file_is_told)
{
    struct conf c;
    struct buf errors;

    buf_init(&errors, 1000);
    ck_assert_int_eq(conf_load(&c, "/nowhere/x.conf", NULL, NULL, 0, &errors), ERR_IO);
    ck_assert_str_eq(buf_str(&errors),
                     "/nowhere/x.conf: cannot be read: No such file or directory\n");
    conf_free(&c);
    buf_clear(&errors);
    ck_assert_int_eq(conf_load(&c, "/", NULL, NULL, 0, &errors), ERR_IO);
    conf_free(&c);
    buf_free(&errors);
}
END_TEST

START_TEST(no_secret_is_ever_told)
{
    char long_url[700] = "https://hook/secret";
    const char *env[] = {NULL, NULL};
    char var[800];
    struct load *l;
    struct buf out;
    struct jsonw w;

    memset(long_url + 19, 's', 600);
    str_fmt(var, sizeof var, "DISCORD_WEBHOOK_URL=%s", long_url);
    env[0] = var;
    l = load_all(NULL, 0, env, NULL, 0);
    ck_assert_str_eq(l->said, "environment DISCORD_WEBHOOK_URL: sink discord.url = "
                              "\"***\": too long; want at most 511 bytes\n");
    load_free(l);
    var[100] = '\0';
    l = load_all(NULL, 0, env, NULL, 0);
    ck_assert_int_eq(l->rc, 0);
    ck_assert_uint_eq(strlen(l->conf.sinks[1].url), 80);
    buf_init(&out, 1 << 20);
    conf_print(&l->conf, &out);
    jsonw_init(&w, &out);
    conf_json(&l->conf, &w);
    ck_assert_ptr_null(strstr(buf_str(&out), "secret"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "***"));
    buf_free(&out);
    load_free(l);
}
END_TEST

START_TEST(a_bad_set_is_told)
{
    const char *sets[] = {"x", "x=1", "ingest.cycle=1", "group z.burst=1",
                          "enricher.count=0"};
    struct load *l = load_all(NULL, 0, NULL, sets, STR_LEN(sets));

    ck_assert_str_eq(
        l->said,
        "--set: x: want section.key=value\n"
        "--set: x=1: want section.key=value\n"
        "--set: ingest.cycle: unknown key; did you mean \"cycles\"?\n"
        "--set: [group z]: unknown group; want one of: finviz yahoo edgar tiingo\n"
        "--set: enricher.count = \"0\": out of range; want 1..32 processes\n");
    load_free(l);
}
END_TEST

Suite *conf_fault_suite(void);

Suite *
conf_fault_suite(void)
{
    Suite *s = suite_create("conf_fault");
    TCase *t = tcase_create("conf_fault");

    tcase_add_loop_test(t, every_fault_is_told_with_file_and_line, 0,
                        (int)STR_LEN(faults));
    tcase_add_test(t, all_faults_come_at_once);
    tcase_add_test(t, a_nul_byte_is_told);
    tcase_add_test(t, long_values_lines_and_files_are_told);
    tcase_add_test(t, a_flood_of_faults_is_cut);
    tcase_add_test(t, too_many_feeds_are_told);
    tcase_add_test(t, an_unreadable_file_is_told);
    tcase_add_test(t, no_secret_is_ever_told);
    tcase_add_test(t, a_bad_set_is_told);
    suite_add_tcase(s, t);
    return s;
}

#include "conf_fixture.h"

#include "base/json.h"
#include "base/str.h"
#include "base/text.h"

#include <check.h>

START_TEST(without_a_file_the_defaults_hold)
{
    struct load *l = load_all(NULL, 0, NULL, NULL, 0);
    const struct conf *c = &l->conf;

    ck_assert_int_eq(l->rc, 0);
    ck_assert_str_eq(l->said, "");
    ck_assert_str_eq(c->catalyst.run_dir, "run");
    ck_assert_int_eq(c->ingest.cycle_regular_s, 60);
    ck_assert_int_eq(c->collector.deadline_ms, 30000);
    ck_assert(c->collector.parallel && !c->ingest.allow_otc);
    ck_assert(c->classifier.min_score == 0.2);
    ck_assert_uint_eq(c->n_feeds, 8);
    ck_assert_uint_eq(c->n_sinks, 2);
    ck_assert_str_eq(c->feeds[2].name, "sec_8k");
    ck_assert_str_eq(c->feeds[2].kind, "filing");
    ck_assert_str_eq(c->feeds[7].kind, "halt");
    ck_assert(c->feeds[7].enabled);
    ck_assert_int_eq(conf_group(c, "finviz")->max_in_flight, 2);
    ck_assert(conf_group(c, "yahoo")->rate_per_s == 5);
    ck_assert_ptr_null(conf_group(c, "bloomberg"));
    ck_assert_str_eq(conf_source(c, "yahoo-chart")->base_url,
                     "https://query1.finance.yahoo.com");
    ck_assert_ptr_null(conf_source(c, ""));
    load_free(l);
}
END_TEST

/* Its pages are for whoever can reach it: they ask for no password. */
START_TEST(the_monitor_is_for_this_machine_unless_told_otherwise)
{
    struct load *l = load_all(NULL, 0, NULL, NULL, 0);
    char url[CONF_TEXT + 16];

    ck_assert(str_fmt(url, sizeof url, "http://%s/", l->conf.monitor.listen));
    ck_assert_msg(text_is_loopback(url), "%s", url);
    load_free(l);
}
END_TEST

START_TEST(comments_quotes_and_space_are_understood)
{
    struct load *l =
        load_text("\xEF\xBB\xBF# head\r\n[ net ] ; sockets\r\n"
                  "items=tcp://h:1#x # why\n\t jobs = \"a ; b # c\" # d\n"
                  "done =   # nothing\n; end\n[ingest]\nskip_sources = a=b");

    ck_assert_str_eq(l->said, "");
    ck_assert_str_eq(l->conf.net.items, "tcp://h:1#x");
    ck_assert_str_eq(l->conf.net.jobs, "a ; b # c");
    ck_assert_str_eq(l->conf.net.done, "");
    ck_assert_str_eq(l->conf.ingest.skip_sources, "a=b");
    load_free(l);
}
END_TEST

START_TEST(naming_a_feed_replaces_the_shipped_ones)
{
    struct load *l = load_text("[feed sec_8k]\nenabled = no\n[feed own-1]\nurl = "
                               "https://x/rss\nmax_age_min = 5\n");

    ck_assert_str_eq(l->said, "");
    ck_assert_uint_eq(l->conf.n_feeds, 2);
    ck_assert_uint_eq(l->conf.n_sinks, 2);
    ck_assert(str_starts(l->conf.feeds[0].url, "https://www.sec.gov/"));
    ck_assert(!l->conf.feeds[0].enabled && l->conf.feeds[1].enabled);
    ck_assert_str_eq(l->conf.feeds[1].name, "own-1");
    ck_assert_str_eq(l->conf.feeds[1].kind, "news");
    ck_assert_int_eq(l->conf.feeds[1].max_age_min, 5);
    load_free(l);
}
END_TEST

START_TEST(later_sources_win)
{
    const char *env[] = {"CATALYST_ENRICHER_COUNT=3", "CATALYST_GROUP_FINVIZ_BURST=3",
                         "CATALYST_SOURCE_YAHOO_CHART_TIMEOUT_MS=333", NULL};
    const char *sets[] = {"group finviz.burst=4", "enricher.alive_ms = 500",
                          "feed x.url=http://y"};
    static const char text[] = "[enricher]\ncount = 2\ncredit = 2\nalive_ms = 200\n"
                               "[group finviz]\nburst = 2\nrate_per_s = 0.5\n";
    struct load *l = load_all(text, strlen(text), env, sets, STR_LEN(sets));

    ck_assert_str_eq(l->said, "");
    ck_assert_int_eq(l->conf.enricher.credit, 2);
    ck_assert_int_eq(l->conf.enricher.count, 3);
    ck_assert_int_eq(l->conf.enricher.alive_ms, 500);
    ck_assert_int_eq(conf_group(&l->conf, "finviz")->burst, 4);
    ck_assert(conf_group(&l->conf, "finviz")->rate_per_s == 0.5);
    ck_assert_int_eq(conf_source(&l->conf, "yahoo-chart")->timeout_ms, 333);
    ck_assert_uint_eq(l->conf.n_feeds, 9);
    load_free(l);
}
END_TEST

START_TEST(the_names_of_the_plan_are_honoured)
{
    const char *env[] = {"FEATURE_PARALLEL_ENRICHMENT=0",
                         "PARALLEL_MAX_FLOAT_WORKERS=10",
                         "PARALLEL_MAX_VWAP_WORKERS=15",
                         "PARALLEL_MAX_RVOL_WORKERS=12",
                         "PARALLEL_TIMEOUT_SEC=2.5",
                         "MIN_SCORE=0.35",
                         "PRICE_CEILING=",
                         "ALERT_WEBHOOK=https://c",
                         "DISCORD_WEBHOOK=https://b",
                         NULL};
    struct load *l = load_all(NULL, 0, env, NULL, 0);

    ck_assert_str_eq(l->said, "");
    ck_assert(!l->conf.collector.parallel);
    ck_assert_int_eq(conf_group(&l->conf, "finviz")->max_in_flight, 10);
    ck_assert_int_eq(conf_group(&l->conf, "yahoo")->max_in_flight, 12);
    ck_assert_int_eq(l->conf.collector.deadline_ms, 2500);
    ck_assert(l->conf.classifier.min_score == 0.35);
    ck_assert(l->conf.classifier.price_ceiling == 0); /* empty is not set */
    ck_assert_str_eq(l->conf.sinks[1].url, "https://b");
    load_free(l);
}
END_TEST

START_TEST(one_of_two_names_is_enough)
{
    const char *one[] = {"PARALLEL_MAX_RVOL_WORKERS=7", NULL};
    const char *bad[] = {"PARALLEL_MAX_VWAP_WORKERS=7", "PARALLEL_MAX_RVOL_WORKERS=x",
                         "PARALLEL_TIMEOUT_SEC=soon", NULL};
    struct load *l = load_all(NULL, 0, one, NULL, 0);

    ck_assert_int_eq(conf_group(&l->conf, "yahoo")->max_in_flight, 7);
    load_free(l);
    l = load_all(NULL, 0, bad, NULL, 0);
    ck_assert_str_eq(
        l->said,
        "environment PARALLEL_TIMEOUT_SEC: collector.deadline_ms = \"soon\": not a "
        "whole number; want 10..3600000 ms\n"
        "environment PARALLEL_MAX_RVOL_WORKERS: group yahoo.max_in_flight = \"x\": not "
        "a whole number; want 1..1000 requests\n");
    load_free(l);
}
END_TEST

/* ---- printing ------------------------------------------------------------------- */

START_TEST(each_value_is_printed_with_its_origin)
{
    const char *env[] = {"MIN_SCORE=0.5", NULL};
    struct load *l = load_all("[ingest]\ncycles = 3\n", 20, env, NULL, 0);
    struct buf out;
    struct jsonw w;
    struct json *j;
    bool seen = false;

    buf_init(&out, 1 << 20);
    conf_print(&l->conf, &out);
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "\nenricher.credit"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "  environment MIN_SCORE\n"));
    buf_clear(&out);
    jsonw_init(&w, &out);
    conf_json(&l->conf, &w);
    j = json_parse(buf_str(&out), out.len, NULL);
    for (size_t i = 0; i < json_len(json_get(j, "options")); i++) {
        const struct json *o = json_at(json_get(j, "options"), i);

        if (!str_eq(json_text(json_get(o, "key"), ""), "cycles"))
            continue;
        seen = true;
        ck_assert_int_eq(json_i64(json_get(o, "value"), 0), 3);
        ck_assert_str_eq(json_text(json_get(o, "unit"), ""), "cycles");
        ck_assert(str_ends(json_text(json_get(o, "origin"), ""), ":2"));
    }
    ck_assert(seen);
    json_free(&j);
    buf_free(&out);
    load_free(l);
}
END_TEST

/* Tells the first line that differs: a whole file is too long for a message. */
static void
check_same(const char *have, const char *want)
{
    size_t at = 0, line;

    while (have[at] != '\0' && have[at] == want[at])
        at++;
    for (line = at; line > 0 && have[line - 1] != '\n';)
        line--;
    ck_assert_msg(have[at] == want[at], "\"%.*s\", want \"%.*s\"",
                  (int)strcspn(have + line, "\n"), have + line,
                  (int)strcspn(want + line, "\n"), want + line);
}

/* Takes the # from every line that a user would take it from. */
static void
uncomment(char *text)
{
    for (char *line = text; line != NULL && *line != '\0'; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (line[0] == '#' && ((line[1] >= 'a' && line[1] <= 'z') || line[1] == '['))
            line[0] = ' ';
    }
}

START_TEST(the_example_uncommented_says_the_defaults)
{
    struct load *plain = load_all(NULL, 0, NULL, NULL, 0), *full;
    struct buf text, a, b;
    size_t n_rows;

    conf_rows(&n_rows);
    buf_init(&text, 1 << 20);
    conf_example(&text);
    uncomment(text.data);
    full = load_text(buf_str(&text));
    ck_assert_str_eq(full->said, "");
    buf_init(&a, 1 << 20);
    buf_init(&b, 1 << 20);
    for (size_t i = 0; i < n_rows * CONF_FEEDS; i++) {
        free(full->conf.origins[i]);
        full->conf.origins[i] = NULL;
    }
    conf_print(&plain->conf, &a);
    conf_print(&full->conf, &b);
    check_same(buf_str(&b), buf_str(&a));
    buf_free(&a);
    buf_free(&b);
    buf_free(&text);
    load_free(plain);
    load_free(full);
}
END_TEST

START_TEST(the_shipped_file_is_the_example)
{
    FILE *f = fopen("deploy/catalyst.conf", "re");
    char *shipped = calloc(1, 1 << 20);
    struct buf want;

    buf_init(&want, 1 << 20);
    conf_example(&want);
    if (f != NULL) { /* else the tests run elsewhere */
        ck_assert_uint_gt(fread(shipped, 1, (1 << 20) - 1, f), 0);
        check_same(shipped, buf_str(&want));
        (void)fclose(f);
    }
    free(shipped);
    buf_free(&want);
}
END_TEST

Suite *conf_suite(void);

Suite *
conf_suite(void)
{
    Suite *s = suite_create("conf");
    TCase *t = tcase_create("conf");

    tcase_add_test(t, without_a_file_the_defaults_hold);
    tcase_add_test(t, the_monitor_is_for_this_machine_unless_told_otherwise);
    tcase_add_test(t, comments_quotes_and_space_are_understood);
    tcase_add_test(t, naming_a_feed_replaces_the_shipped_ones);
    tcase_add_test(t, later_sources_win);
    tcase_add_test(t, the_names_of_the_plan_are_honoured);
    tcase_add_test(t, one_of_two_names_is_enough);
    tcase_add_test(t, each_value_is_printed_with_its_origin);
    tcase_add_test(t, the_example_uncommented_says_the_defaults);
    tcase_add_test(t, the_shipped_file_is_the_example);
    suite_add_tcase(s, t);
    return s;
}

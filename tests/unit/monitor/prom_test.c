#include "monitor/prom.h"

#include "base/str.h"
#include "monitor/graft.h"
#include "monitor/prom_name.h"

#include <check.h>
#include <math.h>
#include <sys/wait.h>

static struct json *
parse(const char *text)
{
    struct why why = {""};
    struct json *j = json_parse(text, strlen(text), &why);

    ck_assert_msg(j != NULL, "%s", why.text);
    return j;
}

/* ---- names --------------------------------------------------------------------- */

START_TEST(names_get_prefix_unit_and_ending)
{
    static const struct {
        enum stat_kind kind;
        const char *from, *to;
        double factor;
    } rows[] = {
        {STAT_COUNTER, "polls_total", "catalyst_polls_total", 1},
        {STAT_COUNTER, "polls", "catalyst_polls_total", 1},
        {STAT_GAUGE, "polls_total", "catalyst_polls", 1},
        {STAT_GAUGE, "wait_ms", "catalyst_wait_seconds", 1e-3},
        {STAT_COUNTER, "wait_us_total", "catalyst_wait_seconds_total", 1e-6},
        {STAT_GAUGE, "age_s", "catalyst_age_seconds", 1},
        {STAT_GAUGE, "wal_bytes", "catalyst_wal_bytes", 1},
        {STAT_GAUGE, "size_mb", "catalyst_size_bytes", 1048576},
        {STAT_GAUGE, "item_count", "catalyst_item", 1},
        {STAT_GAUGE, "Camel-Case  name!", "catalyst_camel_case_name", 1},
        {STAT_GAUGE, "", "catalyst_unnamed", 1},
        {STAT_COUNTER, "_total", "catalyst_unnamed_total", 1},
    };
    char out[PROM_NAME];

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        double factor = prom_name(rows[i].kind, rows[i].from, out, sizeof out);

        ck_assert_str_eq(out, rows[i].to);
        ck_assert_double_eq(factor, rows[i].factor);
    }
}
END_TEST

/* ---- the text ------------------------------------------------------------------ */

START_TEST(a_family_is_announced_once_and_holds_together)
{
    struct prom *p = prom_new();
    struct buf out;

    buf_init(&out, 1 << 16);
    prom_add(p, STAT_GAUGE, "b", "B.", KV_LIST(kv_str("x", "2")), 1);
    prom_add(p, STAT_COUNTER, "a", "A.", NULL, 2);
    prom_add(p, STAT_GAUGE, "b", "other help", KV_LIST(kv_str("x", "1")), 0.5);
    prom_add(p, STAT_GAUGE, "b", "B.", KV_LIST(kv_str("x", "2")), 99);
    prom_write(p, &out);
    ck_assert_str_eq(
        buf_str(&out),
        "# HELP catalyst_a_total A.\n"
        "# TYPE catalyst_a_total counter\n"
        "catalyst_a_total 2\n"
        "# HELP catalyst_b other help\n"
        "# TYPE catalyst_b gauge\n"
        "catalyst_b{x=\"1\"} 0.5\n"
        "catalyst_b{x=\"2\"} 1\n"
        "# HELP catalyst_metrics_samples_dropped_total Samples left out of "
        "this page because it is full.\n"
        "# TYPE catalyst_metrics_samples_dropped_total counter\n"
        "catalyst_metrics_samples_dropped_total 0\n");
    prom_free(&p);
    buf_free(&out);
}
END_TEST

START_TEST(hostile_labels_and_values_cannot_break_a_line)
{
    struct prom *p = prom_new();
    struct buf out;

    buf_init(&out, 1 << 16);
    prom_add(p, STAT_GAUGE, "g", "two\nlines",
             KV_LIST(kv_str("x", "a\"b\\c\nd\x01\xff")), 1);
    prom_add(p, STAT_GAUGE, "nan", "", NULL, NAN);
    prom_write(p, &out);
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "# HELP catalyst_g two\\nlines\n"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "{x=\"a\\\"b\\\\c\\nd ?\"} 1\n"));
    ck_assert_ptr_null(strstr(buf_str(&out), "catalyst_nan"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "samples_dropped_total 1\n"));
    prom_free(&p);
    buf_free(&out);
}
END_TEST

START_TEST(samples_beyond_the_bound_are_counted)
{
    struct prom *p = prom_new();
    struct buf out;
    char label[16];

    buf_init(&out, 16 << 20);
    for (int i = 0; i < PROM_SAMPLES_MAX + 10; i++) {
        str_fmt(label, sizeof label, "%d", i);
        prom_add(p, STAT_GAUGE, "g", "h", KV_LIST(kv_str("x", label)), 1);
    }
    prom_write(p, &out);
    ck_assert_int_eq(out.err, 0);
    prom_free(&p);
    buf_free(&out);
}
END_TEST

static const char stats_text[] =
    "{\"stage\":\"collector\",\"name\":\"collector\",\"pid\":7,\"version\":\"1.0.0\","
    "\"uptime_s\":2.5,\"draining\":false,\"epoch\":3,"
    "\"metrics\":[{\"name\":\"frames_bad_total\",\"kind\":\"counter\",\"help\":\"Bad.\","
    "\"value\":2}],"
    "\"queues\":[{\"name\":\"candidates\",\"depth\":4,\"oldest_s\":1.5,\"rate_per_s\":2}],"
    "\"groups\":[{\"name\":\"finviz\",\"in_flight\":2,\"limit\":10,\"p50_ms\":2500,"
    "\"requests\":3,\"why\":\"\"}],"
    "\"enrichers\":[{\"name\":\"enricher-00\",\"pid\":9,\"credit\":64,\"leases\":2}],"
    "\"deliveries\":{\"sent\":4},\"cycle\":{\"cycle\":1,\"elapsed_s\":3.25}}";

START_TEST(a_stats_document_becomes_labelled_samples)
{
    static const char *const lines[] = {
        "catalyst_process_up{stage=\"collector\",process=\"collector\","
        "version=\"1.0.0\"} 1\n",
        "catalyst_process_draining{stage=\"collector\",process=\"collector\"} 0\n",
        "catalyst_collector_frames_bad_total{process=\"collector\"} 2\n",
        "catalyst_queue_depth{stage=\"collector\",process=\"collector\","
        "name=\"candidates\"} 4\n",
        "catalyst_queue_oldest_seconds{stage=\"collector\",process=\"collector\","
        "name=\"candidates\"} 1.5\n",
        "catalyst_group_latency_p50_seconds{stage=\"collector\",process=\"collector\","
        "name=\"finviz\"} 2.5\n",
        "catalyst_group_requests_total{stage=\"collector\",process=\"collector\","
        "name=\"finviz\"} 3\n",
        "catalyst_enricher_leases{stage=\"collector\",process=\"collector\","
        "name=\"enricher-00\"} 2\n",
        "catalyst_deliveries{stage=\"collector\",process=\"collector\",entry=\"sent\"} "
        "4\n",
        "catalyst_cycle_elapsed_seconds{stage=\"collector\",process=\"collector\"} "
        "3.25\n",
    };
    struct json *j = parse(stats_text);
    struct prom *p = prom_new();
    struct buf out;

    buf_init(&out, 1 << 16);
    prom_add_stats(p, j);
    prom_write(p, &out);
    for (size_t i = 0; i < STR_LEN(lines); i++)
        ck_assert_msg(strstr(buf_str(&out), lines[i]) != NULL, "%s%s", lines[i],
                      buf_str(&out));
    prom_free(&p);
    buf_free(&out);
    json_free(&j);
}
END_TEST

/* Prometheus's own judge, where it is installed. */
START_TEST(promtool_is_content)
{
    struct json *j = parse(stats_text);
    struct prom *p = prom_new();
    struct buf out;
    FILE *judge;
    int status;

    if (system("command -v promtool >/dev/null") == 0) {
        buf_init(&out, 1 << 16);
        prom_add_stats(p, j);
        prom_write(p, &out);
        judge = popen("promtool check metrics", "w");
        ck_assert_ptr_nonnull(judge);
        ck_assert_uint_eq(fwrite(buf_str(&out), 1, out.len, judge), out.len);
        status = pclose(judge);
        ck_assert(WIFEXITED(status));
        ck_assert_int_eq(WEXITSTATUS(status), 0);
        buf_free(&out);
    }
    prom_free(&p);
    json_free(&j);
}
END_TEST

START_TEST(a_grafted_tree_reads_the_same)
{
    static const char text[] =
        "{\"a\":[1,2.5,-3,null,true,\"x\\\"y\"],\"b\":{},\"c\":[],"
        "\"big\":9007199254740993}";
    struct json *j = parse(text);
    struct buf out;
    struct jsonw w;

    buf_init(&out, 1 << 16);
    jsonw_init(&w, &out);
    graft_json(&w, NULL, j);
    ck_assert_str_eq(buf_str(&out), text);
    buf_free(&out);
    json_free(&j);
}
END_TEST

Suite *prom_suite(void);

Suite *
prom_suite(void)
{
    Suite *s = suite_create("prom");
    TCase *t = tcase_create("prom");

    tcase_add_test(t, names_get_prefix_unit_and_ending);
    tcase_add_test(t, a_family_is_announced_once_and_holds_together);
    tcase_add_test(t, hostile_labels_and_values_cannot_break_a_line);
    tcase_add_test(t, samples_beyond_the_bound_are_counted);
    tcase_add_test(t, a_stats_document_becomes_labelled_samples);
    tcase_add_test(t, promtool_is_content);
    tcase_add_test(t, a_grafted_tree_reads_the_same);
    suite_add_tcase(s, t);
    return s;
}

#include "base/log.h"

#include "base/err.h"
#include "base/json.h"

#include <check.h>
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

/* A log into a file in memory. */
struct stage {
    struct clock clock;
    struct log *log;
    int fd;
    char text[200000];
};

static struct stage *
stage_open(void)
{
    struct stage *s = calloc(1, sizeof *s);

    s->fd = memfd_create("log", 0);
    ck_assert_int_ge(s->fd, 0);
    s->log = log_new("test", s->fd, &s->clock);
    return s;
}

static void
stage_close(struct stage *s)
{
    log_free(&s->log);
    (void)close(s->fd);
    free(s);
}

/* What was logged since the last call. */
static const char *
logged(struct stage *s)
{
    ssize_t n = pread(s->fd, s->text, sizeof s->text - 1, 0);

    ck_assert_int_ge(n, 0);
    s->text[n] = '\0';
    ck_assert_int_eq(ftruncate(s->fd, 0), 0);
    (void)lseek(s->fd, 0, SEEK_SET);
    return s->text;
}

static size_t
lines(const char *text)
{
    size_t n = 0;

    for (; *text != '\0'; text++)
        n += *text == '\n';
    return n;
}

START_TEST(a_line_is_time_level_id_and_fields)
{
    struct stage *s = stage_open();
    const char *text;

    log_info(s->log, "FEED-OK", kv_str("feed", "prn"), kv_int("items", -3),
             kv_num("elapsed", 1.256), kv_str("why", "a \"b\"\n=c"), kv_str("no", NULL),
             kv_num("bad", 0.0 / 0.0), kv_str("empty", ""));
    text = logged(s);
    ck_assert_uint_eq(strcspn(text, " "), 24);
    ck_assert_str_eq(text + 24, " info FEED-OK proc=test feed=prn items=-3 elapsed=1.26"
                                " why=\"a \\\"b\\\"\\n=c\" no=- bad=- empty=\"\"\n");
    stage_close(s);
}
END_TEST

START_TEST(json_lines_are_json)
{
    struct stage *s = stage_open();
    struct json *j;
    const char *text;

    log_set_json(s->log, true);
    log_info(s->log, "X", kv_str("why", "\xFF\x01\"z"), kv_num("t", 2), kv_int("n", 9));
    text = logged(s);
    j = json_parse(text, strlen(text), NULL);
    ck_assert_str_eq(json_text(json_get(j, "why"), ""), "?\x01\"z");
    ck_assert_str_eq(json_text(json_get(j, "level"), ""), "info");
    ck_assert_int_eq(json_i64(json_get(j, "n"), 0), 9);
    json_free(&j);
    stage_close(s);
}
END_TEST

START_TEST(a_repeated_warning_is_swallowed_and_owned_up_to)
{
    struct stage *s = stage_open();
    const char *text;

    for (int i = 0; i < LOG_BURST + 7; i++)
        log_warn(s->log, "MSG-BAD", kv_int("i", i));
    log_warn(s->log, "OTHER");
    ck_assert_uint_eq(lines(logged(s)), LOG_BURST + 1);
    s->clock.offset_ms += LOG_WINDOW_S * 1000;
    log_warn(s->log, "MSG-BAD");
    text = logged(s);
    ck_assert_ptr_nonnull(strstr(text, " swallowed=7\n"));
    log_warn(s->log, "MSG-BAD");
    ck_assert_ptr_null(strstr(logged(s), "swallowed"));
    stage_close(s);
}
END_TEST

START_TEST(information_is_never_swallowed)
{
    struct stage *s = stage_open();

    for (int i = 0; i < 100; i++)
        log_info(s->log, "ITEM");
    ck_assert_uint_eq(lines(logged(s)), 100);
    stage_close(s);
}
END_TEST

START_TEST(more_ids_than_are_watched_still_come_out)
{
    struct stage *s = stage_open();
    char id[16];

    for (int i = 0; i < 500; i++) {
        (void)snprintf(id, sizeof id, "ID-%d", i);
        log_warn(s->log, id);
    }
    ck_assert_uint_eq(lines(logged(s)), 500);
    stage_close(s);
}
END_TEST

START_TEST(levels_below_the_least_are_silent)
{
    struct stage *s = stage_open();
    enum log_level level = LOG_INFO;

    log_debug(s->log, "X");
    ck_assert_str_eq(logged(s), "");
    ck_assert_int_eq(log_level_parse("debug", &level), 0);
    log_set_level(s->log, level);
    log_debug(s->log, "X");
    ck_assert_uint_eq(lines(logged(s)), 1);
    ck_assert_int_eq(log_level_parse("loud", &level), ERR_NOT_FOUND);
    ck_assert_str_eq(log_level_name(LOG_FATAL), "fatal");
    log_write(NULL, LOG_FATAL, "X", NULL);
    stage_close(s);
}
END_TEST

START_TEST(errno_survives)
{
    struct stage *s = stage_open();

    errno = EAGAIN;
    log_error(s->log, "X");
    ck_assert_int_eq(errno, EAGAIN);
    for (int i = 0; i < 2 * LOG_BURST; i++)
        log_error(s->log, "X");
    ck_assert_int_eq(errno, EAGAIN);
    (void)close(s->fd);
    s->fd = -1;
    errno = EPERM;
    log_info(s->log, "X"); /* nobody can read it */
    ck_assert_int_eq(errno, EPERM);
    stage_close(s);
}
END_TEST

START_TEST(a_line_has_an_end)
{
    struct stage *s = stage_open();
    struct kv fields[41] = {0};
    char *big = malloc(100000);
    const char *text;

    memset(big, 'x', 99999);
    big[99999] = '\0';
    for (int i = 0; i < 40; i++)
        fields[i] = kv_str("k", big);
    log_write(s->log, LOG_INFO, "BIG", fields + 35);
    ck_assert_uint_eq(lines(text = logged(s)), 1);
    ck_assert_uint_lt(strlen(text), 6 * 4100);
    log_write(s->log, LOG_INFO, "BIG", fields);
    text = logged(s);
    ck_assert_ptr_nonnull(strstr(text, " BIG proc=test cut=1\n"));
    free(big);
    stage_close(s);
}
END_TEST

Suite *log_suite(void);

Suite *
log_suite(void)
{
    Suite *s = suite_create("log");
    TCase *t = tcase_create("log");

    tcase_add_test(t, a_line_is_time_level_id_and_fields);
    tcase_add_test(t, json_lines_are_json);
    tcase_add_test(t, a_repeated_warning_is_swallowed_and_owned_up_to);
    tcase_add_test(t, information_is_never_swallowed);
    tcase_add_test(t, more_ids_than_are_watched_still_come_out);
    tcase_add_test(t, levels_below_the_least_are_silent);
    tcase_add_test(t, errno_survives);
    tcase_add_test(t, a_line_has_an_end);
    suite_add_tcase(s, t);
    return s;
}

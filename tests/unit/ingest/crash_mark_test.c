#include "ingest/crash_mark.h"

#include "base/str.h"
#include "tests/unit/ingest/desk.h"

#include <check.h>
#include <fcntl.h>
#include <unistd.h>

Suite *crash_mark_suite(void);

static char path[64];

static void
setup(void)
{
    int fd;

    (void)str_copy(path, sizeof path, "/tmp/catalyst-mark-XXXXXX");
    ck_assert_int_ge(fd = mkstemp(path), 0);
    ck_assert_int_eq(close(fd), 0);
}

static void
teardown(void)
{
    ck_assert_int_eq(unlink(path), 0);
}

static struct crash_mark *
opened(const char *file)
{
    struct crash_mark *m;
    struct why why = {""};

    ck_assert_msg(crash_mark_open(&m, file, &why) == 0, "%s", why.text);
    return m;
}

/* The hash that is left for this feed, "" none. */
static const char *
left(const char *feed)
{
    static char hash[STORE_HASH];
    struct crash_mark *m = opened(path);

    if (!crash_mark_left(m, feed, hash))
        hash[0] = '\0';
    crash_mark_close(&m);
    return hash;
}

START_TEST(a_mark_outlives_its_process_and_names_one_feed)
{
    struct crash_mark *m = opened(path);

    ck_assert_int_eq(crash_mark_set(m, "first", "00"), 0);
    ck_assert_int_eq(crash_mark_set(m, "wire", "0123456789abcdef0123456789abcdef"), 0);
    crash_mark_close(&m);
    ck_assert_str_eq(left("wire"), "0123456789abcdef0123456789abcdef");
    ck_assert_str_eq(left("first"), "");
    ck_assert_str_eq(left("wir"), "");
}
END_TEST

START_TEST(what_was_read_leaves_none)
{
    struct crash_mark *m = opened(path);

    ck_assert_int_eq(crash_mark_set(m, "wire", "00"), 0);
    crash_mark_clear(m);
    crash_mark_close(&m);
    ck_assert_str_eq(left("wire"), "");
    ck_assert_str_eq(left(""), "");
}
END_TEST

START_TEST(what_is_no_mark_blames_nobody)
{
    static const char *const texts[] = {"", "wire 00\n", "wire"};
    char longer[200];
    int fd = open(path, O_WRONLY | O_TRUNC);

    for (size_t i = 0; i < STR_LEN(texts); i++) {
        ck_assert_int_eq(ftruncate(fd, 0), 0);
        ck_assert_int_ge(pwrite(fd, texts[i], strlen(texts[i]), 0), 0);
        ck_assert_str_eq(left("wire"), "");
    }
    memset(longer, 'x', sizeof longer);
    ck_assert_int_eq(pwrite(fd, longer, sizeof longer, 0), sizeof longer);
    ck_assert_str_eq(left("wire"), "");
    ck_assert_int_eq(close(fd), 0);
}
END_TEST

START_TEST(where_it_cannot_be_written_is_said)
{
    struct crash_mark *m = opened("/dev/full");
    struct why why = {""};

    ck_assert_int_eq(crash_mark_set(m, "wire", "00"), ERR_IO);
    crash_mark_close(&m);
    ck_assert_int_eq(crash_mark_open(&m, "/tmp/no/such/folder", &why), ERR_IO);
    ck_assert_ptr_nonnull(strstr(why.text, "/tmp/no/such/folder: No such file"));
    crash_mark_close(&m);
}
END_TEST

/* What a process that ended now would leave behind. */
static char seen[STORE_HASH];

static void
look(void *self, const struct unit *u)
{
    (void)self, (void)u;
    (void)str_copy(seen, sizeof seen, left("wire"));
}

START_TEST(a_body_is_marked_while_it_is_read)
{
    static const char body[] = RSS(ITEM("1", "Apple (NASDAQ: AAPL) Wins a Contract"));
    static const struct conf_feed wire = {.name = "wire", .kind = "news"};
    struct desk *d = desk_open();
    struct crash_mark *m = opened(path);
    struct intake_env env = desk_env(d);
    struct poll_answer a = {.feed = &wire,
                            .state = &d->state,
                            .body = body,
                            .hash = "77",
                            .len = strlen(body)};
    struct intake *in;
    struct why why = {""};
    int64_t added;

    env.mark = m;
    env.judged = look;
    ck_assert_int_eq(intake_new(&in, &env), 0);
    ck_assert_int_eq(intake_take(in, &a, NULL, &added, &why), 0);
    ck_assert_str_eq(seen, "77");
    ck_assert_str_eq(left("wire"), "");
    intake_free(&in);
    crash_mark_close(&m);
    desk_close(d);
}
END_TEST

Suite *
crash_mark_suite(void)
{
    Suite *s = suite_create("crash_mark");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_mark_outlives_its_process_and_names_one_feed);
    tcase_add_test(t, what_was_read_leaves_none);
    tcase_add_test(t, what_is_no_mark_blames_nobody);
    tcase_add_test(t, a_body_is_marked_while_it_is_read);
    tcase_add_test(t, where_it_cannot_be_written_is_said);
    suite_add_tcase(s, t);
    return s;
}

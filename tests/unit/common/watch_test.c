#include "wire/watch.h"

#include "base/str.h"

#include <check.h>
#include <stdio.h>
#include <unistd.h>

Suite *watch_suite(void);

enum { STOP = 1 };

struct scene {
    char folder[64], path[96], other[96];
    struct clock clock;
    struct loop *loop;
    struct watch *watch;
    int told;
};

static int
on_file(void *self)
{
    struct scene *s = self;

    s->told++;
    return STOP;
}

static void
put(const char *path)
{
    FILE *f = fopen(path, "we");

    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fputs("x\n", f) < 0, 0);
    ck_assert_int_eq(fclose(f), 0);
}

static void
scene_open(struct scene *s)
{
    struct why why = {""};

    *s = (struct scene){.told = 0};
    (void)str_copy(s->folder, sizeof s->folder, "/tmp/watch-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(s->folder));
    (void)str_fmt(s->path, sizeof s->path, "%s/weights.conf", s->folder);
    (void)str_fmt(s->other, sizeof s->other, "%s/weights.conf.new", s->folder);
    s->loop = loop_new(&s->clock);
    ck_assert_ptr_nonnull(s->loop);
    ck_assert_msg(watch_new(&s->watch, s->loop, s->path, on_file, s, &why) == 0, "%s",
                  why.text);
}

static void
scene_close(struct scene *s)
{
    watch_free(&s->watch);
    loop_free(&s->loop);
    (void)unlink(s->path); /* may be gone */
    (void)unlink(s->other);
    ck_assert_int_eq(rmdir(s->folder), 0);
}

START_TEST(a_written_file_is_told)
{
    struct scene s;

    scene_open(&s);
    put(s.path); /* it was not there before */
    ck_assert_int_eq(loop_run(s.loop), STOP);
    ck_assert_int_eq(s.told, 1);
    scene_close(&s);
}
END_TEST

START_TEST(only_the_name_counts_and_taking_it_does)
{
    struct scene s;

    scene_open(&s);
    put(s.other); /* told of nobody's file: the loop goes on to the next event */
    ck_assert_int_eq(rename(s.other, s.path), 0);
    ck_assert_int_eq(loop_run(s.loop), STOP);
    ck_assert_int_eq(s.told, 1);
    scene_close(&s);
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_an_error)
{
    struct clock clock = {0};
    struct loop *loop = loop_new(&clock);
    struct watch *w = NULL;
    struct why why = {""};

    ck_assert_int_eq(watch_new(&w, loop, "/nonexistent/x", on_file, NULL, &why),
                     ERR_IO);
    ck_assert_ptr_null(w);
    ck_assert_ptr_nonnull(strstr(why.text, "/nonexistent"));
    loop_free(&loop);
}
END_TEST

Suite *
watch_suite(void)
{
    Suite *s = suite_create("watch");
    TCase *t = tcase_create("watch");

    tcase_add_test(t, a_written_file_is_told);
    tcase_add_test(t, only_the_name_counts_and_taking_it_does);
    tcase_add_test(t, a_folder_that_is_not_there_is_an_error);
    suite_add_tcase(s, t);
    return s;
}

#include "base/arena.h"

#include "base/str.h"

#include <check.h>

START_TEST(texts_stay_where_they_are)
{
    struct arena a = {NULL};
    char *list[2000], word[16];

    for (int i = 0; i < 2000; i++) {
        ck_assert(str_fmt(word, sizeof word, "text %d", i));
        list[i] = arena_keep(&a, word, strlen(word));
        ck_assert_ptr_nonnull(list[i]);
    }
    for (int i = 0; i < 2000; i++) {
        ck_assert(str_fmt(word, sizeof word, "text %d", i));
        ck_assert_str_eq(list[i], word);
    }
    arena_free(&a);
    ck_assert_ptr_null(a.last);
}
END_TEST

START_TEST(a_text_may_be_empty_or_longer_than_a_block)
{
    static char large[100000];
    struct arena a = {NULL};
    char *text;

    memset(large, 'x', sizeof large);
    ck_assert_str_eq(arena_keep(&a, "", 0), "");
    text = arena_keep(&a, large, sizeof large);
    ck_assert_uint_eq(strlen(text), sizeof large);
    ck_assert_str_eq(arena_keep(&a, "behind", 6), "behind");
    arena_free(&a);
    arena_free(&a);
}
END_TEST

Suite *arena_suite(void);

Suite *
arena_suite(void)
{
    Suite *s = suite_create("arena");
    TCase *t = tcase_create("arena");

    tcase_add_test(t, texts_stay_where_they_are);
    tcase_add_test(t, a_text_may_be_empty_or_longer_than_a_block);
    suite_add_tcase(s, t);
    return s;
}

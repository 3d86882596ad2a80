#include "base/map.h"

#include "base/err.h"
#include "base/hash.h"
#include "base/prng.h"
#include "base/str.h"

#include <check.h>

enum { KEYS = 300, STEPS = 20000 };

/* The naive model: a value per key, NULL when absent. */
struct model {
    void *values[KEYS];
    size_t len;
};

static void
step(struct map *m, struct model *model, struct prng *p)
{
    size_t k = prng_below(p, KEYS);
    void *value = (void *)(uintptr_t)(prng_below(p, 1000) + 1), *old;
    char key[16];

    str_fmt(key, sizeof key, "key-%zu", k);
    ck_assert_ptr_eq(map_get(m, key), model->values[k]);
    if (prng_below(p, 2) == 0) {
        ck_assert_ptr_eq(map_take(m, key), model->values[k]);
        model->len -= model->values[k] != NULL;
        model->values[k] = NULL;
    } else {
        ck_assert_int_eq(map_put(m, key, value, &old), 0);
        ck_assert_ptr_eq(old, model->values[k]);
        model->len += old == NULL;
        model->values[k] = value;
    }
    ck_assert_uint_eq(map_len(m), model->len);
}

START_TEST(it_behaves_like_a_naive_model)
{
    struct prng p = {.state = 20261123};
    struct map *m = map_new(KEYS);
    struct model model = {0};

    for (int i = 0; i < STEPS; i++)
        step(m, &model, &p);
    map_free(&m, NULL);
    ck_assert_ptr_null(m);
}
END_TEST

START_TEST(it_is_bounded)
{
    struct map *m = map_new(2);
    int x = 0;

    ck_assert_int_eq(map_put(m, "a", &x, NULL), 0);
    ck_assert_int_eq(map_put(m, "b", &x, NULL), 0);
    ck_assert_int_eq(map_put(m, "c", &x, NULL), ERR_TOO_BIG);
    ck_assert_int_eq(map_put(m, "a", &x, NULL), 0); /* a replacement is no addition */
    ck_assert_uint_eq(map_len(m), 2);
    map_free(&m, NULL);
}
END_TEST

START_TEST(a_walk_sees_each_entry_once_though_all_are_taken)
{
    struct map *m = map_new(1000);
    size_t cursor = 0, seen = 0;
    const char *key;
    void *value;
    char name[16];

    for (uintptr_t i = 1; i <= 500; i++) {
        str_fmt(name, sizeof name, "%lu", (unsigned long)i);
        ck_assert_int_eq(map_put(m, name, (void *)i, NULL), 0);
    }
    while (map_next(m, &cursor, &key, &value)) {
        str_fmt(name, sizeof name, "%lu", (unsigned long)(uintptr_t)value);
        ck_assert_str_eq(key, name);
        ck_assert_ptr_eq(map_take(m, key), value);
        seen++;
    }
    ck_assert_uint_eq(seen, 500);
    ck_assert_uint_eq(map_len(m), 0);
    map_free(&m, NULL);
}
END_TEST

START_TEST(values_are_freed_when_asked)
{
    struct map *m = map_new(10);

    ck_assert_int_eq(map_put(m, "a", malloc(1), NULL), 0);
    ck_assert_int_eq(map_put(m, "b", malloc(1), NULL), 0);
    map_free(&m, free);
    map_free(&m, free); /* NULL is fine */
}
END_TEST

START_TEST(hashes_are_fixed)
{
    char hex[33];

    hash128_hex("", 0, hex);
    ck_assert_str_eq(hex, "99aa06d3014798d86001c324468d497f");
    ck_assert(hash64("abc", 3) == hash64_str("abc"));
    ck_assert(hash64_seeded("abc", 3, 1) != hash64_seeded("abc", 3, 2));
}
END_TEST

Suite *map_suite(void);

Suite *
map_suite(void)
{
    Suite *s = suite_create("map");
    TCase *t = tcase_create("map");

    tcase_add_test(t, it_behaves_like_a_naive_model);
    tcase_add_test(t, it_is_bounded);
    tcase_add_test(t, a_walk_sees_each_entry_once_though_all_are_taken);
    tcase_add_test(t, values_are_freed_when_asked);
    tcase_add_test(t, hashes_are_fixed);
    suite_add_tcase(s, t);
    return s;
}

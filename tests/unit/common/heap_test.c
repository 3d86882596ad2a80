#include "base/heap.h"

#include "base/prng.h"

#include <check.h>
#include <stdint.h>

enum { ITEMS = 200, STEPS = 20000 };

struct item {
    uint64_t rank;
    size_t place;
};

static bool
is_before(const void *a, const void *b)
{
    return ((const struct item *)a)->rank < ((const struct item *)b)->rank;
}

static size_t *
place_of(void *x)
{
    return &((struct item *)x)->place;
}

/* Every element knows its place, and none comes before its parent. */
static void
look(const struct heap *h)
{
    for (size_t i = 0; i < heap_len(h); i++) {
        struct item *x = heap_at(h, i);

        ck_assert_uint_eq(x->place, i);
        ck_assert(i == 0 || !is_before(x, heap_at(h, (i - 1) / 2)));
    }
}

START_TEST(the_first_comes_first_whatever_is_moved)
{
    struct prng p = {.state = 7};
    struct heap *h = heap_new(is_before, place_of);
    struct item items[ITEMS];

    for (size_t i = 0; i < ITEMS; i++)
        items[i].place = HEAP_OUT;
    for (int i = 0; i < STEPS; i++) {
        struct item *x = &items[prng_below(&p, ITEMS)];

        x->rank = prng_below(&p, 100);
        if (x->place == HEAP_OUT)
            ck_assert_int_eq(heap_add(h, x), 0);
        else if (prng_below(&p, 2) == 0)
            heap_moved(h, x);
        else
            heap_remove(h, x);
        if (i % 16 == 0)
            look(h);
    }
    look(h);
    heap_free(&h);
    ck_assert_ptr_null(h);
}
END_TEST

START_TEST(popping_all_sorts_them)
{
    struct prng p = {.state = 8};
    struct heap *h = heap_new(is_before, place_of);
    struct item items[ITEMS], *x;
    uint64_t last = 0;

    for (size_t i = 0; i < ITEMS; i++) {
        items[i] = (struct item){.rank = prng_u64(&p)};
        ck_assert_int_eq(heap_add(h, &items[i]), 0);
    }
    while ((x = heap_pop(h)) != NULL) {
        ck_assert_uint_ge(x->rank, last);
        ck_assert(x->place == HEAP_OUT);
        last = x->rank;
    }
    ck_assert_uint_eq(heap_len(h), 0);
    ck_assert_ptr_null(heap_first(h));
    heap_free(&h);
}
END_TEST

START_TEST(a_stranger_is_left_alone)
{
    struct heap *h = heap_new(is_before, place_of);
    struct item in = {.rank = 1}, out = {.rank = 2, .place = HEAP_OUT}, unset = {0};

    ck_assert_int_eq(heap_add(h, &in), 0);
    heap_remove(h, &out);
    heap_remove(h, &unset); /* its place says 0, where another one is */
    heap_moved(h, &out);
    ck_assert_uint_eq(heap_len(h), 1);
    ck_assert_ptr_eq(heap_first(h), &in);
    heap_free(&h);
}
END_TEST

Suite *heap_suite(void);

Suite *
heap_suite(void)
{
    Suite *s = suite_create("heap");
    TCase *t = tcase_create("heap");

    tcase_add_test(t, the_first_comes_first_whatever_is_moved);
    tcase_add_test(t, popping_all_sorts_them);
    tcase_add_test(t, a_stranger_is_left_alone);
    suite_add_tcase(s, t);
    return s;
}

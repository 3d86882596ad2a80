#include "base/clock.h"

#include <check.h>

static const char *
iso(int64_t ms, char *out)
{
    clock_iso(ms, out, CLOCK_ISO_SIZE);
    return out;
}

START_TEST(times_are_written_in_utc_with_milliseconds)
{
    char out[CLOCK_ISO_SIZE];

    ck_assert_str_eq(iso(0, out), "1970-01-01T00:00:00.000Z");
    ck_assert_str_eq(iso(-1, out), "1969-12-31T23:59:59.999Z");
    ck_assert_str_eq(iso(1795444200123, out), "2026-11-23T14:30:00.123Z");
    ck_assert_str_eq(iso(1709164800000, out), "2024-02-29T00:00:00.000Z");
}
END_TEST

START_TEST(no_time_overruns_its_room)
{
    char out[CLOCK_ISO_SIZE];

    ck_assert_uint_lt(strlen(iso(INT64_MAX, out)), sizeof out);
    ck_assert_uint_lt(strlen(iso(INT64_MIN, out)), sizeof out);
}
END_TEST

START_TEST(the_offset_moves_the_wall_clock_only)
{
    struct clock real = {0}, moved = {.offset_ms = -86400000};
    int64_t before = clock_wall_ms(&real), boot = clock_boot_ms(&real);

    ck_assert_int_le(clock_wall_ms(&moved), before - 86400000 + 60000);
    ck_assert_int_ge(clock_wall_ms(&moved), before - 86400000);
    ck_assert_int_ge(clock_boot_ms(&moved), boot);
    ck_assert_int_ge(clock_boot_us(&moved) / 1000, boot);
}
END_TEST

Suite *clock_suite(void);

Suite *
clock_suite(void)
{
    Suite *s = suite_create("clock");
    TCase *t = tcase_create("clock");

    tcase_add_test(t, times_are_written_in_utc_with_milliseconds);
    tcase_add_test(t, no_time_overruns_its_room);
    tcase_add_test(t, the_offset_moves_the_wall_clock_only);
    suite_add_tcase(s, t);
    return s;
}

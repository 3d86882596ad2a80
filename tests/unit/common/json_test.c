#include "base/json.h"

#include "base/jsonw.h"
#include "base/prng.h"
#include "base/stat.h"
#include "base/str.h"

#include <check.h>
#include <math.h>

static struct json *
parse(const char *text)
{
    return json_parse(text, strlen(text), NULL);
}

START_TEST(paths_reach_members_and_elements)
{
    struct json *j =
        parse("{\"a\":{\"b\":[1,{\"c\":\"x\"},null]},\"d.e\":2,\"n\":null}");

    ck_assert_str_eq(json_text(json_get(j, "a.b.1.c"), "?"), "x");
    ck_assert_int_eq(json_i64(json_get(j, "a.b.0"), 0), 1);
    ck_assert_ptr_null(json_get(j, "a.b.2"));
    ck_assert_ptr_null(json_get(j, "a.b.9"));
    ck_assert_ptr_null(json_get(j, "a.b.x"));
    ck_assert_ptr_null(json_get(j, "a.b."));
    ck_assert_ptr_null(json_get(j, "a.b.99999999999999999999"));
    ck_assert_ptr_null(json_get(j, "a.b.0.c"));
    ck_assert_ptr_null(json_get(j, ""));
    ck_assert_ptr_null(json_get(NULL, "a"));
    ck_assert_int_eq(json_i64(json_member(j, "d.e"), 0), 2);
    ck_assert_ptr_null(json_member(j, "n"));
    ck_assert_uint_eq(json_len(json_get(j, "a.b")), 3);
    ck_assert_uint_eq(json_len(j), 3);
    ck_assert_uint_eq(json_len(NULL), 0);
    ck_assert_ptr_null(json_at(json_get(j, "a.b"), 2));
    json_free(&j);
    ck_assert_ptr_null(j);
}
END_TEST

START_TEST(a_byte_order_mark_is_no_part_of_the_text)
{
    struct json *j = parse("\xEF\xBB\xBF {\"a\":1}");

    ck_assert_int_eq(json_i64(json_member(j, "a"), 0), 1);
    json_free(&j);
    ck_assert_ptr_null(parse("\xEF\xBB\xBF"));
}
END_TEST

START_TEST(a_member_that_is_null_is_there)
{
    struct json *j = parse("{\"n\":null,\"x\":0}");

    ck_assert(json_has(j, "n") && json_has(j, "x") && !json_has(j, "y"));
    ck_assert(!json_has(NULL, "n") && !json_has(json_member(j, "x"), "n"));
    json_free(&j);
}
END_TEST

START_TEST(types_are_told_apart)
{
    struct json *j = parse("[{},[],\"s\",1,1.5,true,null]");
    void *cursor = NULL;
    const char *key;
    const struct json *value;

    ck_assert(json_is_array(j) && json_is_object(json_at(j, 0)));
    ck_assert(json_is_string(json_at(j, 2)) && !json_is_number(json_at(j, 2)));
    ck_assert(json_is_number(json_at(j, 3)) && json_is_number(json_at(j, 4)));
    ck_assert(json_is_bool(json_at(j, 5)) && json_bool(json_at(j, 5), false));
    ck_assert(json_is_null(json_at(j, 6)) && json_is_null(NULL));
    ck_assert(!json_each(j, &cursor, &key, &value)); /* an array has no members */
    json_free(&j);
}
END_TEST

START_TEST(numbers_keep_64_bits)
{
    struct json *j = parse("[9007199254740993,-1.9,1e300,\"5\",true]");

    ck_assert_int_eq(json_i64(json_at(j, 0), 0), 9007199254740993);
    ck_assert_int_eq(json_i64(json_at(j, 1), 0), -1);
    ck_assert_int_eq(json_i64(json_at(j, 2), -7), -7);
    ck_assert_int_eq(json_i64(json_at(j, 3), -7), -7);
    ck_assert(json_f64(json_at(j, 1), 0) == -1.9);
    ck_assert(json_f64(json_at(j, 4), 3) == 3);
    ck_assert(json_bool(json_at(j, 0), true));
    json_free(&j);
}
END_TEST

START_TEST(objects_are_walked_in_their_order)
{
    struct json *j = parse("{\"z\":1,\"a\":2,\"m\":null}");
    void *cursor = NULL;
    const char *key;
    const struct json *value;
    char all[32] = "";

    while (json_each(j, &cursor, &key, &value))
        str_fmt(all + strlen(all), sizeof all - strlen(all), "%s%d", key,
                (int)json_i64(value, 0));
    ck_assert_str_eq(all, "z1a2m0");
    json_free(&j);
}
END_TEST

START_TEST(malformed_text_is_refused_with_its_place)
{
    static const char *const bad[] = {"",
                                      "{",
                                      "[1,]",
                                      "{\"a\":1}x",
                                      "nul",
                                      "[1 2]",
                                      "\"\\u0000\"",
                                      "\"\xFF\"",
                                      "[1e999]",
                                      "'a'",
                                      "{\"a\":1,\"a\":2}"};
    struct why why = {""};

    for (size_t i = 0; i < STR_LEN(bad); i++) {
        ck_assert_ptr_null(json_parse(bad[i], strlen(bad[i]), &why));
        ck_assert(str_starts(why.text, "line 1 column "));
    }
}
END_TEST

START_TEST(every_truncation_fails)
{
    static const char *const text = "{\"a\":[1,{\"b\":\"\\u20ac\"}],\"c\":-1.5e3}";

    for (size_t n = 0; n < strlen(text); n++)
        ck_assert_ptr_null(json_parse(text, n, NULL));
}
END_TEST

START_TEST(depth_is_bounded)
{
    char text[200];
    struct json *j;
    struct why why = {""};

    memset(text, '[', 64);
    memset(text + 64, ']', 64);
    j = json_parse(text, 128, NULL);
    ck_assert_ptr_nonnull(j);
    json_free(&j);
    memset(text, '[', 65);
    ck_assert_ptr_null(json_parse(text, 65, &why));
    ck_assert_str_eq(why.text, "nested deeper than 64");
    memset(text, '[', 200);
    text[0] = '"';
    text[199] = '"';
    j = json_parse(text, 200, NULL); /* brackets in a string are none */
    ck_assert_ptr_nonnull(j);
    json_free(&j);
}
END_TEST

/* ---- writing -------------------------------------------------------------------- */

START_TEST(commas_and_closers_are_set)
{
    struct buf b;
    struct jsonw w;

    buf_init(&b, 1000);
    jsonw_init(&w, &b);
    jw_object(&w, NULL);
    jw_int(&w, "a", -1);
    jw_array(&w, "b");
    jw_num(&w, NULL, 0.1);
    jw_num(&w, NULL, (double)NAN);
    jw_object(&w, NULL);
    jw_end(&w);
    jw_end(&w);
    jw_bool(&w, "c", true);
    jw_str(&w, "d", NULL);
    jw_null(&w, "e");
    jw_raw(&w, "f", "[1]");
    jw_end(&w);
    ck_assert_str_eq(buf_str(&b), "{\"a\":-1,\"b\":[0.1,null,{}],\"c\":true,\"d\":null,"
                                  "\"e\":null,\"f\":[1]}");
    buf_free(&b);
}
END_TEST

START_TEST(what_is_written_reads_back)
{
    struct prng p = {.state = 4711};
    struct buf b;
    struct jsonw w;

    buf_init(&b, 100000);
    for (int round = 0; round < 2000; round++) {
        char text[64], clean[64];
        double number = ldexp(prng_unit(&p) - 0.5, (int)prng_below(&p, 2000) - 1000);
        struct json *j;
        size_t n = prng_below(&p, sizeof text);

        for (size_t i = 0; i < n; i++)
            text[i] = (char)(prng_below(&p, 255) + 1);
        text[n] = '\0';
        str_utf8_clean(clean, sizeof clean, text);
        buf_clear(&b);
        jsonw_init(&w, &b);
        jw_array(&w, NULL);
        jw_str(&w, NULL, text);
        jw_num(&w, NULL, number);
        jw_end(&w);
        j = json_parse(buf_str(&b), b.len, NULL);
        ck_assert_str_eq(json_text(json_at(j, 0), "-"), clean);
        ck_assert(json_f64(json_at(j, 1), 99) == number);
        json_free(&j);
    }
    buf_free(&b);
}
END_TEST

START_TEST(too_deep_is_an_error_of_the_buffer)
{
    struct buf b;
    struct jsonw w;

    buf_init(&b, 1000);
    jsonw_init(&w, &b);
    for (int i = 0; i < JSONW_DEPTH + 3; i++)
        jw_array(&w, NULL);
    for (int i = 0; i < JSONW_DEPTH + 3; i++)
        jw_end(&w);
    ck_assert_int_eq(b.err, ERR_TOO_BIG);
    buf_free(&b);
}
END_TEST

START_TEST(stat_rows_become_objects)
{
    static const struct stat_row rows[] = {{"polls_total", STAT_COUNTER, "Polls."},
                                           {"wal_bytes", STAT_GAUGE, "Log."}};
    static const int64_t values[] = {3, 4096};
    struct buf b;
    struct jsonw w;

    buf_init(&b, 1000);
    jsonw_init(&w, &b);
    jw_object(&w, NULL);
    stat_write(&w, rows, values, 2);
    jw_end(&w);
    ck_assert_str_eq(buf_str(&b),
                     "{\"metrics\":[{\"name\":\"polls_total\",\"kind\":\"counter\","
                     "\"help\":\"Polls.\",\"value\":3},{\"name\":\"wal_bytes\","
                     "\"kind\":\"gauge\",\"help\":\"Log.\",\"value\":4096}]}");
    buf_free(&b);
}
END_TEST

Suite *json_suite(void);

Suite *
json_suite(void)
{
    Suite *s = suite_create("json");
    TCase *read = tcase_create("json"), *write = tcase_create("jsonw");

    tcase_add_test(read, paths_reach_members_and_elements);
    tcase_add_test(read, a_byte_order_mark_is_no_part_of_the_text);
    tcase_add_test(read, a_member_that_is_null_is_there);
    tcase_add_test(read, types_are_told_apart);
    tcase_add_test(read, numbers_keep_64_bits);
    tcase_add_test(read, objects_are_walked_in_their_order);
    tcase_add_test(read, malformed_text_is_refused_with_its_place);
    tcase_add_test(read, every_truncation_fails);
    tcase_add_test(read, depth_is_bounded);
    suite_add_tcase(s, read);
    tcase_add_test(write, commas_and_closers_are_set);
    tcase_add_test(write, what_is_written_reads_back);
    tcase_add_test(write, too_deep_is_an_error_of_the_buffer);
    tcase_add_test(write, stat_rows_become_objects);
    suite_add_tcase(s, write);
    return s;
}

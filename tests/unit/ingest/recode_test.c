#include "ingest/recode.h"

#include "base/str.h"

#include <check.h>
#include <stdlib.h>

#define WIDE(c) c "\0"

START_TEST(each_encoding_becomes_utf_8)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *text;
    } rows[] = {
#define ROW(bytes, text) {(bytes), sizeof(bytes) - 1, (text)}
        ROW("<a>\xc3\xa9</a>", "<a>\xc3\xa9</a>"),
        ROW("\xef\xbb\xbf <a/>", "<a/>"),
        ROW("junk before <a/>", "<a/>"),
        ROW("\n<?xml version=\"1.0\" encoding='iso-8859-7'?><a>\xe4</a>",
            "<?xml version=\"1.0\" encoding='iso-8859-7'?><a>\xce\xb4</a>"),
        /* of a letter that only GB18030 has, and a Macintosh's */
        ROW("<?xml encoding=\"gb2312\"?><a>\x81\x40</a>",
            "<?xml encoding=\"gb2312\"?><a>\xe4\xb8\x82</a>"),
        ROW("<?xml encoding=\"x-mac-roman\"?><a>\x8e</a>",
            "<?xml encoding=\"x-mac-roman\"?><a>\xc3\xa9</a>"),
        ROW("<?xml encoding=\"windows-1252\"?><a>it\xe2\x80\x99s</a>",
            "<?xml encoding=\"windows-1252\"?><a>it\xe2\x80\x99s</a>"),
        ROW("<?xml encoding=\"windows-1252\"?><a>it\x92s</a>",
            "<?xml encoding=\"windows-1252\"?><a>it\xe2\x80\x99s</a>"),
        ROW("<?xml encoding=\"no-such-thing\"?><a>\xe4</a>",
            "<?xml encoding=\"no-such-thing\"?><a>\xe4</a>"),
        ROW("<?xml encoding=\"utf-16\"?><a/>", "<?xml encoding=\"utf-16\"?><a/>"),
        ROW("\xff\xfe" WIDE("<") WIDE("a") WIDE("/") WIDE(">"), "<a/>"),
        ROW("\xfe\xff\0<\0a\0/\0>", "<a/>"),
        ROW("\0<\0a\0/\0>", "<a/>"),
        ROW("<\0a\0/\0>\0", "<a/>"),
        ROW("\xff\xfe\0\0<\0\0\0a\0\0\0/\0\0\0>\0\0\0", "<a/>"),
        ROW("\0\0\0<\0\0\0a\0\0\0/\0\0\0>", "<a/>"),
        ROW("\xff\xfe<\0a\0\0\xd8/\0>\0", "<a?/>"), /* half a pair */
        ROW("\xff\xfe<\0a\0/\0>\0x", "<a/>"),       /* cut within a character */
        ROW("\xff\xfe", ""),
        ROW("no tag", "no tag"),
#undef ROW
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct slice out;
        char *copy;

        ck_assert_int_eq(recode(rows[i].bytes, rows[i].n, &copy, &out), 0);
        ck_assert_msg(slice_is(out, rows[i].text, strlen(rows[i].text)), "%zu: %.*s", i,
                      (int)out.n, out.s);
        free(copy);
    }
}
END_TEST

START_TEST(the_first_bytes_say_how_wide_a_character_is)
{
    ck_assert_uint_eq(recode_unit("<rss", 4), 1);
    ck_assert_uint_eq(recode_unit("\0<\0r", 4), 2);
    ck_assert_uint_eq(recode_unit("\xff\xfe<\0", 4), 2);
    ck_assert_uint_eq(recode_unit("<\0\0\0", 4), 4);
    ck_assert_uint_eq(recode_unit("", 0), 1);
}
END_TEST

START_TEST(plain_utf_8_is_not_copied)
{
    static const char doc[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>";
    struct slice out;
    char *copy;

    ck_assert_int_eq(recode(doc, strlen(doc), &copy, &out), 0);
    ck_assert_ptr_null(copy);
    ck_assert_ptr_eq(out.s, doc);
}
END_TEST

Suite *recode_suite(void);

Suite *
recode_suite(void)
{
    Suite *s = suite_create("recode");
    TCase *t = tcase_create("recode");

    tcase_add_test(t, each_encoding_becomes_utf_8);
    tcase_add_test(t, the_first_bytes_say_how_wide_a_character_is);
    tcase_add_test(t, plain_utf_8_is_not_copied);
    suite_add_tcase(s, t);
    return s;
}

#include "ingest/charset.h"

#include "base/str.h"

#include <check.h>

START_TEST(the_answer_goes_before_the_document)
{
    static const struct {
        const char *type, *body, *name;
        bool wrong_type, overridden;
    } rows[] = {
        {"", "<rss/>", "utf-8", false, false},
        {"", "<?xml version='1.0' encoding='BIG5'?>", "big5", false, false},
        {"", "\xff\xfe<", "utf-16", false, false},
        {"text/xml", "<rss/>", "us-ascii", false, false},
        {"text/xml", "<rss>\xc3\xa9</rss>", "us-ascii", false, true},
        {"text/xml; charset = \"ISO-8859-1\"", "<rss/>", "iso-8859-1", false, false},
        {"application/rss+xml", "<rss/>", "utf-8", false, false},
        {"text/plain; charset=utf-8", "<rss/>", "utf-8", true, false},
        {"xml", "<rss/>", "utf-8", true, false},
        {"application/xml-dtd", "<rss/>", "utf-8", false, false},
        {"text/xml-external-parsed-entity", "<rss/>", "us-ascii", false, false},
        {"application/xml-else", "<rss/>", "utf-8", true, false},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct charset c = charset_of(rows[i].type, rows[i].body, strlen(rows[i].body));

        ck_assert_str_eq(c.name, rows[i].name);
        ck_assert_msg(c.wrong_type == rows[i].wrong_type, "%zu", i);
        ck_assert_msg(c.overridden == rows[i].overridden, "%zu", i);
    }
}
END_TEST

START_TEST(a_name_that_cannot_be_true_is_overridden)
{
    static const struct {
        const char *body, *name;
        bool overridden;
    } rows[] = {
        {"<?xml encoding='no-such-thing'?>", "utf-8", true},
        {"<?xml encoding='utf-8'?><a>caf\xe9</a>", "utf-8", true},
        {"<?xml encoding='utf-8'?><a>caf\xc3\xa9</a>", "utf-8", false},
        {"<?xml encoding='windows-1252'?><a>caf\xe9</a>", "windows-1252", false},
        {"<?xml encoding='GB2312'?>", "gb18030", false},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct charset c = charset_of("", rows[i].body, strlen(rows[i].body));

        ck_assert_str_eq(c.name, rows[i].name);
        ck_assert_msg(c.overridden == rows[i].overridden, "%zu", i);
    }
}
END_TEST

Suite *charset_suite(void);

Suite *
charset_suite(void)
{
    Suite *s = suite_create("charset");
    TCase *t = tcase_create("charset");

    tcase_add_test(t, the_answer_goes_before_the_document);
    tcase_add_test(t, a_name_that_cannot_be_true_is_overridden);
    suite_add_tcase(s, t);
    return s;
}

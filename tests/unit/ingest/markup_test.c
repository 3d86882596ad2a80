#include "ingest/markup.h"

#include "base/prng.h"
#include "base/str.h"

#include <check.h>
#include <stdint.h>

/* Tokens as one line: "<a b=c> 'text' [cdata] </a>"; with the fault behind a '!'. */
static const char *
told(const char *doc, char *out, size_t size)
{
    struct markup m;
    struct markup_token t;
    size_t used = 0;
    static const char *const shapes[] = {"<%.*s%.*s>", "</%.*s%.*s>", "%.*s'%.*s'",
                                         "%.*s[%.*s]"};

    *out = '\0';
    markup_init(&m, doc, strlen(doc));
    while (markup_next(&m, &t) != MARKUP_END) {
        struct slice name = t.kind <= MARKUP_CLOSE ? t.name : (struct slice){"", 0};

        (void)str_fmt(out + used, size - used, shapes[t.kind], (int)name.n, name.s,
                      (int)t.text.n, t.text.s);
        used = strlen(out);
    }
    if (m.why != NULL)
        (void)str_fmt(out + used, size - used, "!%d", markup_line(&m));
    return out;
}

START_TEST(each_document_gives_its_tokens)
{
    static const struct {
        const char *doc, *tokens;
    } rows[] = {
        {"<a>x<b c='1'/>y</a>", "<a>'x'<b c='1'></b>'y'</a>"},
        {"<?xml version=\"1.0\"?>\n<!-- <a> -->\n<a/>", "<a></a>"},
        {"<!DOCTYPE r [<!ENTITY e \"]>\">]><r>&e;</r>", "<r>'&e;'</r>"},
        {"<a><![CDATA[<b>&amp;]]></a>", "<a>[<b>&amp;]</a>"},
        {"<a t=\"x>y\">z</a>", "<a t=\"x>y\">'z'</a>"},
        {"", ""},
        /* from here on nothing is well-formed */
        {"<a>1 < 2</a>", "<a>'1 ''< 2'</a>!1"},
        {"<a>\n<b>x</a>", "<a>'\n'<b>'x'</b></a>!2"},
        {"<a><b>x</c></b></a>", "<a><b>'x'</b></a>!1"},     /* a damaged </b> */
        {"<a><b>x</other></b></a>", "<a><b>'x'</b></a>!1"}, /* of nothing */
        {"<a><b>x", "<a><b>'x'!1"},
        {"<a><b", "<a>!1"},
        {"<a><b c=\"1>x</b></a>", "<a><b c=\"1>'x'</b></a>!1"},
        {"<a><b <c/></b></a>", "<a><b ><c></c></b></a>!1"},
        {"<a></a", "<a></a>!1"},
        {"<a><![CDATA[x</a>", "<a>[x]</a>!1"},
        {"<a><![CD TA[x]]></a>", "<a>'<![CD TA[x]]>'</a>!1"},
        {"<a><!-- x</a>", "<a>!1"},
        {"<a/>text", "<a></a>!1"},
        {"<a/><b/>", "<a></a><b></b>!1"},
    };
    char out[256];

    for (size_t i = 0; i < STR_LEN(rows); i++)
        ck_assert_str_eq(told(rows[i].doc, out, sizeof out), rows[i].tokens);
}
END_TEST

START_TEST(text_is_decoded)
{
    static const struct {
        const char *raw;
        bool refers;
        const char *text;
    } rows[] = {
        {"plain words of more than sixteen bytes", true,
         "plain words of more than sixteen bytes"},
        {"a &lt;b&gt; &amp;amp; &quot;c&apos;", true, "a <b> &amp; \"c'"},
        {"&#65;&#x42;&#X43;&#233;", true, "ABC\xc3\xa9"},
        {"&eacute;&nbsp;&notone;", true, "\xc3\xa9\xc2\xa0&notone;"},
        {"AT&T & Co &;&#;&#x;&#xzz;", true, "AT&T & Co &;&#;&#x;&#xzz;"},
        {"&#0;&#55296;&#1114112;&#99999999999;", true, "&#0;???"},
        {"&lt;", false, "&lt;"},
        {"t\xe9 \xc3\xa9 \xff\x01\x7f\r\nx\ry", true,
         "t\xc3\xa9 \xc3\xa9 \xc3\xbf \x7f\nx\ny"},
        {"&#1;&#9;", true, " \t"},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        char text[128];
        struct gather to = {.s = text, .size = sizeof text - 1};

        markup_decode((struct slice){rows[i].raw, strlen(rows[i].raw)}, rows[i].refers,
                      &to);
        text[to.n] = '\0';
        ck_assert_str_eq(text, rows[i].text);
        ck_assert(!to.cut);
        ck_assert(to.wide == (strpbrk(text, "\xc2\xc3") != NULL));
    }
}
END_TEST

START_TEST(what_does_not_fit_is_cut_at_a_character)
{
    static const char raw[] = "ab\xc3\xa9&lt;d";
    static const size_t used[] = {0, 1, 2, 2, 4, 5, 6};

    for (size_t size = 0; size < STR_LEN(used); size++) {
        char text[8];
        struct gather to = {.s = text, .size = size};

        markup_decode((struct slice){raw, strlen(raw)}, true, &to);
        ck_assert_uint_eq(to.n, used[size]);
        ck_assert(to.cut == (size < 6));
    }
}
END_TEST

START_TEST(attributes_are_found_by_name)
{
    static const struct {
        const char *attributes, *name, *value;
    } rows[] = {
        {" a=\"1\" b='2'", "b", "2"},
        {" a = \"x &amp; y\n z\"", "a", "x & y  z"},
        {" href=http://x.example/?a=1", "href", "http://x.example/?a=1"},
        {" hidden a=\"1\"", "hidden", ""},
        {" hidden a=\"1\"", "a", "1"},
        {" a=\"1\" a=\"2\"", "a", "1"},
        {" xa=\"1\"", "a", NULL},
        {" \"x>y\" a='1", "a", "1"},
        {" a=", "a", ""},
        {"", "a", NULL},
    };
    char value[64];

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct markup_token t = {
            .text = {rows[i].attributes, strlen(rows[i].attributes)}};
        const char *want = rows[i].value;

        ck_assert_int_eq(markup_attribute(&t, rows[i].name, value, sizeof value),
                         want != NULL);
        ck_assert_str_eq(value, want != NULL ? want : "");
    }
}
END_TEST

/* Whatever the bytes are, each element that is opened is closed once at most, and in
 * order. */
START_TEST(tokens_nest_whatever_comes)
{
    static const char pieces[][10] = {
        "<a>",       "</a>", "<b>",  "</b>", "<c/>", "x",    "<",  ">",    "</",
        "<![CDATA[", "]]>",  "<!--", "-->",  "\"",   "<a b", "<?", "&lt;", "<a:b>"};
    struct prng random = {(uint64_t)_i + 1};
    char doc[400];

    for (int round = 0; round < 200; round++) {
        struct markup m;
        struct markup_token t;
        size_t deep = 0, n = 0, tokens = 0;

        while (n + 10 < sizeof doc) {
            const char *piece = pieces[prng_below(&random, STR_LEN(pieces))];

            memcpy(doc + n, piece, strlen(piece));
            n += strlen(piece);
        }
        markup_init(&m, doc, n);
        while (markup_next(&m, &t) != MARKUP_END) {
            deep += t.kind == MARKUP_OPEN;
            ck_assert(t.kind != MARKUP_CLOSE || deep-- > 0);
            ck_assert_uint_eq(deep, m.depth);
            ck_assert_uint_le(++tokens, 2 * n);
        }
    }
}
END_TEST

START_TEST(what_is_very_deep_is_closed_by_any_tag)
{
    enum { DEEP = 3 * MARKUP_DEEP };
    static char doc[DEEP * 7];
    struct markup m;
    struct markup_token t;
    size_t n = 0, closed = 0;

    for (int i = 0; i < DEEP; i++, n += 3)
        memcpy(doc + n, "<a>", 3);
    for (int i = 0; i < DEEP; i++, n += 4)
        memcpy(doc + n, i % 2 == 0 ? "</a>" : "</b>", 4);
    markup_init(&m, doc, n);
    while (markup_next(&m, &t) != MARKUP_END)
        closed += t.kind == MARKUP_CLOSE;
    ck_assert_uint_eq(closed, DEEP);
    ck_assert_uint_eq(m.depth, 0);
}
END_TEST

Suite *markup_suite(void);

Suite *
markup_suite(void)
{
    Suite *s = suite_create("markup");
    TCase *t = tcase_create("markup");

    tcase_add_test(t, each_document_gives_its_tokens);
    tcase_add_test(t, text_is_decoded);
    tcase_add_test(t, what_does_not_fit_is_cut_at_a_character);
    tcase_add_test(t, attributes_are_found_by_name);
    tcase_add_loop_test(t, tokens_nest_whatever_comes, 0, 4);
    tcase_add_test(t, what_is_very_deep_is_closed_by_any_tag);
    suite_add_tcase(s, t);
    return s;
}

#include "base/str.h"
#include "ingest/item_json.h"

#include <check.h>

Suite *item_json_suite(void);

static int
read_line(const char *text, struct item *it, struct item_origin *from, struct why *why)
{
    struct json *root = json_parse(text, strlen(text), why);
    int rc = root == NULL ? ERR_SYNTAX : item_json_read(root, it, from, why);

    json_free(&root);
    return rc;
}

START_TEST(what_was_written_is_read_again)
{
    struct item a = {.id = "sec:0000320193-26-000001",
                     .kind = ITEM_FILING,
                     .form = "8-K 2.02,9.01",
                     .title = "8-K - \"Quoted\", Inc. (0000320193) (Filer)",
                     .summary = "Item 2.02: Results\nand a second line",
                     .link = "https://e.example/edgar/data/320193/x-index.htm",
                     .stocks = "Nasdaq:AAPL\nNYSE:BRK.B",
                     .published_ms = 1795473000123,
                     .cik = 320193,
                     .rank = 2};
    struct item_origin from;
    struct item b;
    struct why why = {""};
    struct buf out;

    buf_init(&out, ITEM_JSON_MAX);
    item_json_write(&a, "sec_8k", 1795473000456, &out);
    ck_assert_int_eq(out.err, 0);
    ck_assert_int_eq(read_line(buf_str(&out), &b, &from, &why), 0);
    ck_assert_str_eq(b.id, a.id);
    ck_assert_str_eq(b.form, a.form);
    ck_assert_str_eq(b.title, a.title);
    ck_assert_str_eq(b.summary, a.summary);
    ck_assert_str_eq(b.link, a.link);
    ck_assert_str_eq(b.stocks, a.stocks);
    ck_assert(b.kind == a.kind && b.published_ms == a.published_ms && b.cik == a.cik &&
              b.rank == a.rank);
    ck_assert_str_eq(from.feed, "sec_8k");
    ck_assert_int_eq(from.seen_ms, 1795473000456);
    buf_free(&out);
}
END_TEST

START_TEST(a_line_by_hand_is_named_like_an_entry)
{
    struct item_origin from;
    struct item a, b;
    struct why why = {""};

    ck_assert_int_eq(
        read_line("{\"title\":\"A\",\"link\":\"https://w.example/1?utm_x=2\"}", &a,
                  &from, &why),
        0);
    ck_assert_int_eq(read_line("{\"title\":\"B\",\"link\":\"https://w.example/1\","
                               "\"published\":\"2026-11-23T14:30:00Z\"}",
                               &b, &from, &why),
                     0);
    ck_assert_str_eq(a.id, b.id);
    ck_assert_int_eq(b.published_ms, 1795444200000);
    ck_assert_int_eq(from.seen_ms, b.published_ms);
    ck_assert_int_eq(
        read_line("{\"kind\":\"filing\",\"link\":\"https://e.example/edgar/"
                  "data/320193/000032019326000001/x\",\"cik\":320193}",
                  &a, &from, &why),
        0);
    ck_assert_str_eq(a.id, "sec:0000320193-26-000001");
    ck_assert_int_eq(a.rank, ITEM_RANK_BEST);
}
END_TEST

START_TEST(what_is_no_item_is_told_by_its_member)
{
    static const struct {
        const char *text, *why;
    } rows[] = {
        {"[]", "want one JSON object"},
        {"{}", "title: missing"},
        {"{\"title\":7}", "title: want text"},
        {"{\"title\":\"A\",\"kind\":\"gossip\"}", "kind: "},
        {"{\"title\":\"A\",\"published\":\"soon\"}", "published: "},
        {"{\"title\":\"A\",\"seen_ms\":\"1\"}", "seen_ms: want a number"},
    };
    struct item_origin from;
    struct item it;

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct why why = {""};

        ck_assert_int_ne(read_line(rows[i].text, &it, &from, &why), 0);
        ck_assert_msg(strncmp(why.text, rows[i].why, strlen(rows[i].why)) == 0, "%s",
                      why.text);
    }
}
END_TEST

START_TEST(a_text_without_room_is_refused)
{
    char line[2 * ITEM_TITLE];
    struct item_origin from;
    struct item it;
    struct why why = {""};

    (void)str_fmt(line, sizeof line, "{\"title\":\"%0*d\"}", ITEM_TITLE, 0);
    ck_assert_int_eq(read_line(line, &it, &from, &why), ERR_TOO_BIG);
}
END_TEST

Suite *
item_json_suite(void)
{
    Suite *s = suite_create("item_json");
    TCase *t = tcase_create("all");

    tcase_add_test(t, what_was_written_is_read_again);
    tcase_add_test(t, a_line_by_hand_is_named_like_an_entry);
    tcase_add_test(t, what_is_no_item_is_told_by_its_member);
    tcase_add_test(t, a_text_without_room_is_refused);
    suite_add_tcase(s, t);
    return s;
}

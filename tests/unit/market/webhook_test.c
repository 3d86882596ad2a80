#include "tests/market/webhook.h"

#include "base/json.h"
#include "base/str.h"

#include <check.h>

Suite *webhook_suite(void);

/* A message with one embed whose title has n characters of two bytes each. */
static int
check_title(size_t n)
{
    struct buf b;
    int rc;

    buf_init(&b, 1 << 20);
    buf_adds(&b, "{\"embeds\":[{\"title\":\"");
    for (size_t i = 0; i < n; i++)
        buf_adds(&b, "\xc3\xa9");
    buf_adds(&b, "\"}]}");
    rc = webhook_check(buf_str(&b), b.len, NULL);
    buf_free(&b);
    return rc;
}

START_TEST(a_limit_counts_characters_not_bytes)
{
    ck_assert_int_eq(check_title(256), 0);
    ck_assert_int_eq(check_title(257), ERR_SYNTAX);
}
END_TEST

/* n embeds whose descriptions have `each` characters. */
static int
check_sum(size_t n, size_t each)
{
    struct buf b;
    int rc;

    buf_init(&b, 1 << 20);
    buf_adds(&b, "{\"embeds\":[");
    for (size_t i = 0; i < n; i++) {
        buf_adds(&b, i > 0 ? ",{\"description\":\"" : "{\"description\":\"");
        for (size_t k = 0; k < each; k++)
            buf_addc(&b, 'x');
        buf_adds(&b, "\"}");
    }
    buf_adds(&b, "]}");
    rc = webhook_check(buf_str(&b), b.len, NULL);
    buf_free(&b);
    return rc;
}

START_TEST(all_embeds_together_hold_six_thousand_characters)
{
    ck_assert_int_eq(check_sum(10, 600), 0);
    ck_assert_int_eq(check_sum(10, 601), ERR_SYNTAX);
    ck_assert_int_eq(check_sum(11, 1), ERR_SYNTAX);
    ck_assert_int_eq(check_sum(1, 4096), 0);
    ck_assert_int_eq(check_sum(1, 4097), ERR_SYNTAX);
}
END_TEST

START_TEST(what_discord_refuses_is_refused)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{}",
        "{\"content\":\"\"}",
        "{\"content\":5}",
        "{\"embeds\":[]}",
        "{\"embeds\":5}",
        "{\"embeds\":[5]}",
        "{\"embeds\":[{\"fields\":[{\"name\":\"\",\"value\":\"x\"}]}]}",
        "{\"embeds\":[{\"fields\":[{\"name\":\"x\"}]}]}",
        "{\"embeds\":[{\"color\":\"red\"}]}",
        "{\"embeds\":[{\"color\":16777216}]}",
        "{\"content\":\"x\"} x"};

    for (size_t i = 0; i < STR_LEN(bad); i++) {
        struct why why = {""};

        ck_assert_int_eq(webhook_check(bad[i], strlen(bad[i]), &why), ERR_SYNTAX);
        ck_assert_str_ne(why.text, "");
    }
}
END_TEST

START_TEST(an_edit_keeps_the_first_body_and_the_id)
{
    struct webhooks *h = webhooks_new();
    struct buf out;
    struct jsonw w;
    struct json *root;
    char id[32];

    ck_assert_int_eq(webhooks_add(h, "{\"content\":\"a\"}", 15, 5, id), 0);
    ck_assert_int_eq(webhooks_edit(h, id, "{\"content\":\"b\"}", 15, 6), 0);
    ck_assert_int_eq(webhooks_edit(h, "1", "{}", 2, 6), ERR_NOT_FOUND);
    buf_init(&out, 1 << 20);
    jsonw_init(&w, &out);
    webhooks_messages(h, &w);
    root = json_parse(buf_str(&out), out.len, NULL);
    ck_assert_uint_eq(json_len(root), 1);
    ck_assert_str_eq(json_text(json_get(root, "0.id"), ""), id);
    ck_assert_str_eq(json_text(json_get(root, "0.body.content"), ""), "b");
    ck_assert_str_eq(json_text(json_get(root, "0.first_body.content"), ""), "a");
    ck_assert_int_eq(json_i64(json_get(root, "0.edits"), 0), 1);
    json_free(&root);
    buf_free(&out);
    webhooks_free(&h);
}
END_TEST

START_TEST(five_messages_pass_in_two_seconds)
{
    struct webhooks *h = webhooks_new();
    int64_t reset_us, now = 10000000;
    int left;

    for (int i = 0; i < WEBHOOK_BURST; i++) {
        ck_assert(webhooks_allow(h, now + i, &left, &reset_us));
        ck_assert_int_eq(left, WEBHOOK_BURST - 1 - i);
    }
    ck_assert(!webhooks_allow(h, now + 500000, &left, &reset_us));
    ck_assert_int_eq(reset_us, 1500000);
    ck_assert(webhooks_allow(h, now + WEBHOOK_WINDOW_US, &left, &reset_us));
    webhooks_free(&h);
}
END_TEST

Suite *
webhook_suite(void)
{
    Suite *s = suite_create("webhook");
    TCase *t = tcase_create("webhook");

    tcase_add_test(t, a_limit_counts_characters_not_bytes);
    tcase_add_test(t, all_embeds_together_hold_six_thousand_characters);
    tcase_add_test(t, what_discord_refuses_is_refused);
    tcase_add_test(t, an_edit_keeps_the_first_body_and_the_id);
    tcase_add_test(t, five_messages_pass_in_two_seconds);
    suite_add_tcase(s, t);
    return s;
}

#include "alerter/sinks/discord_answer.h"

#include "base/str.h"

#include <check.h>

static struct sink_outcome
answered(int status, const char *body, const char *retry_after)
{
    struct sink_outcome out;
    struct discord_answer a = {.status = status,
                               .headers = {.retry_after = retry_after},
                               .body = body,
                               .body_len = strlen(body)};

    discord_answer_read(&a, &out);
    return out;
}

START_TEST(a_message_object_gives_the_id)
{
    struct sink_outcome o = answered(200, "{\"id\":\"123456\",\"type\":0}", "");

    ck_assert_int_eq(o.result, SINK_SENT);
    ck_assert_str_eq(o.message_id, "123456");
}
END_TEST

START_TEST(an_id_that_is_no_snowflake_is_not_kept)
{
    ck_assert_str_eq(answered(200, "{\"id\":\"1/../2\"}", "").message_id, "");
    ck_assert_str_eq(answered(204, "", "").message_id, "");
    ck_assert_str_eq(answered(200, "{\"id\":77}", "").message_id, "");
}
END_TEST

START_TEST(a_429_asks_by_header_and_body)
{
    ck_assert_int_eq(answered(429, "{\"retry_after\":64.57}", "65").asked_ms, 65050);
    ck_assert_int_eq(answered(429, "{\"retry_after\":64.57}", "").asked_ms, 64620);
    ck_assert_int_eq(answered(429, "{\"retry_after\":1.5}", "").result, SINK_LIMITED);
}
END_TEST

START_TEST(a_429_with_a_page_and_no_figure_is_waited_for_long)
{
    struct sink_outcome o = answered(429, "<html>error 1015</html>", "");

    ck_assert_int_eq(o.result, SINK_LIMITED);
    ck_assert_int_eq(o.asked_ms, DISCORD_PAGE_HOLD_MS);
    ck_assert_int_eq(answered(429, "<html></html>", "2").asked_ms, 2050);
}
END_TEST

/* An hour is an hour there: only Discord's own JSON ever gave milliseconds. */
START_TEST(a_429_without_json_counts_in_seconds)
{
    static const struct {
        const char *body, *retry_after;
        int64_t asked_ms;
    } rows[] = {
        {"error code: 1015", "3600", 3600050},
        {"error code: 1015", "", DISCORD_PAGE_HOLD_MS},
        {"", "", DISCORD_PAGE_HOLD_MS},
        {"", "-3", DISCORD_PAGE_HOLD_MS},
        {"<html></html>", "Wed, 18 Nov 2026 10:00:00 GMT", DISCORD_PAGE_HOLD_MS},
        {"<html></html>", "1e9", DISCORD_PAGE_MOST_S * INT64_C(1000) + 50},
        {"{\"message\":\"limited\",\"retry_after\":3600}", "3600", 3650},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct sink_outcome o = answered(429, rows[i].body, rows[i].retry_after);

        ck_assert_int_eq(o.result, SINK_LIMITED);
        ck_assert_int_eq(o.asked_ms, rows[i].asked_ms);
    }
}
END_TEST

START_TEST(each_status_has_its_meaning)
{
    static const struct {
        int status;
        enum sink_result result;
    } rows[] = {{200, SINK_SENT},    {204, SINK_SENT},  {400, SINK_REFUSED},
                {401, SINK_GONE},    {403, SINK_GONE},  {404, SINK_GONE},
                {413, SINK_REFUSED}, {500, SINK_AGAIN}, {503, SINK_AGAIN},
                {0, SINK_UNCLEAR}};

    for (size_t i = 0; i < STR_LEN(rows); i++)
        ck_assert_int_eq(answered(rows[i].status, "", "").result, rows[i].result);
}
END_TEST

START_TEST(a_webhook_nobody_answers_is_waited_for)
{
    struct sink_outcome out;
    struct discord_answer a = {.status = 0, .unsent = true, .body = ""};

    discord_answer_read(&a, &out);
    ck_assert_int_eq(out.result, SINK_LIMITED);
}
END_TEST

START_TEST(a_refusal_names_its_code)
{
    struct sink_outcome o =
        answered(400, "{\"code\":50035,\"message\":\"Invalid\\nForm Body\"}", "");

    ck_assert_str_eq(o.why.text, "status 400, code 50035: Invalid Form Body");
}
END_TEST

START_TEST(addresses_keep_their_query)
{
    static const struct {
        const char *hook, *id, *url;
    } rows[] = {
        {"http://h/webhook/1/t", "", "http://h/webhook/1/t?wait=true"},
        {"http://h/webhook/1/t/", "", "http://h/webhook/1/t?wait=true"},
        {"http://h/w?thread_id=9", "", "http://h/w?wait=true&thread_id=9"},
        {"http://h/w", "42", "http://h/w/messages/42"},
        {"http://h/w?thread_id=9#x", "42", "http://h/w/messages/42?thread_id=9"},
    };
    char url[128];

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        ck_assert_int_eq(discord_address(rows[i].hook, rows[i].id, url, sizeof url), 0);
        ck_assert_str_eq(url, rows[i].url);
    }
    ck_assert_int_eq(discord_address("http://h/w", "4/2", url, sizeof url), ERR_SYNTAX);
    ck_assert_int_eq(discord_address("http://h/w", "42", url, 12), ERR_TOO_BIG);
}
END_TEST

Suite *discord_answer_suite(void);

Suite *
discord_answer_suite(void)
{
    Suite *s = suite_create("discord_answer");
    TCase *c = tcase_create("all");

    tcase_add_test(c, a_message_object_gives_the_id);
    tcase_add_test(c, an_id_that_is_no_snowflake_is_not_kept);
    tcase_add_test(c, a_429_asks_by_header_and_body);
    tcase_add_test(c, a_429_with_a_page_and_no_figure_is_waited_for_long);
    tcase_add_test(c, a_429_without_json_counts_in_seconds);
    tcase_add_test(c, each_status_has_its_meaning);
    tcase_add_test(c, a_webhook_nobody_answers_is_waited_for);
    tcase_add_test(c, a_refusal_names_its_code);
    tcase_add_test(c, addresses_keep_their_query);
    suite_add_tcase(s, c);
    return s;
}

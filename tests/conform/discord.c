#include "alerter/discord_limit.h"
#include "alerter/discord_retry.h"
#include "base/str.h"
#include "tests/conform/conform.h"

/* Posts until a step ends it or the recorded answers are used up. */
void
conform_discord_retry(const struct json *input, struct jsonw *out)
{
    const struct json *statuses = json_member(input, "http_statuses");
    struct discord_retry r = {.max_tries =
                                  json_i64(json_member(input, "max_tries"), 0)};
    enum discord_step step = DISCORD_WAIT;
    int64_t wait_ms, posts = 0;

    while ((step == DISCORD_WAIT || step == DISCORD_RETRY) &&
           posts < (int64_t)json_len(statuses)) {
        int status = (int)json_i64(json_at(statuses, (size_t)posts++), 0);

        step = discord_retry_next(&r, status, 0, &wait_ms);
    }
    jw_object(out, NULL);
    jw_bool(out, "ok", step == DISCORD_SENT);
    jw_int(out, "posts", posts);
    jw_end(out);
}

void
conform_discord_headers(const struct json *input, struct jsonw *out)
{
    const struct json *headers = json_member(input, "headers");
    struct discord_headers h = {
        .reset_after = json_text(json_member(headers, "X-RateLimit-Reset-After"), NULL),
        .retry_after = json_text(json_member(headers, "Retry-After"), NULL),
        .remaining = json_text(json_member(headers, "X-RateLimit-Remaining"), NULL),
    };
    bool is_429 = json_bool(json_member(input, "is_429"), false);

    jw_object(out, NULL);
    jw_num(out, "wait_s", (double)discord_limit_asked(&h, is_429) / 1000.0);
    jw_end(out);
}

void
conform_discord_spacing(const struct json *input, struct jsonw *out)
{
    struct discord_limit limit = {
        .spacing_ms = json_i64(json_member(input, "min_interval_ms"), 0)};
    int64_t calls = json_i64(json_member(input, "calls"), 0);
    int64_t now_ms = 1000000; /* any instant, the same for all */

    jw_object(out, NULL);
    jw_array(out, "waits");
    for (int64_t i = 0; i < calls; i++)
        jw_num(out, NULL, (double)discord_limit_reserve(&limit, now_ms) / 1000.0);
    jw_end(out);
    jw_end(out);
}

#include "alerter/sinks/discord_answer.h"

#include "alerter/discord_retry.h"
#include "base/json.h"
#include "base/str.h"

static enum sink_result
result_of(const struct discord_answer *a)
{
    static const enum sink_result results[] = {
        [DISCORD_SENT] = SINK_SENT,   [DISCORD_WAIT] = SINK_LIMITED,
        [DISCORD_RETRY] = SINK_AGAIN, [DISCORD_FAILED] = SINK_REFUSED,
        [DISCORD_OFF] = SINK_GONE,
    };
    struct discord_retry fresh = {.max_tries = 2};
    int64_t wait;

    if (a->status == 0) /* nobody there: the sink waits, and no alert pays for it */
        return a->unsent ? SINK_LIMITED : SINK_UNCLEAR;
    return results[discord_retry_next(&fresh, a->status, 0, &wait)];
}

static bool
is_snowflake(const char *id)
{
    return !str_empty(id) && strspn(id, "0123456789") == strlen(id) &&
           strlen(id) < SINK_MESSAGE_ID;
}

/* The text of a refusal without anything of the request: code and message only. */
static void
say_why(const struct discord_answer *a, const struct json *j, struct sink_outcome *out)
{
    char text[DISCORD_WHY];

    if (a->status == 0 || out->result == SINK_SENT)
        return;
    alert_plain(json_text(json_get(j, "message"), "no reason given"), text,
                sizeof text);
    why_set(&out->why, ERR_NET, "status %d, code %lld: %s", a->status,
            (long long)json_i64(json_get(j, "code"), 0), text);
}

/* A 429 that is no JSON is not Discord's but of what stands before it: a page, or a
 * bare "error code: 1015".  Its seconds are HTTP's, however many. */
static int64_t
asked_by_page(const char *retry_after)
{
    double s = 0;

    if (str_empty(retry_after) || str_f64(retry_after, &s) != 0 || !(s > 0))
        return DISCORD_PAGE_HOLD_MS;
    if (s > DISCORD_PAGE_MOST_S)
        s = DISCORD_PAGE_MOST_S;
    return (int64_t)(s * 1000) + DISCORD_LIMIT_MARGIN_MS;
}

void
discord_answer_read(const struct discord_answer *a, struct sink_outcome *out)
{
    struct json *j = json_parse(a->body, a->body_len, NULL);
    struct discord_headers h = a->headers;
    const char *id;

    *out = (struct sink_outcome){.result = result_of(a)};
    h.body_after = json_f64(json_get(j, "retry_after"), 0);
    out->asked_ms = discord_limit_asked(&h, a->status == 429);
    if (a->status == 429 && j == NULL)
        out->asked_ms = asked_by_page(h.retry_after);
    id = json_text(json_get(j, "id"), "");
    if (out->result == SINK_SENT && is_snowflake(id))
        str_copy(out->message_id, sizeof out->message_id, id);
    say_why(a, j, out);
    json_free(&j);
}

int
discord_address(const char *webhook, const char *message_id, char *out, size_t size)
{
    size_t path = strcspn(webhook, "?#");
    const char *query = webhook[path] == '?' ? webhook + path + 1 : "";
    const char *sep = *query ? "&" : "";
    int query_len = (int)strcspn(query, "#");
    bool fits;

    while (path > 0 && webhook[path - 1] == '/')
        path--;
    if (!str_empty(message_id) && !is_snowflake(message_id))
        return ERR_SYNTAX;
    if (str_empty(message_id))
        fits = str_fmt(out, size, "%.*s?wait=true%s%.*s", (int)path, webhook, sep,
                       query_len, query);
    else
        fits = str_fmt(out, size, "%.*s/messages/%s%s%.*s", (int)path, webhook,
                       message_id, *query ? "?" : "", query_len, query);
    return fits ? 0 : ERR_TOO_BIG;
}

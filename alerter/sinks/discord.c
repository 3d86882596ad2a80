/* discord - an embed posted to a webhook, edited in place */
#include "alerter/sinks/discord_answer.h"
#include "alerter/sinks/discord_embed.h"
#include "alerter/sinks/sinks.h"

#include "base/str.h"
#include "wire/http.h"

enum { ANSWER_MAX = 256 << 10, EMBED_MAX = 64 << 10 };

static void
on_reply(void *self, const struct http_reply *r)
{
    struct parcel *p = self;
    char reset[32], retry[32], remaining[32];
    struct sink_outcome out;
    struct discord_answer a = {.status = r->status,
                               .unsent = r->unsent,
                               .body = r->body,
                               .body_len = r->body_len};

    p->call = NULL;
    a.headers.reset_after =
        http_header(r, "X-RateLimit-Reset-After", reset, sizeof reset);
    a.headers.retry_after = http_header(r, "Retry-After", retry, sizeof retry);
    a.headers.remaining =
        http_header(r, "X-RateLimit-Remaining", remaining, sizeof remaining);
    discord_answer_read(&a, &out);
    if (r->status == 0)
        why_set(&out.why, r->rc, "%s", err_str(r->rc)); /* r->why may name the url */
    p->done(p, &out);
}

static void
not_started(struct parcel *p, int rc)
{
    struct sink_outcome out = {.result = SINK_AGAIN};

    if (rc == ERR_UNSUPPORTED || rc == ERR_SYNTAX || rc == ERR_TOO_BIG)
        out.result = SINK_REFUSED;
    why_set(&out.why, rc, "%s", err_str(rc));
    p->done(p, &out);
}

static void
discord_send(struct sink *s, struct parcel *p)
{
    char url[2 * CONF_TEXT];
    struct http_request r = {
        .method = str_empty(p->message_id) ? "POST" : "PATCH",
        .url = url,
        .user_agent = "DiscordBot (https://catalyst.example, " CATALYST_VERSION ")",
        .headers = {"Content-Type: application/json", NULL},
        .body = buf_str(&p->body),
        .body_len = p->body.len,
        .timeout_ms = s->timeout_ms,
        .max_bytes = ANSWER_MAX,
    };
    int rc = discord_address(s->url, p->message_id, url, sizeof url);

    if (rc == 0)
        rc = http_start(s->http, &r, on_reply, p, &p->call);
    if (rc != 0)
        not_started(p, rc);
}

const struct sink_row sink_discord = {
    .kind = "discord",
    .edit = SINK_EDIT_PATCH,
    .slots = 4,
    .needs_url = true,
    .max_bytes = EMBED_MAX,
    .render = discord_embed,
    .send = discord_send,
};

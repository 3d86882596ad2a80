/* Discord's webhook as HTTP: status codes, headers and error bodies. */
#include "market.h"

#include "base/str.h"

static const char json_type[] = "application/json";

/* False, and 429 made with Discord's headers, when the rate limit says so. */
static bool
is_allowed(struct market *m, struct answer *a)
{
    int64_t reset_us;
    int left;
    bool ok;

    if (!m->options->webhook_limit)
        return true;
    ok = webhooks_allow(m->webhooks, clock_boot_us(m->clock), &left, &reset_us);
    answer_header(a, "X-RateLimit-Limit", "%d", WEBHOOK_BURST);
    answer_header(a, "X-RateLimit-Remaining", "%d", left);
    answer_header(a, "X-RateLimit-Reset", "%.3f",
                  ((double)clock_wall_ms(m->clock) + (double)reset_us / 1e3) / 1e3);
    answer_header(a, "X-RateLimit-Reset-After", "%.3f", (double)reset_us / 1e6);
    answer_header(a, "X-RateLimit-Bucket", "market5per2");
    if (ok)
        return true;
    answer_text(a, 429, json_type, "");
    answer_header(a, "X-RateLimit-Scope", "user");
    answer_header(a, "Retry-After", "%lld", (long long)((reset_us + 999999) / 1000000));
    buf_addf(&a->body,
             "{\"message\":\"You are being rate limited.\",\"retry_after\":%.3f,"
             "\"global\":false}",
             (double)reset_us / 1e6);
    return false;
}

/* "/webhook/ID/TOKEN": a token "gone" stands for a deleted webhook. */
static bool
is_known(const struct request *r, struct answer *a)
{
    if (strstr(r->path, "/gone") == NULL)
        return true;
    answer_text(a, 404, json_type, "{\"message\":\"Unknown Webhook\",\"code\":10015}");
    return false;
}

static bool
is_valid(struct market *m, const struct request *r, struct answer *a)
{
    struct why why = {""};
    struct jsonw w;

    if (webhook_check(r->body, r->body_len, &why) == 0)
        return true;
    webhooks_refused(m->webhooks);
    answer_text(a, 400, json_type, "");
    jsonw_init(&w, &a->body);
    jw_object(&w, NULL);
    jw_int(&w, "code", 50035);
    jw_str(&w, "message", "Invalid Form Body");
    jw_object(&w, "errors");
    jw_array(&w, "_errors");
    jw_object(&w, NULL);
    jw_str(&w, "code", "BASE_TYPE_BAD_LENGTH");
    jw_str(&w, "message", why.text);
    jw_end(&w);
    jw_end(&w);
    jw_end(&w);
    jw_end(&w);
    return false;
}

static void
put_message(struct answer *a, const char *id, const char *body, size_t n)
{
    a->type = json_type;
    buf_addf(&a->body,
             "{\"id\":\"%s\",\"type\":0,\"channel_id\":\"1200000000000000001\","
             "\"webhook_id\":\"1200000000000000002\",\"sent\":",
             id);
    buf_add(&a->body, body, n);
    buf_adds(&a->body, "}");
}

void
webhook_post(struct market *m, const struct request *r, struct answer *a)
{
    char id[32], wait[8];
    int rc;

    if (!is_known(r, a) || !is_allowed(m, a) || !is_valid(m, r, a))
        return;
    rc = webhooks_add(m->webhooks, r->body, r->body_len, clock_boot_us(m->clock), id);
    if (rc != 0) {
        answer_text(a, 503, "text/plain", err_str(rc));
        return;
    }
    request_arg(r, "wait", wait, sizeof wait);
    if (str_eq(wait, "true"))
        put_message(a, id, r->body, r->body_len);
    else
        a->status = 204;
}

void
webhook_patch(struct market *m, const struct request *r, struct answer *a)
{
    int rc;

    if (!is_known(r, a) || !is_allowed(m, a) || !is_valid(m, r, a))
        return;
    rc = webhooks_edit(m->webhooks, path_tail(r), r->body, r->body_len,
                       clock_boot_us(m->clock));
    if (rc != 0)
        answer_text(a, 404, json_type,
                    "{\"message\":\"Unknown Message\",\"code\":10008}");
    else
        put_message(a, path_tail(r), r->body, r->body_len);
}

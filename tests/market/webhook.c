#include "webhook.h"

#include "base/json.h"
#include "base/map.h"
#include "base/str.h"

enum { CONTENT_MAX = 2000, EMBEDS_MAX = 10, FIELDS_MAX = 25, SUM_MAX = 6000 };

struct message {
    char id[32];
    int64_t at_us, edited_us;
    char *body;   /* the first */
    char *latest; /* after the last edit; NULL when never edited */
    uint64_t edits;
};

struct webhooks {
    struct message *list[WEBHOOK_MESSAGES_MAX];
    size_t n;
    struct map *by_id;
    uint64_t serial;
    uint64_t edits, invalid, limited, full;
    int64_t window_us; /* start of the rate window */
    int used;          /* slots of it */
};

/* ---- the check -------------------------------------------------------------- */

struct check {
    struct why *why;
    char at[64]; /* "embeds.0.fields.3." */
    size_t sum;  /* characters that count towards SUM_MAX */
};

struct text_rule {
    const char *path;
    size_t most;
    bool required; /* and not empty */
    bool counts;
};

static const struct text_rule message_rules[] = {
    {"content", CONTENT_MAX, false, false},
    {"username", 80, false, false},
};
static const struct text_rule embed_rules[] = {
    {"title", 256, false, true},        {"description", 4096, false, true},
    {"footer.text", 2048, false, true}, {"author.name", 256, false, true},
    {"url", 2048, false, false},        {"timestamp", 64, false, false},
};
static const struct text_rule field_rules[] = {
    {"name", 256, true, true},
    {"value", 1024, true, true},
};

static int
check_text(struct check *c, const struct json *j, const struct text_rule *rule)
{
    const struct json *text = json_get(j, rule->path);
    size_t len;

    if (text == NULL)
        return !rule->required ? 0
                               : why_set(c->why, ERR_SYNTAX, "%s%s: is required", c->at,
                                         rule->path);
    if (!json_is_string(text))
        return why_set(c->why, ERR_SYNTAX, "%s%s: not a string", c->at, rule->path);
    len = str_utf8_len(json_text(text, ""));
    if (rule->required && len == 0)
        return why_set(c->why, ERR_SYNTAX, "%s%s: is empty", c->at, rule->path);
    if (len > rule->most)
        return why_set(c->why, ERR_SYNTAX, "%s%s: %zu characters, at most %zu", c->at,
                       rule->path, len, rule->most);
    c->sum += rule->counts ? len : 0;
    return 0;
}

static int
check_texts(struct check *c, const struct json *j, const struct text_rule *rules,
            size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int rc = check_text(c, j, &rules[i]);

        if (rc != 0)
            return rc;
    }
    return 0;
}

static int
check_embed(struct check *c, const struct json *embed, size_t i)
{
    const struct json *fields = json_get(embed, "fields"),
                      *color = json_get(embed, "color");
    int rc;

    str_fmt(c->at, sizeof c->at, "embeds.%zu.", i);
    if (!json_is_object(embed))
        return why_set(c->why, ERR_SYNTAX, "%snot an object", c->at);
    if ((rc = check_texts(c, embed, embed_rules, STR_LEN(embed_rules))) != 0)
        return rc;
    if (color != NULL && (!json_is_number(color) || json_i64(color, 0) > 0xffffff))
        return why_set(c->why, ERR_SYNTAX, "%scolor: not a colour", c->at);
    if (json_len(fields) > FIELDS_MAX)
        return why_set(c->why, ERR_SYNTAX, "%sfields: %zu, at most 25", c->at,
                       json_len(fields));
    for (size_t f = 0; f < json_len(fields); f++) {
        str_fmt(c->at, sizeof c->at, "embeds.%zu.fields.%zu.", i, f);
        rc = check_texts(c, json_at(fields, f), field_rules, STR_LEN(field_rules));
        if (rc != 0)
            return rc;
    }
    return 0;
}

static int
check_message(const struct json *j, struct why *why)
{
    struct check c = {.why = why};
    const struct json *embeds = json_get(j, "embeds");
    int rc;

    if (!json_is_object(j))
        return why_set(why, ERR_SYNTAX, "not an object");
    if ((rc = check_texts(&c, j, message_rules, STR_LEN(message_rules))) != 0)
        return rc;
    if (embeds != NULL && !json_is_array(embeds))
        return why_set(why, ERR_SYNTAX, "embeds: not an array");
    if (json_len(embeds) > EMBEDS_MAX)
        return why_set(why, ERR_SYNTAX, "embeds: %zu, at most 10", json_len(embeds));
    if (json_len(embeds) == 0 && str_empty(json_text(json_get(j, "content"), "")))
        return why_set(why, ERR_SYNTAX, "content: cannot send an empty message");
    for (size_t i = 0; i < json_len(embeds); i++)
        if ((rc = check_embed(&c, json_at(embeds, i), i)) != 0)
            return rc;
    if (c.sum > SUM_MAX)
        return why_set(why, ERR_SYNTAX, "embeds: %zu characters in all, at most 6000",
                       c.sum);
    return 0;
}

int
webhook_check(const char *body, size_t n, struct why *why)
{
    struct json *j = json_parse(body, n, why);
    int rc;

    if (j == NULL)
        return ERR_SYNTAX;
    rc = check_message(j, why);
    json_free(&j);
    return rc;
}

/* ---- what was received -------------------------------------------------------- */

struct webhooks *
webhooks_new(void)
{
    struct webhooks *h = calloc(1, sizeof *h);

    if (h == NULL || (h->by_id = map_new(WEBHOOK_MESSAGES_MAX)) == NULL) {
        free(h);
        return NULL;
    }
    return h;
}

static void
message_free(void *value)
{
    struct message *m = value;

    free(m->body);
    free(m->latest);
    free(m);
}

void
webhooks_free(struct webhooks **h)
{
    if (*h == NULL)
        return;
    map_free(&(*h)->by_id, message_free);
    free(*h);
    *h = NULL;
}

int
webhooks_add(struct webhooks *h, const char *body, size_t n, int64_t now_us,
             char id[32])
{
    struct message *m;

    if (h->n == WEBHOOK_MESSAGES_MAX) {
        h->full++;
        return ERR_TOO_BIG;
    }
    if ((m = calloc(1, sizeof *m)) == NULL)
        return ERR_NOMEM;
    str_fmt(m->id, sizeof m->id, "13340000000%08llu", (unsigned long long)++h->serial);
    m->at_us = now_us;
    m->body = strndup(body, n);
    if (m->body == NULL || map_put(h->by_id, m->id, m, NULL) != 0) {
        message_free(m);
        return ERR_NOMEM;
    }
    h->list[h->n++] = m;
    str_copy(id, 32, m->id);
    return 0;
}

int
webhooks_edit(struct webhooks *h, const char *id, const char *body, size_t n,
              int64_t now_us)
{
    struct message *m = map_get(h->by_id, id);
    char *latest;

    if (m == NULL)
        return ERR_NOT_FOUND;
    if ((latest = strndup(body, n)) == NULL)
        return ERR_NOMEM;
    free(m->latest);
    m->latest = latest;
    m->edited_us = now_us;
    m->edits++;
    h->edits++;
    return 0;
}

void
webhooks_refused(struct webhooks *h)
{
    h->invalid++;
}

bool
webhooks_allow(struct webhooks *h, int64_t now_us, int *left, int64_t *reset_us)
{
    bool ok;

    if (now_us - h->window_us >= WEBHOOK_WINDOW_US) {
        h->window_us = now_us;
        h->used = 0;
    }
    ok = h->used < WEBHOOK_BURST;
    h->used += ok;
    h->limited += !ok;
    *left = WEBHOOK_BURST - h->used;
    *reset_us = h->window_us + WEBHOOK_WINDOW_US - now_us;
    return ok;
}

void
webhooks_reset(struct webhooks *h)
{
    for (size_t i = 0; i < h->n; i++)
        message_free(map_take(h->by_id, h->list[i]->id));
    h->n = 0;
    h->edits = h->invalid = h->limited = h->full = 0;
    h->used = 0;
    h->window_us = 0;
}

void
webhooks_write(const struct webhooks *h, struct jsonw *w)
{
    jw_object(w, "webhooks");
    jw_int(w, "received", (int64_t)h->n);
    jw_int(w, "edits", (int64_t)h->edits);
    jw_int(w, "invalid", (int64_t)h->invalid);
    jw_int(w, "limited", (int64_t)h->limited);
    jw_int(w, "dropped", (int64_t)h->full);
    jw_array(w, "ids");
    for (size_t i = 0; i < h->n; i++)
        jw_str(w, NULL, h->list[i]->id);
    jw_end(w);
    jw_end(w);
}

void
webhooks_messages(const struct webhooks *h, struct jsonw *w)
{
    jw_array(w, NULL);
    for (size_t i = 0; i < h->n; i++) {
        const struct message *m = h->list[i];

        jw_object(w, NULL);
        jw_str(w, "id", m->id);
        jw_int(w, "at_us", m->at_us);
        jw_int(w, "edits", (int64_t)m->edits);
        jw_int(w, "edited_us", m->edited_us);
        jw_raw(w, "body", m->latest != NULL ? m->latest : m->body);
        jw_raw(w, "first_body", m->body);
        jw_end(w);
    }
    jw_end(w);
}

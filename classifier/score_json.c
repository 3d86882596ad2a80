#include "classifier/score_json.h"

#include "base/json.h"
#include "base/str.h"
#include "classifier/score.h"

#include <math.h>

/* Members that are plain text. */
static const struct {
    const char *name;
    size_t offset;
} texts[] = {
    {"id", offsetof(struct msg_enriched, id)},
    {"ticker", offsetof(struct msg_enriched, ticker)},
    {"title", offsetof(struct msg_enriched, title)},
    {"summary", offsetof(struct msg_enriched, summary)},
    {"link", offsetof(struct msg_enriched, link)},
    {"kind", offsetof(struct msg_enriched, kind)},
    {"feed", offsetof(struct msg_enriched, feed)},
    {"form", offsetof(struct msg_enriched, form)},
    {"filing", offsetof(struct msg_enriched, filing)},
    {"text", offsetof(struct msg_enriched, text)},
};

struct item {
    struct msg_enriched msg;
    struct msg_metric metrics[SCORE_JSON_METRICS];
};

static int
read_texts(struct item *item, const struct json *root, struct why *why)
{
    for (size_t i = 0; i < STR_LEN(texts); i++) {
        const struct json *j = json_member(root, texts[i].name);
        const char **at = (void *)((char *)&item->msg + texts[i].offset);

        if (j != NULL && !json_is_string(j))
            return why_set(why, ERR_TYPE, "%s: want text", texts[i].name);
        *at = json_text(j, "");
    }
    if (str_empty(item->msg.title))
        return why_set(why, ERR_MISSING, "title: missing");
    return 0;
}

static int
read_number(const struct json *metric, const char *name, double *out, struct why *why)
{
    const struct json *j = json_member(metric, name);

    if (j == NULL)
        return 0;
    if (!json_is_number(j))
        return why_set(why, ERR_TYPE, "metrics: %s: want a number", name);
    *out = json_f64(j, NAN);
    return isfinite(*out) ? 0
                          : why_set(why, ERR_RANGE, "metrics: %s: not finite", name);
}

static const char *
text_or(const struct json *metric, const char *name, const char *fallback)
{
    const struct json *j = json_member(metric, name);

    return json_is_string(j) ? json_text(j, fallback) : fallback;
}

static int
add_metric(struct item *item, const char *name, const struct json *j, struct why *why)
{
    struct msg_metric *m = &item->metrics[item->msg.n_metrics];
    bool told = json_member(j, "value") || json_member(j, "multiplier");
    int rc;

    if (!json_is_object(j))
        return why_set(why, ERR_TYPE, "metrics: want objects");
    if (item->msg.n_metrics == SCORE_JSON_METRICS)
        return why_set(why, ERR_TOO_BIG, "metrics: more than %d", SCORE_JSON_METRICS);
    *m = (struct msg_metric){
        .name = text_or(j, "name", name),
        .status = text_or(j, "status", told ? "ok" : "empty"),
        .why = text_or(j, "why", ""),
        .unit = text_or(j, "unit", ""),
        .klass = text_or(j, "class", text_or(j, "klass", "UNKNOWN")),
        .detail_name = text_or(j, "detail_name", ""),
        .source = text_or(j, "source", ""),
        .multiplier = 1.0,
    };
    if ((rc = read_number(j, "value", &m->value, why)) != 0 ||
        (rc = read_number(j, "multiplier", &m->multiplier, why)) != 0 ||
        (rc = read_number(j, "detail", &m->detail, why)) != 0)
        return rc;
    item->msg.n_metrics++;
    return 0;
}

static int
read_metrics(struct item *item, const struct json *root, struct why *why)
{
    const struct json *list = json_member(root, "metrics"), *value;
    const char *key;
    void *cursor = NULL;
    int rc = 0;

    item->msg.metrics = item->metrics;
    item->msg.n_metrics = 0;
    if (list != NULL && !json_is_array(list) && !json_is_object(list))
        return why_set(why, ERR_TYPE, "metrics: want a list or an object");
    for (size_t i = 0; rc == 0 && json_is_array(list) && i < json_len(list); i++)
        rc = add_metric(item, "", json_at(list, i), why);
    while (rc == 0 && json_is_object(list) && json_each(list, &cursor, &key, &value))
        rc = add_metric(item, key, value, why);
    return rc;
}

static int
read_item(struct item *item, const struct json *root, struct why *why)
{
    int rc;

    item->msg = (struct msg_enriched){.weights = "", .item = "", .final = true};
    if (!json_is_object(root))
        return why_set(why, ERR_TYPE, "want one JSON object");
    rc = read_texts(item, root, why);
    return rc == 0 ? read_metrics(item, root, why) : rc;
}

int
score_json(const struct weights *weights, const struct rules *rules, const char *text,
           size_t n, struct jsonw *w, struct why *why)
{
    struct json *root;
    struct item item;
    struct verdict verdict;
    int rc;

    if (n > SCORE_JSON_MAX)
        return why_set(why, ERR_TOO_BIG, "longer than %d bytes", SCORE_JSON_MAX);
    if ((root = json_parse(text, n, why)) == NULL)
        return ERR_SYNTAX;
    rc = read_item(&item, root, why);
    if (rc == 0 && (rc = classify(weights, rules, &item.msg, &verdict)) != 0)
        rc = why_set(why, rc, "too many lines of evidence");
    if (rc == 0) {
        jw_str(w, "id", item.msg.id);
        jw_str(w, "ticker", item.msg.ticker);
        jw_str(w, "title", item.msg.title);
        verdict_json(&verdict, w);
        jw_str(w, "weights", weights->hash);
    }
    json_free(&root);
    return rc;
}

int
score_json_line(const struct weights *weights, const struct rules *rules,
                const char *text, size_t n, struct buf *out)
{
    struct jsonw w;
    struct why why = {""};
    int rc;

    jsonw_init(&w, out);
    jw_object(&w, NULL);
    rc = score_json(weights, rules, text, n, &w, &why);
    if (rc != 0)
        jw_str(&w, "error", why.text);
    jw_end(&w);
    (void)buf_addc(out, '\n'); /* its error stays in the buffer */
    return rc != 0 ? rc : out->err;
}

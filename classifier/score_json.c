#include "classifier/score_json.h"

#include "base/json.h"
#include "base/str.h"
#include "classifier/metric_json.h"
#include "classifier/score.h"

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
    {"text", offsetof(struct msg_enriched, text)},
    {"filing", offsetof(struct msg_enriched, filing)},
    {"text", offsetof(struct msg_enriched, text)},
};

struct item {
    struct msg_enriched msg;
    struct msg_metric metrics[METRIC_JSON_MAX];
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
read_item(struct item *item, const struct json *root, struct why *why)
{
    int rc;

    item->msg = (struct msg_enriched){.item = "", .final = true};
    if (!json_is_object(root))
        return why_set(why, ERR_TYPE, "want one JSON object");
    if ((rc = read_texts(item, root, why)) != 0)
        return rc;
    item->msg.metrics = item->metrics;
    return metric_json_read(json_member(root, "metrics"), item->metrics,
                            &item->msg.n_metrics, why);
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

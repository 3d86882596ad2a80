#include "classifier/metric_json.h"

#include "base/str.h"

#include <math.h>

/* Second figures that stand under their own name. */
static const char *const details[] = {
    "short_float_pct", "distance_pct", "day_estimate", "avg_volume", "change_pct",
};

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
read_detail(const struct json *j, struct msg_metric *m, struct why *why)
{
    if (json_member(j, "detail") != NULL)
        return read_number(j, "detail", &m->detail, why);
    for (size_t i = 0; i < STR_LEN(details); i++) {
        if (json_member(j, details[i]) == NULL)
            continue;
        m->detail_name = details[i];
        return read_number(j, details[i], &m->detail, why);
    }
    return 0;
}

static int
read_metric(const struct json *j, const char *name, struct msg_metric *m,
            struct why *why)
{
    bool told = json_member(j, "value") || json_member(j, "multiplier");
    int rc;

    if (!json_is_object(j))
        return why_set(why, ERR_TYPE, "metrics: want objects");
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
        (rc = read_number(j, "multiplier", &m->multiplier, why)) != 0)
        return rc;
    return read_detail(j, m, why);
}

int
metric_json_read(const struct json *j, struct msg_metric *out, size_t *n,
                 struct why *why)
{
    const struct json *value;
    const char *key;
    void *cursor = NULL;
    int rc = 0;

    *n = 0;
    if (j != NULL && !json_is_array(j) && !json_is_object(j))
        return why_set(why, ERR_TYPE, "metrics: want a list or an object");
    if (json_len(j) > METRIC_JSON_MAX)
        return why_set(why, ERR_TOO_BIG, "metrics: more than %d", METRIC_JSON_MAX);
    for (size_t i = 0; rc == 0 && json_is_array(j) && i < json_len(j); i++)
        rc = read_metric(json_at(j, i), "", &out[(*n)++], why);
    while (rc == 0 && json_is_object(j) && json_each(j, &cursor, &key, &value))
        rc = read_metric(value, key, &out[(*n)++], why);
    return rc;
}

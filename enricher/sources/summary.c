#include "enricher/sources/summary.h"

#include "base/str.h"

#include <math.h>

#define FLOAT_MOST 1.05 /* of the shares outstanding */

static int
by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void
read_modules(struct summary *s, const struct json *first)
{
    void *cursor = NULL;
    const char *key;
    const struct json *value;

    while (s->n < SUMMARY_MODULES && json_each(first, &cursor, &key, &value))
        str_copy(s->modules[s->n++], SUMMARY_MODULE, key);
    qsort(s->modules, s->n, SUMMARY_MODULE, by_name);
}

static void
read_figures(struct summary *s, const struct json *first)
{
    const struct json *statistics = json_member(first, "defaultKeyStatistics");
    const struct json *price = json_member(first, "price");
    const struct json *detail = json_member(first, "summaryDetail");

    s->has_statistics = statistics != NULL;
    s->has_price = price != NULL;
    s->has_detail = detail != NULL;
    s->has_float = json_has(statistics, "floatShares");
    s->float_shares = yahoo_number(json_member(statistics, "floatShares"));
    s->shares_outstanding = yahoo_number(json_member(statistics, "sharesOutstanding"));
    s->price = yahoo_number(json_member(price, "regularMarketPrice"));
    s->volume = yahoo_number(json_member(price, "regularMarketVolume"));
    s->avg_volume = yahoo_number(json_member(detail, "averageVolume"));
}

static int
read_root(const struct json *root, struct summary *s, struct why *why)
{
    const struct json *result = json_get(root, "quoteSummary.result");
    const struct json *first = json_at(result, 0);
    int rc = yahoo_error_read(root, "quoteSummary", &s->error, why);

    s->is_result_list = json_is_array(result);
    if (rc != 0)
        return rc;
    if (s->is_result_list && json_len(result) == 0)
        return why_set(why, ERR_EMPTY, "no result");
    if (!json_is_object(first))
        return why_set(why, ERR_CHANGED, "no quoteSummary.result.0");
    read_modules(s, first);
    read_figures(s, first);
    return 0;
}

int
summary_read(const char *body, size_t n, struct summary *out, struct why *why)
{
    struct json *root = json_parse(body, n, why);
    int rc = ERR_SYNTAX;

    *out = (struct summary){.n = 0};
    if (root != NULL)
        rc = read_root(root, out, why);
    json_free(&root);
    return rc;
}

bool
summary_float_is_odd(const struct summary *s)
{
    return isfinite(s->float_shares) && isfinite(s->shares_outstanding) &&
           s->float_shares > FLOAT_MOST * s->shares_outstanding;
}

#include "enricher/sources/quote_list.h"

#include "base/str.h"
#include "enricher/sources/spelling.h"

static const struct {
    const char *key;
    size_t offset; /* of a double in struct quote */
} figures[] = {
    {"regularMarketPrice", offsetof(struct quote, price)},
    {"regularMarketVolume", offsetof(struct quote, volume)},
    {"regularMarketPreviousClose", offsetof(struct quote, prev_close)},
    {"preMarketPrice", offsetof(struct quote, pre_price)},
    {"postMarketPrice", offsetof(struct quote, post_price)},
    {"averageDailyVolume3Month", offsetof(struct quote, avg_volume_3m)},
    {"averageDailyVolume10Day", offsetof(struct quote, avg_volume_10d)},
    {"sharesOutstanding", offsetof(struct quote, shares_outstanding)},
    {"marketCap", offsetof(struct quote, market_cap)},
};

const char *
quote_figure_key(size_t i)
{
    return i < STR_LEN(figures) ? figures[i].key : NULL;
}

double
quote_figure(const struct quote *q, size_t i)
{
    double value;

    memcpy(&value, (const char *)q + figures[i].offset, sizeof value);
    return value;
}

static void
read_quote(struct quote *q, const struct json *j)
{
    str_copy(q->symbol, sizeof q->symbol, json_text(json_member(j, "symbol"), ""));
    str_copy(q->type, sizeof q->type, json_text(json_member(j, "quoteType"), ""));
    str_copy(q->state, sizeof q->state, json_text(json_member(j, "marketState"), ""));
    for (size_t i = 0; i < STR_LEN(figures); i++) {
        double value = yahoo_number(json_member(j, figures[i].key));

        memcpy((char *)q + figures[i].offset, &value, sizeof value);
    }
    q->at_ms = yahoo_time_ms(json_member(j, "regularMarketTime"));
    q->pre_ms = yahoo_time_ms(json_member(j, "preMarketTime"));
    q->post_ms = yahoo_time_ms(json_member(j, "postMarketTime"));
}

static int
read_root(const struct json *root, struct quote_list *l, struct why *why)
{
    const struct json *result = json_get(root, "quoteResponse.result");
    int rc = yahoo_error_read(root, "quoteResponse", &l->error, why);

    if (rc != 0)
        return rc;
    if (!json_is_array(result))
        return why_set(why, ERR_CHANGED, "no quoteResponse.result");
    for (size_t i = 0; i < json_len(result); i++) {
        const struct json *j = json_at(result, i);

        if (json_text(json_member(j, "symbol"), NULL) == NULL)
            return why_set(why, ERR_CHANGED, "no symbol in quote %zu", i);
        if (l->n < QUOTES_MAX)
            read_quote(&l->list[l->n++], j);
        else
            l->dropped++;
    }
    return 0;
}

int
quote_list_read(const char *body, size_t n, struct quote_list *out, struct why *why)
{
    struct json *root = json_parse(body, n, why);
    int rc = ERR_SYNTAX;

    out->n = out->dropped = 0;
    out->error = (struct yahoo_error){.code = ""};
    if (root != NULL)
        rc = read_root(root, out, why);
    json_free(&root);
    return rc;
}

const struct quote *
quote_list_find(const struct quote_list *l, const char *ticker)
{
    for (size_t i = 0; i < l->n; i++)
        if (spelling_same(l->list[i].symbol, ticker))
            return &l->list[i];
    return NULL;
}

#include "ingest/tickers.h"
#include "base/str.h"
#include "tests/conform/conform.h"

#include <math.h>

enum { TEXT_BYTES = 32768 };

/* The cases name symbols that nobody lists: all well-formed ones count. */
static const struct symbols *const any_symbol = NULL;

static bool
is_shown(const struct ticker *t, bool otc)
{
    return t->listing == LISTING_US || (otc && t->listing == LISTING_OTC);
}

static void
write_first(const struct tickers *t, bool otc, struct jsonw *out)
{
    for (size_t i = 0; i < t->n; i++)
        if (is_shown(&t->list[i], otc)) {
            jw_str(out, NULL, t->list[i].symbol);
            return;
        }
    jw_null(out, NULL);
}

static void
write_all(const struct tickers *t, bool otc, struct jsonw *out)
{
    jw_array(out, NULL);
    for (size_t i = 0; i < t->n; i++)
        if (is_shown(&t->list[i], otc))
            jw_str(out, NULL, t->list[i].symbol);
    jw_end(out);
}

void
conform_ticker_title(const struct json *input, struct jsonw *out)
{
    const char *function = json_text(json_member(input, "function"), "");
    bool otc = json_bool(json_member(input, "allow_otc"), false);
    struct tickers found = {.n = 0};

    tickers_title(&found, any_symbol, json_text(json_member(input, "title"), ""));
    if (str_eq(function, "all"))
        write_all(&found, otc, out);
    else
        write_first(&found, otc, out);
}

void
conform_ticker_summary(const struct json *input, struct jsonw *out)
{
    struct tickers found = {.n = 0};
    char text[TEXT_BYTES];

    tickers_summary(&found, any_symbol,
                    case_text(json_member(input, "summary"), text, sizeof text));
    write_first(&found, false, out);
}

/* What a feed's title names, wherever in the United States it is traded. */
void
conform_ticker_feed(const struct json *input, struct jsonw *out)
{
    struct tickers found = {.n = 0};

    tickers_title(&found, any_symbol, json_text(json_member(input, "title"), ""));
    write_first(&found, true, out);
}

/* A bare symbol comes from a feed's tag. */
void
conform_ticker_resolver(const struct json *input, struct jsonw *out)
{
    const char *raw = json_text(json_member(input, "raw"), NULL);
    struct tickers found = {.n = 0};
    char tag[64];

    if (raw != NULL && str_fmt(tag, sizeof tag, "Nasdaq:%s", raw))
        tickers_tags(&found, any_symbol, tag);
    else
        tickers_title(&found, any_symbol, json_text(json_member(input, "title"), ""));
    write_first(&found, true, out);
}

/* Of items with a bare symbol each those that have one, by their ids. */
void
conform_public_items(const struct json *input, struct jsonw *out)
{
    const struct json *items = json_member(input, "items");

    jw_object(out, NULL);
    jw_array(out, "kept");
    for (size_t i = 0; i < json_len(items); i++) {
        const struct json *item = json_at(items, i);
        struct tickers found = {.n = 0};
        char tag[64];

        if (str_fmt(tag, sizeof tag, "Nasdaq:%s",
                    json_text(json_member(item, "ticker"), "")))
            tickers_tags(&found, any_symbol, tag);
        if (found.n > 0)
            jw_str(out, NULL, json_text(json_member(item, "id"), ""));
    }
    jw_end(out);
    jw_end(out);
}

/* ---- of several, the primary ones ---- */

static double
relevance(const struct json *input)
{
    char text[TEXT_BYTES];

    return tickers_relevance(json_text(json_member(input, "ticker"), ""),
                             json_text(json_member(input, "title"), ""),
                             case_text(json_member(input, "text"), text, sizeof text));
}

void
conform_relevance(const struct json *input, struct jsonw *out)
{
    jw_num(out, NULL, relevance(input));
}

void
conform_relevance_bounds(const struct json *input, struct jsonw *out)
{
    jw_object(out, NULL);
    jw_num(out, "score", relevance(input));
    jw_end(out);
}

/* The scores of the case in its order, each with its symbol. */
void
conform_ticker_rank(const struct json *input, struct jsonw *out)
{
    const char *names[TICKERS_MAX], *key;
    double scores[TICKERS_MAX];
    size_t n = 0, best[TICKERS_PRIMARY];
    const struct json *value;
    void *cursor = NULL;

    while (n < TICKERS_MAX &&
           json_each(json_member(input, "scores"), &cursor, &key, &value)) {
        names[n] = key;
        scores[n++] = json_f64(value, 0);
    }
    n = tickers_rank(scores, n, best);
    jw_array(out, NULL);
    for (size_t i = 0; i < n; i++)
        jw_str(out, NULL, names[best[i]]);
    jw_end(out);
}

static bool
is_among(const struct ticker *t, const struct ticker *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == t)
            return true;
    return false;
}

static void
write_split(const struct tickers *all, const struct ticker *const *primary, size_t n,
            struct jsonw *out)
{
    jw_array(out, "primary");
    for (size_t i = 0; i < n; i++)
        jw_str(out, NULL, primary[i]->symbol);
    jw_end(out);
    jw_array(out, "secondary");
    for (size_t i = 0; i < all->n; i++)
        if (!is_among(&all->list[i], primary, n))
            jw_str(out, NULL, all->list[i].symbol);
    jw_end(out);
}

/* The case shows two decimals of its scores. */
void
conform_ticker_article(const struct json *input, struct jsonw *out)
{
    const char *title = json_text(json_member(input, "title"), "");
    const char *text = json_text(json_member(input, "summary"), "");
    const struct json *names = json_member(input, "tickers");
    const struct ticker *primary[TICKERS_PRIMARY];
    struct tickers all = {.n = 0};

    for (; all.n < json_len(names) && all.n < TICKERS_MAX; all.n++) {
        all.list[all.n] = (struct ticker){.sign = SIGN_NAME};
        (void)str_copy(all.list[all.n].symbol, SYMBOL_SIZE,
                       json_text(json_at(names, all.n), ""));
    }
    jw_object(out, NULL);
    write_split(&all, primary, tickers_primary(&all, title, text, primary), out);
    jw_object(out, "scores");
    for (size_t i = 0; i < all.n; i++) {
        const char *symbol = all.list[i].symbol;

        jw_num(out, symbol, round(tickers_relevance(symbol, title, text) * 100) / 100);
    }
    jw_end(out);
    jw_end(out);
}

/* Which of the listings a story names it is about. */
#include "base/ascii.h"
#include "base/str.h"
#include "ingest/tickers.h"

enum {
    FIRST_BYTES = 300, /* of a text: named there is named early */
    RELEVANT = 40,
    RELEVANCE_LEAD = 30
};

const char *
listing_name(enum listing l)
{
    static const char *const names[] = {"US", "OTC", "foreign"};

    return names[l];
}

/* First place of the symbol at the beginning of a word, any case; NULL: not there. */
static const char *
mention(const char *text, const char *from, const char *symbol)
{
    const char *s = from;

    while ((s = strcasestr(s, symbol)) != NULL && !ascii_starts_word(text, s))
        s++;
    return s;
}

double
tickers_relevance(const char *symbol, const char *title, const char *text)
{
    const char *in_title = mention(title, title, symbol);
    const char *in_text = mention(text, text, symbol);
    double score = 0;
    int times = 0;

    if (in_title != NULL) {
        score = 50 - 20.0 * (double)(in_title - title) / (double)strlen(title);
        score = score < 30 ? 30 : score;
    }
    if (in_text != NULL && in_text - text < FIRST_BYTES)
        score += 30;
    for (const char *s = in_title; s != NULL; s = mention(title, s + 1, symbol))
        times++;
    for (const char *s = in_text; s != NULL; s = mention(text, s + 1, symbol))
        times++;
    score += times < 4 ? 5 * times : 20;
    return score > 100 ? 100 : score;
}

size_t
tickers_rank(const double *scores, size_t n_scores, size_t out[TICKERS_PRIMARY])
{
    size_t n = 0;

    for (size_t i = 0; i < n_scores; i++) {
        if (scores[i] < RELEVANT)
            continue;
        if (n == 0 || scores[i] > scores[out[0]]) {
            if (n > 0)
                out[1] = out[0];
            out[0] = i;
        } else if (n == 1 || scores[i] > scores[out[1]]) {
            out[1] = i;
        } else {
            continue;
        }
        n = n < TICKERS_PRIMARY ? n + 1 : n;
    }
    return n > 1 && scores[out[0]] - scores[out[1]] > RELEVANCE_LEAD ? 1 : n;
}

/* The up to two best by relevance among US listings. */
static size_t
by_relevance(const struct tickers *t, const char *title, const char *text,
             const struct ticker **out)
{
    const struct ticker *fallback = NULL;
    double scores[TICKERS_MAX] = {0};
    size_t best[TICKERS_PRIMARY] = {0}, n;

    for (size_t i = 0; i < t->n; i++) {
        const struct ticker *k = &t->list[i];

        if (k->listing != LISTING_US)
            continue;
        if (fallback == NULL && k->sign <= SIGN_EXCHANGE)
            fallback = k;
        scores[i] = tickers_relevance(k->symbol, title, text);
    }
    n = tickers_rank(scores, t->n, best);
    for (size_t i = 0; i < n; i++)
        out[i] = &t->list[best[i]];
    if (n == 0 && fallback != NULL)
        out[n++] = fallback;
    return n;
}

size_t
tickers_primary(const struct tickers *t, const char *title, const char *text,
                const struct ticker **out)
{
    const struct ticker *only = NULL;
    size_t n = 0, us = 0;

    for (size_t i = 0; i < t->n; i++) {
        if (t->list[i].listing != LISTING_US)
            continue;
        us++;
        only = &t->list[i];
        if (only->sign <= SIGN_CIK && n < TICKERS_PRIMARY)
            out[n++] = only;
    }
    if (n > 0 || us == 0)
        return n;
    if (us == 1) {
        out[0] = only;
        return 1;
    }
    return by_relevance(t, title, text, out);
}

void
tickers_print(const struct tickers *t, char *out, size_t size)
{
    *out = '\0';
    for (size_t i = 0; i < t->n; i++) {
        size_t used = strlen(out);

        (void)str_fmt(out + used, size - used, "%s%s:%s", i == 0 ? "" : " ",
                      listing_name(t->list[i].listing), t->list[i].symbol);
    }
}

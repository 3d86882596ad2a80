#include "ingest/subject.h"

#include "base/text.h"

static void
find_news(const struct item *it, const struct symbols *symbols, struct tickers *out)
{
    tickers_title(out, symbols, it->title);
    tickers_summary(out, symbols, it->summary);
    if (out->n == 0 && strlen(it->summary) > TICKERS_LEAD)
        tickers_anywhere(out, symbols, it->summary);
    if (out->n == 0)
        tickers_name(out, symbols, it->title);
    if (out->n == 0)
        tickers_name(out, symbols, text_behind_dateline(it->summary));
}

void
subject_find(const struct item *it, const struct symbols *symbols, struct tickers *out)
{
    out->n = 0;
    tickers_tags(out, symbols, it->stocks);
    if (it->kind == ITEM_FILING && it->rank > ITEM_RANK_FILED_BY)
        tickers_cik(out, symbols, it->cik);
    if (it->kind == ITEM_NEWS)
        find_news(it, symbols, out);
}

size_t
subject_primary(const struct item *it, const struct tickers *t, bool allow_otc,
                const struct ticker **out)
{
    size_t n = tickers_primary(t, it->title, it->summary, out);

    if (n > 0 || !allow_otc)
        return n;
    for (size_t i = 0; i < t->n && n < TICKERS_PRIMARY; i++)
        if (t->list[i].listing == LISTING_OTC)
            out[n++] = &t->list[i];
    return n;
}

#include "market.h"

int
market_open(struct market *m, const struct options *o, const struct clock *clock,
            FILE *log)
{
    *m = (struct market){.options = o,
                         .clock = clock,
                         .latency = o->latency,
                         .finviz_era = o->finviz_era,
                         .manners = !o->no_manners,
                         .compress = !o->no_compression,
                         .enforce_429 = o->enforce_429,
                         .faults = {.seed = o->news.seed}};
    if (m->finviz_era == NULL)
        m->finviz_era = finviz_era_find("2026");
    m->universe = universe_new(o->tickers, o->news.seed);
    m->judge = judge_new(log);
    m->webhooks = webhooks_new();
    if (m->universe != NULL)
        m->news = news_new(m->universe, &o->news);
    if (m->news == NULL || m->judge == NULL || m->webhooks == NULL)
        return ERR_NOMEM;
    for (int g = 0; g < GROUP_COUNT; g++) {
        judge_set_limit(m->judge, (enum group)g, o->limits[g]);
        judge_set_rate(m->judge, (enum group)g, o->rates[g]);
        judge_set_phases(m->judge, (enum group)g, &o->phases[g]);
    }
    return 0;
}

void
market_close(struct market *m)
{
    news_free(&m->news);
    webhooks_free(&m->webhooks);
    judge_free(&m->judge);
    universe_free(&m->universe);
}

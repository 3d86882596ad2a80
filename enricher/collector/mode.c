#include "enricher/collector/mode.h"

#include "base/str.h"

void
mode_start(struct collector *c)
{
    c->sequential = !c->proc->conf.collector.parallel;
    if (c->sequential)
        log_info(c->proc->log, "sequential_enrichment",
                 kv_str("why", "FEATURE_PARALLEL_ENRICHMENT=0"));
}

void
mode_member_died(struct collector *c, int held)
{
    bool has_work = held > 0 || !TAILQ_EMPTY(&c->orphans) || heap_len(c->deadlines) > 0;

    if (c->sequential || c->n_crew > 0 || !has_work)
        return;
    c->sequential = true;
    c->clean = 0;
    c->stats[CS_FALLBACKS]++;
    log_error(c->proc->log, "batch_enrichment_failed falling_back_to_sequential",
              kv_str("err", "every enricher died within one cycle"),
              kv_int("deaths", c->deaths_cycle));
}

bool
mode_allows(const struct collector *c)
{
    return !c->proc->draining && (!c->sequential || c->n_leased == 0);
}

/* The plan's log lines name the metric, not the document. */
static const struct {
    fact_set gives;
    const char *line;
} lines[] = {
    {FACT(FACT_FLOAT_SHARES), "using_sequential_float"},
    {FACT(FACT_SESSION_VWAP), "using_sequential_vwap"},
    {FACT(FACT_DAY_VOLUME), "using_sequential_rvol"},
};

void
mode_leased(struct collector *c, const struct job *j)
{
    if (!c->sequential)
        return;
    for (size_t i = 0; i < STR_LEN(lines); i++)
        if (sources[j->source]->gives & lines[i].gives)
            for (size_t k = 0; k < j->n; k++)
                log_info(c->proc->log, lines[i].line,
                         kv_str("ticker", j->asks[k]->known->ticker));
}

void
mode_ended(struct collector *c, bool clean)
{
    if (!c->sequential || !c->proc->conf.collector.parallel)
        return;
    c->clean = clean ? c->clean + 1 : 0;
    if (c->clean < CLEAN_TO_PARALLEL)
        return;
    c->sequential = false;
    c->deaths_cycle = 0;
    log_info(c->proc->log, "parallel_enrichment_resumed",
             kv_int("clean_jobs", c->clean));
}

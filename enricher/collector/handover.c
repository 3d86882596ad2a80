#include "enricher/collector/handover.h"

#include "base/str.h"
#include "enricher/collector/answer.h"
#include "enricher/collector/cycle.h"
#include "enricher/collector/early.h"

/* The candidate with what is known of it now; out borrows metrics[METRIC_COUNT]. */
static void
describe(struct collector *c, const struct entry *e, struct msg_metric *metrics,
         struct msg_enriched *out)
{
    const struct msg_candidate *d = e->candidate;

    *out = (struct msg_enriched){
        .id = d->id,
        .item = d->item,
        .ticker = d->ticker,
        .cycle = d->cycle,
        .feed = d->feed,
        .kind = d->kind,
        .form = d->form,
        .filing = d->filing,
        .title = d->title,
        .summary = d->summary,
        .link = d->link,
        .follows = d->follows,
        .former = d->former,
        .former_link = d->former_link,
        .watched = d->watched,
        .published_ms = d->published_ms,
        .seen_ms = d->seen_ms,
        .sent_ms = d->sent_ms,
        .epoch = c->epoch,
        .revision = e->revision,
        .accepted_ms = e->accepted_ms,
        .joined_ms = clock_wall_ms(&c->proc->clock),
        .text = e->filing.known == NULL || e->filing.known->text == NULL
                    ? ""
                    : e->filing.known->text,
        .metrics = metrics,
        .n_metrics = METRIC_COUNT,
    };

    answer_metrics(c, e->ticker.known, e->accepted_ms, e->since_ms, metrics);
}

static void
put(struct collector *c, struct entry *e, const struct msg_enriched *m)
{
    if (sender_put(c->enriched, MSG_enriched, m) != 0)
        c->stats[CS_NO_MEMORY]++; /* ingest sends the candidate again */
    c->stats[e->gone ? CS_REVISIONS : CS_ENRICHED]++;
    c->gone.total++;
    e->gone = true;
    e->revision++;
}

void
handover_send(struct collector *c, struct entry *e, bool is_final)
{
    struct msg_metric metrics[METRIC_COUNT];
    struct msg_enriched m;

    describe(c, e, metrics, &m);
    m.final = is_final;
    put(c, e, &m);
    if (!e->counted)
        cycle_gone(c, m.cycle, metrics);
    e->counted = true;
}

/* What has no value because nobody has answered yet says so. */
static void
tell_missing(struct msg_metric *metrics, fact_set missing, const char *why)
{
    for (int id = 0; id < METRIC_COUNT; id++) {
        struct msg_metric *m = &metrics[id];

        if ((answer_facts((enum metric_id)id) & missing) == 0 || answer_has_value(m))
            continue;
        m->status = status_name(STATUS_EMPTY);
        m->why = why;
    }
}

bool
handover_early(struct collector *c, struct entry *e, fact_set missing)
{
    struct msg_metric metrics[METRIC_COUNT];
    struct msg_enriched m;
    enum outlook outlook;

    describe(c, e, metrics, &m);
    outlook = early_look(c->early, &m, missing);
    if (outlook == OUTLOOK_ALERT && !e->gone) {
        tell_missing(metrics, missing, "on its way");
        put(c, e, &m);
        c->stats[CS_EARLY_ALERTS]++;
    }
    if (outlook != OUTLOOK_REJECT)
        return false;
    tell_missing(metrics, missing, "not asked: it cannot turn the verdict");
    m.final = true;
    m.stamp = early_stamp(c->early);
    put(c, e, &m);
    cycle_gone(c, m.cycle, metrics);
    c->stats[CS_EARLY_REJECTS]++;
    return true;
}

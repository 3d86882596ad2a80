/* A process's stats document as samples: which member of which list becomes what. */
#include "monitor/prom.h"

#include "base/str.h"

/* One number of each record of a list. */
struct rule {
    const char *list; /* "" for the document itself */
    const char *member;
    const char *name;
    enum stat_kind kind;
    const char *help;
};

static const struct rule rules[] = {
    {"", "uptime_s", "process_uptime_s", STAT_GAUGE, "Time since the process started."},
    {"", "draining", "process_draining", STAT_GAUGE, "1 while the process drains."},
    {"", "epoch", "epoch", STAT_GAUGE, "Start counter of the collector."},
    {"", "paused", "paused", STAT_GAUGE, "1 while an operator holds the polling."},
    {"", "full", "full", STAT_GAUGE, "1 while ingest stops for want of room."},
    {"", "stuck", "stuck", STAT_GAUGE, "1 while a database refuses to be written."},
    {"", "window", "window", STAT_GAUGE, "Candidates that may be out at once."},
    {"queues", "depth", "queue_depth", STAT_GAUGE, "Entries that wait in a queue."},
    {"queues", "oldest_s", "queue_oldest_s", STAT_GAUGE, "Age of the oldest entry."},
    {"queues", "rate_per_s", "queue_rate_per_second", STAT_GAUGE,
     "Entries that left the queue a second."},
    {"groups", "in_flight", "group_in_flight", STAT_GAUGE,
     "Requests under way in a limit group."},
    {"groups", "limit", "group_limit", STAT_GAUGE,
     "Requests that may be under way, by configuration."},
    {"groups", "learned", "group_learned_limit", STAT_GAUGE,
     "Requests that may be under way now, as the upstream taught."},
    {"groups", "open", "group_breaker_open", STAT_GAUGE,
     "1 while an upstream that fails is left alone."},
    {"groups", "held", "group_held", STAT_GAUGE, "1 while an operator holds it."},
    {"groups", "rate_per_s", "group_rate_limit_per_second", STAT_GAUGE,
     "Requests a second the group may start; 0 without limit."},
    {"groups", "waiting", "group_waiting", STAT_GAUGE, "Jobs that wait for a permit."},
    {"groups", "p50_ms", "group_latency_p50_ms", STAT_GAUGE, "Median request time."},
    {"groups", "p95_ms", "group_latency_p95_ms", STAT_GAUGE,
     "Request time that 95 % stay below."},
    {"groups", "requests", "group_requests", STAT_COUNTER, "Requests made."},
    {"groups", "errors", "group_errors", STAT_COUNTER, "Requests that failed."},
    {"groups", "refusals", "group_refusals", STAT_COUNTER,
     "Requests that the upstream refused."},
    {"groups", "retries", "group_retries", STAT_COUNTER,
     "Documents asked for again after an error."},
    {"groups", "unretried", "group_unretried", STAT_COUNTER,
     "Documents not asked for again: the retry budget was used up."},
    {"groups", "cache_hits", "group_cache_hits", STAT_COUNTER,
     "Facts answered from the cache."},
    {"enrichers", "credit", "enricher_credit", STAT_GAUGE,
     "Leases an enricher may hold."},
    {"enrichers", "leases", "enricher_leases", STAT_GAUGE, "Leases an enricher holds."},
    {"enrichers", "done", "enricher_done", STAT_COUNTER,
     "Leases an enricher answered."},
    {"enrichers", "last_heard_ms", "enricher_last_heard_ms", STAT_GAUGE,
     "Time since the collector heard the enricher."},
    {"feeds", "items", "feed_items", STAT_COUNTER, "Items a feed brought."},
    {"feeds", "errors", "feed_errors", STAT_COUNTER, "Polls of a feed that failed."},
    {"feeds", "failures", "feed_failures", STAT_GAUGE, "Failed polls in a row."},
    {"feeds", "down", "feed_down", STAT_GAUGE, "1 while a feed fails again and again."},
    {"feeds", "empty", "feed_empty", STAT_GAUGE,
     "1 while a feed answers and has lost its items."},
    {"feeds", "ok_ms", "feed_last_ok_timestamp_ms", STAT_GAUGE,
     "When a feed last answered, since 1970."},
    {"sinks", "off", "sink_off", STAT_GAUGE, "1 while a sink is switched off."},
    {"sinks", "in_flight", "sink_in_flight", STAT_GAUGE, "Deliveries under way."},
    {"sinks", "wait_ms", "sink_wait_ms", STAT_GAUGE,
     "Time until a sink may be sent to."},
    {"cycle", "cycle", "cycle_number", STAT_GAUGE, "Number of the current cycle."},
    {"cycle", "candidates", "cycle_candidates", STAT_GAUGE,
     "Candidates of the current cycle."},
    {"cycle", "complete", "cycle_complete", STAT_GAUGE,
     "Candidates with every metric answered."},
    {"cycle", "partial", "cycle_partial", STAT_GAUGE,
     "Candidates with a metric missing at the deadline."},
    {"cycle", "requests", "cycle_requests", STAT_GAUGE,
     "Requests made for the current cycle."},
    {"cycle", "elapsed_s", "cycle_elapsed_s", STAT_GAUGE,
     "Time of the current cycle so far."},
};

static double
figure(const struct json *j)
{
    return json_is_bool(j) ? (double)json_bool(j, false) : json_f64(j, 0);
}

static void
record(struct prom *p, const struct rule *r, const struct json *row,
       const struct kv *who)
{
    const struct json *value = json_member(row, r->member);
    const char *name = json_text(json_member(row, "name"), NULL);
    struct kv labels[4] = {who[0], who[1], {.key = NULL}, {.key = NULL}};

    if (!json_is_number(value) && !json_is_bool(value))
        return;
    if (r->list[0] != '\0' && name != NULL)
        labels[2] = kv_str("name", name);
    prom_add(p, r->kind, r->name, r->help, labels, figure(value));
}

static void
ruled(struct prom *p, const struct json *stats, const struct kv *who)
{
    for (size_t i = 0; i < STR_LEN(rules); i++) {
        const struct rule *r = &rules[i];
        const struct json *at =
            r->list[0] == '\0' ? stats : json_member(stats, r->list);

        if (json_is_object(at))
            record(p, r, at, who);
        for (size_t k = 0; json_is_array(at) && k < json_len(at); k++)
            record(p, r, json_at(at, k), who);
    }
}

/* An object of counts by name: each member is a sample with its name as label. */
struct tally {
    const char *member;
    const char *name;
    const char *help;
};

static const struct tally tallies[] = {
    {"books", "books_entries", "Candidates by what became of them, over all time."},
    {"deliveries", "deliveries", "Deliveries by their state."},
};

static void
tallied(struct prom *p, const struct json *stats, const struct kv *who)
{
    for (size_t i = 0; i < STR_LEN(tallies); i++) {
        void *cursor = NULL;
        const char *key;
        const struct json *value;

        while (json_each(json_member(stats, tallies[i].member), &cursor, &key, &value))
            if (json_is_number(value))
                prom_add(p, STAT_GAUGE, tallies[i].name, tallies[i].help,
                         KV_LIST(who[0], who[1], kv_str("entry", key)),
                         json_f64(value, 0));
    }
}

/* A stage's own rows carry its name in theirs: catalyst_ingest_polls_total. */
static void
metric_rows(struct prom *p, const struct json *stats, const struct kv *who)
{
    const struct json *rows = json_member(stats, "metrics");

    for (size_t i = 0; i < json_len(rows); i++) {
        const struct json *row = json_at(rows, i);
        bool counter = str_eq(json_text(json_member(row, "kind"), ""), "counter");
        char name[PROM_NAME];

        if (!json_is_number(json_member(row, "value")))
            continue;
        str_fmt(name, sizeof name, "%.24s_%s", who[0].s,
                json_text(json_member(row, "name"), "unnamed"));
        prom_add(p, counter ? STAT_COUNTER : STAT_GAUGE, name,
                 json_text(json_member(row, "help"), ""), who + 1,
                 json_f64(json_member(row, "value"), 0));
    }
}

void
prom_add_stats(struct prom *p, const struct json *stats)
{
    const char *stage = json_text(json_member(stats, "stage"), "unknown");
    const char *name = json_text(json_member(stats, "name"), stage);
    const struct kv who[] = {
        kv_str("stage", stage),
        kv_str("process", name),
        {.key = NULL},
    };
    const struct kv about[] = {
        who[0],
        who[1],
        kv_str("version", json_text(json_member(stats, "version"), "")),
        {.key = NULL},
    };

    prom_add(p, STAT_GAUGE, "process_up", "1 for each process that is heard.", about,
             1);
    ruled(p, stats, who);
    tallied(p, stats, who);
    metric_rows(p, stats, who);
}

#include "enricher/collector/group.h"

#include "base/str.h"
#include "wire/db.h"

/* ---- on disk ------------------------------------------------------------------- */

static int
load(struct collector *c, struct why *why)
{
    struct db *db = known_db(c->known);
    struct db_stmt *s = db_prepare(db, "SELECT name, base, tight FROM learned", why);
    int rc;

    if (s == NULL)
        return ERR_DB;
    while ((rc = db_step(s)) == 1)
        for (size_t i = 0; i < c->n_groups; i++) {
            struct group *g = &c->groups[i];

            if (!str_eq(g->name, db_text(s, 0)))
                continue;
            g->saved_base = (int)db_int(s, 1);
            g->saved_tight = db_int(s, 2) != 0;
            learn_init(&g->limit.learn, g->limit.learn.most, g->saved_base,
                       g->saved_tight);
        }
    if (rc < 0)
        return why_set(why, rc, "%s", db_error(db));
    c->learned = db_prepare(
        db, "INSERT OR REPLACE INTO learned(name, base, tight) VALUES(?, ?, ?)", why);
    return c->learned == NULL ? ERR_DB : 0;
}

int
group_open_all(struct collector *c, struct why *why)
{
    const struct conf *conf = &c->proc->conf;

    for (size_t i = 0; i < conf->n_groups; i++) {
        const struct conf_group *row = &conf->groups[i];
        struct group *g = &c->groups[i];

        g->name = row->name;
        g->blocked_ms = (int64_t)(row->blocked_s * 1000);
        limit_init(&g->limit, (int)row->max_in_flight, row->rate_per_s,
                   (int)row->burst);
        hist_clear(&g->latency_us);
    }
    c->n_groups = conf->n_groups;
    return load(c, why);
}

static void
save(struct collector *c, struct group *g)
{
    const struct learn *l = &g->limit.learn;

    db_bind_text(c->learned, 1, g->name);
    db_bind_int(c->learned, 2, l->base);
    db_bind_int(c->learned, 3, l->tight);
    if (db_run(c->learned) < 0)
        log_warn(c->proc->log, "CACHE-UNSAVED",
                 kv_str("why", db_error(known_db(c->known))));
    g->saved_base = l->base; /* tried again when it changes, not every second */
    g->saved_tight = l->tight;
}

void
group_save_all(struct collector *c)
{
    for (size_t i = 0; c->learned != NULL && i < c->n_groups; i++) {
        struct group *g = &c->groups[i];
        const struct learn *l = &g->limit.learn;

        if (g->requests > 0 && (l->base != g->saved_base || l->tight != g->saved_tight))
            save(c, g);
    }
}

/* ---- requests end ---------------------------------------------------------------- */

static void
tell_shut(struct collector *c, const struct group *g, const struct msg_result *r)
{
    int64_t now = clock_boot_ms(&c->proc->clock);

    log_warn(c->proc->log, "UPSTREAM-SHUT", kv_str("group", g->name),
             kv_int("probe_in_ms", g->limit.breaker.until_ms - now),
             kv_str("why", r->why));
}

static void
failed(struct collector *c, struct group *g, const struct permit *p, enum ending ending,
       const struct msg_result *r)
{
    struct refusal how = {
        .crowded = ending == ENDING_CROWDED,
        .blocked = ending == ENDING_BLOCKED,
        .retry_after_ms = r->retry_after_ms > 0 ? r->retry_after_ms : -1,
        .first_ms = ending == ENDING_BLOCKED ? g->blocked_ms : BREAKER_FIRST_MS};
    int64_t until_ms = g->limit.breaker.until_ms;

    g->errors++;
    c->stats[CS_REQUESTS_FAILED]++;
    log_info(c->proc->log, "FETCH-FAILED", kv_str("source", r->source),
             kv_str("status", r->status), kv_int("http", r->http_status),
             kv_str("why", r->why));
    if (ending != ENDING_FAILED) {
        g->refusals++;
        log_warn(c->proc->log, "UPSTREAM-REFUSED", kv_str("group", g->name),
                 kv_str("source", r->source), kv_int("http", r->http_status),
                 kv_int("retry_after_ms", r->retry_after_ms), kv_str("why", r->why));
    }
    (void)limit_failed(&g->limit, p, &how, clock_boot_us(&c->proc->clock));
    if (g->limit.breaker.open || g->limit.breaker.until_ms != until_ms)
        c->reconsider = true; /* also for whom this request flew */
    if (g->limit.breaker.open && g->limit.breaker.until_ms != until_ms)
        tell_shut(c, g, r);
}

void
group_ended(struct collector *c, struct group *g, const struct permit *p,
            enum ending ending, enum status status, const struct msg_result *r)
{
    int64_t now_us = clock_boot_us(&c->proc->clock);

    budget_request(&g->budget, now_us / 1000);
    budget_request(&c->asked, now_us / 1000);
    hist_add(&g->latency_us, r->elapsed_us);
    if (ending == ENDING_LOST) {
        limit_lost(&g->limit, p);
    } else if (ending != ENDING_ANSWERED) {
        g->trouble = status;
        (void)str_copy(g->trouble_why, sizeof g->trouble_why, r->why);
        failed(c, g, p, ending, r);
    } else if (limit_answered(&g->limit, p, now_us)) {
        log_info(c->proc->log, "UPSTREAM-BACK", kv_str("group", g->name),
                 kv_int("limit", g->limit.learn.level));
    }
}

uint32_t
group_shut(const struct collector *c, int64_t now_ms)
{
    uint32_t set = 0;

    for (size_t i = 0; i < n_sources; i++)
        if (limit_is_shut(&c->lanes[i].group->limit, now_ms))
            set |= 1u << i;
    return set;
}

/* ---- the operator ---------------------------------------------------------------- */

int
group_hold(struct collector *c, const char *name, bool held, struct why *why)
{
    for (size_t i = 0; i < c->n_groups; i++) {
        struct group *g = &c->groups[i];

        if (!str_eq(g->name, name))
            continue;
        g->limit.held = held;
        if (!held)
            limit_reopen(&g->limit, clock_boot_us(&c->proc->clock));
        return 0;
    }
    return why_set(why, ERR_NOT_FOUND, "no group \"%s\"", name);
}

/* What its waiting asks wait for. */
static void
write_why(struct collector *c, const struct group *g, size_t waiting, struct jsonw *w)
{
    int64_t now_us = clock_boot_us(&c->proc->clock);
    int64_t left_ms = g->limit.breaker.until_ms - now_us / 1000;
    char text[160];

    (void)str_copy(text, sizeof text,
                   waiting == 0     ? ""
                   : c->n_crew == 0 ? "no enricher"
                   : c->gate_shut   ? "waiting for enrichers to say hello"
                                    : limit_why(&g->limit, now_us));
    if (g->limit.breaker.open && left_ms > 0)
        (void)str_fmt(text, sizeof text, "breaker open, probe in %lld s: %s",
                      (long long)(left_ms + 999) / 1000, g->trouble_why);
    else if (g->limit.breaker.open)
        (void)str_fmt(text, sizeof text, "breaker open, %s: %s",
                      g->limit.breaker.probing ? "probing" : "probe is due",
                      g->trouble_why);
    jw_str(w, "why", text);
}

void
group_write(struct collector *c, const struct group *g, size_t waiting, struct jsonw *w)
{
    const struct limit *l = &g->limit;

    jw_object(w, NULL);
    jw_str(w, "name", g->name);
    jw_int(w, "in_flight", l->in_flight);
    jw_int(w, "limit", l->learn.most);
    jw_int(w, "learned", l->learn.level);
    jw_num(w, "rate_per_s", l->rate_per_s);
    jw_int(w, "burst", l->burst);
    jw_int(w, "waiting", (int64_t)waiting);
    jw_num(w, "p50_ms", (double)hist_quantile(&g->latency_us, 0.5) / 1000.0);
    jw_num(w, "p95_ms", (double)hist_quantile(&g->latency_us, 0.95) / 1000.0);
    jw_int(w, "requests", g->requests);
    jw_int(w, "errors", g->errors);
    jw_int(w, "refusals", g->refusals);
    jw_int(w, "retries", g->retries);
    jw_int(w, "unretried", g->unretried);
    jw_int(w, "cache_hits", g->cache_hits);
    jw_bool(w, "open", l->breaker.open);
    jw_bool(w, "held", l->held);
    write_why(c, g, waiting, w);
    jw_end(w);
}

#include "enricher/collector/collector.h"

#include "base/str.h"
#include "base/text.h"
#include "enricher/collector/ahead.h"
#include "enricher/collector/coming.h"
#include "enricher/collector/crew.h"
#include "enricher/collector/cycle.h"
#include "enricher/collector/dispatch.h"
#include "enricher/collector/early.h"
#include "enricher/collector/filing.h"
#include "enricher/collector/frames.h"
#include "enricher/collector/group.h"
#include "enricher/collector/hedge.h"
#include "enricher/collector/job.h"
#include "enricher/collector/join.h"
#include "enricher/collector/lane.h"
#include "enricher/collector/mode.h"
#include "enricher/collector/report.h"
#include "enricher/collector/request.h"
#include "wire/db.h"
#include "wire/watch.h"

enum {
    SENDER_FULL = 1000,
    FLUSH_MS = 20,   /* facts wait so long to be written together */
    DRAIN_MS = 3000, /* for documents that are on their way */
    BEHIND_MS = 200, /* for candidates that ingest has announced */
    MINUTE_MS = 60000
};

/* ---- what comes in from ingest
 * -------------------------------------------------------- */

static void
on_begin(struct collector *c, struct msg *m)
{
    cycle_begin(c, m->body);
}

/* Candidates that come right behind this one belong into the same batches. */
static void
on_candidate(struct collector *c, struct msg *m)
{
    int64_t behind = ((const struct msg_candidate *)m->body)->behind;

    c->behind_until_ms = behind > 0 ? clock_boot_ms(&c->proc->clock) + BEHIND_MS : 0;
    coming_hear(c, m->body);
    join_candidate(c, m);
}

static void
on_end(struct collector *c, struct msg *m)
{
    cycle_end(c, m->body);
}

static const struct {
    enum msg_type type;
    void (*handle)(struct collector *c, struct msg *m);
} handlers[] = {
    {MSG_cycle_begin, on_begin},
    {MSG_candidate, on_candidate},
    {MSG_cycle_end, on_end},
};

static void
on_item(struct collector *c, struct msg *m)
{
    for (size_t i = 0; i < STR_LEN(handlers); i++) {
        if (handlers[i].type != m->type)
            continue;
        handlers[i].handle(c, m);
        return;
    }
    c->stats[CS_FRAMES_BAD]++;
    log_warn(c->proc->log, "MSG-BAD", kv_str("endpoint", "items"),
             kv_str("why", "not a message for the collector"));
}

/* Back-pressure: what cannot go on is not taken in. */
static bool
has_room(const struct collector *c)
{
    return !sender_is_full(c->enriched) &&
           heap_len(c->deadlines) < (size_t)c->proc->conf.collector.candidates_max;
}

static int
on_items(void *self)
{
    struct collector *c = self;

    for (int i = 0; i < TURN_FRAMES && has_room(c); i++) {
        struct msg m;
        struct why why = {""};
        int rc = net_recv(c->items, NULL, &m, &why);

        if (rc == ERR_AGAIN)
            break;
        if (rc == 0) {
            on_item(c, &m);
        } else {
            c->stats[CS_FRAMES_BAD]++;
            log_warn(c->proc->log, "MSG-BAD", kv_str("endpoint", "items"),
                     kv_str("why", why.text));
        }
        msg_free(&m);
    }
    collector_turn(c);
    return 0;
}

/* Sessions begin and end with a minute; the calendar is asked once in it. */
static enum session
session_at(struct collector *c, int64_t wall_ms)
{
    int64_t minute = wall_ms / MINUTE_MS;

    if (c->session.minute != minute) {
        c->session.minute = minute;
        c->session.is = calendar_session(wall_ms);
    }
    return c->session.is;
}

void
collector_offer(struct collector *c, int64_t wall_ms, struct offer *o)
{
    uint32_t barred = credential_bars(c, clock_boot_ms(&c->proc->clock));

    plan_offer(o, session_at(c, wall_ms), c->enabled & ~barred);
}

/* ---- the turn
 * ---------------------------------------------------------------------------- */

static int
on_wake(void *self)
{
    collector_turn(self);
    return 0;
}

static int
on_flush(void *self)
{
    struct collector *c = self;

    known_flush(c->known);
    return 0;
}

static void
read_or_wait(struct collector *c)
{
    bool want = has_room(c) && !c->proc->draining;

    if (want == c->reading)
        return;
    if (want && loop_watch_socket(c->proc->loop, c->items, LOOP_IN, on_items, c) != 0)
        return; /* tried again at the next turn */
    if (!want)
        loop_unwatch_socket(c->proc->loop, c->items);
    c->reading = want;
}

/* Candidates that wait are ingest's: they come again.  Only documents on their way are
 * worth a moment, for they go into the cache. */
static void
quit_if_drained(struct collector *c, int64_t now)
{
    bool is_idle = c->n_leased == 0 && sender_depth(c->enriched) == 0;

    if (c->proc->draining && (is_idle || now >= c->drain_until_ms))
        proc_quit(c->proc);
}

void
collector_turn(struct collector *c)
{
    int64_t now = clock_boot_ms(&c->proc->clock), next, at;

    credential_sweep(c, now);
    join_reconsider(c);
    next = join_deadlines(c, now);
    dispatch_expire(c, now);
    if ((at = dispatch(c, now)) < next)
        next = at;
    if ((at = hedge(c, now)) < next) /* also for what was leased just now */
        next = at;
    if ((at = dispatch_next_expiry(c)) < next)
        next = at;
    if (next == INT64_MAX)
        timer_clear(c->wake);
    else
        timer_set(c->wake, next > now ? next : now + 1);
    if (known_dirty(c->known) > 0)
        timer_set(c->flush, now / FLUSH_MS * FLUSH_MS + FLUSH_MS);
    read_or_wait(c);
    quit_if_drained(c, now);
}

static int
on_enriched_room(void *self)
{
    collector_turn(self);
    return 0;
}

/* ---- the operator
 * ------------------------------------------------------------------------ */

static void
op_stats(void *self, struct jsonw *w)
{
    report_stats(self, w);
}

static int
hold_group(struct collector *c, const char *name, bool held, struct jsonw *w,
           struct why *why)
{
    int rc = group_hold(c, name, held, why);

    if (rc != 0)
        return rc;
    jw_str(w, "group", name);
    jw_bool(w, "paused", held);
    collector_turn(c);
    return 0;
}

static int
op_command(void *self, const char *command, const char *args, struct jsonw *w,
           struct control_token **token, struct why *why)
{
    struct collector *c = self;
    int rc;

    if (str_eq(command, "pause") || str_eq(command, "resume"))
        return hold_group(c, args, str_eq(command, "pause"), w, why);
    if (!str_eq(command, "enrich"))
        return why_set(why, ERR_UNSUPPORTED, "no command \"%s\"", command);
    if ((rc = request_start(c, args, token, why)) == 0)
        collector_turn(c);
    return rc;
}

/* Enrichers are left alone: who stops the collector stops them as well, and a new one
 * takes them over with their leases. */
static void
op_drain(void *self)
{
    struct collector *c = self;

    c->drain_until_ms = clock_boot_ms(&c->proc->clock) + DRAIN_MS;
    collector_turn(c);
}

static void
op_second(void *self)
{
    struct collector *c = self;
    struct db *db = known_db(c->known);

    crew_sweep(c);
    group_save_all(c);
    report_second(c);
    ahead_second(c);
    collector_turn(c);
    if (db_tidy(db) != 0)
        log_error(c->proc->log, "TIDY-FAILED", kv_str("why", db_error(db)));
}

static void
op_reload(void *self)
{
    struct collector *c = self;
    struct why why = {""};

    if (early_reload(c->early, &c->proc->conf, &why) != 0)
        log_error(c->proc->log, "WEIGHTS-BAD", kv_str("why", why.text));
    else
        log_info(c->proc->log, "WEIGHTS", kv_str("stamp", early_stamp(c->early)));
}

static int
on_weights_file(void *self)
{
    op_reload(self);
    return 0;
}

/* Without it a changed file waits for `reload`. */
static void
watch_weights(struct collector *c)
{
    const char *path = c->proc->conf.classifier.weights;
    struct why why = {""};

    if (!str_empty(path) &&
        watch_new(&c->weights, c->proc->loop, path, on_weights_file, c, &why) != 0)
        log_warn(c->proc->log, "WEIGHTS-UNWATCHED", kv_str("why", why.text));
}

static const struct stage_ops ops = {.stats = op_stats,
                                     .command = op_command,
                                     .second = op_second,
                                     .drain = op_drain,
                                     .reload = op_reload};

/* ---- opening and closing
 * ------------------------------------------------------------------ */

/* The SEC is never asked without a contact. */
static bool
has_contact(const struct collector *c, const struct lane *l)
{
    if (!l->source->wants_contact || text_is_loopback(l->conf->base_url) ||
        !str_empty(c->proc->conf.catalyst.edgar_contact))
        return true;
    log_warn(c->proc->log, "EDGAR-SKIPPED", kv_str("source", l->source->name),
             kv_str("why", "the SEC asks for a contact: set catalyst.edgar_contact"));
    return false;
}

static int
open_lanes(struct collector *c)
{
    int rc;

    for (size_t i = 0; i < n_sources; i++) {
        if ((rc = lane_open(&c->lanes[i], c, (int)i)) != 0)
            return rc;
        if (c->lanes[i].conf->enabled && lane_has_key(&c->lanes[i]) &&
            has_contact(c, &c->lanes[i]))
            c->enabled |= 1u << i;
    }
    return 0;
}

static int
open_sockets(struct collector *c, struct why *why)
{
    struct proc *p = c->proc;
    void *enriched, *done;
    int rc;

    if ((rc = net_bind(p->net, EP_ITEMS, &c->items, why)) != 0 ||
        (rc = net_bind(p->net, EP_JOBS, &c->jobs_socket, why)) != 0 ||
        (rc = net_connect(p->net, EP_ENRICHED, &enriched, why)) != 0 ||
        (rc = net_connect(p->net, EP_DONE, &done, why)) != 0)
        return rc;
    rc = sender_new(&c->enriched, p->loop, enriched, SENDER_FULL, on_enriched_room, c);
    if (rc == 0)
        rc = sender_new(&c->done, p->loop, done, SENDER_FULL, NULL, NULL);
    if (rc == 0)
        rc = loop_watch_socket(p->loop, c->jobs_socket, LOOP_IN, on_jobs, c);
    return rc;
}

static int
open_all(struct collector *c, struct why *why)
{
    const struct conf *conf = &c->proc->conf;
    struct life life = {.shares_s = conf->collector.float_hours * 3600,
                        .quote_s = conf->collector.quote_s};
    char path[CONF_TEXT + 32];
    int rc;

    (void)proc_data_path(conf, "collector.db", path, sizeof path);
    rc = known_open(&c->known, path, &c->proc->clock, c->proc->log, &life, why);
    if (rc != 0)
        return rc;
    c->epoch = known_epoch(c->known);
    if ((rc = early_open(&c->early, &c->proc->conf, why)) != 0 ||
        (rc = group_open_all(c, why)) != 0 || (rc = credential_open_all(c, why)) != 0 ||
        (rc = open_lanes(c)) != 0 || (rc = filing_open(c, why)) != 0 ||
        (rc = join_open(c)) != 0)
        return rc;
    if ((rc = ahead_open(c)) != 0)
        return rc;
    c->expiries = job_expiries();
    c->wake = timer_new(c->proc->loop, on_wake, c);
    c->flush = timer_new(c->proc->loop, on_flush, c);
    if (c->expiries == NULL || c->wake == NULL || c->flush == NULL)
        return ERR_NOMEM;
    return open_sockets(c, why);
}

int
collector_open(struct collector **out, struct proc *proc)
{
    struct collector *c = calloc(1, sizeof *c);
    struct why why = {""};
    int rc;

    *out = c;
    if (c == NULL)
        return ERR_NOMEM;
    c->proc = proc;
    c->random.state = (uint64_t)clock_boot_us(&proc->clock);
    TAILQ_INIT(&c->orphans);
    LIST_INIT(&c->crew);
    if ((rc = open_all(c, &why)) != 0) {
        log_fatal(proc->log, "START-FAILED",
                  kv_str("why", str_empty(why.text) ? err_str(rc) : why.text));
        return rc;
    }
    dispatch_shut_gate(c);
    mode_start(c);
    watch_weights(c);
    proc_serve(proc, &ops, c);
    collector_turn(c);
    return 0;
}

void
collector_close(struct collector **cp)
{
    struct collector *c = *cp;

    *cp = NULL;
    if (c == NULL)
        return;
    join_close(c);
    crew_close(c);
    for (size_t i = 0; i < n_sources; i++)
        lane_close(&c->lanes[i]);
    heap_free(&c->expiries);
    group_save_all(c);
    ahead_close(c);
    watch_free(&c->weights);
    early_close(&c->early);
    known_close(&c->known);
    sender_free(&c->enriched);
    sender_free(&c->done);
    timer_free(&c->wake);
    timer_free(&c->flush);
    free(c);
}

#include "enricher/worker.h"

#include "base/stat.h"
#include "base/str.h"
#include "enricher/fetch.h"

/* ---- what the collector says --------------------------------------------------- */

static void
on_lease(void *self, const struct msg_lease *l)
{
    struct worker *w = self;

    w->stats[WS_LEASES]++;
    if (fetch_find(w, l->lease) == NULL) /* said twice: it runs */
        fetch_start(w, l);
}

static void
on_cancel(void *self, int64_t lease)
{
    struct worker *w = self;
    struct fetch *f = fetch_find(w, lease);

    if (f != NULL)
        fetch_cancel(f, "cancelled");
}

enum { LEAVE_MS = 1000 }; /* for the collector to hear that we leave */

/* Our permits may be in other hands any moment: no request of ours may go on. */
static void
on_lost(void *self)
{
    struct worker *w = self;

    if (w->n_held > 0)
        log_warn(w->proc->log, "COLLECTOR-LOST", kv_int("aborted", (int64_t)w->n_held));
    while (!LIST_EMPTY(&w->held))
        fetch_cancel(LIST_FIRST(&w->held), "the collector did not answer");
}

static size_t
held(void *self, struct msg_held *out, size_t most)
{
    struct worker *w = self;
    struct fetch *f;
    size_t n = 0;

    LIST_FOREACH(f, &w->held, link)
    if (n < most)
        out[n++] = (struct msg_held){
            .lease = f->lease, .source = f->source->name, .tickers = f->asked};
    return n;
}

static void
on_drain(void *self, const char *why)
{
    struct worker *w = self;

    if (w->proc->draining)
        return;
    log_info(w->proc->log, "DRAIN-ASKED", kv_str("why", why));
    proc_drain(w->proc);
}

static void on_told(void *self);

static const struct link_ops link_ops = {
    .lease = on_lease,
    .cancel = on_cancel,
    .drain = on_drain,
    .lost = on_lost,
    .held = held,
    .told = on_told,
};

/* ---- the end ------------------------------------------------------------------- */

/* A death that the collector does not expect counts as one: it has to know first. */
static void
leave_if_idle(struct worker *w)
{
    if (!w->proc->draining || w->n_held > 0 || !w->told)
        return;
    link_bye(w->link, "drained");
    proc_quit(w->proc);
}

static void
on_told(void *self)
{
    struct worker *w = self;

    w->told = true;
    leave_if_idle(w);
}

void
worker_done(struct worker *w, enum outcome outcome)
{
    w->done++;
    w->stats[WS_RESULTS + outcome]++;
    leave_if_idle(w);
}

static void
drain(void *self)
{
    struct worker *w = self;

    w->leave_ms = clock_boot_ms(&w->proc->clock) + LEAVE_MS;
    link_take_no_more(w->link);
    leave_if_idle(w);
}

/* Without a collector there is nobody to tell. */
static void
second(void *self)
{
    struct worker *w = self;

    if (w->proc->draining && clock_boot_ms(&w->proc->clock) >= w->leave_ms)
        on_told(w);
}

/* ---- figures ------------------------------------------------------------------- */

static const struct stat_row rows[WS_COUNT] = {
    [WS_LEASES] = {"leases_total", STAT_COUNTER, "Leases taken from the collector."},
    [WS_REJECTED] = {"leases_rejected_total", STAT_COUNTER,
                     "Leases that could not be started."},
    [WS_ABORTED] = {"transfers_aborted_total", STAT_COUNTER,
                    "Transfers ended by the collector, or because it was lost."},
    [WS_BYTES] = {"document_bytes_total", STAT_COUNTER, "Decoded bytes of documents."},
    [WS_FRAMES_BAD] = {"frames_bad_total", STAT_COUNTER,
                       "Frames that were no message, dropped."},
    [WS_HELLOS] = {"hellos_total", STAT_COUNTER, "Times hello was said."},
    [WS_LOST] = {"collector_lost_total", STAT_COUNTER,
                 "Times the collector did not answer for 2 s."},
    [WS_DROPPED] = {"messages_dropped_total", STAT_COUNTER,
                    "Messages given up because too many were waiting."},
    [WS_RESULTS + OUTCOME_OK] = {"results_ok_total", STAT_COUNTER,
                                 "Documents with at least one figure."},
    [WS_RESULTS + OUTCOME_EMPTY] = {"results_empty_total", STAT_COUNTER,
                                    "Good documents without a figure."},
    [WS_RESULTS + OUTCOME_BLOCKED] = {"results_blocked_total", STAT_COUNTER,
                                      "Challenge or bot pages."},
    [WS_RESULTS + OUTCOME_DENIED] = {"results_denied_total", STAT_COUNTER,
                                     "Crumbs and cookies that were refused."},
    [WS_RESULTS +
        OUTCOME_LIMITED] = {"results_limited_total", STAT_COUNTER, "Answers 429."},
    [WS_RESULTS + OUTCOME_TIMEOUT] = {"results_timeout_total", STAT_COUNTER,
                                      "Transfers that passed their deadline."},
    [WS_RESULTS + OUTCOME_ERROR] = {"results_error_total", STAT_COUNTER,
                                    "Transfers or documents that failed."},
    [WS_RESULTS + OUTCOME_CANCELLED] = {"results_cancelled_total", STAT_COUNTER,
                                        "Leases ended before their answer."},
};

static void
stats(void *self, struct jsonw *out)
{
    struct worker *w = self;
    struct link_figures f = link_figures(w->link);

    w->stats[WS_FRAMES_BAD] = f.frames_bad;
    w->stats[WS_HELLOS] = f.hellos;
    w->stats[WS_LOST] = f.lost;
    w->stats[WS_DROPPED] = f.dropped;
    jw_int(out, "credit", w->proc->conf.enricher.credit);
    jw_int(out, "held", (int64_t)w->n_held);
    jw_int(out, "done", w->done);
    jw_bool(out, "collector_known", f.is_known);
    jw_int(out, "latency_p50_us", hist_quantile(&w->latency_us, 0.5));
    jw_int(out, "latency_p95_us", hist_quantile(&w->latency_us, 0.95));
    stat_write(out, rows, w->stats, WS_COUNT);
}

static const struct stage_ops stage_ops = {
    .stats = stats, .second = second, .drain = drain};

/* ---- the whole ---------------------------------------------------------------- */

/* `catalyst scale N` leaves N in a file, so that it holds over a restart. */
static int64_t
wanted(const struct conf *c)
{
    char path[CONF_TEXT + 16], line[32];
    int64_t n = c->enricher.count;
    FILE *file;

    if (!proc_run_path(c, "enrichers", path, sizeof path))
        return n;
    if ((file = fopen(path, "re")) == NULL)
        return n;
    if (fgets(line, sizeof line, file) != NULL)
        (void)str_i64(str_trim(line), &n); /* nonsense in it: the configured number */
    (void)fclose(file);                    /* was read only */
    return n;
}

bool
worker_is_wanted(const struct proc *proc)
{
    return proc->slot < 0 || proc->slot < wanted(&proc->conf);
}

int
worker_open(struct worker **out, struct proc *proc)
{
    struct worker *w = calloc(1, sizeof *w);
    struct why why = {""};
    int credit = (int)proc->conf.enricher.credit;
    int rc;

    *out = w;
    if (w == NULL)
        return ERR_NOMEM;
    w->proc = proc;
    LIST_INIT(&w->held);
    if ((rc = http_new(&w->http, proc->loop, proc->log, credit)) != 0)
        return rc;
    if ((rc = link_open(&w->link, proc, credit, &link_ops, w, &why)) != 0) {
        log_fatal(proc->log, "START-FAILED", kv_str("why", why.text));
        return rc;
    }
    proc_serve(proc, &stage_ops, w);
    return 0;
}

void
worker_close(struct worker **wp)
{
    struct worker *w = *wp;
    struct fetch *f;

    *wp = NULL;
    if (w == NULL)
        return;
    http_free(&w->http);
    link_close(&w->link);
    while ((f = LIST_FIRST(&w->held)) != NULL) {
        LIST_REMOVE(f, link);
        free(f);
    }
    facts_clear(&w->facts);
    free(w);
}

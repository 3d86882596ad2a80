#include "monitor/pages.h"

#include "base/clock.h"
#include "base/str.h"
#include "monitor/graft.h"
#include "monitor/prom.h"
#include "monitor/slots.h"

/* ---- /metrics -------------------------------------------------------------------- */

/* What the events counted, as families. */
struct tally_row {
    const char *name;
    const char *a, *b; /* the labels */
    const char *help;
};

static const struct tally_row tally_rows[] = {
    [TALLY_FETCH] = {"fetches", "source", "status", "Documents and feeds fetched."},
    [TALLY_VERDICT] = {"verdicts", "verdict", "reason", "Verdicts made."},
    [TALLY_DELIVERY] = {"delivery_events", "sink", "state",
                        "Changes of a delivery's state."},
};

static void
add_tallies(struct prom *p, const struct board *b)
{
    for (size_t i = 0; i < b->n_tallies; i++) {
        const struct board_tally *t = &b->tallies[i];
        const struct tally_row *row = &tally_rows[t->kind];
        const struct kv *labels = KV_LIST(kv_str(row->a, t->a), kv_str(row->b, t->b));

        prom_add(p, STAT_COUNTER, row->name, row->help, labels, (double)t->n);
        if (t->kind == TALLY_FETCH)
            prom_add(p, STAT_COUNTER, "fetch_duration_us",
                     "Time spent in fetches, first byte sent to last byte read.",
                     labels, (double)t->us);
    }
}

static void
add_health(struct prom *p, const struct health *h)
{
    prom_add(p, STAT_GAUGE, "healthy", "1 when every stage is well.", NULL, h->ok);
    for (size_t i = 0; i < h->n; i++)
        prom_add(p, STAT_GAUGE, "stage_healthy",
                 "1 when the stage is heard and gets on with its work.",
                 KV_LIST(kv_str("stage", h->lines[i].stage)), h->lines[i].ok);
}

void
pages_metrics(const struct board *b, const struct health *h, struct buf *out)
{
    struct prom *p = prom_new();

    if (p == NULL) {
        out->err = ERR_NOMEM;
        return;
    }
    add_health(p, h);
    add_tallies(p, b);
    prom_add(p, STAT_COUNTER, "stats_heard", "Stats documents taken.", NULL,
             (double)b->heard);
    prom_add(p, STAT_COUNTER, "stats_bad", "Stats documents that were malformed.", NULL,
             (double)b->bad);
    for (size_t i = 0; i < b->n_procs; i++)
        prom_add_stats(p, b->procs[i].stats);
    prom_write(p, out);
    prom_free(&p);
}

/* ---- the pages ------------------------------------------------------------------- */

static void
health_now(const struct pages *p, struct health *h)
{
    health_check(p->board, slots_wanted(&p->proc->conf), clock_boot_ms(&p->proc->clock),
                 h);
}

static int
page_metrics(void *self, struct buf *out)
{
    struct pages *p = self;
    struct health h;

    health_now(p, &h);
    pages_metrics(p->board, &h, out);
    return 200;
}

static int
page_health(void *self, struct buf *out)
{
    struct health h;
    struct jsonw w;

    health_now(self, &h);
    jsonw_init(&w, out);
    jw_object(&w, NULL);
    health_json(&h, &w);
    jw_end(&w);
    buf_addc(out, '\n');
    return h.ok ? 200 : 503;
}

static void
process_json(const struct board_proc *row, int64_t now_ms, struct jsonw *w)
{
    jw_object(w, NULL);
    jw_int(w, "heard_ms_ago", now_ms - row->heard_ms);
    graft_members(w, row->stats);
    jw_end(w);
}

static int
page_stats(void *self, struct buf *out)
{
    struct pages *p = self;
    int64_t now_ms = clock_boot_ms(&p->proc->clock);
    struct health h;
    struct jsonw w;

    health_now(p, &h);
    jsonw_init(&w, out);
    jw_object(&w, NULL);
    jw_int(&w, "at_ms", clock_wall_ms(&p->proc->clock));
    jw_object(&w, "health");
    health_json(&h, &w);
    jw_end(&w);
    jw_array(&w, "processes");
    for (size_t i = 0; i < p->board->n_procs; i++)
        process_json(&p->board->procs[i], now_ms, &w);
    jw_end(&w);
    jw_end(&w);
    buf_addc(out, '\n');
    return 200;
}

static int
page_index(void *self, struct buf *out)
{
    struct pages *p = self;
    struct health h;

    health_now(p, &h);
    buf_addf(out, "catalyst %s: %s\n\n", CATALYST_VERSION, h.ok ? "well" : "not well");
    for (size_t i = 0; i < h.n; i++)
        buf_addf(out, "  %-12s %s\n", h.lines[i].stage,
                 h.lines[i].ok ? "ok" : h.lines[i].why);
    buf_addc(out, '\n');
    for (const struct web_page *row = pages_rows(); row->path != NULL; row++)
        buf_addf(out, "  %-12s %s\n", row->path, row->help);
    return 200;
}

static const struct web_page page_rows[] = {
    {"/", "text/plain; charset=utf-8", page_index, "this page"},
    {"/metrics", "text/plain; version=0.0.4; charset=utf-8", page_metrics,
     "for Prometheus"},
    {"/healthz", "application/json", page_health,
     "200 when every stage is well, else 503, with the reasons"},
    {"/stats", "application/json", page_stats, "the last stats of every process"},
    {.path = NULL},
};

const struct web_page *
pages_rows(void)
{
    return page_rows;
}

void
pages_second(struct pages *p)
{
    struct health h;

    health_now(p, &h);
    if (p->known && p->was_ok == h.ok)
        return;
    for (size_t i = 0; i < h.n && p->known && !h.ok; i++)
        if (!h.lines[i].ok)
            log_warn(p->proc->log, "UNWELL", kv_str("stage", h.lines[i].stage),
                     kv_str("why", h.lines[i].why));
    if (h.ok)
        log_info(p->proc->log, "WELL");
    p->was_ok = h.ok;
    p->known = p->known || h.ok; /* silent until all have been heard once */
}

#include "monitor/monitor.h"

#include "base/stat.h"
#include "base/str.h"
#include "monitor/board.h"
#include "monitor/health.h"
#include "monitor/pages.h"
#include "monitor/web.h"

enum { FRAMES_PER_TURN = 200 };

enum monitor_stat {
    ST_EVENTS,
    ST_BAD,
    ST_PROCESSES,
    ST_DROPPED,
    ST_REQUESTS,
    ST_COUNT
};

static const struct stat_row stat_rows[ST_COUNT] = {
    [ST_EVENTS] = {"events_total", STAT_COUNTER, "Events heard from the stages."},
    [ST_BAD] = {"events_bad_total", STAT_COUNTER, "Events that were malformed."},
    [ST_PROCESSES] = {"processes", STAT_GAUGE, "Processes heard in the last minute."},
    [ST_DROPPED] = {"dropped_total", STAT_COUNTER,
                    "Processes and counters beyond the board's bounds."},
    [ST_REQUESTS] = {"http_requests_total", STAT_COUNTER, "Pages served."},
};

struct monitor {
    struct proc *proc;
    struct board board;
    struct pages pages;
    struct web *web; /* NULL: monitor.listen is empty */
    void *events;
    int64_t stats[ST_COUNT];
};

/* ---- events, one row a type ---------------------------------------------------- */

static void
on_stats(struct monitor *m, const void *body)
{
    const struct msg_stats *e = body;
    struct why why = {""};

    if (board_heard(&m->board, e->json, clock_boot_ms(&m->proc->clock), &why) == 0)
        return;
    m->stats[ST_BAD]++;
    log_warn(m->proc->log, "STATS-BAD", kv_str("stage", e->stage),
             kv_str("why", why.text));
}

static void
on_fetched(struct monitor *m, const void *body)
{
    const struct msg_fetched *e = body;

    board_count(&m->board, TALLY_FETCH, e->source, e->status, e->elapsed_us);
}

static void
on_decided(struct monitor *m, const void *body)
{
    const struct msg_decided *e = body;

    board_count(&m->board, TALLY_VERDICT, e->verdict, e->reason, 0);
}

static void
on_delivery(struct monitor *m, const void *body)
{
    const struct msg_delivery *e = body;

    board_count(&m->board, TALLY_DELIVERY, e->sink, e->state, 0);
}

struct event_row {
    enum msg_type type;
    void (*take)(struct monitor *m, const void *body);
};

static const struct event_row event_rows[] = {
    {MSG_stats, on_stats},
    {MSG_fetched, on_fetched},
    {MSG_decided, on_decided},
    {MSG_delivery, on_delivery},
};

static void
take(struct monitor *m, const struct msg *msg)
{
    m->stats[ST_EVENTS]++;
    for (size_t i = 0; i < STR_LEN(event_rows); i++) {
        if (event_rows[i].type == msg->type) {
            event_rows[i].take(m, msg->body);
            return;
        }
    }
    m->stats[ST_BAD]++;
}

static int
on_events(void *self)
{
    struct monitor *m = self;
    struct msg msg = {MSG_none, NULL};
    struct why why = {""};

    for (int i = 0; i < FRAMES_PER_TURN; i++) {
        int rc = net_recv(m->events, NULL, &msg, &why);

        if (rc == ERR_AGAIN)
            break;
        if (rc != 0) {
            m->stats[ST_BAD]++;
            log_warn(m->proc->log, "MSG-BAD", kv_str("why", why.text));
            continue;
        }
        take(m, &msg);
        msg_free(&msg);
    }
    return 0;
}

/* ---- what the stage answers for -------------------------------------------------- */

static void
monitor_stats(void *self, struct jsonw *w)
{
    struct monitor *m = self;

    m->stats[ST_PROCESSES] = (int64_t)m->board.n_procs;
    m->stats[ST_DROPPED] = m->board.dropped;
    m->stats[ST_REQUESTS] = m->web != NULL ? web_requests(m->web) : 0;
    stat_write(w, stat_rows, m->stats, ST_COUNT);
}

static void
monitor_second(void *self)
{
    struct monitor *m = self;

    board_age(&m->board, clock_boot_ms(&m->proc->clock));
    pages_second(&m->pages);
}

static void
monitor_drain(void *self)
{
    struct monitor *m = self;

    proc_quit(m->proc); /* nothing here is owed to anybody */
}

static const struct stage_ops monitor_ops = {
    .stats = monitor_stats,
    .second = monitor_second,
    .drain = monitor_drain,
};

static int
serve(struct monitor *m, struct why *why)
{
    const char *listen = m->proc->conf.monitor.listen;
    int rc;

    if (str_empty(listen))
        return 0;
    rc = web_open(&m->web, m->proc->loop, listen, pages_rows(), &m->pages, why);
    if (rc == 0)
        log_info(m->proc->log, "WEB", kv_str("listen", listen),
                 kv_int("port", web_port(m->web)));
    return rc;
}

int
monitor_open(struct monitor **out, struct proc *proc)
{
    struct monitor *m = calloc(1, sizeof *m);
    struct why why = {""};
    int rc;

    if (m == NULL)
        return ERR_NOMEM;
    m->proc = proc;
    m->pages = (struct pages){.board = &m->board, .proc = proc};
    rc = net_bind(proc->net, EP_EVENTS, &m->events, &why);
    if (rc == 0)
        rc = loop_watch_socket(proc->loop, m->events, LOOP_IN, on_events, m);
    if (rc == 0) /* its own stats come in like everybody's */
        rc = net_connect(proc->net, EP_EVENTS, &proc->events, &why);
    if (rc == 0)
        rc = serve(m, &why);
    if (rc != 0) {
        log_fatal(proc->log, "MONITOR-OPEN", kv_str("error", err_str(rc)),
                  kv_str("why", why.text));
        monitor_close(&m);
        return rc;
    }
    proc_serve(proc, &monitor_ops, m);
    *out = m;
    return 0;
}

void
monitor_close(struct monitor **m)
{
    if (*m == NULL)
        return;
    web_close(&(*m)->web);
    if ((*m)->events != NULL) {
        loop_unwatch_socket((*m)->proc->loop, (*m)->events);
        net_drop((*m)->proc->net, &(*m)->events);
    }
    board_free(&(*m)->board);
    free(*m);
    *m = NULL;
}

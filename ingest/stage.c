#include "ingest/stage.h"

#include "base/map.h"
#include "base/str.h"
#include "domain/symbols.h"
#include "domain/watchlist.h"
#include "ingest/books.h"
#include "ingest/counts.h"
#include "ingest/crash_mark.h"
#include "ingest/cycle.h"
#include "ingest/intake.h"
#include "ingest/noise.h"
#include "ingest/outbox.h"
#include "ingest/panel.h"
#include "ingest/parts.h"
#include "ingest/poll.h"
#include "ingest/rounds.h"
#include "ingest/store.h"
#include "wire/sender.h"

enum {
    SENDER_FULL = 1,   /* nothing is out that could not leave */
    FRAMES_TURN = 256, /* answers read in one turn of the loop */
};

/* ---- what the poll tells ------------------------------------------------------- */

static int
on_take(void *self, struct poll_answer *a, struct why *why)
{
    struct stage *s = self;
    struct cycle *c = cycle_find(&s->cycles, a->cycle);
    int64_t added;
    int rc = intake_take(s->intake, a, c, &added, why);

    s->unsafe |= rc == 0;
    if (rc == 0 && added > 0) {
        outbox_added(s->outbox, added);
        outbox_pump(s->outbox);
    }
    return rc;
}

void
stage_disk_failed(struct stage *s, const char *where)
{
    s->counts[COUNT_DB_ERRORS]++;
    log_error(s->proc->log, store_full(s->store) ? "DISK-FULL" : "DB-ERROR",
              kv_str("where", where), kv_str("why", store_error(s->store)));
}

/* Taken, written and published: only now does ingest wait for the disk, while others
 * look up the figures.  What a power failure takes before that, the feed says again,
 * and the ledger knows its id. */
static void
make_safe(struct stage *s)
{
    if (!s->unsafe)
        return;
    s->unsafe = store_sync(s->store) != 0; /* then with the next answer */
    if (s->unsafe)
        stage_disk_failed(s, "sync");
    else
        s->counts[COUNT_SYNCED]++;
}

static void
on_answered(void *self, int64_t cycle, const char *feed, const char *status,
            int http_status, int64_t elapsed_us)
{
    struct stage *s = self;
    struct cycle *c = cycle_find(&s->cycles, cycle);
    struct msg_fetched m = {.source = feed,
                            .enricher = "ingest",
                            .status = status,
                            .http_status = http_status,
                            .elapsed_us = elapsed_us};

    proc_event(s->proc, MSG_fetched, &m);
    if (c != NULL && --c->feeds_open == 0)
        c->polled_us = clock_boot_us(&s->proc->clock);
    rounds_settle(s);
    make_safe(s);
}

/* ---- what the outbox asks ------------------------------------------------------ */

static int
on_publish(void *self, const struct msg_candidate *m, bool first)
{
    struct stage *s = self;
    struct cycle *c = first ? cycle_find(&s->cycles, m->cycle) : NULL;
    int rc = sender_put(s->items, MSG_candidate, m);

    if (rc != 0)
        log_error(s->proc->log, "SEND-FAILED", kv_str("id", m->id),
                  kv_str("why", err_str(rc)));
    if (c != NULL)
        c->sent++;
    return rc;
}

static int
on_room(void *self)
{
    outbox_pump(((struct stage *)self)->outbox);
    return 0;
}

static int
on_writable(void *self)
{
    struct stage *s = self;

    loop_unwatch_socket(s->proc->loop, s->items_socket);
    return on_room(s);
}

/* A candidate counts as out when it could leave, not when it waits for a collector that
 * is not there.  While the sender keeps something it watches the socket itself. */
static bool
has_room(void *self)
{
    struct stage *s = self;

    if (sender_is_full(s->items))
        return false;
    if (net_can_send(s->items_socket))
        return true;
    if (loop_watch_socket(s->proc->loop, s->items_socket, LOOP_OUT, on_writable, s) !=
        0)
        log_error(s->proc->log, "WATCH-FAILED", kv_str("socket", "items"));
    return false;
}

static size_t
queued(void *self)
{
    return sender_depth(((struct stage *)self)->items);
}

static void
on_died(void *self, const char *id)
{
    (void)id;
    books_add(&((struct stage *)self)->books, "dead", "poison", 1);
}

/* ---- answers ------------------------------------------------------------------- */

typedef void answer_fn(struct stage *s, const void *body);

static void
on_done(struct stage *s, const void *body)
{
    const struct msg_done *m = body;
    struct cycle *c;
    int rc = outbox_done(s->outbox, m);

    if (rc <= 0)
        return;
    if (rc == STORE_WAS_DEAD)
        books_add(&s->books, "dead", "poison", -1);
    books_add(&s->books, "done", m->reason, 1);
    if ((c = cycle_find(&s->cycles, m->cycle)) == NULL)
        return;
    c->done++;
    c->alerted += str_eq(m->verdict, "alert");
}

static void
on_again(struct stage *s, const void *body)
{
    const struct msg_again *m = body;

    if (!outbox_again(s->outbox, m->id))
        log_debug(s->proc->log, "AGAIN-UNKNOWN", kv_str("id", m->id));
}

static void
on_started(struct stage *s, const void *body)
{
    const struct msg_started *m = body;

    outbox_started(s->outbox, m->stage, m->at_ms);
}

static void
on_total(struct stage *s, const void *body)
{
    const struct msg_cycle_total *m = body;

    log_info(s->proc->log, "CYCLE-TOTAL", kv_int("cycle", m->cycle),
             kv_int("candidates", m->candidates), kv_int("complete", m->complete),
             kv_int("partial", m->partial), kv_int("requests", m->requests),
             kv_num("elapsed", (double)m->elapsed_ms / 1e3));
}

static const struct {
    enum msg_type type;
    answer_fn *fn;
    bool writes; /* belongs into the transaction of the turn */
} answers[] = {
    {MSG_done, on_done, true},
    {MSG_again, on_again, false},
    {MSG_started, on_started, false},
    {MSG_cycle_total, on_total, false},
};

/* Opens and closes the transaction of a turn as the messages need it. */
static void
dispatch(struct stage *s, const struct msg *m, bool *writing)
{
    for (size_t i = 0; i < STR_LEN(answers); i++) {
        if (answers[i].type != m->type)
            continue;
        if (answers[i].writes && !*writing)
            (void)outbox_begin(s->outbox); /* a failure is told by outbox_end */
        if (!answers[i].writes && *writing)
            outbox_end(s->outbox);
        *writing = answers[i].writes;
        answers[i].fn(s, m->body);
        return;
    }
    s->counts[COUNT_FRAMES_BAD]++;
    log_warn(s->proc->log, "MSG-UNEXPECTED", kv_str("type", msg_desc(m->type)->name));
}

static int
on_answers(void *self)
{
    struct stage *s = self;
    bool writing = false;

    for (int i = 0; i < FRAMES_TURN; i++) {
        struct msg m = {0};
        struct why why;
        int rc = net_recv(s->done, NULL, &m, &why);

        if (rc == ERR_AGAIN)
            break;
        if (rc == 0) {
            dispatch(s, &m, &writing);
            msg_free(&m);
        } else {
            s->counts[COUNT_FRAMES_BAD]++;
            log_warn(s->proc->log, "MSG-BAD", kv_str("socket", "done"),
                     kv_str("why", why.text));
        }
    }
    if (writing)
        outbox_end(s->outbox);
    rounds_settle(s);
    return 0;
}

/* ---- life
 * ---------------------------------------------------------------------------- */

static void
on_second(void *self)
{
    struct stage *s = self;

    s->done_rate = s->counts[COUNT_DONE] - s->done_before;
    s->done_before = s->counts[COUNT_DONE];
    s->sent_rate =
        s->counts[COUNT_PUBLISHED] + s->counts[COUNT_RESENT] - s->sent_before;
    s->sent_before += s->sent_rate;
    if (store_tidy(s->store) != 0)
        stage_disk_failed(s, "checkpoint");
}

/* What is out stays with us in the store: nothing to wait for. */
static void
on_drain(void *self)
{
    struct stage *s = self;

    timer_clear(s->round);
    directory_stop(s->directory);
    proc_quit(s->proc);
}

static const struct stage_ops ops = {
    .stats = panel_stats,
    .command = panel_command,
    .second = on_second,
    .drain = on_drain,
};

static int
read_watchlist(struct stage *s)
{
    struct why why;
    int rc = watchlist_new(&s->watched, s->proc->conf.catalyst.watchlist, &why);

    if (rc == 0 && !str_empty(why.text))
        log_warn(s->proc->log, "WATCHLIST-BAD", kv_str("why", why.text));
    return rc;
}

/* The lists as they lie on the disk, in place of those in force. */
static int
read_symbols(struct stage *s)
{
    struct symbols *fresh;
    struct why why = {""};
    int rc = symbols_new(&fresh, s->symbols_dir, &why);

    if (why.text[0] != '\0')
        log_warn(s->proc->log, "SYMBOLS-BAD", kv_str("why", why.text));
    if (rc != 0)
        return rc;
    symbols_free(&s->symbols);
    s->symbols = fresh;
    log_info(s->proc->log, "SYMBOLS", kv_str("set", symbols_set(fresh)),
             kv_int("listed", (int64_t)symbols_len(fresh)));
    return 0;
}

static size_t
rows_in_force(void *self, size_t which)
{
    return symbols_parts(((struct stage *)self)->symbols)[which].rows;
}

static void
on_lists(void *self)
{
    struct stage *s = self;
    int rc = read_symbols(s);

    if (rc == 0)
        intake_symbols(s->intake, s->symbols);
    else
        log_error(s->proc->log, "SYMBOLS-BAD", kv_str("why", err_str(rc)));
}

static int
open_data(struct stage *s, struct why *why)
{
    const struct conf *conf = &s->proc->conf;
    char path[CONF_TEXT + 32], mark[CONF_TEXT + 32];
    int rc;

    if (!proc_data_path(conf, "ingest.db", path, sizeof(path)) ||
        !proc_data_path(conf, "ingest.reading", mark, sizeof(mark)))
        return why_set(why, ERR_TOO_BIG, "catalyst.data_dir is too long");
    if (!proc_symbols_path(conf, s->symbols_dir, sizeof(s->symbols_dir)))
        return why_set(why, ERR_TOO_BIG, "catalyst.symbols_dir is too long");
    rc = store_open(&s->store, path, why);
    if (rc == 0)
        rc = crash_mark_open(&s->mark, mark, why);
    if (rc == 0)
        rc = books_load(&s->books, s->store);
    if (rc == 0)
        rc = noise_new(&s->noise, why);
    if (rc == 0)
        rc = read_symbols(s);
    return rc == 0 ? read_watchlist(s) : rc;
}

static int
open_sockets(struct stage *s, struct why *why)
{
    struct proc *p = s->proc;
    int rc = net_bind(p->net, EP_DONE, &s->done, why);

    if (rc == 0)
        rc = net_connect(p->net, EP_ITEMS, &s->items_socket, why);
    if (rc == 0)
        rc = sender_new(&s->items, p->loop, s->items_socket, SENDER_FULL, on_room, s);
    if (rc == 0)
        rc = loop_watch_socket(p->loop, s->done, LOOP_IN, on_answers, s);
    return rc;
}

static int
open_outbox(struct stage *s)
{
    struct proc *p = s->proc;
    const struct outbox_env env = {
        .store = s->store,
        .loop = p->loop,
        .log = p->log,
        .clock = &p->clock,
        .counts = s->counts,
        .window_start = p->conf.ingest.window_start,
        .window_max = p->conf.ingest.window_max,
        .resend_ms = p->conf.ingest.resend_s * 1000,
        .resend_max_ms = p->conf.ingest.resend_max_s * 1000,
        .publish = on_publish,
        .has_room = has_room,
        .queued = queued,
        .died = on_died,
        .self = s,
    };

    return outbox_new(&s->outbox, &env, s->books.pending_at_start);
}

static int
open_parts(struct stage *s)
{
    struct proc *p = s->proc;
    const struct intake_env intake = {&p->conf,   p->log,   &p->clock,  s->store,
                                      s->symbols, s->noise, s->watched, &s->books,
                                      s->counts,  s->mark};
    const struct poll_env poll = {&p->conf, p->loop,   p->log,  &p->clock,   s->store,
                                  s->mark,  s->counts, on_take, on_answered, s};
    const struct directory_env directory = {
        &p->conf,  p->loop,        p->log,        &p->clock, s->store,
        s->counts, s->symbols_dir, rows_in_force, on_lists,  s};
    int rc = open_outbox(s);

    if (rc == 0)
        rc = intake_new(&s->intake, &intake);
    if (rc == 0)
        rc = poll_new(&s->poll, &poll);
    if (rc == 0)
        rc = directory_new(&s->directory, &directory);
    if (rc == 0 && (s->round = timer_new(p->loop, rounds_next, s)) == NULL)
        rc = ERR_NOMEM;
    return rc;
}

int
stage_open(struct stage **out, struct proc *proc)
{
    struct stage *s = calloc(1, sizeof(*s));
    struct why why = {.text = ""};
    int rc = s == NULL ? ERR_NOMEM : 0;

    *out = s;
    if (rc == 0) {
        s->proc = proc;
        rc = open_data(s, &why);
    }
    if (rc == 0)
        rc = open_sockets(s, &why);
    if (rc == 0)
        rc = open_parts(s);
    if (rc != 0) {
        log_fatal(proc->log, "OPEN-FAILED",
                  kv_str("why", why.text[0] == '\0' ? err_str(rc) : why.text));
        return rc;
    }
    proc_serve(proc, &ops, s);
    rounds_now(s);
    outbox_pump(s->outbox);
    return 0;
}

void
stage_close(struct stage **sp)
{
    struct stage *s = *sp;

    if (s == NULL)
        return;
    directory_free(&s->directory);
    poll_free(&s->poll);
    outbox_free(&s->outbox);
    intake_free(&s->intake);
    timer_free(&s->round);
    sender_free(&s->items);
    if (s->watched != NULL)
        map_free(&s->watched, NULL);
    symbols_free(&s->symbols);
    noise_free(&s->noise);
    crash_mark_close(&s->mark);
    store_close(&s->store);
    free(s);
    *sp = NULL;
}

#include "alerter/alerter.h"

#include "alerter/panel.h"
#include "alerter/parts.h"
#include "base/str.h"

enum {
    BAD_MOST = 64,      /* malformed ones dropped a turn */
    DONE_FULL = 4096,   /* answers kept before reading stops */
    RETRY_MS = 1000,    /* while the ledger cannot be written */
    DRAIN_SENDER_S = 2, /* for the last `done`; ingest asks again for others */
    DAY_MS = 24 * 3600 * 1000,
    PRUNE_EVERY_S = 600
};

static int64_t
boot(const struct alerter *a)
{
    return clock_boot_ms(&a->p->clock);
}

/* ---- a turn --------------------------------------------------------------------- */

static bool
may_read(const struct alerter *a)
{
    return !a->stuck && !a->draining && !sender_is_full(a->done);
}

static void
bad_message(struct alerter *a, const char *why)
{
    a->m[M_BAD]++;
    log_warn(a->p->log, "MSG-BAD", kv_str("socket", "scored"), kv_str("why", why));
}

static void
read_batch(struct alerter *a)
{
    struct why why;

    for (int bad = 0; a->n_batch < BATCH && bad < BAD_MOST;) {
        struct msg *m = &a->batch[a->n_batch];
        int rc = net_recv(a->scored, NULL, m, &why);
        if (rc == ERR_AGAIN)
            return;
        if (rc == 0 && m->type == MSG_scored) {
            a->bad[a->n_batch++] = false;
            a->m[M_RECEIVED]++;
            continue;
        }
        bad_message(a, rc == 0 ? "not a verdict" : why.text);
        if (rc == 0)
            msg_free(m);
        bad++;
    }
}

static int
take(struct alerter *a, size_t i)
{
    const struct msg_scored *s = a->batch[i].body;
    int64_t at = clock_wall_ms(&a->p->clock);
    int rc;

    if (a->bad[i])
        return 0;
    rc = ledger_take(a->ledger, s, at, &a->entries[i]);
    if (rc != 0 && rc != ERR_DB) {
        a->bad[i] = true;
        bad_message(a, "neither alert nor reject, or a bad id");
        return 0;
    }
    return rc == 0 && a->entries[i].fresh
               ? courier_revise(a->courier, s, &a->entries[i])
               : rc;
}

static int
write_turn(struct alerter *a)
{
    int rc = ledger_begin(a->ledger);

    for (size_t i = 0; rc == 0 && i < a->n_batch; i++)
        rc = take(a, i);
    if (rc == 0)
        rc = courier_settle(a->courier);
    if (rc == 0)
        rc = courier_claim(a->courier);
    return rc == 0 ? ledger_commit(a->ledger) : rc;
}

static void
answer(struct alerter *a, const struct msg_scored *s, const struct entry *e)
{
    struct msg_done done = {
        .id = s->id, .verdict = e->verdict, .reason = e->reason, .cycle = s->cycle};

    a->m[e->fresh ? M_REVISED : M_STALE]++;
    if (e->fresh)
        log_write(a->p->log, e->alert ? LOG_INFO : LOG_DEBUG,
                  e->alert ? "ALERT" : "REJECT",
                  KV_LIST(kv_str("id", s->id), kv_int("cycle", s->cycle),
                          kv_str("ticker", s->ticker), kv_num("score", s->score),
                          kv_str("reason", s->reason), kv_int("epoch", s->epoch),
                          kv_int("revision", s->revision)));
    if (!s->final)
        return;
    a->m[M_DONE]++;
    if (sender_put(a->done, MSG_done, &done) != 0)
        log_error(a->p->log, "DONE-UNSAID", kv_str("id", s->id));
}

static void
end_batch(struct alerter *a)
{
    for (size_t i = 0; i < a->n_batch; i++) {
        if (!a->bad[i])
            answer(a, a->batch[i].body, &a->entries[i]);
        msg_free(&a->batch[i]);
    }
    a->n_batch = 0;
}

static int on_scored(void *self);

static void
watch(struct alerter *a)
{
    if (!may_read(a))
        loop_unwatch_socket(a->p->loop, a->scored);
    else if (loop_watch_socket(a->p->loop, a->scored, LOOP_IN, on_scored, a) != 0)
        log_error(a->p->log, "WATCH-FAILED", kv_str("socket", "scored"));
}

static void
stop_reading(struct alerter *a, int rc)
{
    const char *what = ledger_full(a->ledger) ? "disk full" : ledger_error(a->ledger);

    if (!a->unsafe) { /* else it is written, and on its way */
        ledger_rollback(a->ledger);
        courier_undo(a->courier);
    }
    a->m[M_STUCK]++;
    log_error(a->p->log, "LEDGER-STUCK", kv_str("err", err_str(rc)),
              kv_str("why", what), kv_int("held", (int64_t)a->n_batch));
    a->stuck = true;
    watch(a);
    timer_set(a->timer, boot(a) + RETRY_MS);
}

static void
go_on(struct alerter *a)
{
    bool was_stuck = a->stuck;

    a->m[M_COMMITS]++;
    a->unsafe = a->stuck = false; /* before anything asks for another turn */
    if (was_stuck)
        log_info(a->p->log, "LEDGER-OK");
    end_batch(a);
    courier_go(a->courier);
    courier_schedule(a->courier);
    if (was_stuck || sender_is_full(a->done))
        watch(a);
}

/* What cannot be settled because the ledger is stuck is unclear to the next start. */
static void
quit_when_idle(struct alerter *a)
{
    bool over = boot(a) >= a->drain_ms;
    bool idle = a->n_batch == 0 && courier_is_idle(a->courier);
    bool said = sender_depth(a->done) == 0;

    if (a->draining && ((idle && (said || over)) || (a->stuck && over)))
        proc_quit(a->p);
}

/* What is written outlives this process: that is enough for a request to leave.  All
 * else waits for the disk, above all `done`, after which nobody says the verdict again.
 * docs/decisions/published-when-written.md */
static int
turn(struct alerter *a)
{
    int rc = a->unsafe ? 0 : write_turn(a);

    if (rc == 0 && !a->unsafe) {
        a->unsafe = true;
        courier_post(a->courier);
    }
    if (rc == 0)
        rc = ledger_sync(a->ledger);
    if (rc == 0)
        go_on(a);
    else
        stop_reading(a, rc);
    quit_when_idle(a);
    return 0;
}

static int
on_scored(void *self)
{
    struct alerter *a = self;

    if (may_read(a))
        read_batch(a);
    return turn(a);
}

static int
on_timer(void *self)
{
    return turn(self);
}

static int
on_room(void *self)
{
    watch(self);
    return 0;
}

void
alerter_wake(void *self)
{
    struct alerter *a = self;

    if (!a->stuck) /* else the retry is set already */
        timer_set(a->timer, boot(a));
}

/* ---- what proc asks ------------------------------------------------------------ */

static void
prune(struct alerter *a)
{
    int64_t keep = a->p->conf.alerter.keep_days * DAY_MS;
    int n;

    if (boot(a) < a->prune_ms || a->stuck)
        return;
    n = ledger_prune(a->ledger, clock_wall_ms(&a->p->clock) - keep);
    if (n < 0)
        log_error(a->p->log, "PRUNE-FAILED", kv_str("why", ledger_error(a->ledger)));
    else if (n > 0)
        log_info(a->p->log, "PRUNED", kv_int("verdicts", n));
    if (n < LEDGER_PRUNE_MOST)
        a->prune_ms = boot(a) + PRUNE_EVERY_S * 1000;
}

static void
tidy(struct alerter *a)
{
    if (!a->stuck && ledger_tidy(a->ledger) != 0)
        log_error(a->p->log, "TIDY-FAILED", kv_str("why", ledger_error(a->ledger)));
}

static void
on_second(void *self)
{
    struct alerter *a = self;
    int64_t sent = courier_metrics(a->courier)[COURIER_SENT];

    a->sent_per_s = (double)(sent - a->last_sent);
    a->received_per_s = (double)(a->m[M_RECEIVED] - a->last_received);
    a->last_sent = sent;
    a->last_received = a->m[M_RECEIVED];
    prune(a);
    tidy(a);
    if (!a->stuck)
        courier_schedule(a->courier); /* the wall clock may have been moved */
    quit_when_idle(a);
}

static void
on_drain(void *self)
{
    struct alerter *a = self;

    a->draining = true;
    a->drain_ms = boot(a) + DRAIN_SENDER_S * 1000;
    courier_drain(a->courier);
    watch(a);
    quit_when_idle(a);
}

static void
on_reload(void *self)
{
    struct alerter *a = self;
    struct conf fresh;
    struct buf errors;
    const char *path = str_empty(a->p->conf.path) ? NULL : a->p->conf.path;

    buf_init(&errors, 64 << 10);
    if (proc_load_conf(&fresh, path, NULL, 0, &errors) == 0)
        courier_reload(a->courier, &fresh);
    else
        log_error(a->p->log, "RELOAD-FAILED", kv_str("why", buf_str(&errors)));
    conf_free(&fresh);
    buf_free(&errors);
    log_info(a->p->log, "RELOADED");
    alerter_wake(a);
}

/* ---- opening ------------------------------------------------------------------- */

static const struct stage_ops ops = {
    .stats = panel_stats,
    .command = panel_command,
    .second = on_second,
    .drain = on_drain,
    .reload = on_reload,
};

static int
open_books(struct alerter *a, struct why *why)
{
    char path[CONF_TEXT + 32];
    int rc, n;

    if (!proc_data_path(&a->p->conf, "ledger.db", path, sizeof path))
        return why_set(why, ERR_TOO_BIG, "catalyst.data_dir: too long");
    if ((rc = ledger_open(&a->ledger, path, why)) != 0 ||
        (rc = outbox_open(&a->outbox, a->ledger, why)) != 0)
        return rc;
    n = outbox_recover(a->outbox, clock_wall_ms(&a->p->clock));
    if (n < 0)
        return why_set(why, n, "%s", ledger_error(a->ledger));
    if (n > 0)
        log_warn(a->p->log, "FOUND-SENDING", kv_int("unclear", n));
    return 0;
}

static int
open_sockets(struct alerter *a, struct why *why)
{
    void *done;
    int rc;

    if ((rc = net_connect(a->p->net, EP_DONE, &done, why)) != 0 ||
        (rc = sender_new(&a->done, a->p->loop, done, DONE_FULL, on_room, a)) != 0)
        return rc;
    return net_bind(a->p->net, EP_SCORED, &a->scored, why);
}

int
alerter_open(struct alerter **out, struct proc *p, struct why *why)
{
    struct alerter *a = calloc(1, sizeof *a);
    struct courier_setup setup;
    int rc;

    *out = a;
    if (!a || !(a->timer = timer_new(p->loop, on_timer, a)))
        return why_set(why, ERR_NOMEM, "%s", err_str(ERR_NOMEM));
    a->p = p;
    if ((rc = open_books(a, why)) != 0)
        return rc;
    setup = (struct courier_setup){p, a->ledger, a->outbox, alerter_wake, a};
    if ((rc = courier_open(&a->courier, &setup, why)) != 0 ||
        (rc = open_sockets(a, why)) != 0)
        return rc;
    proc_serve(p, &ops, a);
    watch(a);
    alerter_wake(a);
    return 0;
}

void
alerter_close(struct alerter **out)
{
    struct alerter *a = *out;

    if (!a)
        return;
    courier_close(&a->courier);
    sender_free(&a->done);
    outbox_close(&a->outbox);
    ledger_close(&a->ledger);
    timer_free(&a->timer);
    for (size_t i = 0; i < a->n_batch; i++)
        msg_free(&a->batch[i]);
    free(a);
    *out = NULL;
}

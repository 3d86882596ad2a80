#include "enricher/link.h"

#include "base/str.h"
#include "enricher/identity.h"
#include "enricher/outbox.h"

enum { ALIVES_REMEMBERED = 16 };

struct link {
    struct proc *proc;
    void *zsocket; /* owned by the net */
    struct outbox *outbox;
    struct identity id;
    int64_t credit;
    const struct link_ops *ops;
    void *self;
    struct timer *alive, *trust;
    bool owes_hello;
    int64_t seq;                        /* of the last alive */
    int64_t sent_ms[ALIVES_REMEMBERED]; /* of alive seq, at seq modulo */
    int64_t farewell_seq; /* of the alive behind a hello with credit 0; 0: none */
    int64_t trust_ms;     /* when the last answered alive was sent */
    struct link_figures figures;
    struct msg_held held[LINK_HELD];
};

static int64_t
now_ms(const struct link *l)
{
    return clock_boot_ms(&l->proc->clock);
}

/* ---- speaking -------------------------------------------------------------------- */

static void
trust_since(struct link *l, int64_t ms)
{
    l->trust_ms = ms;
    l->figures.is_known = true;
    timer_set(l->trust, ms + LINK_TRUST_MS);
}

static int
say_hello(struct link *l)
{
    struct msg_hello hello = {.name = l->proc->name,
                              .host = l->id.host,
                              .boot = l->id.boot,
                              .pid = l->id.pid,
                              .start = l->id.start,
                              .credit = l->credit,
                              .leases = l->held};
    int rc;

    hello.n_leases = l->ops->held(l->self, l->held, LINK_HELD);
    if ((rc = net_send(l->zsocket, MSG_hello, &hello)) != 0)
        return rc;
    l->owes_hello = false;
    l->figures.hellos++;
    outbox_rewind(l->outbox);
    trust_since(l, now_ms(l)); /* what is leased from now on, is leased to us */
    return 0;
}

static int
say_alive(struct link *l)
{
    struct msg_alive alive = {.seq = l->seq + 1, .leases = l->held};
    int rc;

    alive.n_leases = l->ops->held(l->self, l->held, LINK_HELD);
    if ((rc = net_send(l->zsocket, MSG_alive, &alive)) != 0)
        return rc;
    l->seq++;
    l->sent_ms[l->seq % ALIVES_REMEMBERED] = now_ms(l);
    l->figures.alives++;
    outbox_mark(l->outbox, l->seq); /* one answer tells of all that went before */
    return 0;
}

static int on_socket(void *self);

/* Says all that is to be said; what cannot be said now is said when there is room. */
static void
speak(struct link *l, bool with_alive)
{
    int rc = 0;

    if (l->owes_hello) {
        rc = say_hello(l);
        with_alive = true;
    }
    if (rc == 0)
        rc = outbox_flush(l->outbox, l->zsocket);
    if (rc == 0 && with_alive)
        rc = say_alive(l);
    if (rc != 0)
        l->owes_hello = true; /* there will be another connection behind this one */
    if (loop_watch_socket(l->proc->loop, l->zsocket,
                          rc == 0 ? LOOP_IN : LOOP_IN | LOOP_OUT, on_socket, l) != 0)
        log_error(l->proc->log, "LINK-WATCH", kv_str("why", "out of memory"));
}

static int
on_alive_time(void *self)
{
    struct link *l = self;

    timer_set(l->alive, now_ms(l) + l->proc->conf.enricher.alive_ms);
    speak(l, true);
    return 0;
}

/* ---- listening ------------------------------------------------------------------- */

static void
on_who(struct link *l, const void *body)
{
    (void)body;
    l->owes_hello = true;
}

static void
on_alive_ok(struct link *l, const void *body)
{
    const struct msg_alive_ok *ok = body;

    if (ok->seq <= 0 || ok->seq > l->seq || l->seq - ok->seq >= ALIVES_REMEMBERED)
        return; /* of another connection, or too old to tell anything */
    outbox_arrived(l->outbox, ok->seq);
    if (l->farewell_seq > 0 && ok->seq >= l->farewell_seq && l->ops->told != NULL)
        l->ops->told(l->self);
    if (l->sent_ms[ok->seq % ALIVES_REMEMBERED] > l->trust_ms)
        trust_since(l, l->sent_ms[ok->seq % ALIVES_REMEMBERED]);
}

static void
on_lease(struct link *l, const void *body)
{
    l->ops->lease(l->self, body);
}

static void
on_cancel(struct link *l, const void *body)
{
    l->ops->cancel(l->self, ((const struct msg_cancel *)body)->lease);
}

static void
on_drain(struct link *l, const void *body)
{
    l->ops->drain(l->self, ((const struct msg_drain *)body)->why);
}

static const struct frame_row {
    enum msg_type type;
    void (*handle)(struct link *l, const void *body);
} handlers[] = {
    {MSG_lease, on_lease},   {MSG_alive_ok, on_alive_ok}, {MSG_who, on_who},
    {MSG_cancel, on_cancel}, {MSG_drain, on_drain},
};

static void
count_bad(struct link *l, const char *why)
{
    l->figures.frames_bad++;
    log_warn(l->proc->log, "MSG-BAD", kv_str("endpoint", "jobs"), kv_str("why", why));
}

static void
on_frame(struct link *l, const struct msg *m)
{
    for (size_t i = 0; i < STR_LEN(handlers); i++)
        if (handlers[i].type == m->type) {
            handlers[i].handle(l, m->body);
            return;
        }
    count_bad(l, "not a message for an enricher");
}

static void
listen_once(struct link *l)
{
    for (int i = 0; i < LINK_TURN; i++) {
        struct why why = {""};
        struct msg m;
        int rc = net_recv(l->zsocket, NULL, &m, &why);

        if (rc == ERR_AGAIN)
            return;
        if (rc == 0)
            on_frame(l, &m);
        else
            count_bad(l, why.text);
        msg_free(&m);
    }
}

static int
on_socket(void *self)
{
    struct link *l = self;

    listen_once(l);
    if (l->owes_hello || outbox_is_waiting(l->outbox))
        speak(l, false);
    return 0;
}

/* The answer may lie in the socket unread, if it was we who were late. */
static int
on_trust_time(void *self)
{
    struct link *l = self;

    listen_once(l);
    if (now_ms(l) < l->trust_ms + LINK_TRUST_MS)
        return 0;
    l->figures.is_known = false;
    l->figures.lost++;
    l->ops->lost(l->self);
    return 0;
}

/* ---- the owner's side ---------------------------------------------------------- */

void
link_put(struct link *l, enum msg_type type, const void *body)
{
    int rc = outbox_put(l->outbox, type, body);

    if (rc != 0)
        log_error(l->proc->log, "MSG-UNSENT", kv_str("why", err_str(rc)));
}

void
link_send(struct link *l, enum msg_type type, const void *body)
{
    link_put(l, type, body);
    speak(l, false);
}

void
link_take_no_more(struct link *l)
{
    l->credit = 0;
    l->owes_hello = true;
    speak(l, false);
    l->farewell_seq = l->owes_hello ? l->seq + 1 : l->seq; /* the alive behind it */
}

void
link_bye(struct link *l, const char *why)
{
    /* best effort: a collector that is away learns it from the pid */
    if (!l->owes_hello)
        (void)net_send(l->zsocket, MSG_bye, &(struct msg_bye){.why = why});
}

struct link_figures
link_figures(const struct link *l)
{
    struct link_figures f = l->figures;

    f.dropped = outbox_dropped(l->outbox);
    return f;
}

int
link_open(struct link **out, struct proc *proc, int64_t credit,
          const struct link_ops *ops, void *self, struct why *why)
{
    struct link *l = calloc(1, sizeof *l);
    int rc;

    *out = l;
    if (l == NULL)
        return ERR_NOMEM;
    l->proc = proc;
    l->credit = credit;
    l->ops = ops;
    l->self = self;
    l->owes_hello = true;
    if ((rc = identity_read(&l->id)) != 0)
        return why_set(why, rc, "/proc: cannot tell which process this is");
    if ((rc = outbox_new(&l->outbox)) != 0 ||
        (rc = net_connect(proc->net, EP_JOBS, &l->zsocket, why)) != 0)
        return rc;
    l->alive = timer_new(proc->loop, on_alive_time, l);
    l->trust = timer_new(proc->loop, on_trust_time, l);
    if (l->alive == NULL || l->trust == NULL)
        return ERR_NOMEM;
    timer_set(l->alive, now_ms(l)); /* the first turn says hello */
    return 0;
}

void
link_close(struct link **lp)
{
    struct link *l = *lp;

    *lp = NULL;
    if (l == NULL)
        return;
    if (l->zsocket != NULL) {
        loop_unwatch_socket(l->proc->loop, l->zsocket);
        net_drop(l->proc->net, &l->zsocket);
    }
    timer_free(&l->alive);
    timer_free(&l->trust);
    outbox_free(&l->outbox);
    free(l);
}

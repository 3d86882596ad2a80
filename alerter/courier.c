#include "alerter/courier_load.h"

#include "base/str.h"
#include "wire/http.h"
#include "wire/proc.h"

enum {
    HTTP_SLOTS = 32,
    MINUTE_MS = 60000,
    SETTLE_MS = 10 /* what came home waits so long to be written together */
};

/* ---- opening ------------------------------------------------------------------- */

static int
on_timer(void *self)
{
    struct courier *c = self;

    c->s.wake(c->s.self);
    return 0;
}

static int
on_settle(void *self)
{
    struct courier *c = self;

    c->settle_due = true;
    return on_timer(c);
}

static bool
is_used(const struct conf_sink *s)
{
    const struct sink_row *row = sink_row_find(s->kind);

    return s->enabled && !(row && row->needs_url && str_empty(s->url));
}

static int
open_sinks(struct courier *c, struct why *why)
{
    const struct conf *conf = &c->s.proc->conf;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < conf->n_sinks; i++)
        if (is_used(&conf->sinks[i]))
            rc = sink_open(&c->sinks[c->n_sinks++], &conf->sinks[i], c->http,
                           conf->alerter.timeout_ms, conf->catalyst.data_dir, why);
    if (rc == 0 && c->n_sinks == 0)
        log_warn(c->s.proc->log, "NO-SINK",
                 kv_str("why", "no sink is configured: alerts are only recorded"));
    return rc;
}

int
courier_open(struct courier **out, const struct courier_setup *setup, struct why *why)
{
    struct courier *c = calloc(1, sizeof *c);
    int rc;

    *out = c;
    if (!c)
        return why_set(why, ERR_NOMEM, "%s", err_str(ERR_NOMEM));
    c->s = *setup;
    c->timer = timer_new(setup->proc->loop, on_timer, c);
    c->settle = timer_new(setup->proc->loop, on_settle, c);
    rc = http_new(&c->http, setup->proc->loop, setup->proc->log, HTTP_SLOTS);
    if (rc == 0 && c->timer && c->settle)
        rc = open_sinks(c, why);
    else
        rc = why_set(why, ERR_NOMEM, "%s", err_str(ERR_NOMEM));
    if (rc != 0)
        courier_close(out);
    return rc;
}

void
courier_close(struct courier **out)
{
    struct courier *c = *out;

    if (!c)
        return;
    http_free(&c->http);
    timer_free(&c->timer);
    timer_free(&c->settle);
    for (size_t i = 0; i < COURIER_LOADS; i++)
        if (c->loads[i].phase != LOAD_FREE)
            buf_free(&c->loads[i].parcel.body);
    for (size_t i = 0; i < c->n_sinks; i++)
        sink_close(&c->sinks[i]);
    free(c);
    *out = NULL;
}

static int64_t
wall(const struct courier *c)
{
    return clock_wall_ms(&c->s.proc->clock);
}

static int64_t
boot(const struct courier *c)
{
    return clock_boot_ms(&c->s.proc->clock);
}

static void
release(struct load *l)
{
    buf_free(&l->parcel.body);
    l->phase = LOAD_FREE;
}

/* ---- revising ------------------------------------------------------------------ */

static struct revision
revision_of(const struct courier *c, const struct sink *s, const struct entry *e)
{
    return (struct revision){.alert = e->alert,
                             .record_only = c->s.proc->conf.alerter.record_only,
                             .face = e->face,
                             .edit = s->row->edit};
}

static int
revise_at(struct courier *c, const struct sink *s, const struct msg_scored *m,
          const struct entry *e)
{
    struct revision r = revision_of(c, s, e);
    struct delivery d;
    int rc = outbox_get(c->s.outbox, m->id, s->name, &d);
    bool changed = false;

    if (rc == ERR_NOT_FOUND) {
        if (!e->alert)
            return 0;
        delivery_new(&d, m->id, s->name,
                     m->published_ms > 0 ? m->published_ms : m->seen_ms, wall(c));
        changed = true;
    } else if (rc != 0) {
        return rc;
    }
    changed |= delivery_revise(&d, &r, wall(c));
    return changed ? outbox_put(c->s.outbox, &d) : 0;
}

int
courier_revise(struct courier *c, const struct msg_scored *s, const struct entry *e)
{
    int rc = 0;

    if (c->n_hand < COURIER_TURN)
        c->hand[c->n_hand++] = (struct hand){.verdict = s, .face = e->face};
    for (size_t i = 0; rc == 0 && i < c->n_sinks; i++)
        rc = revise_at(c, &c->sinks[i], s, e);
    return rc;
}

/* ---- settling ------------------------------------------------------------------ */

static void
on_done(struct parcel *p, const struct sink_outcome *out)
{
    struct load *l = (struct load *)p;
    struct courier *c = l->courier;

    l->outcome = *out;
    l->phase = LOAD_HOME;
    p->sink->in_flight--;
    if (out->result == SINK_GONE && !p->sink->off) {
        p->sink->off = true;
        log_error(c->s.proc->log, "SINK-OFF", kv_str("sink", p->sink->name),
                  kv_str("why", out->why.text),
                  kv_str("hint", "correct its url and reload; nothing is lost"));
    }
    timer_set(c->settle, boot(c) / SETTLE_MS * SETTLE_MS + SETTLE_MS);
}

static int
settle_one(struct courier *c, struct load *l)
{
    struct sink *s = l->parcel.sink;
    struct entry e;
    struct revision r;
    int64_t hold;
    int rc = ledger_entry(c->s.ledger, l->delivery.id, &e);

    l->after = l->delivery;
    if (rc == ERR_NOT_FOUND) { /* retention took it while its edit was on its way */
        l->phase = LOAD_SETTLED;
        return 0;
    }
    if (rc != 0)
        return rc;
    hold = delivery_end(&l->after, &l->outcome, l->face, c->s.proc->conf.alerter.tries,
                        wall(c));
    if (hold > 0)
        discord_limit_hold(&s->limit, boot(c), hold);
    r = revision_of(c, s, &e); /* it may have been revised while on its way */
    (void)delivery_revise(&l->after, &r, wall(c));
    l->phase = LOAD_SETTLED;
    return outbox_put(c->s.outbox, &l->after);
}

/* What its file may have lost is not known to have been sent. */
static void
sync_one(struct courier *c, struct sink *s)
{
    struct load *home[COURIER_LOADS];
    struct why why = {.text = ""};
    size_t n = 0;

    for (size_t i = 0; i < COURIER_LOADS; i++) {
        struct load *l = &c->loads[i];
        if (l->phase == LOAD_HOME && l->parcel.sink == s &&
            l->outcome.result == SINK_SENT)
            home[n++] = l;
    }
    if (n == 0 || s->row->sync(s, &why) == 0)
        return;
    log_error(c->s.proc->log, "SINK-SYNC", kv_str("sink", s->name),
              kv_int("alerts", (int64_t)n), kv_str("why", why.text));
    for (size_t i = 0; i < n; i++)
        home[i]->outcome = (struct sink_outcome){.result = SINK_UNCLEAR, .why = why};
}

/* A turn for new verdicts comes at any moment; what came home rests until its own time,
 * so that one sync of a file and one write do for many.  Where places are short it is
 * written at once. */
static bool
may_rest(const struct courier *c)
{
    size_t taken = 0;

    for (size_t i = 0; i < COURIER_LOADS; i++)
        taken += c->loads[i].phase != LOAD_FREE;
    return !c->settle_due && taken <= COURIER_LOADS / 2;
}

int
courier_settle(struct courier *c)
{
    int rc = 0;

    if (may_rest(c))
        return 0;
    for (size_t i = 0; i < c->n_sinks; i++)
        if (c->sinks[i].row->sync != NULL)
            sync_one(c, &c->sinks[i]);
    for (size_t i = 0; rc == 0 && i < COURIER_LOADS; i++)
        if (c->loads[i].phase == LOAD_HOME)
            rc = settle_one(c, &c->loads[i]);
    c->settle_due = rc != 0; /* then at the next turn */
    if (rc == 0)
        timer_clear(c->settle);
    return rc;
}

/* ---- claiming ------------------------------------------------------------------ */

static struct load *
free_load(struct courier *c)
{
    for (size_t i = 0; i < COURIER_LOADS; i++)
        if (c->loads[i].phase == LOAD_FREE)
            return &c->loads[i];
    return NULL;
}

/* The last one about a candidate is the one in the ledger. */
static struct hand
at_hand(const struct courier *c, const char *id)
{
    for (size_t i = c->n_hand; i-- > 0;)
        if (str_eq(c->hand[i].verdict->id, id))
            return c->hand[i];
    return (struct hand){.verdict = NULL};
}

static int
render(struct courier *c, struct load *l, const struct hand *h)
{
    const struct msg_scored *m = h->verdict;
    struct delivery *d = &l->delivery;
    struct alert a = {.scored = m, .kind = ALERT_NEW, .now_ms = wall(c)};

    if (d->state == DELIVERY_SENT)
        a.kind = str_eq(m->verdict, "alert") ? ALERT_UPDATE : ALERT_WITHDRAWN;
    else
        d->late =
            alert_age_ms(m, a.now_ms) > c->s.proc->conf.alerter.late_min * MINUTE_MS;
    a.late = d->late;
    if (h->face != NULL)
        str_copy(l->face, sizeof l->face, h->face);
    else
        alert_face(m, l->face);
    str_copy(l->ticker, sizeof l->ticker, m->ticker);
    l->cycle = m->cycle;
    buf_init(&l->parcel.body, (size_t)l->parcel.sink->row->max_bytes);
    return l->parcel.sink->row->render(&a, &l->parcel.body);
}

/* A delivery that cannot be rendered ends at once; the verdict is not lost. */
static int
cannot_render(struct courier *c, struct load *l, int rc)
{
    struct sink_outcome out = {.result = SINK_REFUSED};

    why_set(&out.why, rc, "cannot be rendered: %s", err_str(rc));
    log_error(c->s.proc->log, "RENDER-FAILED", kv_str("id", l->delivery.id),
              kv_str("sink", l->delivery.sink), kv_str("why", err_str(rc)));
    buf_free(&l->parcel.body);
    (void)delivery_end(&l->delivery, &out, l->face, 1, wall(c));
    return outbox_put(c->s.outbox, &l->delivery);
}

static int
load_up(struct courier *c, struct load *l, struct sink *s)
{
    struct hand h = at_hand(c, l->delivery.id);
    struct msg m = {.body = NULL};
    int rc = 0;

    if (h.verdict == NULL) {
        rc = ledger_message(c->s.ledger, l->delivery.id, &m);
        h.verdict = m.body;
    }
    if (rc == ERR_DB)
        return rc;
    l->courier = c;
    l->parcel = (struct parcel){.sink = s, .done = on_done};
    l->parcel.message_id = "";
    if (l->delivery.state == DELIVERY_SENT && s->row->edit == SINK_EDIT_PATCH)
        l->parcel.message_id = l->delivery.message_id;
    if (rc == 0)
        rc = render(c, l, &h);
    msg_free(&m);
    if (rc != 0)
        return cannot_render(c, l, rc);
    delivery_start(&l->delivery, wall(c));
    (void)discord_limit_reserve(&s->limit, boot(c));
    s->in_flight++;
    l->phase = LOAD_CLAIMED;
    return outbox_put(c->s.outbox, &l->delivery);
}

static bool
is_open(const struct courier *c, const struct sink *s)
{
    return !c->draining && !s->off && s->in_flight < s->row->slots;
}

static int
claim_for(struct courier *c, struct sink *s)
{
    struct load *l;
    int rc = 0;

    while (rc == 0 && is_open(c, s) && discord_limit_wait(&s->limit, boot(c)) == 0 &&
           (l = free_load(c)) != NULL) {
        rc = outbox_next(c->s.outbox, s->name, wall(c), &l->delivery);
        if (rc == 0)
            rc = load_up(c, l, s);
    }
    return rc == ERR_NOT_FOUND ? 0 : rc;
}

int
courier_claim(struct courier *c)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < c->n_sinks; i++)
        rc = claim_for(c, &c->sinks[i]);
    c->n_hand = 0;
    return rc;
}

/* ---- after the commit ----------------------------------------------------------- */

static void
depart(struct courier *c, struct load *l)
{
    l->phase = LOAD_AWAY;
    c->metrics[COURIER_STARTED]++;
    courier_tell(c, &l->delivery);
    l->parcel.sink->row->send(l->parcel.sink, &l->parcel);
}

void
courier_post(struct courier *c)
{
    for (size_t i = 0; i < COURIER_LOADS; i++)
        if (c->loads[i].phase == LOAD_CLAIMED &&
            c->loads[i].parcel.sink->row->needs_url)
            depart(c, &c->loads[i]);
}

void
courier_go(struct courier *c)
{
    for (size_t i = 0; i < COURIER_LOADS; i++) {
        struct load *l = &c->loads[i];
        if (l->phase == LOAD_CLAIMED) {
            depart(c, l);
        } else if (l->phase == LOAD_SETTLED) {
            courier_report(c, l);
            release(l);
        }
    }
}

void
courier_undo(struct courier *c)
{
    c->n_hand = 0;
    for (size_t i = 0; i < COURIER_LOADS; i++) {
        struct load *l = &c->loads[i];
        if (l->phase == LOAD_SETTLED) {
            l->phase = LOAD_HOME;
            c->settle_due = true;
        } else if (l->phase == LOAD_CLAIMED) {
            l->parcel.sink->in_flight--;
            release(l);
        }
    }
}

void
courier_drain(struct courier *c)
{
    c->draining = true;
}

bool
courier_is_idle(const struct courier *c)
{
    for (size_t i = 0; i < COURIER_LOADS; i++)
        if (c->loads[i].phase != LOAD_FREE)
            return false;
    return true;
}

void
courier_schedule(struct courier *c)
{
    int64_t first = INT64_MAX;

    for (size_t i = 0; i < c->n_sinks && free_load(c); i++) {
        const struct sink *s = &c->sinks[i];
        int64_t due, wait, at;
        if (!is_open(c, s))
            continue;
        if ((due = outbox_due(c->s.outbox, s->name)) == INT64_MAX)
            continue;
        wait = due - wall(c);
        at = boot(c) + (wait > 0 ? wait : 0);
        at = at > s->limit.next_ms ? at : s->limit.next_ms;
        first = at < first ? at : first;
    }
    if (first == INT64_MAX)
        timer_clear(c->timer);
    else
        timer_set(c->timer, first);
}

void
courier_reload(struct courier *c, const struct conf *conf)
{
    for (size_t i = 0; i < c->n_sinks; i++) {
        struct sink *s = &c->sinks[i];
        s->off = false;
        for (size_t k = 0; k < conf->n_sinks; k++)
            if (s->row->needs_url && str_eq(conf->sinks[k].name, s->name) &&
                !str_empty(conf->sinks[k].url))
                str_copy(s->url, sizeof s->url, conf->sinks[k].url);
    }
}

#include "ingest/rounds.h"

#include "base/str.h"
#include "domain/calendar.h"
#include "ingest/outbox.h"
#include "ingest/parts.h"
#include "ingest/poll.h"
#include "ingest/store.h"
#include "wire/sender.h"

enum {
    FORGET_MOST = 500, /* rows a round */
    DAY_MS = 86400000,
    RETRY_MS = 1000, /* after a round that could not begin */
    NOTES_MAX = 64   /* messages kept for an absent collector that only count */
};

/* ---- rounds -------------------------------------------------------------------- */

/* Begin and end of a round help to count; nothing is lost without them. */
static void
note(struct stage *s, enum msg_type type, const void *body)
{
    if (sender_depth(s->items) >= NOTES_MAX || sender_put(s->items, type, body) != 0)
        s->counts[COUNT_NOTES_DROPPED]++;
}

void
rounds_settle(struct stage *s)
{
    for (size_t i = 0; i < s->cycles.n; i++) {
        struct cycle *c = &s->cycles.list[i];
        struct msg_cycle_end m = {.cycle = c->no, .candidates = c->candidates};

        if (c->ended || !cycle_is_sent(c))
            continue;
        c->ended = true;
        note(s, MSG_cycle_end, &m);
    }
    cycle_close_done(&s->cycles, clock_boot_us(&s->proc->clock), s->proc->log);
}

static int64_t
period_ms(const struct stage *s, enum session now)
{
    const int64_t seconds[] = {
        [SESSION_CLOSED] = s->proc->conf.ingest.cycle_closed_s,
        [SESSION_PRE] = s->proc->conf.ingest.cycle_extended_s,
        [SESSION_REGULAR] = s->proc->conf.ingest.cycle_regular_s,
        [SESSION_AFTER] = s->proc->conf.ingest.cycle_extended_s,
    };

    return seconds[now] * 1000;
}

/* True if polling would only make what waits longer. */
static bool
is_full(struct stage *s)
{
    int64_t pending = outbox_pending(s->outbox);

    if (pending < s->proc->conf.ingest.outbox_max) {
        if (s->full)
            log_info(s->proc->log, "OUTBOX-ROOM", kv_int("pending", pending));
        s->full = false;
        return false;
    }
    s->full = true;
    s->counts[COUNT_OUTBOX_FULL]++;
    log_error(s->proc->log, "OUTBOX-FULL", kv_int("pending", pending),
              kv_str("why", "ingest.outbox_max candidates wait: polling stops"));
    return true;
}

/* After a write that found no room: true when there is some again.  Until then no feed
 * is asked, for what it says could not be kept. */
static bool
has_disk(struct stage *s)
{
    if (!store_full(s->store))
        return true;
    if (store_room(s->store) != 0) {
        stage_disk_failed(s, "room");
        return false;
    }
    log_info(s->proc->log, "DISK-ROOM");
    return true;
}

static void
begin_round(struct stage *s, int64_t no, enum session session)
{
    const struct proc *p = s->proc;
    struct msg_cycle_begin m = {.cycle = no,
                                .session = session_name(session),
                                .started_ms = clock_wall_ms(&p->clock)};
    struct cycle *c;
    size_t feeds = poll_round(s->poll, no);

    if (feeds == 0)
        return;
    c = cycle_open(&s->cycles, no, m.session, clock_boot_us(&p->clock), p->log);
    c->feeds = c->feeds_open = (int64_t)feeds;
    s->cycle = no;
    s->counts[COUNT_CYCLES]++;
    s->rounds++;
    log_info(p->log, "CYCLE_START", kv_int("cycle", no), kv_str("session", m.session),
             kv_int("feeds", (int64_t)feeds));
    note(s, MSG_cycle_begin, &m);
    poll_go(s->poll);
}

/* The number of a round is on disk before it begins: a full disk ends polling here. */
static bool
try_round(struct stage *s, enum session session)
{
    int64_t keep = s->proc->conf.ingest.seen_days * DAY_MS, no;
    int64_t now = clock_wall_ms(&s->proc->clock);
    int rc = store_cycle(s->store, &no);

    if (rc == 0)
        rc = store_forget(s->store, now - keep, FORGET_MOST);
    if (rc != 0) {
        stage_disk_failed(s, "cycle");
        return false;
    }
    begin_round(s, no, session);
    return true;
}

static bool
is_over(const struct stage *s)
{
    int64_t most = s->proc->conf.ingest.cycles;

    return s->proc->draining || (most > 0 && s->rounds >= most);
}

int
rounds_next(void *self)
{
    struct stage *s = self;
    int64_t now = clock_boot_ms(&s->proc->clock);
    enum session session = calendar_session(clock_wall_ms(&s->proc->clock));
    int64_t wait = period_ms(s, session);

    if (is_over(s))
        return 0;
    if (s->counts[COUNT_PAUSED] == 0 && !is_full(s) &&
        (!has_disk(s) || !try_round(s, session)))
        wait = RETRY_MS;
    if (is_over(s))
        log_info(s->proc->log, "POLLING-OVER", kv_int("cycles", s->rounds));
    else
        timer_set(s->round, now + wait);
    return 0;
}

void
rounds_now(struct stage *s)
{
    timer_set(s->round, clock_boot_ms(&s->proc->clock));
}

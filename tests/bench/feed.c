#include "base/str.h"
#include "tests/bench/peer.h"
#include "wire/sender.h"

#include <stdio.h>
#include <stdlib.h>

enum { FULL = 1000, TURN = 256 };

struct feed {
    struct proc *proc;
    void *items, *enriched;
    struct sender *sender;
    int64_t n, sent, final;
    int64_t began_us;
};

static int
send_one(struct feed *f)
{
    char id[48], ticker[16];
    struct msg_candidate c = {.id = id,
                              .item = id,
                              .ticker = ticker,
                              .cycle = 1,
                              .feed = "bench",
                              .kind = "news",
                              .form = "",
                              .title = "A headline of common length about a company",
                              .summary = "",
                              .link = "https://example.org/a",
                              .behind = f->n - f->sent - 1};

    c.sent_ms = c.seen_ms = c.published_ms = clock_wall_ms(&f->proc->clock);
    (void)str_fmt(id, sizeof id, "bench%lld", (long long)f->sent);
    (void)str_fmt(ticker, sizeof ticker, "B%lld", (long long)f->sent);
    f->sent++;
    return sender_put(f->sender, MSG_candidate, &c);
}

/* Also when the sender has room again. */
static int
on_room(void *self)
{
    struct feed *f = self;
    struct msg_cycle_end end = {.cycle = 1, .candidates = f->n};
    int rc = 0;

    if (f->sent == f->n)
        return 0;
    while (rc == 0 && f->sent < f->n && !sender_is_full(f->sender))
        rc = send_one(f);
    if (rc == 0 && f->sent == f->n)
        rc = sender_put(f->sender, MSG_cycle_end, &end);
    return rc;
}

static void
over(struct feed *f)
{
    int64_t us = clock_boot_us(&f->proc->clock) - f->began_us;

    printf("{\"candidates\": %lld, \"elapsed_us\": %lld}\n", (long long)f->final,
           (long long)us);
    (void)fflush(stdout);
    proc_quit(f->proc);
}

static int
on_enriched(void *self)
{
    struct feed *f = self;
    struct why why;
    struct msg m;
    int rc = 0;

    for (int i = 0; i < TURN && rc == 0; i++) {
        if ((rc = net_recv(f->enriched, NULL, &m, &why)) != 0)
            break;
        if (m.type == MSG_enriched)
            f->final += ((const struct msg_enriched *)m.body)->final;
        msg_free(&m);
    }
    if (f->final == f->n)
        over(f);
    return rc == 0 || rc == ERR_AGAIN ? 0 : rc;
}

static int
begin(struct feed *f)
{
    struct msg_cycle_begin b = {.cycle = 1, .session = "regular"};

    f->began_us = clock_boot_us(&f->proc->clock);
    b.started_ms = clock_wall_ms(&f->proc->clock);
    return sender_put(f->sender, MSG_cycle_begin, &b);
}

int
feed_open(struct feed **out, struct proc *proc, int64_t n)
{
    struct feed *f = calloc(1, sizeof *f);
    struct why why = {""};
    int rc;

    *out = f;
    if (f == NULL)
        return ERR_NOMEM;
    f->proc = proc;
    f->n = n;
    if ((rc = net_bind(proc->net, EP_ENRICHED, &f->enriched, &why)) != 0 ||
        (rc = net_connect(proc->net, EP_ITEMS, &f->items, &why)) != 0) {
        log_fatal(proc->log, "NET", kv_str("why", why.text));
        return rc;
    }
    rc = sender_new(&f->sender, proc->loop, f->items, FULL, on_room, f);
    if (rc == 0)
        rc = loop_watch_socket(proc->loop, f->enriched, LOOP_IN, on_enriched, f);
    if (rc == 0)
        rc = begin(f);
    return rc == 0 ? on_room(f) : rc;
}

void
feed_close(struct feed **fp)
{
    if (*fp != NULL)
        sender_free(&(*fp)->sender);
    free(*fp);
    *fp = NULL;
}

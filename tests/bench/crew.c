#include "base/str.h"
#include "enricher/link.h"
#include "tests/bench/peer.h"

#include <stdio.h>
#include <stdlib.h>

enum { CREW_HELD = 512, CREW_LINE = 1000, CREW_WARM = 500 };

struct crew {
    struct proc *proc;
    struct link *link;
    bool answers;
    int64_t seen;            /* leases */
    int64_t held[CREW_HELD]; /* leases; 0: free */
    char source[CREW_HELD][32];
    bool told;
};

static void
hold(struct crew *c, const struct msg_lease *l)
{
    for (size_t i = 0; i < CREW_HELD; i++) {
        if (c->held[i] != 0)
            continue;
        c->held[i] = l->lease;
        (void)str_copy(c->source[i], sizeof c->source[i], l->source);
        break;
    }
    printf("lease %lld %lld\n", (long long)l->lease,
           (long long)clock_boot_us(&c->proc->clock));
    (void)fflush(stdout);
}

/* The first ones are answered, so that the collector learns that many may be out at
 * once; from then on a line each so many leases: how many there were, and when. */
static void
count(struct crew *c)
{
    if (c->seen++ % CREW_LINE != 0)
        return;
    printf("jobs %lld %lld\n", (long long)c->seen,
           (long long)clock_boot_us(&c->proc->clock));
    (void)fflush(stdout);
}

static void
on_lease(void *self, const struct msg_lease *l)
{
    struct crew *c = self;
    struct msg_landed landed = {.lease = l->lease, .elapsed_us = 1};
    struct msg_result r = {.lease = l->lease,
                           .source = l->source,
                           .status = c->seen < CREW_WARM ? "empty" : "cancelled",
                           .why = "nothing is asked here"};

    if (!c->answers) {
        hold(c, l);
        return;
    }
    count(c);
    link_send(c->link, MSG_landed, &landed);
    link_send(c->link, MSG_result, &r);
}

static void
on_cancel(void *self, int64_t lease)
{
    (void)self;
    (void)lease;
}

static void
on_drain(void *self, const char *why)
{
    struct crew *c = self;

    (void)why;
    proc_drain(c->proc);
}

static void
on_lost(void *self)
{
    struct crew *c = self;

    for (size_t i = 0; i < CREW_HELD; i++)
        c->held[i] = 0;
}

static size_t
held(void *self, struct msg_held *out, size_t most)
{
    struct crew *c = self;
    size_t n = 0;

    for (size_t i = 0; i < CREW_HELD && n < most; i++)
        if (c->held[i] != 0)
            out[n++] = (struct msg_held){
                .lease = c->held[i], .source = c->source[i], .tickers = ""};
    return n;
}

static const struct link_ops link_ops = {.lease = on_lease,
                                         .cancel = on_cancel,
                                         .drain = on_drain,
                                         .lost = on_lost,
                                         .held = held};

int
crew_open(struct crew **out, struct proc *proc, bool answers)
{
    struct crew *c = calloc(1, sizeof *c);
    struct why why = {""};
    int rc;

    *out = c;
    if (c == NULL)
        return ERR_NOMEM;
    c->proc = proc;
    c->answers = answers;
    rc = link_open(&c->link, proc, proc->conf.enricher.credit, &link_ops, c, &why);
    if (rc != 0)
        log_fatal(proc->log, "LINK", kv_str("why", why.text));
    return rc;
}

void
crew_close(struct crew **cp)
{
    if (*cp != NULL)
        link_close(&(*cp)->link);
    free(*cp);
    *cp = NULL;
}

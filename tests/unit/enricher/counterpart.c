#include "counterpart.h"

#include "base/str.h"

#include <check.h>
#include <ftw.h>
#include <unistd.h>

enum { GUARD_MS = 20000 };

/* ---- hearing ------------------------------------------------------------------- */

static void
note_held(struct heard *h, const struct msg_held *held, size_t n)
{
    h->n_held = n;
    for (size_t i = 0; i < n && i < HEARD_HELD; i++)
        h->held[i] = held[i].lease;
}

static void
note(struct counterpart *c, const struct msg *m)
{
    struct heard *h = &c->heard[c->n];

    ck_assert_uint_lt(c->n, HEARD_MAX);
    *h = (struct heard){.type = m->type};
    if (m->type == MSG_hello) {
        const struct msg_hello *hello = m->body;

        h->credit = hello->credit;
        note_held(h, hello->leases, hello->n_leases);
    } else if (m->type == MSG_alive) {
        const struct msg_alive *alive = m->body;

        note_held(h, alive->leases, alive->n_leases);
    } else if (m->type == MSG_landed) {
        h->lease = ((const struct msg_landed *)m->body)->lease;
    } else if (m->type == MSG_result) {
        const struct msg_result *r = m->body;

        h->lease = r->lease;
        h->n_facts = r->n_facts;
        str_copy(h->status, sizeof h->status, r->status);
        str_copy(h->why, sizeof h->why, r->why);
    }
    c->n++;
}

static void
on_frame(struct counterpart *c, const struct msg *m)
{
    struct msg_alive_ok ok;

    if (m->type == c->who_once) {
        c->who_once = MSG_none;
        counterpart_say(c, MSG_who, &(struct msg_who){.why = "a stranger"});
        return;
    }
    note(c, m);
    if (m->type == MSG_alive && c->answers_alive) {
        ok.seq = ((const struct msg_alive *)m->body)->seq;
        counterpart_say(c, MSG_alive_ok, &ok);
    }
    if (m->type == c->until && --c->times == 0)
        loop_stop(c->proc.loop);
}

static int
on_router(void *self)
{
    struct counterpart *c = self;
    struct why why = {""};
    struct msg m;
    int rc;

    while ((rc = net_recv(c->router, &c->peer, &m, &why)) != ERR_AGAIN) {
        ck_assert_msg(rc == 0, "%s", why.text);
        on_frame(c, &m);
        msg_free(&m);
    }
    return 0;
}

static int
on_guard(void *self)
{
    (void)self;
    return ERR_TIMEOUT;
}

int
counterpart_run(struct counterpart *c)
{
    timer_set(c->guard, clock_boot_ms(&c->proc.clock) + GUARD_MS);
    return loop_run(c->proc.loop);
}

void
counterpart_until(struct counterpart *c, enum msg_type type, int times)
{
    c->until = type;
    c->times = times;
    ck_assert_int_eq(counterpart_run(c), 0);
    c->until = MSG_none;
}

const struct heard *
counterpart_last(const struct counterpart *c, enum msg_type type)
{
    for (size_t i = c->n; i > 0; i--)
        if (c->heard[i - 1].type == type)
            return &c->heard[i - 1];
    return NULL;
}

int
counterpart_place(const struct counterpart *c, enum msg_type type, int64_t lease)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->heard[i].type == type && (lease == 0 || c->heard[i].lease == lease))
            return (int)i;
    return -1;
}

/* ---- saying -------------------------------------------------------------------- */

void
counterpart_say(struct counterpart *c, enum msg_type type, const void *body)
{
    ck_assert_int_eq(net_send_to(c->router, &c->peer, type, body), 0);
}

void
counterpart_lease(struct counterpart *c, int64_t lease, const char *source,
                  const char *ticker, int64_t left_ms)
{
    char names[8][48];
    struct msg_ticker tickers[8];
    struct msg_lease l = {.lease = lease,
                          .epoch = 1,
                          .source = source,
                          .left_ms = left_ms,
                          .tickers = tickers};
    const char *piece;
    size_t n;

    while ((piece = str_piece(&ticker, ",", &n)) != NULL) {
        ck_assert_uint_lt(l.n_tickers, 8);
        str_copyn(names[l.n_tickers], sizeof names[0], piece, n);
        tickers[l.n_tickers].ticker = names[l.n_tickers];
        l.n_tickers++;
    }
    counterpart_say(c, MSG_lease, &l);
}

/* ---- the whole ----------------------------------------------------------------- */

void
counterpart_open(struct counterpart *c, const char *set1, const char *set2)
{
    char run_dir[128];
    const char *sets[] = {run_dir, set1, set2};
    size_t n = set1 == NULL ? 1 : set2 == NULL ? 2 : 3;
    char *no_env[] = {NULL};
    struct buf errors;
    struct why why = {""};

    *c = (struct counterpart){.answers_alive = true};
    str_copy(c->dir, sizeof c->dir, "/tmp/catalyst-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(c->dir));
    str_fmt(run_dir, sizeof run_dir, "catalyst.run_dir=%s", c->dir);
    buf_init(&errors, 1 << 16);
    ck_assert_msg(conf_load(&c->proc.conf, NULL, no_env, sets, n, &errors) == 0, "%s",
                  buf_str(&errors));
    buf_free(&errors);
    c->proc.stage = "enricher";
    str_copy(c->proc.name, sizeof c->proc.name, "enricher-00");
    c->proc.slot = -1;
    c->proc.loop = loop_new(&c->proc.clock);
    c->guard = timer_new(c->proc.loop, on_guard, c);
    ck_assert_msg(net_open(&c->proc.net, &c->proc.conf, NULL, &why) == 0, "%s",
                  why.text);
}

void
counterpart_listen(struct counterpart *c)
{
    struct why why = {""};

    ck_assert_msg(net_bind(c->proc.net, EP_JOBS, &c->router, &why) == 0, "%s",
                  why.text);
    ck_assert_int_eq(loop_watch_socket(c->proc.loop, c->router, LOOP_IN, on_router, c),
                     0);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

void
counterpart_close(struct counterpart *c)
{
    timer_free(&c->guard);
    loop_free(&c->proc.loop);
    net_close(&c->proc.net);
    conf_free(&c->proc.conf);
    (void)nftw(c->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS); /* only in our /tmp */
}

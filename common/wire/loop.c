#include "wire/loop.h"

#include "base/err.h"

#include <czmq.h>
#include <sys/queue.h>
#include <sys/timerfd.h>

struct watch {
    LIST_ENTRY(watch) link;
    zmq_pollitem_t item;
    loop_fn *fn;
    void *self;
    struct loop *loop;
};

struct loop {
    zloop_t *zloop;
    const struct clock *clock;
    int rc;
    bool stopped;
    LIST_HEAD(, watch) watches;
    LIST_HEAD(, watch) dead; /* unwatched during their own call: freed between turns */
};

struct timer {
    struct loop *loop;
    loop_fn *fn;
    void *self;
    int fd;
    int64_t set_ms; /* 0: cleared */
};

struct loop *
loop_new(const struct clock *clock)
{
    struct loop *l = calloc(1, sizeof *l);

    if (l == NULL)
        return NULL;
    LIST_INIT(&l->watches);
    LIST_INIT(&l->dead);
    l->clock = clock;
    if ((l->zloop = zloop_new()) == NULL) {
        free(l);
        return NULL;
    }
    zloop_set_nonstop(l->zloop, true); /* signals are ours, by signalfd */
    return l;
}

static void
bury(struct loop *l)
{
    struct watch *w;

    while ((w = LIST_FIRST(&l->dead)) != NULL) {
        LIST_REMOVE(w, link);
        free(w);
    }
}

void
loop_free(struct loop **lp)
{
    struct loop *l = *lp;
    struct watch *w;

    *lp = NULL;
    if (l == NULL)
        return;
    zloop_destroy(&l->zloop);
    while ((w = LIST_FIRST(&l->watches)) != NULL) {
        LIST_REMOVE(w, link);
        free(w);
    }
    bury(l);
    free(l);
}

static int
on_ready(zloop_t *zloop, zmq_pollitem_t *item, void *arg)
{
    struct watch *w = arg;
    struct loop *l = w->loop;
    int rc = w->fn(w->self);

    (void)zloop, (void)item;
    if (rc == 0 && !l->stopped)
        return 0;
    if (l->rc == 0)
        l->rc = rc;
    l->stopped = true;
    return -1;
}

static struct watch *
find(struct loop *l, const void *socket, int fd)
{
    struct watch *w;

    LIST_FOREACH(w, &l->watches, link)
    if (socket != NULL ? w->item.socket == socket
                       : w->item.socket == NULL && w->item.fd == fd)
        return w;
    return NULL;
}

static void
unwatch(struct loop *l, struct watch *w)
{
    if (w == NULL)
        return;
    zloop_poller_end(l->zloop, &w->item);
    LIST_REMOVE(w, link);
    LIST_INSERT_HEAD(&l->dead, w, link); /* it may be running */
}

static int
watch(struct loop *l, zmq_pollitem_t item, loop_fn *fn, void *self)
{
    struct watch *w = find(l, item.socket, item.fd);

    if (w != NULL && w->item.events == item.events) {
        w->fn = fn;
        w->self = self;
        return 0;
    }
    unwatch(l, w);
    if ((w = calloc(1, sizeof *w)) == NULL)
        return ERR_NOMEM;
    *w = (struct watch){.item = item, .fn = fn, .self = self, .loop = l};
    if (zloop_poller(l->zloop, &w->item, on_ready, w) != 0) {
        free(w);
        return ERR_NOMEM;
    }
    zloop_poller_set_tolerant(l->zloop, &w->item);
    LIST_INSERT_HEAD(&l->watches, w, link);
    return 0;
}

static short
zmq_events(int events)
{
    return (short)((events & LOOP_IN ? ZMQ_POLLIN : 0) |
                   (events & LOOP_OUT ? ZMQ_POLLOUT : 0));
}

int
loop_watch_socket(struct loop *l, void *zsocket, int events, loop_fn *fn, void *self)
{
    zmq_pollitem_t item = {.socket = zsocket, .fd = -1, .events = zmq_events(events)};

    return watch(l, item, fn, self);
}

void
loop_unwatch_socket(struct loop *l, void *zsocket)
{
    unwatch(l, find(l, zsocket, -1));
}

int
loop_watch_fd(struct loop *l, int fd, int events, loop_fn *fn, void *self)
{
    zmq_pollitem_t item = {.socket = NULL, .fd = fd, .events = zmq_events(events)};

    return watch(l, item, fn, self);
}

void
loop_unwatch_fd(struct loop *l, int fd)
{
    unwatch(l, find(l, NULL, fd));
}

static int
on_timerfd(void *self)
{
    struct timer *t = self;
    uint64_t times;

    if (read(t->fd, &times, sizeof times) != (ssize_t)sizeof times)
        return 0; /* moved on since it fired */
    t->set_ms = 0;
    return t->fn(t->self);
}

struct timer *
timer_new(struct loop *l, loop_fn *fn, void *self)
{
    struct timer *t = calloc(1, sizeof *t);

    if (t == NULL)
        return NULL;
    *t = (struct timer){.loop = l, .fn = fn, .self = self};
    t->fd = timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    if (t->fd < 0 || loop_watch_fd(l, t->fd, LOOP_IN, on_timerfd, t) != 0)
        timer_free(&t);
    return t;
}

void
timer_free(struct timer **tp)
{
    struct timer *t = *tp;

    *tp = NULL;
    if (t == NULL)
        return;
    if (t->fd >= 0) {
        loop_unwatch_fd(t->loop, t->fd);
        (void)close(t->fd);
    }
    free(t);
}

static void
arm(struct timer *t, int64_t ms)
{
    struct itimerspec at = {
        .it_value = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}};

    (void)timerfd_settime(t->fd, TFD_TIMER_ABSTIME, &at, NULL); /* values are sane */
}

void
timer_set(struct timer *t, int64_t boot_ms)
{
    if (boot_ms < 1)
        boot_ms = 1;
    if (boot_ms == t->set_ms)
        return;
    t->set_ms = boot_ms;
    arm(t, boot_ms);
}

void
timer_clear(struct timer *t)
{
    if (t->set_ms == 0)
        return;
    t->set_ms = 0;
    arm(t, 0);
}

int
loop_run(struct loop *l)
{
    l->rc = 0;
    l->stopped = false;
    while (!l->stopped) { /* zloop ends on EINTR: go on */
        (void)zloop_start(l->zloop);
        bury(l);
    }
    return l->rc;
}

void
loop_stop(struct loop *l)
{
    l->stopped = true;
}

#include "server.h"

#include "base/heap.h"
#include "base/str.h"
#include "conn.h"

#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { EVENTS_MAX = 4096, ACCEPTS_MAX = 1024, BACKLOG = 4096 };

/* What an epoll event points at: a connection, or one of these. */
struct watch {
    int fd;
};

struct server {
    const struct clock *clock;
    struct service service;
    int epoll;
    struct watch listener, timer, signals;
    int64_t armed_us; /* what the timer is set to; SERVER_NEVER: nothing */
    struct heap *due; /* struct conn by conn->timer_us */
    struct conn_list conns;
    size_t bad_requests;
    int port;
    struct epoll_event events[EVENTS_MAX];
};

static void
drop(struct server *s, struct conn *c)
{
    heap_remove(s->due, c);
    if (c->state != CONN_READING && !c->refused)
        s->service.over(s->service.self, &c->x, false);
    conn_free(&s->conns, &c);
}

/* The timer only ever fires early: it is set again on the way to sleep. */
static void
arm(struct server *s)
{
    const struct conn *first = heap_first(s->due);
    int64_t at = first != NULL ? first->timer_us : SERVER_NEVER;
    struct itimerspec when = {0};

    if (at == s->armed_us)
        return;
    if (at != SERVER_NEVER) {
        at = at > 0 ? at : 1;
        when.it_value.tv_sec = at / 1000000;
        when.it_value.tv_nsec = at % 1000000 * 1000;
    }
    (void)timerfd_settime(s->timer.fd, TFD_TIMER_ABSTIME, &when, NULL);
    s->armed_us = at;
}

static void
wake_at(struct server *s, struct conn *c, int64_t at_us)
{
    c->timer_us = at_us;
    if (at_us != SERVER_NEVER)
        (void)heap_add(s->due, c); /* no memory: it hangs until the peer gives up */
}

static void begin(struct server *s, struct conn *c);

/* Sends what may be sent; ends the exchange when all of it is with the kernel. */
static void
push(struct server *s, struct conn *c)
{
    for (;;) {
        int rc = conn_send(c);

        if (rc == ERR_AGAIN && c->paced) {
            wake_at(s, c, clock_boot_us(s->clock) + ANSWER_PACE_MS * 1000);
            return;
        }
        if (rc == ERR_AGAIN)
            return;
        if (rc != 0) {
            drop(s, c);
            return;
        }
        if (!c->refused)
            s->service.over(s->service.self, &c->x, true);
        if (!conn_next(c)) {
            conn_free(&s->conns, &c);
            return;
        }
        begin(s, c);
        if (c->state != CONN_SENDING)
            return;
    }
}

static void
answer_now(struct server *s, struct conn *c)
{
    if (!c->refused)
        s->service.render(s->service.self, &c->x);
    conn_answer(c, clock_wall_ms(s->clock));
}

/* Takes the next request out of what was read, if it is whole. */
static void
begin(struct server *s, struct conn *c)
{
    int rc = conn_take(c);

    if (rc == ERR_AGAIN)
        return;
    c->x.arrival_us = clock_boot_us(s->clock);
    if (rc != 0) {
        s->bad_requests++;
        conn_refuse(c, rc);
        answer_now(s, c);
        return;
    }
    c->x.due_us = c->x.arrival_us;
    s->service.arrive(s->service.self, &c->x);
    if (c->x.due_us <= c->x.arrival_us)
        answer_now(s, c);
    else
        wake_at(s, c, c->x.due_us);
}

/* Bytes that came after the wake-up are not read in it: a close that came before them
 * may not have been seen yet. */
static void
on_event(struct server *s, struct conn *c, uint32_t events)
{
    c->readable = c->readable || (events & EPOLLIN) != 0;
    if (c->state == CONN_READING && c->readable) {
        int rc = conn_read(c);

        begin(s, c);
        if (rc != 0) {
            drop(s, c);
            return;
        }
    }
    if (c->state == CONN_SENDING && !c->paced)
        push(s, c);
}

static void
on_due(struct server *s)
{
    int64_t now = clock_boot_us(s->clock);
    struct conn *c;

    while ((c = heap_first(s->due)) != NULL && c->timer_us <= now) {
        heap_pop(s->due);
        c->paced = false;
        if (c->state == CONN_WAITING)
            answer_now(s, c);
        push(s, c);
    }
}

static void
on_accept(struct server *s)
{
    for (int i = 0; i < ACCEPTS_MAX; i++) {
        int fd = accept4(s->listener.fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        struct conn *c;
        struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET};

        if (fd < 0)
            return;
        if ((c = conn_new(&s->conns, fd)) == NULL)
            continue;
        e.data.ptr = c;
        if (epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &e) != 0)
            conn_free(&s->conns, &c);
    }
}

static bool
is_watch(const struct server *s, const void *p)
{
    return p == &s->listener || p == &s->timer || p == &s->signals;
}

static bool
is_gone(const struct server *s, const struct epoll_event *e)
{
    return e->data.ptr != NULL && !is_watch(s, e->data.ptr) &&
           (e->events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
}

/* First pass over the events: whoever is gone gives back what it held. */
static void
close_gone(struct server *s, int n)
{
    for (int i = 0; i < n; i++) {
        struct epoll_event *e = &s->events[i];
        const struct conn *c = e->data.ptr;

        if (!is_gone(s, e) || c->state == CONN_READING)
            continue;
        drop(s, e->data.ptr);
        e->data.ptr = NULL;
    }
}

/* Second pass: who asked and left in one wake-up has asked, and is gone again before
 * the requests of those who stay. */
static void
hear_gone(struct server *s, int n)
{
    for (int i = 0; i < n; i++) {
        struct epoll_event *e = &s->events[i];

        if (!is_gone(s, e))
            continue;
        (void)conn_read(e->data.ptr); /* it says that the peer has left */
        begin(s, e->data.ptr);
        drop(s, e->data.ptr);
        e->data.ptr = NULL;
    }
}

/* The timer only wakes the loop; its count is of no use. */
static void
quiet(int fd)
{
    uint64_t ticks;

    if (read(fd, &ticks, sizeof ticks) < 0)
        return; /* it was set anew in the meantime */
}

int
server_run(struct server *s)
{
    for (;;) {
        int n;

        arm(s);
        n = epoll_wait(s->epoll, s->events, EVENTS_MAX, -1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ERR_IO;
        close_gone(s, n);
        hear_gone(s, n);
        for (int i = 0; i < n; i++) {
            void *p = s->events[i].data.ptr;

            if (p == &s->signals)
                return 0;
            if (p == &s->listener)
                on_accept(s);
            else if (p == &s->timer)
                quiet(s->timer.fd);
            else if (p != NULL)
                on_event(s, p, s->events[i].events);
        }
        on_due(s);
    }
}

static int
listen_on(struct server *s, const char *listen_at, struct why *why)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
    struct addrinfo *info = NULL;
    char host[128];
    const char *colon = strrchr(listen_at, ':');
    const char *port = colon != NULL ? colon + 1 : listen_at;
    int one = 1, rc;

    str_copyn(host, sizeof host, listen_at, colon ? (size_t)(colon - listen_at) : 0);
    rc = getaddrinfo(host[0] ? host : "127.0.0.1", port, &hints, &info);
    if (rc != 0)
        return why_set(why, ERR_IO, "%s: %s", listen_at, gai_strerror(rc));
    s->listener.fd =
        socket(info->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    rc = s->listener.fd < 0 ||
                 setsockopt(s->listener.fd, SOL_SOCKET, SO_REUSEADDR, &one,
                            sizeof one) ||
                 bind(s->listener.fd, info->ai_addr, info->ai_addrlen) ||
                 listen(s->listener.fd, BACKLOG)
             ? why_set(why, ERR_IO, "cannot listen on %s: %s", listen_at,
                       strerror(errno))
             : 0;
    freeaddrinfo(info);
    return rc;
}

static int
find_port(const struct server *s)
{
    struct sockaddr_storage a;
    socklen_t len = sizeof a;
    char port[16];
    int64_t n = 0;

    if (getsockname(s->listener.fd, (struct sockaddr *)&a, &len) != 0 ||
        getnameinfo((struct sockaddr *)&a, len, NULL, 0, port, sizeof port,
                    NI_NUMERICSERV) != 0 ||
        str_i64(port, &n) != 0)
        return 0;
    return (int)n;
}

static int
watch_all(struct server *s, struct why *why)
{
    struct watch *all[] = {&s->listener, &s->timer, &s->signals};
    sigset_t mask;

    sigemptyset(&mask);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGINT);
    s->epoll = epoll_create1(EPOLL_CLOEXEC);
    s->timer.fd = timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    s->signals.fd = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC);
    for (size_t i = 0; i < STR_LEN(all); i++) {
        struct epoll_event e = {.events = EPOLLIN, .data = {.ptr = all[i]}};

        if (epoll_ctl(s->epoll, EPOLL_CTL_ADD, all[i]->fd, &e) != 0)
            return why_set(why, ERR_IO, "epoll: %s", strerror(errno));
    }
    return 0;
}

static bool
is_before(const void *a, const void *b)
{
    return ((const struct conn *)a)->timer_us < ((const struct conn *)b)->timer_us;
}

static size_t *
place_of(void *c)
{
    return &((struct conn *)c)->place;
}

int
server_new(struct server **out, const char *listen, const struct clock *clock,
           const struct service *service, struct why *why)
{
    struct server *s = calloc(1, sizeof *s);
    int rc;

    *out = NULL;
    if (s == NULL)
        return ERR_NOMEM;
    s->clock = clock;
    s->service = *service;
    s->epoll = s->listener.fd = s->timer.fd = s->signals.fd = -1;
    s->armed_us = SERVER_NEVER;
    s->due = heap_new(is_before, place_of);
    rc = s->due == NULL ? ERR_NOMEM : listen_on(s, listen, why);
    if (rc == 0)
        rc = watch_all(s, why);
    if (rc != 0) {
        server_free(&s);
        return rc;
    }
    s->port = find_port(s);
    *out = s;
    return 0;
}

static void
close_fd(int fd)
{
    if (fd >= 0)
        close(fd);
}

void
server_free(struct server **s)
{
    if (*s == NULL)
        return;
    while ((*s)->conns.first != NULL)
        drop(*s, (*s)->conns.first);
    heap_free(&(*s)->due);
    close_fd((*s)->epoll);
    close_fd((*s)->listener.fd);
    close_fd((*s)->timer.fd);
    close_fd((*s)->signals.fd);
    free(*s);
    *s = NULL;
}

int
server_port(const struct server *s)
{
    return s->port;
}

size_t
server_connections(const struct server *s)
{
    return s->conns.n;
}

size_t
server_bad_requests(const struct server *s)
{
    return s->bad_requests;
}

#include "base/clock.h"
#include "base/str.h"
#include "wire/http_call.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

enum {
    EVENTS_A_TURN = 64,
    TICK_MS = 1000 /* curl's own timers are not trusted to wake us */
};

struct http {
    struct loop *loop;
    struct log *log;
    struct clock clock; /* no offset: upstreams live in the real time */
    CURLM *multi;
    const char *ca_file; /* of the environment; NULL: the system's */
    int epoll;
    struct timer *curl_timer;
    struct timer *tick;
    int64_t tick_ms; /* when it fires; 0: not set */
    int slots, running;
    struct http_call *calls; /* [slots + 1]: one more for the one whose fn runs */
};

/* ---- what curl calls ---------------------------------------------------------- */

static int
on_socket(CURL *easy, curl_socket_t fd, int what, void *self, void *unused)
{
    struct http *h = self;
    struct epoll_event ev = {.data.fd = fd};

    (void)easy;
    (void)unused;
    if (what == CURL_POLL_REMOVE) {
        /* best effort: a closed descriptor has left the set already */
        (void)epoll_ctl(h->epoll, EPOLL_CTL_DEL, fd, NULL);
        return 0;
    }
    if (what & CURL_POLL_IN)
        ev.events |= EPOLLIN;
    if (what & CURL_POLL_OUT)
        ev.events |= EPOLLOUT;
    if (epoll_ctl(h->epoll, EPOLL_CTL_MOD, fd, &ev) == 0)
        return 0;
    if (errno == ENOENT && epoll_ctl(h->epoll, EPOLL_CTL_ADD, fd, &ev) == 0)
        return 0;
    log_warn(h->log, "HTTP-EPOLL", kv_str("why", strerror(errno)));
    return -1;
}

static int
on_curl_timer(CURLM *multi, long ms, void *self)
{
    struct http *h = self;

    (void)multi;
    if (ms < 0)
        timer_clear(h->curl_timer);
    else
        timer_set(h->curl_timer, clock_boot_ms(&h->clock) + ms);
    return 0;
}

/* ---- the end of a transfer ---------------------------------------------------- */

/* Takes the call out of curl.  An unfinished HTTP/1 transfer loses its connection. */
static void
detach(struct http *h, struct http_call *c)
{
    CURLMcode rc = curl_multi_remove_handle(h->multi, c->easy);

    if (rc != CURLM_OK)
        log_error(h->log, "HTTP-REMOVE", kv_str("why", curl_multi_strerror(rc)));
    h->running--;
}

/* The slot stays taken until fn is back, for what fn reads lies in it; but it does not
 * count any more, so that fn may start the next transfer. */
static void
finish(struct http *h, struct http_call *c, int rc, const char *why)
{
    struct http_fields f;
    struct http_reply r;

    detach(h, c);
    http_call_reply(c, rc, why, clock_wall_ms(&h->clock), &f, &r);
    if (rc == ERR_TIMEOUT)
        r.elapsed_us = clock_boot_us(&h->clock) - c->started_us;
    c->over = true;
    c->fn(c->self, &r);
    http_call_clear(c);
}

static void
reap(struct http *h)
{
    CURLMsg *m;
    int left;

    while ((m = curl_multi_info_read(h->multi, &left)) != NULL) {
        struct http_call *c = NULL;
        const char *why;
        int rc;

        if (m->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &c);
        rc = http_call_result(c, m->data.result, &why);
        finish(h, c, rc, why); /* m is gone with the handle */
    }
}

/* ---- what the loop calls ------------------------------------------------------ */

/* How many transfers are not over. */
static int
act(struct http *h, curl_socket_t fd, int events)
{
    int running = 0;
    CURLMcode rc = curl_multi_socket_action(h->multi, fd, events, &running);

    if (rc != CURLM_OK)
        log_error(h->log, "HTTP-CURL", kv_str("why", curl_multi_strerror(rc)));
    return running;
}

static int
on_ready(void *self)
{
    struct http *h = self;
    struct epoll_event ev[EVENTS_A_TURN];
    int n = epoll_wait(h->epoll, ev, EVENTS_A_TURN, 0);

    for (int i = 0; i < n; i++) {
        int what = 0;

        if (ev[i].events & EPOLLIN)
            what |= CURL_CSELECT_IN;
        if (ev[i].events & EPOLLOUT)
            what |= CURL_CSELECT_OUT;
        if (ev[i].events & (EPOLLERR | EPOLLHUP))
            what |= CURL_CSELECT_ERR;
        (void)act(h, ev[i].data.fd, what); /* reap tells who is over */
    }
    reap(h);
    return 0;
}

static int
on_curl_time(void *self)
{
    struct http *h = self;

    (void)act(h, CURL_SOCKET_TIMEOUT, 0); /* reap tells who is over */
    reap(h);
    return 0;
}

static void
arm(struct http *h, int64_t at_ms)
{
    if (h->tick_ms != 0 && h->tick_ms <= at_ms)
        return;
    h->tick_ms = at_ms;
    timer_set(h->tick, at_ms);
}

/* Our own deadlines: curl's are ignored while it resolves or waits for a connection. */
static int
on_tick(void *self)
{
    struct http *h = self;
    int64_t now = clock_boot_ms(&h->clock);

    h->tick_ms = 0;
    on_curl_time(h);
    for (int i = 0; i <= h->slots; i++) {
        struct http_call *c = &h->calls[i];

        if (c->busy && c->deadline_ms <= now)
            finish(h, c, ERR_TIMEOUT, "deadline passed");
    }
    for (int i = 0; i <= h->slots; i++)
        if (h->calls[i].busy && h->calls[i].deadline_ms < now + TICK_MS)
            arm(h, h->calls[i].deadline_ms);
    if (h->running > 0)
        arm(h, now + TICK_MS);
    return 0;
}

/* ---- starting ----------------------------------------------------------------- */

static struct http_call *
free_slot(struct http *h)
{
    for (int i = 0; i <= h->slots; i++) {
        struct http_call *c = &h->calls[i];

        if (c->busy)
            continue;
        if (c->easy == NULL)
            c->easy = curl_easy_init();
        return c->easy == NULL ? NULL : c;
    }
    return NULL;
}

/* The request leaves now, not behind all else that the loop has to do.  fn is not
 * called before http_start is back: who is over already is reaped at the next turn. */
static void
go(struct http *h)
{
    if (act(h, CURL_SOCKET_TIMEOUT, 0) < h->running)
        timer_set(h->curl_timer, clock_boot_ms(&h->clock));
}

int
http_start(struct http *h, const struct http_request *r, http_fn *fn, void *self,
           struct http_call **call)
{
    struct http_call *c;
    int rc;

    if (!str_istarts(r->url, "http://") && !str_istarts(r->url, "https://"))
        return ERR_UNSUPPORTED;
    if (h->running >= h->slots)
        return ERR_AGAIN;
    if ((c = free_slot(h)) == NULL)
        return ERR_NOMEM;
    c->fn = fn;
    c->self = self;
    c->started_us = clock_boot_us(&h->clock);
    c->deadline_ms = clock_boot_ms(&h->clock) + r->timeout_ms;
    rc = http_call_prepare(c, r);
    if (rc == 0 && h->ca_file != NULL &&
        curl_easy_setopt(c->easy, CURLOPT_CAINFO, h->ca_file) != CURLE_OK)
        rc = ERR_NOMEM;
    if (rc == 0 && curl_multi_add_handle(h->multi, c->easy) != CURLM_OK)
        rc = ERR_NOMEM;
    if (rc != 0) {
        http_call_clear(c);
        return rc;
    }
    c->busy = true;
    h->running++;
    arm(h, c->deadline_ms);
    if (call != NULL)
        *call = c;
    go(h);
    return 0;
}

void
http_cancel(struct http *h, struct http_call **call)
{
    struct http_call *c = *call;

    if (c != NULL && c->busy && !c->over) {
        detach(h, c);
        http_call_clear(c);
    }
    *call = NULL;
}

int
http_running(const struct http *h)
{
    return h->running;
}

/* ---- the whole ---------------------------------------------------------------- */

static int
open_multi(struct http *h)
{
    if ((h->multi = curl_multi_init()) == NULL)
        return ERR_NOMEM;
    curl_multi_setopt(h->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(h->multi, CURLMOPT_SOCKETDATA, h);
    curl_multi_setopt(h->multi, CURLMOPT_TIMERFUNCTION, on_curl_timer);
    curl_multi_setopt(h->multi, CURLMOPT_TIMERDATA, h);
    curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, (long)h->slots);
    return loop_watch_fd(h->loop, h->epoll, LOOP_IN, on_ready, h);
}

int
http_new(struct http **out, struct loop *loop, struct log *log, int slots)
{
    struct http *h = calloc(1, sizeof *h);
    int rc = ERR_NOMEM;

    if (h == NULL)
        return ERR_NOMEM;
    *h = (struct http){.loop = loop, .log = log, .slots = slots, .epoll = -1};
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(h);
        return ERR_NOMEM;
    }
    h->ca_file = str_empty(getenv("SSL_CERT_FILE")) ? NULL : getenv("SSL_CERT_FILE");
    h->calls = calloc((size_t)slots + 1, sizeof *h->calls);
    h->epoll = epoll_create1(EPOLL_CLOEXEC);
    h->curl_timer = timer_new(loop, on_curl_time, h);
    h->tick = timer_new(loop, on_tick, h);
    if (h->calls != NULL && h->epoll >= 0 && h->curl_timer != NULL && h->tick != NULL)
        rc = open_multi(h);
    if (rc != 0) {
        http_free(&h);
        return rc;
    }
    *out = h;
    return 0;
}

void
http_free(struct http **http)
{
    struct http *h = *http;

    if (h == NULL)
        return;
    for (int i = 0; h->calls != NULL && i <= h->slots; i++) {
        if (h->calls[i].busy) {
            detach(h, &h->calls[i]);
            http_call_clear(&h->calls[i]);
        }
        curl_easy_cleanup(h->calls[i].easy);
    }
    if (h->multi != NULL)
        curl_multi_cleanup(h->multi); /* calls on_socket once more: before the rest */
    if (h->epoll >= 0) {
        loop_unwatch_fd(h->loop, h->epoll);
        close(h->epoll);
    }
    timer_free(&h->curl_timer);
    timer_free(&h->tick);
    free(h->calls);
    free(h);
    curl_global_cleanup();
    *http = NULL;
}

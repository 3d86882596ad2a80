#include "monitor/web.h"

#include "base/clock.h"
#include "base/str.h"

#include <microhttpd.h>
#include <netdb.h>
#include <sys/socket.h>

struct web {
    struct MHD_Daemon *daemon;
    struct loop *loop;
    struct timer *timer;
    const struct web_page *pages;
    void *self;
    struct clock clock;
    int fd;
    int64_t requests;
};

static enum MHD_Result
answer(struct MHD_Connection *c, unsigned status, const char *type, const char *body,
       size_t n)
{
    /* The library does not write through the pointer in this mode. */
    struct MHD_Response *r = MHD_create_response_from_buffer(n, (void *)(uintptr_t)body,
                                                             MHD_RESPMEM_MUST_COPY);
    enum MHD_Result rc;

    if (r == NULL)
        return MHD_NO;
    MHD_add_response_header(r, "Content-Type", type);
    MHD_add_response_header(r, "Cache-Control", "no-store");
    MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(r, "Allow", "GET, HEAD");
    rc = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return rc;
}

static enum MHD_Result
answer_text(struct MHD_Connection *c, unsigned status, const char *text)
{
    return answer(c, status, "text/plain; charset=utf-8", text, strlen(text));
}

static enum MHD_Result
answer_page(struct web *web, struct MHD_Connection *c, const struct web_page *page)
{
    struct buf body;
    int status;
    enum MHD_Result rc;

    buf_init(&body, WEB_PAGE_MAX);
    status = page->fill(web->self, &body);
    if (body.err != 0)
        rc = answer_text(c, MHD_HTTP_INTERNAL_SERVER_ERROR, "the page is too large\n");
    else
        rc = answer(c, (unsigned)status, page->type, buf_str(&body), body.len);
    buf_free(&body);
    return rc;
}

/* The shape is libmicrohttpd's: all of its parameters have to be there. */
static enum MHD_Result
on_request(void *self, struct MHD_Connection *c, const char *url, const char *method,
           const char *version, const char *data, size_t *n, void **state)
{
    struct web *web = self;

    (void)version;
    (void)data;
    /* First called with the headers alone: an answer now would close the connection. */
    if (*state == NULL) {
        *state = web;
        return MHD_YES;
    }
    if (*n > 0) { /* a body nobody asked for: read it away */
        *n = 0;
        return MHD_YES;
    }
    web->requests++;
    if (!str_eq(method, "GET") && !str_eq(method, "HEAD"))
        return answer_text(c, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET and HEAD\n");
    for (const struct web_page *p = web->pages; p->path != NULL; p++)
        if (str_eq(p->path, url))
            return answer_page(web, c, p);
    return answer_text(c, MHD_HTTP_NOT_FOUND, "no such page; see /\n");
}

static int
on_turn(void *self)
{
    struct web *web = self;
    MHD_UNSIGNED_LONG_LONG left_ms;

    MHD_run(web->daemon);
    if (MHD_get_timeout(web->daemon, &left_ms) == MHD_YES)
        timer_set(web->timer, clock_boot_ms(&web->clock) + (int64_t)left_ms);
    else
        timer_clear(web->timer);
    return 0;
}

/* Splits "host:port" at the last colon; brackets around an IPv6 address go. */
static int
resolve(const char *listen, struct addrinfo **out, struct why *why)
{
    const struct addrinfo hints = {
        .ai_socktype = SOCK_STREAM,
        .ai_flags = AI_PASSIVE | AI_NUMERICSERV,
    };
    const char *colon = strrchr(listen, ':');
    char host[256];
    size_t n = colon != NULL ? (size_t)(colon - listen) : 0;
    int rc;

    if (colon == NULL || n == 0)
        return why_set(why, ERR_CONFIG, "\"%s\": want host:port", listen);
    if (listen[0] == '[' && listen[n - 1] == ']')
        str_copyn(host, sizeof host, listen + 1, n - 2);
    else
        str_copyn(host, sizeof host, listen, n);
    if ((rc = getaddrinfo(host, colon + 1, &hints, out)) != 0)
        return why_set(why, ERR_CONFIG, "\"%s\": %s", listen, gai_strerror(rc));
    return 0;
}

static int
serve(struct web *web, const char *listen, struct why *why)
{
    const union MHD_DaemonInfo *info;
    struct addrinfo *at = NULL;
    int rc;

    if ((rc = resolve(listen, &at, why)) != 0)
        return rc;
    web->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | (at->ai_family == AF_INET6 ? MHD_USE_IPv6 : 0), 0, NULL, NULL,
        on_request, web, MHD_OPTION_SOCK_ADDR, at->ai_addr, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)WEB_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)WEB_IDLE_S,
        MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
    freeaddrinfo(at);
    if (web->daemon == NULL)
        return why_set(why, ERR_NET, "cannot listen on %s", listen);
    if ((info = MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_EPOLL_FD)) == NULL)
        return why_set(why, ERR_UNSUPPORTED, "libmicrohttpd without epoll");
    web->fd = info->epoll_fd;
    return loop_watch_fd(web->loop, web->fd, LOOP_IN, on_turn, web);
}

int
web_open(struct web **out, struct loop *loop, const char *listen,
         const struct web_page *pages, void *self, struct why *why)
{
    struct web *web = calloc(1, sizeof *web);
    int rc = ERR_NOMEM;

    if (web == NULL)
        return ERR_NOMEM;
    *web = (struct web){.loop = loop, .pages = pages, .self = self, .fd = -1};
    if ((web->timer = timer_new(loop, on_turn, web)) != NULL)
        rc = serve(web, listen, why);
    if (rc != 0)
        web_close(&web);
    *out = web;
    return rc;
}

void
web_close(struct web **web)
{
    struct web *w = *web;

    if (w == NULL)
        return;
    if (w->fd >= 0)
        loop_unwatch_fd(w->loop, w->fd);
    timer_free(&w->timer);
    if (w->daemon != NULL)
        MHD_stop_daemon(w->daemon);
    free(w);
    *web = NULL;
}

int
web_port(const struct web *web)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_BIND_PORT);

    return info != NULL ? info->port : 0;
}

int64_t
web_requests(const struct web *web)
{
    return web->requests;
}

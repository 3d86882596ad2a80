#include "conn.h"

#include "base/heap.h"
#include "base/str.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { READ_SIZE = 16384, BLANKS = 16384 };

struct conn *
conn_new(struct conn_list *list, int fd)
{
    struct conn *c = calloc(1, sizeof *c);
    int one = 1;

    if (c == NULL) {
        close(fd);
        return NULL;
    }
    /* best effort: only latency suffers */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    c->fd = fd;
    c->place = HEAP_OUT;
    buf_init(&c->in, REQUEST_HEAD_MAX + REQUEST_BODY_MAX + READ_SIZE);
    buf_init(&c->head, 4096);
    answer_init(&c->x.answer);
    c->next = list->first;
    if (c->next != NULL)
        c->next->prev = c;
    list->first = c;
    list->n++;
    return c;
}

void
conn_free(struct conn_list *list, struct conn **conn)
{
    struct conn *c = *conn;

    if (c->prev != NULL)
        c->prev->next = c->next;
    else
        list->first = c->next;
    if (c->next != NULL)
        c->next->prev = c->prev;
    list->n--;
    close(c->fd);
    buf_free(&c->in);
    buf_free(&c->head);
    answer_free(&c->x.answer);
    free(c);
    *conn = NULL;
}

int
conn_read(struct conn *c)
{
    char bytes[READ_SIZE];

    for (;;) {
        ssize_t n = recv(c->fd, bytes, sizeof bytes, 0);
        int rc;

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN) {
            c->readable = false;
            return 0;
        }
        if (n <= 0)
            return ERR_CLOSED;
        if ((rc = buf_add(&c->in, bytes, (size_t)n)) != 0)
            return rc;
    }
}

int
conn_take(struct conn *c)
{
    int rc;

    if (c->in.len == 0)
        return ERR_AGAIN;
    rc = request_parse(c->in.data, c->in.len, &c->x.request, &c->used);
    if (rc == ERR_AGAIN)
        return rc;
    answer_clear(&c->x.answer);
    c->x.route = c->x.fault = NULL;
    c->x.record = NULL;
    c->refused = rc != 0;
    c->state = CONN_WAITING;
    return rc;
}

void
conn_refuse(struct conn *c, int rc)
{
    int status = rc == ERR_TOO_BIG ? 413 : rc == ERR_UNSUPPORTED ? 501 : 400;

    c->x.request.keep_alive = false;
    c->used = c->in.len;
    answer_text(&c->x.answer, status, "text/plain", err_str(rc));
}

void
conn_answer(struct conn *c, int64_t date_ms)
{
    buf_clear(&c->head);
    answer_head(&c->x.answer, c->x.request.keep_alive, date_ms, &c->head);
    c->sent = 0;
    c->state = CONN_SENDING;
}

/* The bytes from offset `sent` on, at most `most` of them, as pieces. */
static int
pieces(const struct conn *c, size_t most, struct iovec *v)
{
    static const char blanks[BLANKS];
    const struct answer *a = &c->x.answer;
    size_t at = c->sent, fill = a->fill;
    const struct buf *bufs[] = {&c->head, &a->body};
    int n = 0;

    for (size_t i = 0; i < STR_LEN(bufs) && most > 0; i++) {
        size_t skip = at < bufs[i]->len ? at : bufs[i]->len;
        size_t len = bufs[i]->len - skip < most ? bufs[i]->len - skip : most;

        at -= skip;
        most -= len;
        if (len > 0)
            v[n++] = (struct iovec){bufs[i]->data + skip, len};
    }
    fill = fill > at ? fill - at : 0;
    fill = fill < most ? fill : most;
    if (fill > 0)
        v[n++] =
            (struct iovec){(void *)(uintptr_t)blanks, fill < BLANKS ? fill : BLANKS};
    return n;
}

static int
break_off(const struct conn *c)
{
    struct linger hard = {.l_onoff = 1, .l_linger = 0};

    /* best effort: without it the peer sees an orderly end */
    (void)setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    return ERR_CLOSED;
}

int
conn_send(struct conn *c)
{
    const struct answer *a = &c->x.answer;
    size_t total = c->head.len + (a->cut > 0 ? a->cut : a->body.len + a->fill);
    size_t piece = a->pace > 0 ? a->pace : SIZE_MAX;

    if (a->reset)
        return break_off(c);
    while (c->sent < total) {
        struct iovec v[3];
        struct msghdr m = {.msg_iov = v};
        size_t most = total - c->sent < piece ? total - c->sent : piece;
        ssize_t n;

        m.msg_iovlen = (size_t)pieces(c, most, v);
        if (m.msg_iovlen == 0) /* the cut lies behind the end */
            return ERR_CLOSED;
        n = sendmsg(c->fd, &m, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno == EAGAIN ? ERR_AGAIN : ERR_CLOSED;
        c->sent += (size_t)n;
        c->paced = a->pace > 0 && c->sent < total;
        if (c->paced)
            return ERR_AGAIN;
    }
    return a->cut > 0 ? ERR_CLOSED : 0;
}

bool
conn_next(struct conn *c)
{
    size_t rest = c->in.len - c->used;

    if (!c->x.request.keep_alive)
        return false;
    memmove(c->in.data, c->in.data + c->used, rest);
    c->in.len = rest;
    c->in.data[rest] = '\0';
    c->used = 0;
    c->state = CONN_READING;
    answer_clear(&c->x.answer);
    return !c->readable || conn_read(c) == 0;
}

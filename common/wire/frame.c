/* Frames on a socket: [peer] header body. */
#include "base/str.h"
#include "wire/net.h"

#include <errno.h>
#include <zmq.h>

static int
send_error(int err)
{
    if (err == EAGAIN)
        return ERR_AGAIN;
    if (err == ENOMEM)
        return ERR_NOMEM;
    return err == EHOSTUNREACH ? ERR_CLOSED : ERR_NET;
}

/* A body is copied: it is small, and bytes that are handed over are freed by the thread
 * of the socket, which then waits for the lock of our heap.  Once the first frame was
 * sent the rest cannot fail. */
static int
send_frames(void *s, const struct peer *peer, enum msg_type type,
            const struct buf *body)
{
    unsigned char head[MSG_HEAD_SIZE];

    msg_head(type, head);
    if (peer != NULL && zmq_send(s, peer->id, peer->n, ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0)
        return send_error(errno);
    if (zmq_send(s, head, sizeof head, ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0)
        return send_error(errno);
    if (zmq_send(s, body->data, body->len, ZMQ_DONTWAIT) < 0)
        return send_error(errno);
    return 0;
}

int
net_send_frame(void *zsocket, enum msg_type type, const struct buf *body)
{
    return send_frames(zsocket, NULL, type, body);
}

bool
net_can_send(void *zsocket)
{
    int events = 0;
    size_t n = sizeof events;

    return zmq_getsockopt(zsocket, ZMQ_EVENTS, &events, &n) == 0 &&
           (events & ZMQ_POLLOUT) != 0;
}

static int
pack_and_send(void *s, const struct peer *peer, enum msg_type type, const void *body)
{
    struct buf b;
    int rc;

    buf_init(&b, MSG_MAX_BYTES);
    if ((rc = msg_pack(type, body, &b)) == 0)
        rc = send_frames(s, peer, type, &b);
    buf_free(&b);
    return rc;
}

int
net_send(void *zsocket, enum msg_type type, const void *body)
{
    return pack_and_send(zsocket, NULL, type, body);
}

int
net_send_to(void *router, const struct peer *peer, enum msg_type type, const void *body)
{
    return pack_and_send(router, peer, type, body);
}

/* ---- receiving ------------------------------------------------------------------ */

struct frames {
    zmq_msg_t at[3]; /* peer?, header, body */
    int n;           /* received */
    int all;         /* that the message had */
};

static int
recv_all(void *s, struct frames *f)
{
    bool more = true;

    *f = (struct frames){0};
    while (more) {
        zmq_msg_t extra;
        zmq_msg_t *m = f->n < 3 ? &f->at[f->n] : &extra;

        (void)zmq_msg_init(m);
        if (zmq_msg_recv(m, s, ZMQ_DONTWAIT) < 0) {
            (void)zmq_msg_close(m);
            return errno == EAGAIN && f->all == 0 ? ERR_AGAIN : ERR_NET;
        }
        more = zmq_msg_more(m);
        f->all++;
        if (f->n < 3)
            f->n++;
        else
            (void)zmq_msg_close(m);
    }
    return 0;
}

static int
read_frames(struct frames *f, struct peer *peer, struct msg *out, struct why *why)
{
    int first = peer != NULL ? 1 : 0;
    enum msg_type type;
    int rc;

    if (f->all != first + 2)
        return why_set(why, ERR_SYNTAX, "message of %d frames, not %d", f->all,
                       first + 2);
    if (peer != NULL) {
        peer->n = zmq_msg_size(&f->at[0]);
        if (peer->n > PEER_MAX)
            return why_set(why, ERR_TOO_BIG, "peer id of %zu bytes", peer->n);
        memcpy(peer->id, zmq_msg_data(&f->at[0]), peer->n);
    }
    rc = msg_head_parse(zmq_msg_data(&f->at[first]), zmq_msg_size(&f->at[first]), &type,
                        why);
    if (rc != 0)
        return rc;
    return msg_unpack(type, zmq_msg_data(&f->at[first + 1]),
                      zmq_msg_size(&f->at[first + 1]), out, why);
}

int
net_recv(void *zsocket, struct peer *peer, struct msg *out, struct why *why)
{
    struct frames f;
    int rc;

    *out = (struct msg){0};
    if ((rc = recv_all(zsocket, &f)) == 0)
        rc = read_frames(&f, peer, out, why);
    for (int i = 0; i < f.n; i++)
        (void)zmq_msg_close(&f.at[i]);
    return rc;
}

#include "wire/sender.h"

#include "wire/net.h"

#include <sys/queue.h>

struct kept {
    STAILQ_ENTRY(kept) link;
    enum msg_type type;
    struct buf body;
    int64_t since_ms;
};

struct sender {
    struct loop *loop;
    void *zsocket;
    size_t full, depth;
    bool was_full; /* on_room is owed */
    loop_fn *on_room;
    void *self;
    STAILQ_HEAD(, kept) kept;
};

int
sender_new(struct sender **out, struct loop *loop, void *zsocket, size_t full,
           loop_fn *on_room, void *self)
{
    struct sender *s = calloc(1, sizeof *s);

    *out = s;
    if (s == NULL)
        return ERR_NOMEM;
    *s = (struct sender){.loop = loop,
                         .zsocket = zsocket,
                         .full = full,
                         .on_room = on_room,
                         .self = self};
    STAILQ_INIT(&s->kept);
    return 0;
}

static void
drop_first(struct sender *s)
{
    struct kept *k = STAILQ_FIRST(&s->kept);

    STAILQ_REMOVE_HEAD(&s->kept, link);
    buf_free(&k->body);
    free(k);
    s->depth--;
}

void
sender_free(struct sender **sp)
{
    struct sender *s = *sp;

    *sp = NULL;
    if (s == NULL)
        return;
    if (s->depth > 0)
        loop_unwatch_socket(s->loop, s->zsocket);
    while (!STAILQ_EMPTY(&s->kept))
        drop_first(s);
    free(s);
}

/* The socket has room, or got a peer. */
static int
on_writable(void *self)
{
    struct sender *s = self;
    struct kept *k;

    while ((k = STAILQ_FIRST(&s->kept)) != NULL) {
        if (net_send_frame(s->zsocket, k->type, &k->body) == ERR_AGAIN)
            break;
        drop_first(s);
    }
    if (s->depth == 0)
        loop_unwatch_socket(s->loop, s->zsocket);
    if (s->was_full && s->depth <= s->full / 2) {
        s->was_full = false;
        if (s->on_room != NULL)
            return s->on_room(s->self);
    }
    return 0;
}

static int
keep(struct sender *s, enum msg_type type, struct buf *body)
{
    struct kept *k = calloc(1, sizeof *k);
    int rc;

    if (k == NULL)
        return ERR_NOMEM;
    if (s->depth == 0 &&
        (rc = loop_watch_socket(s->loop, s->zsocket, LOOP_OUT, on_writable, s)) != 0) {
        free(k);
        return rc;
    }
    *k = (struct kept){.type = type, .body = *body, .since_ms = clock_boot_ms(NULL)};
    buf_init(body, body->max); /* the queue owns the bytes now */
    STAILQ_INSERT_TAIL(&s->kept, k, link);
    if (++s->depth >= s->full)
        s->was_full = true;
    return 0;
}

int
sender_put(struct sender *s, enum msg_type type, const void *body)
{
    struct buf b;
    int rc;

    buf_init(&b, MSG_MAX_BYTES);
    if ((rc = msg_pack(type, body, &b)) == 0) {
        rc = s->depth == 0 ? net_send_frame(s->zsocket, type, &b) : ERR_AGAIN;
        if (rc == ERR_AGAIN)
            rc = keep(s, type, &b);
    }
    buf_free(&b);
    return rc;
}

bool
sender_is_full(const struct sender *s)
{
    return s->was_full;
}

size_t
sender_depth(const struct sender *s)
{
    return s->depth;
}

int64_t
sender_oldest_ms(const struct sender *s, int64_t boot_ms)
{
    const struct kept *k = STAILQ_FIRST(&s->kept);

    return k == NULL ? 0 : boot_ms - k->since_ms;
}

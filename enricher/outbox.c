#include "enricher/outbox.h"

#include "wire/net.h"

#include <sys/queue.h>

struct letter {
    STAILQ_ENTRY(letter) link;
    enum msg_type type;
    struct buf body;
    int64_t mark; /* 0: sent, not marked yet */
};

STAILQ_HEAD(letters, letter);

struct outbox {
    struct letters waiting, sent;
    size_t n;
    int64_t dropped;
};

int
outbox_new(struct outbox **out)
{
    struct outbox *o = calloc(1, sizeof *o);

    *out = o;
    if (o == NULL)
        return ERR_NOMEM;
    STAILQ_INIT(&o->waiting);
    STAILQ_INIT(&o->sent);
    return 0;
}

static void
drop_first(struct outbox *o, struct letters *list)
{
    struct letter *l = STAILQ_FIRST(list);

    STAILQ_REMOVE_HEAD(list, link);
    buf_free(&l->body);
    free(l);
    o->n--;
}

void
outbox_free(struct outbox **op)
{
    struct outbox *o = *op;

    *op = NULL;
    if (o == NULL)
        return;
    while (!STAILQ_EMPTY(&o->sent))
        drop_first(o, &o->sent);
    while (!STAILQ_EMPTY(&o->waiting))
        drop_first(o, &o->waiting);
    free(o);
}

/* What was sent longest ago is the least missed. */
static void
make_room(struct outbox *o)
{
    if (o->n < OUTBOX_MOST)
        return;
    if (STAILQ_EMPTY(&o->sent))
        o->dropped++;
    drop_first(o, STAILQ_EMPTY(&o->sent) ? &o->waiting : &o->sent);
}

int
outbox_put(struct outbox *o, enum msg_type type, const void *body)
{
    struct letter *l = calloc(1, sizeof *l);
    int rc;

    if (l == NULL)
        return ERR_NOMEM;
    buf_init(&l->body, MSG_MAX_BYTES);
    l->type = type;
    if ((rc = msg_pack(type, body, &l->body)) != 0) {
        buf_free(&l->body);
        free(l);
        return rc;
    }
    make_room(o);
    STAILQ_INSERT_TAIL(&o->waiting, l, link);
    o->n++;
    return 0;
}

int
outbox_flush(struct outbox *o, void *zsocket)
{
    struct letter *l;

    while ((l = STAILQ_FIRST(&o->waiting)) != NULL) {
        if (net_send_frame(zsocket, l->type, &l->body) != 0)
            return ERR_AGAIN;
        STAILQ_REMOVE_HEAD(&o->waiting, link);
        STAILQ_INSERT_TAIL(&o->sent, l, link);
    }
    return 0;
}

void
outbox_mark(struct outbox *o, int64_t mark)
{
    struct letter *l;

    STAILQ_FOREACH(l, &o->sent, link)
    if (l->mark == 0)
        l->mark = mark;
}

void
outbox_arrived(struct outbox *o, int64_t mark)
{
    struct letter *l;

    while ((l = STAILQ_FIRST(&o->sent)) != NULL && l->mark != 0 && l->mark <= mark)
        drop_first(o, &o->sent);
}

void
outbox_rewind(struct outbox *o)
{
    struct letter *l;

    STAILQ_FOREACH(l, &o->sent, link)
    l->mark = 0;
    STAILQ_CONCAT(&o->sent, &o->waiting);
    STAILQ_CONCAT(&o->waiting, &o->sent);
}

bool
outbox_is_waiting(const struct outbox *o)
{
    return !STAILQ_EMPTY(&o->waiting);
}

int64_t
outbox_dropped(const struct outbox *o)
{
    return o->dropped;
}

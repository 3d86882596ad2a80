#include "tests/unit/ingest/bench.h"

#include "base/str.h"
#include "wire/msg.h"

#include <check.h>
#include <unistd.h>

static void
open_store(struct bench *b)
{
    struct why why = {""};

    ck_assert_msg(store_open(&b->store, b->path, &why) == 0, "%s", why.text);
}

void
bench_open(struct bench *b)
{
    *b = (struct bench){.dir = "/tmp/catalyst-ingest-XXXXXX"};
    ck_assert_ptr_nonnull(mkdtemp(b->dir));
    (void)str_fmt(b->path, sizeof(b->path), "%s/ingest.db", b->dir);
    open_store(b);
}

void
bench_reopen(struct bench *b)
{
    store_close(&b->store);
    open_store(b);
}

void
bench_close(struct bench *b)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    char path[128];

    store_close(&b->store);
    for (size_t i = 0; i < STR_LEN(ends); i++) {
        (void)str_fmt(path, sizeof(path), "%s%s", b->path, ends[i]);
        (void)unlink(path); /* not every one exists */
    }
    (void)rmdir(b->dir);
}

/* A field of another name is one that the body does not have. */
static void
rename_field(struct buf *body, const char *name)
{
    char *at = memmem(body->data, body->len, name, strlen(name));

    ck_assert_ptr_nonnull(at);
    *at = '?';
}

static void
add_unit(struct bench *b, const char *id, int64_t ms, bool watched, const char *lacks)
{
    struct msg_candidate c = {.id = id, .ticker = "ACME", .cycle = 1};
    struct buf body;
    struct unit u = {.id = id,
                     .item = id,
                     .ticker = "ACME",
                     .feed = "wire",
                     .state = "waiting",
                     .title = "T",
                     .cycle = 1,
                     .seen_ms = ms,
                     .published_ms = ms,
                     .watched = watched};

    buf_init(&body, MSG_MAX_BYTES);
    ck_assert_int_eq(msg_pack(MSG_candidate, &c, &body), 0);
    if (lacks != NULL)
        rename_field(&body, lacks);
    u.body = body.data;
    u.body_len = body.len;
    ck_assert_int_eq(store_unit_add(b->store, &u), 0);
    buf_free(&body);
}

void
bench_unit(struct bench *b, const char *id, int64_t ms, bool watched)
{
    add_unit(b, id, ms, watched, NULL);
}

void
bench_unit_without(struct bench *b, const char *id, const char *field)
{
    add_unit(b, id, 1, false, field);
}

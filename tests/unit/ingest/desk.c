#include "tests/unit/ingest/desk.h"

#include <check.h>

struct intake_env
desk_env(struct desk *d)
{
    return (struct intake_env){.conf = &d->conf,
                               .clock = &d->clock,
                               .store = d->bench.store,
                               .symbols = d->symbols,
                               .noise = d->noise,
                               .watched = d->watched,
                               .books = &d->books,
                               .counts = d->counts};
}

static void
open_intake(struct desk *d)
{
    struct intake_env env = desk_env(d);

    ck_assert_int_eq(intake_new(&d->intake, &env), 0);
}

struct desk *
desk_open(void)
{
    struct desk *d = calloc(1, sizeof(*d));
    struct why why;

    ck_assert_ptr_nonnull(d);
    d->conf.ingest.story_h = 72;
    bench_open(&d->bench);
    ck_assert_int_eq(symbols_new(&d->symbols, NULL, &why), 0);
    ck_assert_int_eq(noise_new(&d->noise, &why), 0);
    ck_assert_ptr_nonnull(d->watched = map_new(8));
    ck_assert_int_eq(map_put(d->watched, "AAPL", d, NULL), 0);
    open_intake(d);
    return d;
}

void
desk_restart(struct desk *d)
{
    intake_free(&d->intake);
    bench_reopen(&d->bench);
    open_intake(d);
}

void
desk_close(struct desk *d)
{
    intake_free(&d->intake);
    map_free(&d->watched, NULL);
    noise_free(&d->noise);
    symbols_free(&d->symbols);
    bench_close(&d->bench);
    free(d);
}

size_t
desk_take(struct desk *d, const struct conf_feed *feed, bool first, const char *body)
{
    struct poll_answer a = {.feed = feed,
                            .state = &d->state,
                            .body = body,
                            .len = strlen(body),
                            .cycle = 7,
                            .first = first};
    struct cycle cycle = {.no = 7};
    struct why why = {""};
    int rc = intake_take(d->intake, &a, &cycle, &d->added, &why);

    ck_assert_msg(rc == 0, "%s", why.text);
    ck_assert_int_eq(cycle.candidates, d->added);
    return a.fresh;
}

#include "world.h"

#include "base/str.h"
#include "domain/calendar.h"
#include "wire/control.h"

#include <ftw.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

const char *const world_no_crumb[] = {"source yahoo-cookie.enabled=0", NULL};

/* ---- hearing ----------------------------------------------------------------------
 */

static void
note_went(struct world *w, const struct msg_enriched *m)
{
    struct went *e = &w->went[w->n_went];

    ck_assert_uint_lt(w->n_went, WORLD_WENT);
    ck_assert_uint_eq(m->n_metrics, METRIC_COUNT);
    *e = (struct went){.epoch = m->epoch, .revision = m->revision, .final = m->final};
    str_copy(e->id, sizeof e->id, m->id);
    str_copy(e->text, sizeof e->text, m->text);
    for (int i = 0; i < METRIC_COUNT; i++) {
        e->value[i] = m->metrics[i].value;
        e->detail[i] = m->metrics[i].detail;
        str_copy(e->status[i], sizeof e->status[i], m->metrics[i].status);
        str_copy(e->why[i], sizeof e->why[i], m->metrics[i].why);
    }
    w->n_went++;
}

static void
note(struct world *w, const struct msg *m)
{
    if (m->type == MSG_enriched) {
        note_went(w, m->body);
    } else if (m->type == MSG_cycle_total) {
        w->total = *(const struct msg_cycle_total *)m->body;
        w->totals++;
    } else if (m->type == MSG_answer) {
        const struct msg_answer *a = m->body;

        free(w->answer);
        w->answer = strdup(a->json);
        w->answer_ok = a->ok;
        w->answers++;
    }
}

static void
hear(struct world *w, void *zsocket)
{
    struct why why = {""};
    struct msg m;
    int rc;

    while ((rc = net_recv(zsocket, NULL, &m, &why)) != ERR_AGAIN) {
        ck_assert_msg(rc == 0, "%s", why.text);
        note(w, &m);
        msg_free(&m);
    }
    loop_stop(w->proc.loop);
}

static int
on_enriched(void *self)
{
    struct world *w = self;

    hear(w, w->enriched);
    return 0;
}

static int
on_done(void *self)
{
    struct world *w = self;

    hear(w, w->done);
    return 0;
}

static int
on_operator(void *self)
{
    struct world *w = self;

    hear(w, w->operator);
    return 0;
}

static int
on_tick(void *self)
{
    struct world *w = self;

    loop_stop(w->proc.loop);
    return 0;
}

void
world_turn(struct world *w)
{
    timer_set(w->tick, clock_boot_ms(NULL) + 1);
    ck_assert_int_eq(loop_run(w->proc.loop), 0);
}

/* ---- opening and closing ----------------------------------------------------------
 */

static void
load_conf(struct world *w, const char *const *sets)
{
    static const char *const wide[] = {
        "group finviz.max_in_flight=10", "group finviz.rate_per_s=0",
        "group yahoo.max_in_flight=15",  "group yahoo.rate_per_s=0",
        "collector.deadline_ms=20000",   "collector.early=0",
        "enricher.alive_ms=20000"};
    char run_dir[96], data_dir[96], *no_env[] = {NULL};
    const char *all[WORLD_SETS + STR_LEN(wide) + 2] = {run_dir, data_dir};
    size_t n = 2;
    struct buf errors;

    str_fmt(run_dir, sizeof run_dir, "catalyst.run_dir=%s", w->dir);
    str_fmt(data_dir, sizeof data_dir, "catalyst.data_dir=%s", w->dir);
    for (size_t i = 0; i < STR_LEN(wide); i++)
        all[n++] = wide[i];
    for (size_t i = 0; sets != NULL && sets[i] != NULL && i < WORLD_SETS; i++)
        all[n++] = sets[i];
    buf_init(&errors, 1 << 16);
    ck_assert_msg(conf_load(&w->proc.conf, NULL, no_env, all, n, &errors) == 0, "%s",
                  buf_str(&errors));
    buf_free(&errors);
}

static void
open_collector(struct world *w)
{
    struct why why = {""};

    ck_assert_msg(net_open(&w->proc.net, &w->proc.conf, NULL, &why) == 0, "%s",
                  why.text);
    ck_assert_msg(control_open(&w->proc, &why) == 0, "%s", why.text);
    ck_assert_int_eq(collector_open(&w->c, &w->proc), 0);
}

void
world_stop(struct world *w)
{
    if (w->c == NULL)
        return;
    loop_unwatch_socket(w->proc.loop, w->c->items);
    loop_unwatch_socket(w->proc.loop, w->c->jobs_socket);
    loop_unwatch_socket(w->proc.loop, w->proc.control);
    collector_close(&w->c);
}

static void
open_outside(struct world *w)
{
    struct why why = {""};
    void *items;

    ck_assert_int_eq(net_open(&w->outside, &w->proc.conf, NULL, &why), 0);
    ck_assert_int_eq(net_bind(w->outside, EP_ENRICHED, &w->enriched, &why), 0);
    ck_assert_int_eq(net_bind(w->outside, EP_DONE, &w->done, &why), 0);
    ck_assert_int_eq(net_connect(w->outside, EP_ITEMS, &items, &why), 0);
    ck_assert_int_eq(net_connect(w->outside, EP_CONTROL_COLLECTOR, &w->operator, & why),
                     0);
    ck_assert_int_eq(
        loop_watch_socket(w->proc.loop, w->enriched, LOOP_IN, on_enriched, w), 0);
    ck_assert_int_eq(loop_watch_socket(w->proc.loop, w->done, LOOP_IN, on_done, w), 0);
    ck_assert_int_eq(
        loop_watch_socket(w->proc.loop, w->operator, LOOP_IN, on_operator, w), 0);
    ck_assert_int_eq(sender_new(&w->items, w->proc.loop, items, 10000, NULL, NULL), 0);
}

void
world_open(struct world *w, const char *const *sets)
{
    *w = (struct world){.cycle = 1};
    w->went = calloc(WORLD_WENT, sizeof *w->went);
    str_copy(w->dir, sizeof w->dir, "/tmp/catalyst-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(w->dir));
    load_conf(w, sets);
    w->proc.stage = "collector";
    str_copy(w->proc.name, sizeof w->proc.name, "collector");
    w->proc.slot = -1;
    world_time(w, 11, 0);
    if (getenv("WORLD_LOG") != NULL) /* to see what happens */
        w->proc.log = log_new("world", STDERR_FILENO, &w->proc.clock);
    w->proc.loop = loop_new(&w->proc.clock);
    w->tick = timer_new(w->proc.loop, on_tick, w);
    open_outside(w);
    open_collector(w);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

void
world_close(struct world *w)
{
    for (size_t i = 0; i < w->n_fakes; i++) {
        if (!w->fakes[i]->is_gone)
            fake_kill(w->fakes[i]);
        free(w->fakes[i]);
    }
    sender_free(&w->items);
    world_stop(w);
    net_close(&w->proc.net);
    timer_free(&w->tick);
    net_close(&w->outside);
    loop_free(&w->proc.loop);
    log_free(&w->proc.log);
    conf_free(&w->proc.conf);
    free(w->went);
    free(w->answer);
    (void)nftw(w->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS); /* only in our /tmp */
}

void
world_restart(struct world *w)
{
    world_stop(w);
    net_close(&w->proc.net);
    open_collector(w);
}

void
world_time(struct world *w, int hour, int minute)
{
    struct clock plain = {0};

    w->proc.clock.offset_ms =
        ny_to_ms(2026, 11, 23, hour * 60 + minute) - clock_wall_ms(&plain);
}

/* ---- ingest, operator -------------------------------------------------------------
 */

static void
send_candidate(struct world *w, const char *id, struct msg_candidate *m)
{
    const char *slash = strchr(id, '/');
    int64_t now = clock_wall_ms(&w->proc.clock);

    m->id = id;
    m->item = "item";
    m->ticker = slash == NULL ? id : slash + 1;
    m->cycle = w->cycle;
    m->title = "A headline";
    m->published_ms = now - 1000;
    m->seen_ms = m->sent_ms = now;
    ck_assert_int_eq(sender_put(w->items, MSG_candidate, m), 0);
}

void
world_candidate(struct world *w, const char *id, int64_t behind, int64_t attempt)
{
    struct msg_candidate m = {.behind = behind, .attempt = attempt};

    send_candidate(w, id, &m);
}

void
world_candidate_before(struct world *w, const char *id, struct msg_ticker *coming,
                       size_t n)
{
    struct msg_candidate m = {.coming = coming, .n_coming = n};

    send_candidate(w, id, &m);
}

void
world_cycle_begin(struct world *w)
{
    struct msg_cycle_begin m = {.cycle = w->cycle, .session = "regular"};

    ck_assert_int_eq(sender_put(w->items, MSG_cycle_begin, &m), 0);
}

void
world_cycle_end(struct world *w, int64_t candidates)
{
    struct msg_cycle_end m = {.cycle = w->cycle, .candidates = candidates};

    ck_assert_int_eq(sender_put(w->items, MSG_cycle_end, &m), 0);
}

void
world_ask(struct world *w, const char *command, const char *args)
{
    struct msg_ask m = {.seq = w->answers + 1, .command = command, .args = args};
    int rc;

    WORLD_UNTIL(w, (rc = net_send(w->operator, MSG_ask, &m)) != ERR_AGAIN);
    ck_assert_int_eq(rc, 0);
}

/* ---- what went on -----------------------------------------------------------------
 */

static bool
is_of(const struct went *e, const char *id)
{
    return id == NULL || str_eq(e->id, id);
}

size_t
world_finals(const struct world *w, const char *id)
{
    size_t n = 0;

    for (size_t i = 0; i < w->n_went; i++)
        n += w->went[i].final && is_of(&w->went[i], id);
    return n;
}

size_t
world_went(const struct world *w, const char *id)
{
    size_t n = 0;

    for (size_t i = 0; i < w->n_went; i++)
        n += is_of(&w->went[i], id);
    return n;
}

const struct went *
world_last(const struct world *w, const char *id)
{
    for (size_t i = w->n_went; i > 0; i--)
        if (is_of(&w->went[i - 1], id))
            return &w->went[i - 1];
    ck_abort_msg("%s never went on", id);
}

/* ---- in the collector -------------------------------------------------------------
 */

struct group *
world_group(struct world *w, const char *name)
{
    for (size_t i = 0; i < w->c->n_groups; i++)
        if (str_eq(w->c->groups[i].name, name))
            return &w->c->groups[i];
    ck_abort_msg("no group %s", name);
}

void
world_check(const struct world *w)
{
    const struct collector *c = w->c;
    const struct member *m;
    const struct job *j;
    size_t leased = 0, held = 0;
    int flying[CONF_GROUPS] = {0};

    for (size_t i = 0; i < JOB_TABLE; i++) {
        if ((j = c->table[i]) == NULL)
            continue;
        leased++;
        ck_assert_ptr_nonnull(j->holder);
        flying[c->lanes[j->source].group - c->groups] += !j->landed;
    }
    LIST_FOREACH(m, &c->crew, link)
    {
        int n = 0;

        LIST_FOREACH(j, &m->jobs, of_member)
        n++;
        ck_assert_int_eq(m->n_held, n);
        held += (size_t)n;
    }
    ck_assert_uint_eq(leased, c->n_leased);
    ck_assert_uint_eq(held, c->n_leased);
    for (size_t i = 0; i < c->n_groups; i++) {
        ck_assert_int_eq(c->groups[i].limit.in_flight, flying[i]);
        ck_assert_int_le(flying[i], c->groups[i].limit.learn.most);
    }
}

bool
world_is_idle(const struct world *w)
{
    const struct collector *c = w->c;
    size_t waiting = heap_len(c->deadlines) + c->n_leased;

    for (size_t i = 0; i < n_sources; i++)
        waiting += heap_len(c->lanes[i].asks) + heap_len(c->lanes[i].resting);
    return waiting == 0 && TAILQ_EMPTY(&c->orphans);
}

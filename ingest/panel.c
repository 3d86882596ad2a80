#include "ingest/panel.h"

#include "base/stat.h"
#include "base/str.h"
#include "ingest/outbox.h"
#include "ingest/parts.h"
#include "ingest/poll.h"
#include "ingest/rounds.h"
#include "ingest/store.h"
#include "wire/sender.h"

/* ---- stats --------------------------------------------------------------------- */

static void
write_cycles(const struct stage *s, struct jsonw *w)
{
    int64_t now = clock_boot_us(&s->proc->clock);

    jw_array(w, "cycles");
    for (size_t i = 0; i < s->cycles.n; i++) {
        const struct cycle *c = &s->cycles.list[i];

        jw_object(w, NULL);
        jw_int(w, "cycle", c->no);
        jw_str(w, "session", c->session);
        jw_int(w, "feeds_open", c->feeds_open);
        jw_int(w, "candidates", c->candidates);
        jw_int(w, "done", c->done);
        jw_num(w, "elapsed_s", (double)(now - c->started_us) / 1e6);
        jw_end(w);
    }
    jw_end(w);
}

static void
write_symbols(const struct stage *s, struct jsonw *w)
{
    const struct symbols_part *parts = symbols_parts(s->symbols);
    int64_t now = clock_wall_ms(&s->proc->clock);

    jw_object(w, "symbols");
    jw_str(w, "set", symbols_set(s->symbols));
    jw_int(w, "listed", (int64_t)symbols_len(s->symbols));
    jw_array(w, "files");
    for (size_t i = 0; i < SYMBOLS_FILES; i++) {
        jw_object(w, NULL);
        jw_str(w, "name", parts[i].name);
        jw_int(w, "rows", (int64_t)parts[i].rows);
        jw_num(w, "age_h", (double)(now - parts[i].written_ms) / 3.6e6);
        jw_str(w, "why", parts[i].why);
        jw_end(w);
    }
    jw_end(w);
    jw_end(w);
}

void
panel_stats(void *self, struct jsonw *w)
{
    struct stage *s = self;
    int64_t out = (int64_t)outbox_out(s->outbox);
    int64_t waiting = outbox_pending(s->outbox) - out;
    int64_t oldest = sender_oldest_ms(s->items, clock_boot_ms(&s->proc->clock));

    jw_int(w, "window", s->counts[COUNT_WINDOW]);
    jw_bool(w, "paused", s->counts[COUNT_PAUSED] != 0);
    jw_bool(w, "full", s->full || store_full(s->store));
    jw_array(w, "queues");
    stat_queue(w, "waiting", waiting, 0, (double)s->sent_rate);
    stat_queue(w, "out", out, 0, (double)s->done_rate);
    stat_queue(w, "items", (int64_t)sender_depth(s->items), oldest,
               (double)s->sent_rate);
    jw_end(w);
    write_cycles(s, w);
    poll_write(s->poll, w);
    write_symbols(s, w);
    books_write(&s->books, outbox_pending(s->outbox), w);
    stat_write(w, count_rows, s->counts, COUNTS);
}

/* ---- commands ------------------------------------------------------------------ */

static int
do_pause(struct stage *s, struct jsonw *w)
{
    s->counts[COUNT_PAUSED] = 1;
    log_info(s->proc->log, "PAUSED");
    jw_bool(w, "paused", true);
    return 0;
}

static int
do_resume(struct stage *s, struct jsonw *w)
{
    s->counts[COUNT_PAUSED] = 0;
    log_info(s->proc->log, "RESUMED");
    rounds_now(s);
    jw_bool(w, "paused", false);
    return 0;
}

static int
do_poll(struct stage *s, struct jsonw *w)
{
    rounds_now(s);
    jw_int(w, "after_cycle", s->cycle);
    return 0;
}

static void
write_dead(void *self, const struct unit *u)
{
    struct jsonw *w = self;

    jw_object(w, NULL);
    jw_str(w, "id", u->id);
    jw_str(w, "ticker", u->ticker);
    jw_str(w, "feed", u->feed);
    jw_str(w, "reason", u->reason);
    jw_str(w, "rule", u->rule);
    jw_str(w, "title", u->title);
    jw_int(w, "seen_ms", u->seen_ms);
    jw_end(w);
}

static int
do_dead(struct stage *s, struct jsonw *w)
{
    int rc;

    jw_array(w, "dead");
    rc = store_dead(s->store, write_dead, w);
    jw_end(w);
    return rc;
}

static const struct {
    const char *name;
    int (*run)(struct stage *s, struct jsonw *w);
} commands[] = {
    {"pause", do_pause},
    {"resume", do_resume},
    {"poll", do_poll},
    {"dead", do_dead},
};

int
panel_command(void *self, const char *command, const char *args, struct jsonw *w,
              struct control_token **token, struct why *why)
{
    (void)args, (void)token;
    for (size_t i = 0; i < STR_LEN(commands); i++)
        if (str_eq(command, commands[i].name))
            return commands[i].run(self, w);
    return why_set(why, ERR_NOT_FOUND, "ingest has no command \"%s\"", command);
}

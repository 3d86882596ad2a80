#include "ingest/cycle.h"

#include "base/buf.h"
#include "base/jsonw.h"
#include "base/str.h"

enum { REPORT_BYTES = 4096 };

static double
seconds(int64_t us)
{
    return (double)us / 1e6;
}

static void
report(const struct cycle *c, int64_t now_us, struct log *log)
{
    struct buf json;
    struct jsonw w;
    const struct {
        const char *key;
        int64_t value;
    } rows[] = {
        {"cycle", c->no},
        {"feeds", c->feeds},
        {"entries", c->entries},
        {"new", c->fresh},
        {"duplicates", c->duplicates},
        {"rejected_early", c->rejected},
        {"candidates", c->candidates},
        {"done", c->done},
        {"alerted", c->alerted},
        {"rejected_late", c->done - c->alerted},
    };

    buf_init(&json, REPORT_BYTES);
    jsonw_init(&w, &json);
    jw_object(&w, NULL);
    for (size_t i = 0; i < STR_LEN(rows); i++)
        jw_int(&w, rows[i].key, rows[i].value);
    jw_str(&w, "session", c->session);
    jw_num(&w, "poll_s", c->polled_us == 0 ? 0 : seconds(c->polled_us - c->started_us));
    jw_num(&w, "took_s", seconds(now_us - c->started_us));
    jw_end(&w);
    log_info(log, "cycle_performance", kv_int("cycle", c->no),
             kv_str("json", buf_str(&json)));
    buf_free(&json);
}

static void
let_go(struct cycles *c, size_t i)
{
    c->n--;
    memmove(&c->list[i], &c->list[i + 1], (c->n - i) * sizeof(c->list[0]));
}

struct cycle *
cycle_open(struct cycles *c, int64_t no, const char *session, int64_t now_us,
           struct log *log)
{
    struct cycle *new;

    if (c->n == CYCLES_OPEN) {
        const struct cycle *old = &c->list[0];

        log_warn(log, "CYCLE-OPEN", kv_int("cycle", old->no),
                 kv_int("candidates", old->candidates), kv_int("done", old->done),
                 kv_num("took", seconds(now_us - old->started_us)));
        let_go(c, 0);
    }
    new = &c->list[c->n++];
    *new = (struct cycle){.no = no, .session = session, .started_us = now_us};
    return new;
}

struct cycle *
cycle_find(struct cycles *c, int64_t no)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->list[i].no == no)
            return &c->list[i];
    return NULL;
}

bool
cycle_is_polled(const struct cycle *c)
{
    return c->polled_us != 0;
}

bool
cycle_is_sent(const struct cycle *c)
{
    return cycle_is_polled(c) && c->sent >= c->candidates;
}

void
cycle_close_done(struct cycles *c, int64_t now_us, struct log *log)
{
    for (size_t i = 0; i < c->n;) {
        const struct cycle *x = &c->list[i];

        if (!x->ended || x->done < x->candidates) {
            i++;
            continue;
        }
        log_info(log, "CYCLE_DONE", kv_num("took", seconds(now_us - x->started_us)),
                 kv_int("cycle", x->no), kv_int("candidates", x->candidates),
                 kv_int("alerted", x->alerted));
        report(x, now_us, log);
        let_go(c, i);
    }
}

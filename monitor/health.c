#include "monitor/health.h"

#include "base/str.h"

/* In the order a candidate travels. */
static const char *const expected[] = {"ingest", "collector", "enricher", "classifier",
                                       "alerter"};

static bool
is_stuck(const struct board_queue *q, int64_t now_ms)
{
    return q->stuck_ms != 0 && now_ms - q->stuck_ms >= HEALTH_STUCK_MS;
}

static void
line_queues(struct health_line *line, const struct board_proc *p, int64_t now_ms)
{
    for (size_t i = 0; i < p->n_queues && line->ok; i++) {
        const struct board_queue *q = &p->queues[i];

        if (!is_stuck(q, now_ms))
            continue;
        line->ok = false;
        str_fmt(line->why, sizeof line->why,
                "no progress: %lld in queue %s, nothing left it for %lld s",
                (long long)q->depth, q->name,
                (long long)((now_ms - q->stuck_ms) / 1000));
    }
}

/* What a process itself says of why it stands still. */
static void
line_flags(struct health_line *line, const struct board_proc *p)
{
    static const struct {
        const char *member;
        const char *why;
    } flags[] = {{"full", "no room: its outbox or its disk is full"},
                 {"stuck", "its database refuses to be written"}};

    for (size_t i = 0; i < STR_LEN(flags) && line->ok; i++) {
        if (!json_bool(json_member(p->stats, flags[i].member), false))
            continue;
        line->ok = false;
        str_copy(line->why, sizeof line->why, flags[i].why);
    }
}

static const char *
feed_health(const struct json *feed)
{
    return json_text(json_member(feed, "health"), "");
}

/* Feeds that do not answer are no fault of ours, unless it is all of them. */
static void
line_feeds(struct health_line *line, const struct json *feeds)
{
    size_t asked = 0, down = 0;

    for (size_t i = 0; i < json_len(feeds); i++) {
        asked += !str_eq(feed_health(json_at(feeds, i)), "off");
        down += str_eq(feed_health(json_at(feeds, i)), "down");
    }
    if (!line->ok || asked == 0 || down < asked)
        return;
    line->ok = false;
    str_fmt(line->why, sizeof line->why, "none of its %zu feeds answers", asked);
}

static void
line_fill(struct health_line *line, const struct board *b, int64_t now_ms)
{
    const struct board_proc *last = board_stage(b, line->stage);

    line->ok = false;
    if (last == NULL) {
        str_copy(line->why, sizeof line->why, "not heard");
        return;
    }
    if (now_ms - last->heard_ms > HEALTH_SILENT_MS) {
        str_fmt(line->why, sizeof line->why, "silent for %lld s",
                (long long)((now_ms - last->heard_ms) / 1000));
        return;
    }
    line->ok = true;
    for (size_t i = 0; i < b->n_procs; i++) {
        const struct board_proc *p = &b->procs[i];

        if (!str_eq(p->stage, line->stage) || now_ms - p->heard_ms > HEALTH_SILENT_MS)
            continue;
        line_flags(line, p);
        line_feeds(line, json_member(p->stats, "feeds"));
        line_queues(line, p, now_ms);
    }
}

void
health_check(const struct board *b, int64_t enrichers, int64_t now_ms,
             struct health *out)
{
    const struct board_proc *ingest = board_stage(b, "ingest");

    *out = (struct health){.ok = true};
    if (ingest != NULL)
        out->feeds = json_member(ingest->stats, "feeds");
    for (size_t i = 0; i < STR_LEN(expected); i++) {
        struct health_line *line = &out->lines[out->n];

        if (enrichers <= 0 && str_eq(expected[i], "enricher"))
            continue;
        line->stage = expected[i];
        line_fill(line, b, now_ms);
        out->ok = out->ok && line->ok;
        out->n++;
    }
}

static void
feeds_json(const struct json *feeds, struct jsonw *w)
{
    static const char *const well[] = {"ok", "never", "off"};

    jw_object(w, "feeds");
    for (size_t i = 0; i < json_len(feeds); i++) {
        const struct json *feed = json_at(feeds, i);
        bool is_well = false;

        for (size_t k = 0; k < STR_LEN(well); k++)
            is_well = is_well || str_eq(feed_health(feed), well[k]);
        if (is_well)
            continue;
        jw_object(w, json_text(json_member(feed, "name"), "?"));
        jw_str(w, "health", feed_health(feed));
        jw_str(w, "why", json_text(json_member(feed, "why"), ""));
        jw_end(w);
    }
    jw_end(w);
}

void
health_json(const struct health *h, struct jsonw *w)
{
    jw_bool(w, "ok", h->ok);
    jw_object(w, "stages");
    for (size_t i = 0; i < h->n; i++) {
        const struct health_line *line = &h->lines[i];

        jw_object(w, line->stage);
        jw_bool(w, "ok", line->ok);
        jw_str(w, "why", line->why);
        jw_end(w);
    }
    jw_end(w);
    feeds_json(h->feeds, w);
}

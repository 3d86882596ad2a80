#include "base/log.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/jsonw.h"
#include "base/str.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <unistd.h>

enum {
    LOG_LINE = 64 * 1024, /* bytes of a line */
    LOG_VALUE = 4096,     /* bytes of a value; the rest is cut */
    LOG_IDS = 64          /* ids whose rate is watched at once */
};

/* One id in its window. */
struct rate {
    char id[48];
    int64_t since_ms;
    int64_t seen;
    int64_t swallowed;
};

struct log {
    char proc[64];
    int fd;
    const struct clock *clock;
    enum log_level least;
    bool json;
    struct buf line;
    struct rate rates[LOG_IDS];
};

static const char *const level_names[] = {"debug", "info", "warn", "error", "fatal"};

struct log *
log_new(const char *proc, int fd, const struct clock *clock)
{
    struct log *log = calloc(1, sizeof *log);

    if (log == NULL)
        return NULL;
    (void)str_copy(log->proc, sizeof log->proc, proc); /* cut is fine */
    log->fd = fd;
    log->clock = clock;
    log->least = LOG_INFO;
    buf_init(&log->line, LOG_LINE);
    return log;
}

void
log_free(struct log **log)
{
    if (*log == NULL)
        return;
    buf_free(&(*log)->line);
    free(*log);
    *log = NULL;
}

void
log_set_level(struct log *log, enum log_level least)
{
    log->least = least;
}

void
log_set_json(struct log *log, bool json)
{
    log->json = json;
}

int
log_level_parse(const char *name, enum log_level *out)
{
    for (enum log_level level = LOG_DEBUG; level <= LOG_ERROR; level++) {
        if (str_eq(name, level_names[level])) {
            *out = level;
            return 0;
        }
    }
    return ERR_NOT_FOUND;
}

const char *
log_level_name(enum log_level level)
{
    return level_names[level];
}

/* ---- rate ----------------------------------------------------------------------- */

/* The row of an id; else the one that was quiet longest, taken over. */
static struct rate *
rate_of(struct log *log, const char *id, int64_t now_ms)
{
    struct rate *oldest = &log->rates[0];

    for (size_t i = 0; i < LOG_IDS; i++) {
        struct rate *r = &log->rates[i];

        if (strncmp(r->id, id, sizeof r->id - 1) == 0)
            return r;
        if (r->since_ms < oldest->since_ms)
            oldest = r;
    }
    *oldest = (struct rate){.since_ms = now_ms};
    (void)str_copy(oldest->id, sizeof oldest->id, id); /* compared as far as it goes */
    return oldest;
}

/* False when the line is to be swallowed; else *swallowed are owned up to. */
static bool
is_let_through(struct log *log, const char *id, int64_t now_ms, int64_t *swallowed)
{
    struct rate *r = rate_of(log, id, now_ms);

    /* A clock set back ends the window too. */
    if (now_ms < r->since_ms || now_ms - r->since_ms >= LOG_WINDOW_S * 1000) {
        r->since_ms = now_ms;
        r->seen = 0;
    }
    if (++r->seen > LOG_BURST) {
        r->swallowed++;
        return false;
    }
    *swallowed = r->swallowed;
    r->swallowed = 0;
    return true;
}

/* ---- one line ------------------------------------------------------------------- */

static bool
is_plain(const char *s)
{
    if (*s == '\0')
        return false;
    for (; *s != '\0'; s++)
        if (*s <= ' ' || *s >= 0x7F || strchr("\"=\\", *s) != NULL)
            return false;
    return true;
}

/* As a JSON string when it is not plain: one quoting for both forms. */
static void
text_value(struct buf *line, const char *value)
{
    struct jsonw w;

    if (is_plain(value)) {
        (void)buf_adds(line, value); /* errors stay in the buffer, here and below */
        return;
    }
    jsonw_init(&w, line);
    jw_str(&w, NULL, value);
}

static void
text_field(struct buf *line, const struct kv *f)
{
    char value[LOG_VALUE];

    (void)buf_addf(line, " %s=", f->key);
    if (f->kind == KV_INT) {
        (void)buf_addf(line, "%" PRId64, f->i);
    } else if (f->kind == KV_NUM && isfinite(f->d)) {
        (void)buf_addf(line, "%.2f", f->d);
    } else if (f->kind == KV_NUM || f->s == NULL) {
        (void)buf_addc(line, '-');
    } else {
        (void)str_copy(value, sizeof value, f->s);
        text_value(line, value);
    }
}

static void
json_field(struct jsonw *w, const struct kv *f)
{
    char value[LOG_VALUE];

    if (f->kind == KV_INT) {
        jw_int(w, f->key, f->i);
    } else if (f->kind == KV_NUM && isfinite(f->d)) {
        (void)str_fmt(value, sizeof value, "%.2f", f->d);
        jw_raw(w, f->key, value);
    } else if (f->kind == KV_NUM || f->s == NULL) {
        jw_null(w, f->key);
    } else {
        (void)str_copy(value, sizeof value, f->s);
        jw_str(w, f->key, value);
    }
}

/* What every line starts with. */
struct head {
    char time[CLOCK_ISO_SIZE];
    const char *level;
    const char *id;
    int64_t swallowed;
};

static void
text_line(struct log *log, const struct head *head, const struct kv *fields)
{
    struct buf *line = &log->line;

    (void)buf_addf(line, "%s %s %s proc=", head->time, head->level, head->id);
    text_value(line, log->proc);
    for (; fields != NULL && fields->key != NULL; fields++)
        text_field(line, fields);
    if (head->swallowed > 0)
        (void)buf_addf(line, " swallowed=%" PRId64, head->swallowed);
}

static void
json_line(struct log *log, const struct head *head, const struct kv *fields)
{
    struct jsonw w;

    jsonw_init(&w, &log->line);
    jw_object(&w, NULL);
    jw_str(&w, "time", head->time);
    jw_str(&w, "level", head->level);
    jw_str(&w, "id", head->id);
    jw_str(&w, "proc", log->proc);
    for (; fields != NULL && fields->key != NULL; fields++)
        json_field(&w, fields);
    if (head->swallowed > 0)
        jw_int(&w, "swallowed", head->swallowed);
    jw_end(&w);
}

/* Best effort: a reader that is gone or full must not stop us. */
static void
write_line(const struct log *log)
{
    const char *at = buf_str(&log->line);
    size_t left = log->line.len;

    while (left > 0) {
        ssize_t n = write(log->fd, at, left);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        at += n;
        left -= (size_t)n;
    }
}

void
log_write(struct log *log, enum log_level level, const char *id,
          const struct kv *fields)
{
    static const struct kv cut[] = {{.key = "cut", .kind = KV_INT, .i = 1},
                                    {.key = NULL}};
    struct head head = {.level = level_names[level], .id = id};
    int saved = errno;
    int64_t now_ms;

    if (log == NULL || level < log->least)
        return;
    now_ms = clock_wall_ms(log->clock);
    if (level >= LOG_WARN && !is_let_through(log, id, now_ms, &head.swallowed)) {
        errno = saved;
        return;
    }
    clock_iso(now_ms, head.time, sizeof head.time);
    for (int tries = 0; tries < 2; tries++) {
        buf_clear(&log->line);
        (log->json ? json_line : text_line)(log, &head, tries == 0 ? fields : cut);
        if (buf_addc(&log->line, '\n') == 0)
            break; /* else it is too long: once more, without its fields */
    }
    write_line(log);
    errno = saved;
}

/* jsonl - a line of JSON an alert, at the end of a file */
#include "alerter/sinks/sinks.h"

#include "alerter/alert_text.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { JSONL_MAX = 4 << 20, JSONL_WAIT_MS = 5000 /* e.g. the disk is full */ };

static int
jsonl_render(const struct alert *a, struct buf *out)
{
    struct jsonw w;
    struct buf lines;

    buf_init(&lines, 2 * ALERT_LINES_MAX);
    alert_lines(a->scored, &lines);
    jsonw_init(&w, out);
    jw_object(&w, NULL);
    jw_str(&w, "event", alert_kind_name(a->kind));
    jw_int(&w, "at_ms", a->now_ms);
    jw_bool(&w, "late", a->late);
    jw_str(&w, "text", buf_str(&lines));
    msg_json(MSG_scored, a->scored, &w, "alert");
    jw_end(&w);
    buf_free(&lines);
    buf_addc(out, '\n');
    return out->err;
}

/* A line is written whole or taken back, so that every line parses. */
static int
append(int fd, const char *bytes, size_t n, struct why *why)
{
    off_t end = lseek(fd, 0, SEEK_END);
    ssize_t got = end < 0 ? -1 : write(fd, bytes, n);

    if (got == (ssize_t)n)
        return 0;
    why_set(why, ERR_IO, "%s",
            got >= 0 && got < (ssize_t)n ? "short write" : strerror(errno));
    if (end >= 0 && ftruncate(fd, end) != 0)
        return ERR_IO;
    return ERR_AGAIN;
}

static void
jsonl_send(struct sink *s, struct parcel *p)
{
    struct sink_outcome out = {.result = SINK_SENT};
    int rc = append(s->fd, p->body.data, p->body.len, &out.why);

    if (rc != 0)
        out.result = rc == ERR_AGAIN ? SINK_LIMITED : SINK_UNCLEAR;
    out.asked_ms = rc == ERR_AGAIN ? JSONL_WAIT_MS : 0;
    p->done(p, &out);
}

static int
jsonl_sync(struct sink *s, struct why *why)
{
    if (fdatasync(s->fd) == 0)
        return 0;
    return why_set(why, ERR_IO, "%s", strerror(errno));
}

/* A crash may have left half a line. */
static int
end_last_line(int fd)
{
    char last = '\n';
    off_t end = lseek(fd, 0, SEEK_END);

    if (end > 0 && pread(fd, &last, 1, end - 1) != 1)
        return ERR_IO;
    return last == '\n' || write(fd, "\n", 1) == 1 ? 0 : ERR_IO;
}

static int
jsonl_open(struct sink *s, struct why *why)
{
    if (str_empty(s->url))
        return why_set(why, ERR_CONFIG, "sink %s: url must be a path", s->name);
    s->fd = open(s->url, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (s->fd < 0 || end_last_line(s->fd) != 0)
        return why_set(why, ERR_IO, "sink %s: %s: %s", s->name, s->url,
                       strerror(errno));
    return 0;
}

static void
jsonl_close(struct sink *s)
{
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
}

const struct sink_row sink_jsonl = {
    .kind = "jsonl",
    .edit = SINK_EDIT_APPEND,
    .slots = 16,
    .max_bytes = JSONL_MAX,
    .render = jsonl_render,
    .send = jsonl_send,
    .sync = jsonl_sync,
    .open = jsonl_open,
    .close = jsonl_close,
};

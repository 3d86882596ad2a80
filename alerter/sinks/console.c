/* console - a block of text an alert, on stdout */
#include "alerter/sinks/sinks.h"

#include "base/clock.h"
#include "base/str.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

enum { LINE = 512, INDENT = 10, CONSOLE_MAX = 64 << 10, CONSOLE_WAIT_MS = 1000 };

/* Colours are written as these marks and become escapes, or nothing, when the block
 * is sent: so rendering does not depend on the terminal. */
#define MARK_UP    "\x01"
#define MARK_DOWN  "\x02"
#define MARK_DIM   "\x03"
#define MARK_BOLD  "\x04"
#define MARK_PLAIN "\x05"

static const char *const escapes[] = {
    ['\x01'] = "\033[1;32m", ['\x02'] = "\033[1;31m", ['\x03'] = "\033[2m",
    ['\x04'] = "\033[1m",    ['\x05'] = "\033[0m",
};

static const char *
tone(const struct alert *a)
{
    if (a->kind == ALERT_WITHDRAWN)
        return MARK_DIM;
    return a->scored->score < 0 || a->scored->sentiment < 0 ? MARK_DOWN : MARK_UP;
}

static void
add_head(const struct alert *a, struct buf *out)
{
    const struct msg_scored *s = a->scored;
    char iso[CLOCK_ISO_SIZE], age[32], ticker[32], feed[64];

    clock_iso(a->now_ms, iso, sizeof iso);
    alert_duration(alert_age_ms(s, s->scored_ms), age, sizeof age);
    alert_plain(alert_ticker(s), ticker, sizeof ticker);
    alert_plain(s->feed, feed, sizeof feed);
    buf_addf(out, "%.8sZ %s%-6s" MARK_PLAIN " score " MARK_BOLD "%+.2f" MARK_PLAIN,
             iso + 11, tone(a), ticker, s->score);
    buf_addf(out, MARK_DIM "  sentiment %+.2f  %s  %s after publication", s->sentiment,
             feed, age);
    if (a->kind != ALERT_NEW)
        buf_addf(out, "  %s", alert_kind_name(a->kind));
    buf_addf(out, "%s" MARK_PLAIN "\n", a->late ? "  LATE" : "");
}

static void
add_line(struct buf *out, const char *mark, const char *text)
{
    char plain[LINE];

    alert_plain(text, plain, sizeof plain);
    if (!str_empty(plain))
        buf_addf(out, "%*s%s%s" MARK_PLAIN "\n", INDENT, "", mark, plain);
}

static void
add_metrics(const struct msg_scored *s, struct buf *out)
{
    char line[LINE] = "", one[ALERT_TEXT_SIZE], both[LINE];

    for (size_t i = 0; i < s->n_metrics; i++) {
        alert_metric_text(&s->metrics[i], one, sizeof one);
        str_fmt(both, sizeof both, "%s%s%s %s", line, i > 0 ? "  " : "",
                alert_metric_label(&s->metrics[i]), one);
        str_copy(line, sizeof line, both);
    }
    add_line(out, "", line);
}

static int
console_render(const struct alert *a, struct buf *out)
{
    const struct msg_scored *s = a->scored;
    char text[LINE];

    add_head(a, out);
    if (a->kind == ALERT_WITHDRAWN) {
        add_line(out, MARK_DIM, s->title);
        str_fmt(text, sizeof text, "would be rejected now: %s", s->reason);
        add_line(out, "", text);
        return out->err;
    }
    if (a->kind == ALERT_NEW)
        add_line(out, MARK_BOLD, s->title);
    add_metrics(s, out);
    if (a->kind == ALERT_NEW) {
        alert_follows(s, text, sizeof text);
        add_line(out, "", text);
        str_fmt(text, sizeof text, "%s%s", str_empty(s->categories) ? "" : "catalysts ",
                s->categories);
        add_line(out, "", text);
        add_line(out, MARK_DIM, s->link);
    }
    return out->err;
}

static void
paint(const struct sink *s, const struct buf *in, struct buf *out)
{
    for (size_t i = 0; i < in->len; i++) {
        unsigned char c = (unsigned char)in->data[i];
        if (c == 0 || c >= STR_LEN(escapes))
            buf_addc(out, (char)c);
        else if (s->colour)
            buf_adds(out, escapes[c]);
    }
}

/* All of it or the rest: a terminal that was stopped with ^S blocks nobody but asks
 * to be tried again, as long as nothing of the block is out. */
static enum sink_result
write_all(int fd, const char *bytes, size_t n)
{
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    size_t done = 0;

    if (poll(&p, 1, 0) <= 0 || !(p.revents & POLLOUT))
        return SINK_LIMITED;
    while (done < n) {
        ssize_t got = write(fd, bytes + done, n - done);
        if (got < 0 && errno != EINTR)
            return done > 0 ? SINK_UNCLEAR : SINK_LIMITED;
        done += got > 0 ? (size_t)got : 0;
    }
    return SINK_SENT;
}

static void
console_send(struct sink *s, struct parcel *p)
{
    struct sink_outcome out = {.result = SINK_REFUSED};
    struct buf text;

    buf_init(&text, CONSOLE_MAX);
    paint(s, &p->body, &text);
    if (text.err == 0)
        out.result = write_all(s->fd, buf_str(&text), text.len);
    if (out.result != SINK_SENT)
        why_set(&out.why, ERR_IO, "stdout cannot be written");
    out.asked_ms = out.result == SINK_LIMITED ? CONSOLE_WAIT_MS : 0;
    buf_free(&text);
    p->done(p, &out);
}

static int
console_open(struct sink *s, struct why *why)
{
    const char *force = getenv("CLICOLOR_FORCE");

    (void)why;
    s->fd = STDOUT_FILENO;
    s->colour = isatty(s->fd) || (!str_empty(force) && !str_eq(force, "0"));
    return 0;
}

const struct sink_row sink_console = {
    .kind = "console",
    .edit = SINK_EDIT_APPEND,
    .slots = 16,
    .max_bytes = CONSOLE_MAX / 8,
    .render = console_render,
    .send = console_send,
    .open = console_open,
};

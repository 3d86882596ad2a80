#include "answer.h"

#include "base/str.h"

#include <stdarg.h>

struct reason_row {
    int status;
    const char *text;
};

static const struct reason_row reason_rows[] = {
    {200, "OK"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {413, "Content Too Large"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
};

void
answer_init(struct answer *a)
{
    memset(a, 0, sizeof *a);
    a->status = 200;
    buf_init(&a->body, ANSWER_BODY_MAX);
}

void
answer_free(struct answer *a)
{
    buf_free(&a->body);
}

void
answer_clear(struct answer *a)
{
    struct buf body = a->body;

    memset(a, 0, sizeof *a);
    a->status = 200;
    a->body = body;
    if (body.cap > (64 << 10)) {
        buf_free(&a->body);
        buf_init(&a->body, ANSWER_BODY_MAX);
    } else {
        buf_clear(&a->body);
    }
}

void
answer_text(struct answer *a, int status, const char *type, const char *body)
{
    a->status = status;
    a->type = type;
    buf_clear(&a->body);
    (void)buf_adds(&a->body, body); /* the error stays in the buffer */
}

void
answer_header(struct answer *a, const char *name, const char *fmt, ...)
{
    char value[256];
    size_t used = strlen(a->extra);
    va_list ap;

    va_start(ap, fmt);
    (void)vsnprintf(value, sizeof value, fmt, ap); /* truncation is fine */
    va_end(ap);
    if (used + strlen(name) + strlen(value) + 5 > sizeof a->extra)
        return;
    str_fmt(a->extra + used, sizeof a->extra - used, "%s: %s\r\n", name, value);
}

void
answer_date(int64_t wall_ms, char *out, size_t size)
{
    time_t t = (time_t)(wall_ms / 1000);
    struct tm tm;

    gmtime_r(&t, &tm);
    if (strftime(out, size, "%a, %d %b %Y %H:%M:%S GMT", &tm) == 0)
        out[0] = '\0';
}

static const char *
reason_of(int status)
{
    for (size_t i = 0; i < STR_LEN(reason_rows); i++)
        if (reason_rows[i].status == status)
            return reason_rows[i].text;
    return "Unknown";
}

void
answer_head(const struct answer *a, bool keep_alive, int64_t date_ms, struct buf *out)
{
    char date[40];

    answer_date(date_ms, date, sizeof date);
    buf_addf(out, "HTTP/1.1 %d %s\r\nDate: %s\r\n", a->status, reason_of(a->status),
             date);
    if (a->type != NULL)
        buf_addf(out, "Content-Type: %s\r\n", a->type);
    if (a->status != 204 && a->status != 304)
        buf_addf(out, "Content-Length: %zu\r\n", a->body.len + a->fill);
    buf_adds(out, a->extra);
    buf_addf(out, "Connection: %s\r\n\r\n", keep_alive ? "keep-alive" : "close");
}

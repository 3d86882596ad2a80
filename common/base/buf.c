#include "base/buf.h"

#include "base/err.h"

#include <stdarg.h>
#include <stdbool.h>

enum { BUF_LEAST = 256 }; /* most of our messages */

void
buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max};
}

void
buf_free(struct buf *b)
{
    free(b->data);
    *b = (struct buf){.max = b->max};
}

void
buf_clear(struct buf *b)
{
    b->len = 0;
    b->err = 0;
    if (b->data != NULL)
        b->data[0] = '\0';
}

/* Makes room for n more bytes and the NUL. */
static int
buf_grow(struct buf *b, size_t n)
{
    size_t need, cap;
    char *data;

    if (b->err != 0)
        return b->err;
    if (n > b->max || b->len > b->max - n)
        return b->err = ERR_TOO_BIG;
    need = b->len + n + 1;
    if (need <= b->cap)
        return 0;
    cap = b->cap < BUF_LEAST ? BUF_LEAST : b->cap * 2;
    if (cap > b->max + 1)
        cap = b->max + 1;
    if (cap < need)
        cap = need;
    if ((data = realloc(b->data, cap)) == NULL)
        return b->err = ERR_NOMEM;
    b->data = data;
    b->cap = cap;
    return 0;
}

int
buf_add(struct buf *b, const void *bytes, size_t n)
{
    int rc = buf_grow(b, n);

    if (rc != 0)
        return rc;
    if (n > 0)
        memcpy(b->data + b->len, bytes, n);
    b->len += n;
    b->data[b->len] = '\0';
    return 0;
}

int
buf_adds(struct buf *b, const char *text)
{
    return buf_add(b, text, strlen(text));
}

int
buf_addc(struct buf *b, char c)
{
    return buf_add(b, &c, 1);
}

/* Into the room that is there; once more when that was too little. */
int
buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    int n = 0, rc = b->err;

    for (bool again = true; rc == 0 && again;) {
        size_t room = b->data == NULL ? 0 : b->cap - b->len;

        va_start(ap, fmt);
        n = vsnprintf(room == 0 ? NULL : b->data + b->len, room, fmt, ap);
        va_end(ap);
        again = n >= 0 && (size_t)n >= room;
        if (again)
            rc = buf_grow(b, (size_t)n);
    }
    if (rc == 0 && n < 0)
        rc = b->err = ERR_TOO_BIG;
    if (rc == 0)
        b->len += (size_t)n;
    else if (b->data != NULL)
        b->data[b->len] = '\0';
    return rc;
}

const char *
buf_str(const struct buf *b)
{
    return b->data != NULL ? b->data : "";
}

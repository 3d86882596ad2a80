#include "monitor/cli/table.h"

#include "base/str.h"

#include <stdarg.h>
#include <stdbool.h>

enum { CELL_MAX = 1024 };

void
table_init(struct table *t, const char *const *heads)
{
    *t = (struct table){.heads = heads};
    while (heads[t->columns] != NULL && t->columns < TABLE_COLUMNS)
        t->columns++;
    buf_init(&t->cells, TABLE_BYTES);
}

void
table_free(struct table *t)
{
    buf_free(&t->cells);
}

/* A control character in what came from outside must not reach a terminal. */
static void
tame(char *text)
{
    for (char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = ' ';
}

void
table_cell(struct table *t, const char *fmt, ...)
{
    char raw[CELL_MAX], text[CELL_MAX];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(raw, sizeof raw, fmt, args);
    va_end(args);
    str_utf8_clean(text, sizeof text, raw);
    tame(text);
    if (buf_add(&t->cells, text, strlen(text) + 1) == 0)
        t->n++;
}

static const char *
head_text(const char *head)
{
    return head[0] == '>' ? head + 1 : head;
}

static void
widths(const struct table *t, size_t *out)
{
    const char *cell = t->cells.data;

    for (size_t c = 0; c < t->columns; c++)
        out[c] = str_utf8_len(head_text(t->heads[c]));
    for (size_t i = 0; i < t->n; i++, cell += strlen(cell) + 1) {
        size_t n = str_utf8_len(cell);

        if (n > out[i % t->columns])
            out[i % t->columns] = n;
    }
}

static void
put(const struct table *t, size_t column, const char *text, size_t width,
    struct buf *out)
{
    bool right = t->heads[column][0] == '>';
    int pad = (int)(width - str_utf8_len(text));

    buf_adds(out, "  ");
    if (right)
        buf_addf(out, "%*s%s", pad, "", text);
    else if (column + 1 == t->columns)
        buf_adds(out, text);
    else
        buf_addf(out, "%s%*s", text, pad, "");
    if (column + 1 == t->columns)
        buf_addc(out, '\n');
}

void
table_print(const struct table *t, struct buf *out)
{
    size_t width[TABLE_COLUMNS];
    const char *cell = t->cells.data;

    if (t->n == 0)
        return;
    widths(t, width);
    for (size_t c = 0; c < t->columns; c++)
        put(t, c, head_text(t->heads[c]), width[c], out);
    for (size_t i = 0; i < t->n; i++, cell += strlen(cell) + 1)
        put(t, i % t->columns, cell, width[i % t->columns], out);
}

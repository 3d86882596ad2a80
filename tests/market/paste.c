#include "paste.h"

#include <string.h>

static const struct place *
find(const struct place *places, size_t n, char letter)
{
    for (size_t i = 0; i < n; i++)
        if (places[i].letter == letter)
            return &places[i];
    return NULL;
}

void
paste(struct buf *out, const char *text, const struct place *places, size_t n)
{
    const char *at;

    while ((at = strchr(text, '@')) != NULL) {
        const struct place *p = find(places, n, at[1]);

        buf_add(out, text, (size_t)(at - text) + (p == NULL));
        if (p != NULL)
            buf_adds(out, p->text);
        text = at + (p == NULL ? 1 : 2);
    }
    buf_adds(out, text);
}

void
paste_escaped(struct buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s == '&')
            buf_adds(out, "&amp;");
        else if (*s == '<')
            buf_adds(out, "&lt;");
        else if (*s == '>')
            buf_adds(out, "&gt;");
        else
            buf_addc(out, *s);
    }
}

/* covers: ingest/markup.c ingest/markup_text.c ingest/recode.c ingest/repair.c */
/* links: ingest */
#include "ingest/recode.h"
#include "ingest/repair.h"

#include "base/str.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_MAX = 4096 };

/* Decoded text is UTF-8, and as long as it says. */
static void
look(struct slice raw, bool refers)
{
    char text[TEXT_MAX + 1];
    struct gather to = {.s = text, .size = TEXT_MAX};
    struct buf fixed;

    markup_decode(raw, refers, &to);
    assert(to.n <= to.size);
    text[to.n] = '\0';
    for (size_t i = 0, n; i < to.n; i += n)
        assert((n = str_utf8_next(text + i, to.n - i)) > 0);
    assert(!repair_text_needed(text, to.n) || to.wide);
    buf_init(&fixed, 2 * TEXT_MAX);
    assert(repair_text(text, to.n, &fixed) == 0);
    buf_free(&fixed);
}

static void
take(const struct markup_token *t)
{
    struct slice rest = t->text, name, value;
    char out[32];

    look(t->text, t->kind == MARKUP_TEXT);
    if (t->kind != MARKUP_OPEN)
        return;
    while (markup_next_attribute(&rest, &name, &value))
        assert(name.n > 0);
    (void)markup_attribute(t, "href", out, sizeof out);
    assert(memchr(out, '\n', strlen(out)) == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct markup m;
    struct markup_token t;
    struct slice doc;
    size_t deep = 0;
    char *copy;

    if (recode((const char *)data, size, &copy, &doc) != 0)
        return 0;
    markup_init(&m, doc.s, doc.n);
    while (markup_next(&m, &t) != MARKUP_END) {
        deep += t.kind == MARKUP_OPEN;
        deep -= t.kind == MARKUP_CLOSE;
        assert(deep == m.depth);
        take(&t);
    }
    assert(m.why == NULL || markup_line(&m) >= 1);
    free(copy);
    return 0;
}

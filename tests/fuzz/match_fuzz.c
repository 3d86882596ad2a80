/* covers: classifier/match.c classifier/words.c */
/* links: classifier */
#include "base/buf.h"
#include "base/str.h"
#include "classifier/match.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const struct words *w, const struct hits *hits)
{
    char text[256];

    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *h = &hits->list[i];

        assert(h->first <= h->last && h->last < w->n);
        for (size_t j = h->first + 1u; j <= h->last; j++)
            assert(!w->list[j].opens);
        (void)words_text(w, h->first, h->last, text, sizeof text);
    }
}

/* The first line holds phrases, the rest the text they are looked up in. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *newline = size == 0 ? NULL : memchr(data, '\n', size);
    size_t head = newline == NULL ? 0 : (size_t)(newline - data);
    struct match *m = NULL;
    struct words w;
    struct hits hits;
    struct buf phrases, text;

    buf_init(&phrases, 1 << 16);
    buf_init(&text, 1 << 20);
    (void)buf_add(&phrases, data, head); /* too long: an empty text will do as well */
    (void)buf_add(&text, data + head, size - head);
    if (match_new(&m) == 0 && match_add(m, buf_str(&phrases), 1, NULL) == 0) {
        words_clear(&w);
        words_add(&w, buf_str(&text));
        match_scan(m, &w, &hits);
        check(&w, &hits);
    }
    match_free(&m);
    buf_free(&phrases);
    buf_free(&text);
    return 0;
}

#include "document_fixture.h"

#include "base/str.h"

#include <check.h>

enum { FILE_MAX = 4 << 20 };

struct document
document_read(const char *path, int status, int64_t now_ms)
{
    struct document d = {
        .status = status, .content_type = "", .url = "", .now_ms = now_ms};
    FILE *file = fopen(path, "rb");
    char *body;

    if (file == NULL)
        return d;
    body = malloc(FILE_MAX);
    ck_assert_ptr_nonnull(body);
    d.len = fread(body, 1, FILE_MAX - 1, file);
    body[d.len] = '\0';
    d.body = body;
    fclose(file);
    return d;
}

int
document_parse(const struct source *s, const struct fixture *x,
               const char *const *tickers, size_t n, struct facts *out, struct why *why)
{
    char full[256];
    struct document d;
    int rc;

    str_fmt(full, sizeof full, "tests/fixtures/%s", x->path);
    d = document_read(full, x->status, x->now_ms);
    ck_assert_msg(d.body != NULL, "%s: not found", full);
    rc = s->parse(&d, tickers, n, out, why);
    free((void *)(uintptr_t)d.body);
    return rc;
}

const struct fact *
fact_of(const struct facts *f, const char *ticker, enum fact_id id)
{
    const struct fact *found = NULL;

    for (size_t i = 0; i < f->n; i++)
        if (f->list[i].id == id && str_eq(f->list[i].ticker, ticker)) {
            ck_assert_ptr_null(found);
            found = &f->list[i];
        }
    ck_assert_ptr_nonnull(found);
    return found;
}

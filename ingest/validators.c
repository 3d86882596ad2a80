#include "ingest/validators.h"

#include "base/str.h"

void
validators_take(struct feed_state *f, const char *etag, const char *last_modified)
{
    if (str_empty(etag) && str_empty(last_modified))
        return;
    /* one that was cut is no validator */
    if (!str_copy(f->etag, sizeof f->etag, etag))
        f->etag[0] = '\0';
    if (!str_copy(f->last_modified, sizeof f->last_modified, last_modified))
        f->last_modified[0] = '\0';
}

void
validators_forget(struct feed_state *f)
{
    f->etag[0] = f->last_modified[0] = f->body_hash[0] = '\0';
}

size_t
validators_headers(const struct feed_state *f, char lines[VALIDATORS][VALIDATOR_LINE])
{
    size_t n = 0;

    if (f->etag[0] != '\0' &&
        str_fmt(lines[n], VALIDATOR_LINE, "If-None-Match: %s", f->etag))
        n++;
    if (f->last_modified[0] != '\0' &&
        str_fmt(lines[n], VALIDATOR_LINE, "If-Modified-Since: %s", f->last_modified))
        n++;
    return n;
}

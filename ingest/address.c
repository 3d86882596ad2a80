#include "ingest/address.h"

#include "base/str.h"

void
address_read(struct addresses *a, const char *url, const char *others)
{
    const char *piece;
    size_t n;

    *a = (struct addresses){.n = 1};
    (void)str_copy(a->list[0].url, sizeof a->list[0].url, url); /* as long as a key */
    while (a->n < ADDRESS_MAX && (piece = str_piece(&others, " \t", &n)) != NULL)
        if (n > 0 && str_copyn(a->list[a->n].url, sizeof a->list[0].url, piece, n))
            a->n++;
}

size_t
address_next(const struct addresses *a, size_t from, int64_t now_ms)
{
    while (from < a->n && now_ms < a->list[from].rest_ms)
        from++;
    return from;
}

bool
address_is_good(int http_status, size_t body_len)
{
    return http_status == 304 || (http_status == 200 && body_len > 0);
}

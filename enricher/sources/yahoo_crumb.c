/* The crumb that goes with the cookie into the address of quotes and summaries. */
#include "base/str.h"
#include "enricher/sources/refusal.h"
#include "enricher/sources/sources.h"

#include <ctype.h>

enum { CRUMB_MOST = 32 };

static int
yahoo_crumb_url(const char *base_url, const char *const *tickers, size_t n,
                const char *crumb, char *out, size_t size)
{
    (void)tickers, (void)n, (void)crumb;
    return str_fmt(out, size, "%s/v1/test/getcrumb", base_url) ? 0 : ERR_TOO_BIG;
}

/* The words of a refusal and a page of HTML have come in its place. */
static bool
is_crumb(const char *s, size_t n)
{
    if (n < 1 || n > CRUMB_MOST)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!isgraph((unsigned char)s[i]) || s[i] == '<')
            return false;
    return true;
}

/* What was in its place is not repeated: it might be one all the same. */
static int
yahoo_crumb_parse(const struct document *d, const char *const *tickers, size_t n,
                  struct facts *out, struct why *why)
{
    struct why page = {""};
    int rc = refusal_of_status(d, why);

    (void)tickers, (void)n;
    out->n = 0;
    out->crumb[0] = '\0';
    if (rc != 0)
        return rc;
    if (d->status == 200 && is_crumb(d->body, d->len)) {
        (void)str_copyn(out->crumb, sizeof out->crumb, d->body, d->len);
        return 0;
    }
    rc = refusal_of_body(d, &page);
    return why_set(why, rc,
                   rc == ERR_CHANGED ? "HTTP %d, %zu bytes, no crumb"
                                     : "HTTP %d, %zu bytes, a refusal",
                   d->status, d->len);
}

const struct source source_yahoo_crumb = {
    .name = "yahoo-crumb",
    .group = "yahoo",
    .base_url = "https://query1.finance.yahoo.com",
    .batch_max = 1,
    .max_bytes = 64 << 10,
    .brings = CREDENTIAL_CRUMB,
    .accept = "*/*",
    .url = yahoo_crumb_url,
    .parse = yahoo_crumb_parse,
};

/* The cookie that Yahoo's crumbs belong to: any page sets it, the one asked is none. */
#include "base/str.h"
#include "enricher/sources/refusal.h"
#include "enricher/sources/sources.h"

#include <ctype.h>

static int
yahoo_cookie_url(const char *base_url, const char *const *tickers, size_t n,
                 const char *crumb, char *out, size_t size)
{
    (void)tickers, (void)n, (void)crumb;
    return str_fmt(out, size, "%s/", base_url) ? 0 : ERR_TOO_BIG;
}

/* "A3=..." of a header line "Set-Cookie: A3=...; Expires=..."; false for any other. */
static bool
read_line(const char *line, size_t n, char *out, size_t size)
{
    static const char name[] = "Set-Cookie:";
    size_t at = strlen(name), len = 0;

    if (n < at || strncasecmp(line, name, at) != 0)
        return false;
    while (at < n && line[at] == ' ')
        at++;
    while (at + len < n && line[at + len] != ';' &&
           isgraph((unsigned char)line[at + len]))
        len++;
    return len > 3 && strncmp(line + at, "A3=", 3) == 0 &&
           str_copyn(out, size, line + at, len);
}

static bool
find_cookie(const char *headers, char *out, size_t size)
{
    const char *line;
    size_t n;

    while (headers != NULL && (line = str_piece(&headers, "\n", &n)) != NULL)
        if (read_line(line, n, out, size))
            return true;
    out[0] = '\0';
    return false;
}

/* The page itself is 404 or 502 when all is well. */
static int
yahoo_cookie_parse(const struct document *d, const char *const *tickers, size_t n,
                   struct facts *out, struct why *why)
{
    int rc = refusal_of_status(d, why);

    (void)tickers, (void)n;
    out->n = 0;
    out->cookie[0] = '\0';
    if (rc != 0 && rc != ERR_NET)
        return rc;
    if (find_cookie(d->headers, out->cookie, sizeof out->cookie))
        return 0;
    return rc != 0 ? rc
                   : why_set(why, ERR_CHANGED, "HTTP %d without the cookie", d->status);
}

const struct source source_yahoo_cookie = {
    .name = "yahoo-cookie",
    .group = "yahoo",
    .base_url = "https://fc.yahoo.com",
    .batch_max = 1,
    .max_bytes = 1 << 20,
    .brings = CREDENTIAL_COOKIE,
    .accept = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
    .url = yahoo_cookie_url,
    .parse = yahoo_cookie_parse,
};

#include "ingest/page.h"

#include "base/str.h"

enum { COUNT_MOST = 10000 };

/* The number behind ?key= or &key=, of at most seven digits; *n its length, 0 when
 * there is none. */
static const char *
parameter(const char *url, const char *key, size_t *n)
{
    const char *s = strchr(url, '?');
    size_t len = strlen(key);

    for (; s != NULL; s = strchr(s + 1, '&')) {
        if (strncmp(s + 1, key, len) != 0 || s[1 + len] != '=')
            continue;
        s += len + 2;
        *n = strspn(s, "0123456789");
        if (*n > 7 || (s[*n] != '&' && s[*n] != '#' && s[*n] != '\0'))
            *n = 0;
        return s;
    }
    *n = 0;
    return url;
}

size_t
page_size(const char *url)
{
    size_t n, count;
    const char *s = parameter(url, "start", &n);

    if (n == 0)
        return 0;
    s = parameter(url, "count", &n);
    count = n == 0 ? 0 : strtoul(s, NULL, 10);
    return count <= COUNT_MOST ? count : 0;
}

bool
page_url(const char *url, size_t no, char *out, size_t size)
{
    size_t n, count = page_size(url);
    const char *s = parameter(url, "start", &n);

    if (no == 0)
        return str_copy(out, size, url);
    if (count == 0 || no >= PAGES_MAX)
        return false;
    return str_fmt(out, size, "%.*s%zu%s", (int)(s - url), url,
                   strtoul(s, NULL, 10) + no * count, s + n);
}

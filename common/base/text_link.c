#include "base/text.h"

#include "base/str.h"

#include <ctype.h>

enum { LINK_MAX = 4096 };

/* Pieces of an address, borrowed from it. */
struct link {
    bool https;
    const char *host, *path, *query;
    size_t host_len, path_len, query_len;
};

/* What makes two copies of one address differ. */
struct rules {
    const char *const *dropped;  /* query keys, ends with NULL */
    const char *const *prefixes; /* of query keys, ends with NULL */
    bool keep_scheme;
    bool root_slash; /* an empty path becomes "/" */
};

static const char *const utm[] = {"utm_", NULL};
static const char *const utm_mc[] = {"utm_", "mc_", NULL};
static const char *const feed_keys[] = {
    "gclid", "fbclid", "cmpid", "icid", "src", "ref", "mc_cid", "mc_eid", NULL,
};
static const char *const alert_keys[] = {"gclid", "fbclid", NULL};

static const struct rules canonical_rules = {.dropped = feed_keys, .prefixes = utm};
static const struct rules alert_rules = {
    .dropped = alert_keys, .prefixes = utm_mc, .keep_scheme = true, .root_slash = true};

static bool
is_host_char(char c)
{
    return isalnum((unsigned char)c) || c == '.' || c == '-' ||
           (unsigned char)c >= 0x80 || (c != '\0' && strchr("_:[]%", c) != NULL);
}

static size_t
without(const char *p, size_t n, const char *tail)
{
    size_t len = strlen(tail);

    return n > len && memcmp(p + n - len, tail, len) == 0 ? n - len : n;
}

/* Cuts what says nothing: credentials, closing dots, the two well-known ports (either,
 * because the scheme of copies differs). */
static bool
set_host(struct link *l, const char *p, size_t n)
{
    const char *at = memrchr(p, '@', n);
    size_t before;

    if (at != NULL) {
        n -= (size_t)(at + 1 - p);
        p = at + 1;
    }
    do {
        before = n;
        n = without(p, without(p, without(p, n, ":443"), ":80"), ".");
    } while (n != before);
    for (size_t i = 0; i < n; i++)
        if (!is_host_char(p[i]))
            return false;
    l->host = p;
    l->host_len = n;
    return n > 0 && p[0] != ':' && p[0] != '.';
}

/* Splits text[n], which holds no white space at its ends. */
static bool
link_split(struct link *l, const char *text, size_t n)
{
    const char *p = text, *end;
    size_t rest;

    l->https = str_istarts(text, "https://");
    if (!l->https && !str_istarts(text, "http://"))
        return false;
    p += l->https ? 8 : 7;
    end = memchr(p, '#', n - (size_t)(p - text)); /* the fragment goes */
    end = end != NULL ? end : text + n;

    rest = strcspn(p, "/?#");
    if (rest > (size_t)(end - p))
        rest = (size_t)(end - p);
    if (!set_host(l, p, rest))
        return false;
    l->path = p + rest;
    l->query = memchr(l->path, '?', (size_t)(end - l->path));
    l->query = l->query != NULL ? l->query : end;
    l->path_len = (size_t)(l->query - l->path);
    l->query += l->query < end;
    l->query_len = (size_t)(end - l->query);
    while (l->path_len > 0 && l->path[l->path_len - 1] == '/')
        l->path_len--;
    return true;
}

static bool
is_dropped(const struct rules *r, const char *key, size_t n)
{
    for (size_t i = 0; r->prefixes[i] != NULL; i++)
        if (n >= strlen(r->prefixes[i]) &&
            strncasecmp(key, r->prefixes[i], strlen(r->prefixes[i])) == 0)
            return true;
    for (size_t i = 0; r->dropped[i] != NULL; i++)
        if (strlen(r->dropped[i]) == n && strncasecmp(key, r->dropped[i], n) == 0)
            return true;
    return false;
}

/* Where the new address goes. */
struct writer {
    char *out;
    size_t len, size;
    bool full;
};

static void
add(struct writer *w, const char *s, size_t n)
{
    if (n >= w->size - w->len) {
        w->full = true;
        return;
    }
    memcpy(w->out + w->len, s, n);
    w->len += n;
}

/* A blank is written %20; other bytes stay as they are. */
static void
add_piece(struct writer *w, const char *p, size_t n)
{
    const char *blank;

    for (; (blank = memchr(p, ' ', n)) != NULL;
         n -= (size_t)(blank + 1 - p), p = blank + 1) {
        add(w, p, (size_t)(blank - p));
        add(w, "%20", 3);
    }
    add(w, p, n);
}

static void
add_query(struct writer *w, const struct rules *r, const char *query, size_t n)
{
    const char *end = query + n;
    char sep = '?';

    while (query < end) {
        const char *next = memchr(query, '&', (size_t)(end - query));
        const char *stop = next != NULL ? next : end;

        while (stop - query > 4 && strncmp(query, "amp;", 4) == 0)
            query += 4; /* of an address that was escaped twice */
        const char *key_end = memchr(query, '=', (size_t)(stop - query));
        size_t key = (size_t)((key_end != NULL ? key_end : stop) - query);

        if (stop > query && !is_dropped(r, query, key)) {
            add(w, &sep, 1);
            add_piece(w, query, (size_t)(stop - query));
            sep = '&';
        }
        query = next != NULL ? next + 1 : end;
    }
}

static void
link_build(struct writer *w, const struct rules *r, const struct link *l)
{
    size_t host;

    if (r->keep_scheme && !l->https)
        add(w, "http://", 7);
    else
        add(w, "https://", 8);
    host = w->len;
    add(w, l->host, l->host_len);
    for (size_t i = host; i < w->len; i++)
        w->out[i] = (char)tolower((unsigned char)w->out[i]);
    add_piece(w, l->path, l->path_len);
    if (l->path_len == 0 && r->root_slash)
        add(w, "/", 1);
    add_query(w, r, l->query, l->query_len);
}

static bool
has_control(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] < ' ' || s[i] == 0x7f)
            return true;
    return false;
}

static int
link_rewrite(const struct rules *r, const char *url, char *out, size_t size)
{
    struct writer w = {.out = out, .size = size};
    struct link l;
    size_t n;

    out[0] = '\0';
    url += strspn(url, " \t\r\n");
    n = strnlen(url, LINK_MAX);
    while (n > 0 && isspace((unsigned char)url[n - 1]))
        n--;
    if (has_control(url, n))
        return ERR_SYNTAX;
    if (n == LINK_MAX)
        return ERR_TOO_BIG;
    if (!link_split(&l, url, n))
        return ERR_SYNTAX;
    link_build(&w, r, &l);
    out[w.full ? 0 : w.len] = '\0';
    return w.full ? ERR_TOO_BIG : 0;
}

int
text_canonical_link(const char *url, char *out, size_t size)
{
    return link_rewrite(&canonical_rules, url, out, size);
}

int
text_alert_link(const char *url, char *out, size_t size)
{
    return link_rewrite(&alert_rules, url, out, size);
}

bool
text_url_encode(const char *s, char *out, size_t size)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t len = 0;

    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        bool plain = isalnum(c) || strchr("-._~", c) != NULL;
        size_t need = plain ? 1 : 3;

        if (len + need + 1 > size)
            break;
        if (plain) {
            out[len++] = (char)c;
        } else {
            out[len++] = '%';
            out[len++] = hex[c >> 4];
            out[len++] = hex[c & 15];
        }
    }
    if (size > 0)
        out[len] = '\0';
    return size > 0 && *s == '\0';
}

bool
text_is_loopback(const char *url)
{
    static const char *const names[] = {"localhost", "[::1]"};
    const char *host = strstr(url, "://");
    size_t n;

    host = host == NULL ? url : host + 3;
    n = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/?#");
    for (size_t i = 0; i < STR_LEN(names); i++)
        if (strlen(names[i]) == n && strncasecmp(host, names[i], n) == 0)
            return true;
    return n > 4 && strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == n;
}

#include "wire/http_call.h"

#include "base/str.h"
#include "base/text.h"

enum { RETRY_MAX_MS = 24 * 3600 * 1000 };

/* ---- what curl calls ---------------------------------------------------------- */

static size_t
on_body(char *data, size_t size, size_t n, void *self)
{
    struct http_call *c = self;
    size_t len = size * n, room = c->body.max - c->body.len;

    c->cut = c->is_head && len > room;
    if (c->cut)
        (void)buf_add(&c->body, data, room); /* ends the transfer: we have enough */
    return !c->cut && buf_add(&c->body, data, len) == 0 ? len : 0;
}

/* One header line; the last answer of a chain of redirects is the one that counts. */
static size_t
on_header(char *data, size_t size, size_t n, void *self)
{
    struct http_call *c = self;
    size_t len = size * n, used = len;

    if (len >= 5 && memcmp(data, "HTTP/", 5) == 0) {
        buf_clear(&c->headers);
        return len;
    }
    while (used > 0 && (data[used - 1] == '\r' || data[used - 1] == '\n'))
        used--;
    if (used > 0 && c->headers.len + used + 1 <= HTTP_HEADER_BYTES) {
        buf_add(&c->headers, data, used);
        buf_addc(&c->headers, '\n');
    }
    return len;
}

/* The request's body.  There is deliberately no way to seek: when a kept connection
 * turns out dead after the body went out, curl then reports the failure instead of
 * posting a second time behind our back. */
static size_t
on_send(char *out, size_t size, size_t n, void *self)
{
    struct http_call *c = self;
    size_t want = c->send_len - c->sent;

    if (want > size * n)
        want = size * n;
    if (want > 0)
        memcpy(out, c->send + c->sent, want);
    c->sent += want;
    return want;
}

/* ---- setting up --------------------------------------------------------------- */

static int
add_header(struct http_call *c, const char *line)
{
    struct curl_slist *longer = curl_slist_append(c->list, line);

    if (longer == NULL)
        return ERR_NOMEM;
    c->list = longer;
    return 0;
}

static int
set_headers(struct http_call *c, const struct http_request *r)
{
    int rc = add_header(c, "Expect:"); /* never wait for a 100 */

    for (size_t i = 0; rc == 0 && i < HTTP_HEADERS_MAX && r->headers[i] != NULL; i++)
        rc = add_header(c, r->headers[i]);
    curl_easy_setopt(c->easy, CURLOPT_HTTPHEADER, c->list);
    return rc;
}

static int
set_method(struct http_call *c, const struct http_request *r)
{
    const char *method = r->method == NULL ? "GET" : r->method;

    if (str_eq(method, "GET") && r->body == NULL) {
        curl_easy_setopt(c->easy, CURLOPT_FOLLOWLOCATION, 1L);
        return 0;
    }
    /* What changes something at the other end is never sent on to a third place. */
    c->send_len = r->body == NULL ? 0 : r->body_len;
    if ((c->send = malloc(c->send_len + 1)) == NULL)
        return ERR_NOMEM;
    if (c->send_len > 0)
        memcpy(c->send, r->body, c->send_len);
    curl_easy_setopt(c->easy, CURLOPT_POST, 1L);
    curl_easy_setopt(c->easy, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(c->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)c->send_len);
    curl_easy_setopt(c->easy, CURLOPT_READFUNCTION, on_send);
    curl_easy_setopt(c->easy, CURLOPT_READDATA, c);
    return 0;
}

static void
set_bounds(struct http_call *c, const struct http_request *r)
{
    long connect =
        r->timeout_ms < HTTP_CONNECT_MS ? (long)r->timeout_ms : (long)HTTP_CONNECT_MS;

    curl_easy_setopt(c->easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c->easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c->easy, CURLOPT_MAXREDIRS, (long)HTTP_REDIRECTS);
    if (!r->is_head)
        curl_easy_setopt(c->easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)r->max_bytes);
    curl_easy_setopt(c->easy, CURLOPT_CONNECTTIMEOUT_MS, connect);
    curl_easy_setopt(c->easy, CURLOPT_TIMEOUT_MS, (long)r->timeout_ms);
    curl_easy_setopt(c->easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(c->easy, CURLOPT_SSL_VERIFYHOST, 2L);
    /* A request has a connection of its own: what becomes of it is no other's loss. */
    curl_easy_setopt(c->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(c->easy, CURLOPT_NOSIGNAL, 1L);
    /* A hung name server must not hold the loop when its transfer is given up. */
    curl_easy_setopt(c->easy, CURLOPT_QUICK_EXIT, 1L);
}

int
http_call_prepare(struct http_call *c, const struct http_request *r)
{
    int rc;

    buf_init(&c->body, r->max_bytes);
    buf_init(&c->headers, HTTP_HEADER_BYTES);
    c->sent = 0;
    c->is_head = r->is_head;
    c->error[0] = '\0';
    set_bounds(c, r);
    if ((rc = set_method(c, r)) != 0 || (rc = set_headers(c, r)) != 0)
        return rc;
    curl_easy_setopt(c->easy, CURLOPT_PRIVATE, c);
    curl_easy_setopt(c->easy, CURLOPT_ERRORBUFFER, c->error);
    curl_easy_setopt(c->easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(c->easy, CURLOPT_USERAGENT,
                     str_empty(r->user_agent) ? "catalyst/1" : r->user_agent);
    curl_easy_setopt(c->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c->easy, CURLOPT_WRITEDATA, c);
    curl_easy_setopt(c->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(c->easy, CURLOPT_HEADERDATA, c);
    if (text_is_loopback(r->url)) /* a machine's proxy settings are for the outside */
        curl_easy_setopt(c->easy, CURLOPT_PROXY, "");
    if (curl_easy_setopt(c->easy, CURLOPT_URL, r->url) != CURLE_OK)
        return ERR_NOMEM;
    return 0;
}

/* ---- the answer --------------------------------------------------------------- */

static const struct {
    CURLcode code;
    int rc;
} codes[] = {
    {CURLE_OK, 0},
    {CURLE_OPERATION_TIMEDOUT, ERR_TIMEOUT},
    {CURLE_FILESIZE_EXCEEDED, ERR_TOO_BIG},
    {CURLE_UNSUPPORTED_PROTOCOL, ERR_UNSUPPORTED},
    {CURLE_URL_MALFORMAT, ERR_UNSUPPORTED},
    {CURLE_OUT_OF_MEMORY, ERR_NOMEM},
    {CURLE_GOT_NOTHING, ERR_CLOSED},
};

static int
rc_of(const struct http_call *c, CURLcode code)
{
    if (c->cut && code == CURLE_WRITE_ERROR)
        return 0;
    if (c->body.err != 0)
        return c->body.err; /* the size cap or memory ended it */
    for (size_t i = 0; i < STR_LEN(codes); i++)
        if (codes[i].code == code)
            return codes[i].rc;
    return ERR_NET;
}

const char *
http_header(const struct http_reply *r, const char *name, char *out, size_t size)
{
    const char *cursor = r->headers, *line;
    size_t n, len = strlen(name);

    out[0] = '\0';
    while ((line = str_piece(&cursor, "\n", &n)) != NULL) {
        if (n <= len || line[len] != ':' || strncasecmp(line, name, len) != 0)
            continue;
        str_copyn(out, size, line + len + 1, n - len - 1);
        return str_trim(out);
    }
    return out;
}

/* A date is counted from the answer's own Date: the upstream's clock, not ours. */
static int64_t
retry_after_ms(const struct http_reply *r, int64_t wall_ms)
{
    char text[64], date[64];
    double seconds;
    int64_t now, until, ms;

    if (*http_header(r, "Retry-After", text, sizeof text) == '\0')
        return -1;
    if (str_f64(text, &seconds) == 0) {
        if (seconds < 0)
            return 0;
        return seconds > RETRY_MAX_MS / 1000.0 ? RETRY_MAX_MS
                                               : (int64_t)(seconds * 1000);
    }
    until = (int64_t)curl_getdate(text, NULL);
    if (until < 0)
        return -1;
    now = (int64_t)curl_getdate(http_header(r, "Date", date, sizeof date), NULL);
    ms = now < 0 ? until * 1000 - wall_ms : (until - now) * 1000;
    if (ms < 0)
        return 0;
    return ms > RETRY_MAX_MS ? RETRY_MAX_MS : ms;
}

int
http_call_result(const struct http_call *c, CURLcode code, const char **why)
{
    int rc = rc_of(c, code);

    *why = "";
    if (rc == ERR_TOO_BIG)
        *why = "body larger than allowed";
    else if (rc != 0)
        *why = c->error[0] != '\0' ? c->error : curl_easy_strerror(code);
    return rc;
}

static const char *
field(const struct http_reply *r, const char *name, char *out)
{
    return http_header(r, name, out, HTTP_FIELD_BYTES);
}

void
http_call_reply(const struct http_call *c, int rc, const char *why, int64_t wall_ms,
                struct http_fields *f, struct http_reply *r)
{
    char *url = NULL;
    long status = 0;
    curl_off_t us = 0;
    long sent = 0; /* bytes of request lines and headers */

    curl_easy_getinfo(c->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(c->easy, CURLINFO_REQUEST_SIZE, &sent);
    curl_easy_getinfo(c->easy, CURLINFO_EFFECTIVE_URL, &url);
    curl_easy_getinfo(c->easy, CURLINFO_TOTAL_TIME_T, &us);
    *r = (struct http_reply){
        .rc = rc,
        .why = why,
        .status = (int)status,
        .unsent = sent == 0,
        .body = buf_str(&c->body),
        .body_len = c->body.len,
        .elapsed_us = (int64_t)us,
        .url = url == NULL ? "" : url,
        .headers = buf_str(&c->headers),
    };
    r->content_type = field(r, "Content-Type", f->content_type);
    r->etag = field(r, "ETag", f->etag);
    r->last_modified = field(r, "Last-Modified", f->last_modified);
    r->server = field(r, "Server", f->server);
    r->retry_after_ms = retry_after_ms(r, wall_ms);
}

void
http_call_clear(struct http_call *c)
{
    curl_easy_reset(c->easy);
    curl_slist_free_all(c->list);
    buf_free(&c->body);
    buf_free(&c->headers);
    free(c->send);
    *c = (struct http_call){.easy = c->easy};
}

#include "request.h"

#include "base/err.h"
#include "base/str.h"

struct slice {
    const char *at;
    size_t n;
};

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Percent-decodes; a broken escape stays as it is, a NUL becomes '?'. */
static void
decode(struct slice s, bool plus, char *out, size_t size)
{
    size_t o = 0;

    for (size_t i = 0; i < s.n && o + 1 < size; i++) {
        char c = s.at[i];

        if (c == '%' && i + 2 < s.n && hex_digit(s.at[i + 1]) >= 0 &&
            hex_digit(s.at[i + 2]) >= 0) {
            c = (char)(hex_digit(s.at[i + 1]) * 16 + hex_digit(s.at[i + 2]));
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        out[o++] = c == '\0' ? '?' : c;
    }
    out[o] = '\0';
}

/* Takes a line without its end off *rest; false when there is no whole line. */
static bool
take_line(struct slice *rest, struct slice *line)
{
    const char *nl = memchr(rest->at, '\n', rest->n);

    if (nl == NULL)
        return false;
    line->at = rest->at;
    line->n = (size_t)(nl - rest->at);
    rest->n -= line->n + 1;
    rest->at = nl + 1;
    if (line->n > 0 && line->at[line->n - 1] == '\r')
        line->n--;
    return true;
}

static struct slice
take_word(struct slice *line)
{
    struct slice word = {line->at, 0};

    while (word.n < line->n && line->at[word.n] != ' ')
        word.n++;
    line->at += word.n;
    line->n -= word.n;
    if (line->n > 0) {
        line->at++;
        line->n--;
    }
    return word;
}

static bool
is_method(struct slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.at[i] < 'A' || s.at[i] > 'Z')
            return false;
    return s.n > 0 && s.n < sizeof((struct request *)0)->method;
}

static int
parse_first_line(struct slice line, struct request *r)
{
    struct slice method = take_word(&line), target = take_word(&line), path;
    const char *mark;

    if (!is_method(method) || target.n == 0 || target.at[0] != '/' || line.n != 8 ||
        memcmp(line.at, "HTTP/1.", 7) != 0 || memchr(target.at, '\0', target.n) != NULL)
        return ERR_SYNTAX;
    if (target.n >= sizeof r->target)
        return ERR_TOO_BIG;
    memcpy(r->method, method.at, method.n);
    r->method[method.n] = '\0';
    memcpy(r->target, target.at, target.n);
    r->target[target.n] = '\0';
    mark = strchr(r->target, '?');
    r->query = mark != NULL ? mark + 1 : r->target + target.n;
    path.at = r->target;
    path.n = mark != NULL ? (size_t)(mark - r->target) : target.n;
    decode(path, false, r->path, sizeof r->path);
    r->keep_alive = line.at[7] == '1';
    return 0;
}

struct header_row {
    const char *name;
    int (*read)(struct request *r, const char *value);
};

static int
read_length(struct request *r, const char *value)
{
    int64_t n;

    if (str_i64(value, &n) != 0 || n < 0)
        return ERR_SYNTAX;
    if (n > REQUEST_BODY_MAX)
        return ERR_TOO_BIG;
    r->body_len = (size_t)n;
    return 0;
}

static int
read_transfer(struct request *r, const char *value)
{
    (void)r;
    return str_ieq(value, "identity") ? 0 : ERR_UNSUPPORTED;
}

static int
read_connection(struct request *r, const char *value)
{
    if (str_ieq(value, "close"))
        r->keep_alive = false;
    else if (str_ieq(value, "keep-alive"))
        r->keep_alive = true;
    return 0;
}

static const struct header_row header_rows[] = {
    {"content-length", read_length},
    {"transfer-encoding", read_transfer},
    {"connection", read_connection},
};

/* The headers that are kept as they are. */
#define KEPT(member)                                                                   \
    offsetof(struct request, member), sizeof((struct request *)0)->member
static const struct kept_row {
    const char *name;
    size_t offset, size;
} kept_rows[] = {
    {"if-none-match", KEPT(if_none_match)},
    {"if-modified-since", KEPT(if_modified_since)},
    {"user-agent", KEPT(user_agent)},
    {"accept-encoding", KEPT(accept_encoding)},
    {"cookie", KEPT(cookie)},
    {"authorization", KEPT(authorization)},
};

static void
forget_kept(struct request *r)
{
    for (size_t i = 0; i < STR_LEN(kept_rows); i++)
        ((char *)r)[kept_rows[i].offset] = '\0';
}

static void
keep_header(struct request *r, const char *name, const char *value)
{
    for (size_t i = 0; i < STR_LEN(kept_rows); i++)
        if (str_ieq(kept_rows[i].name, name))
            str_copy((char *)r + kept_rows[i].offset, kept_rows[i].size, value);
}

static int
parse_header(struct slice line, struct request *r)
{
    const char *colon = memchr(line.at, ':', line.n);
    char name[32], value[512];

    if (colon == NULL || colon == line.at)
        return ERR_SYNTAX;
    str_copyn(name, sizeof name, line.at, (size_t)(colon - line.at));
    str_copyn(value, sizeof value, colon + 1, (size_t)(line.at + line.n - colon - 1));
    for (size_t i = 0; i < STR_LEN(header_rows); i++)
        if (str_ieq(header_rows[i].name, name))
            return header_rows[i].read(r, str_trim(value));
    keep_header(r, name, str_trim(value));
    return 0;
}

int
request_parse(const char *bytes, size_t n, struct request *r, size_t *used)
{
    struct slice rest = {bytes, n}, line;
    int rc;

    forget_kept(r);
    r->body_len = 0;
    if (!take_line(&rest, &line))
        return n > REQUEST_HEAD_MAX ? ERR_TOO_BIG : ERR_AGAIN;
    if ((rc = parse_first_line(line, r)) != 0)
        return rc;
    for (;;) {
        if (!take_line(&rest, &line))
            return n > REQUEST_HEAD_MAX ? ERR_TOO_BIG : ERR_AGAIN;
        if (line.n == 0)
            break;
        if ((rc = parse_header(line, r)) != 0)
            return rc;
    }
    if (rest.n < r->body_len)
        return ERR_AGAIN;
    r->body = rest.at;
    *used = (size_t)(rest.at - bytes) + r->body_len;
    return 0;
}

bool
request_arg(const struct request *r, const char *name, char *out, size_t size)
{
    const char *cursor = r->query, *piece;
    size_t n, len = strlen(name);

    out[0] = '\0';
    while ((piece = str_piece(&cursor, "&", &n)) != NULL) {
        if (n < len || memcmp(piece, name, len) != 0)
            continue;
        if (n == len)
            return true;
        if (piece[len] != '=')
            continue;
        decode((struct slice){piece + len + 1, n - len - 1}, true, out, size);
        return true;
    }
    return false;
}

double
request_number(const struct request *r, const char *name, double fallback)
{
    char text[64];
    double value;

    if (!request_arg(r, name, text, sizeof text) || str_f64(text, &value) != 0)
        return fallback;
    return value;
}

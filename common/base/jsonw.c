#include "base/jsonw.h"

#include "base/err.h"
#include "base/str.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>

void
jsonw_init(struct jsonw *w, struct buf *out)
{
    *w = (struct jsonw){.out = out};
}

/* The escape of a byte, or NULL when it stands for itself. */
static const char *
escape_of(unsigned char c, char scratch[8])
{
    static const char *const short_forms[0x20] = {
        ['\b'] = "\\b", ['\f'] = "\\f", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t"};

    if (c == '"')
        return "\\\"";
    if (c == '\\')
        return "\\\\";
    if (c >= 0x20 && c != 0x7F)
        return NULL;
    if (c < 0x20 && short_forms[c] != NULL)
        return short_forms[c];
    (void)str_fmt(scratch, 8, "\\u%04x", c);
    return scratch;
}

static void
quote(struct buf *out, const char *s)
{
    size_t n = strlen(s), plain = 0;
    char scratch[8];

    (void)buf_addc(out, '"'); /* errors stay in the buffer, here and below */
    for (size_t i = 0; i < n;) {
        size_t len = str_utf8_next(s + i, n - i);
        const char *escape = len == 1 ? escape_of((unsigned char)s[i], scratch) : NULL;

        if (len == 0)
            escape = "?";
        if (escape != NULL) {
            (void)buf_add(out, s + plain, i - plain);
            (void)buf_adds(out, escape);
            plain = i + 1;
        }
        i += len > 0 ? len : 1;
    }
    (void)buf_add(out, s + plain, n - plain);
    (void)buf_addc(out, '"');
}

/* Comma and key of what comes next. */
static void
lead(struct jsonw *w, const char *key)
{
    int level = w->depth - 1;

    if (level >= 0 && level < JSONW_DEPTH) {
        if (w->any[level])
            (void)buf_addc(w->out, ',');
        w->any[level] = true;
    }
    if (key != NULL) {
        quote(w->out, key);
        (void)buf_addc(w->out, ':');
    }
}

static void
open_level(struct jsonw *w, const char *key, const char *pair)
{
    lead(w, key);
    (void)buf_addc(w->out, pair[0]);
    if (w->depth < JSONW_DEPTH) {
        w->any[w->depth] = false;
        w->closers[w->depth] = pair[1];
    } else if (w->out->err == 0) {
        w->out->err = ERR_TOO_BIG;
    }
    w->depth++;
}

void
jw_object(struct jsonw *w, const char *key)
{
    open_level(w, key, "{}");
}

void
jw_array(struct jsonw *w, const char *key)
{
    open_level(w, key, "[]");
}

void
jw_end(struct jsonw *w)
{
    assert(w->depth > 0);
    w->depth--;
    if (w->depth < JSONW_DEPTH)
        (void)buf_addc(w->out, w->closers[w->depth]);
}

void
jw_raw(struct jsonw *w, const char *key, const char *json)
{
    lead(w, key);
    (void)buf_adds(w->out, json);
}

void
jw_str(struct jsonw *w, const char *key, const char *value)
{
    if (value == NULL) {
        jw_raw(w, key, "null");
        return;
    }
    lead(w, key);
    quote(w->out, value);
}

void
jw_int(struct jsonw *w, const char *key, int64_t value)
{
    lead(w, key);
    (void)buf_addf(w->out, "%" PRId64, value);
}

/* The shortest decimal that reads back as the same double. */
void
jw_num(struct jsonw *w, const char *key, double value)
{
    char text[32];

    if (!isfinite(value)) {
        jw_raw(w, key, "null");
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        (void)str_fmt(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    jw_raw(w, key, text);
}

void
jw_bool(struct jsonw *w, const char *key, bool value)
{
    jw_raw(w, key, value ? "true" : "false");
}

void
jw_null(struct jsonw *w, const char *key)
{
    jw_raw(w, key, "null");
}

#include "alerter/alert.h"

#include "base/hash.h"
#include "base/str.h"

#include <math.h>

static const char *const kind_names[] = {
    [ALERT_NEW] = "new", [ALERT_UPDATE] = "update", [ALERT_WITHDRAWN] = "withdrawn"};

const char *
alert_kind_name(enum alert_kind kind)
{
    return kind_names[kind];
}

int64_t
alert_age_ms(const struct msg_scored *s, int64_t wall_ms)
{
    int64_t from = s->published_ms > 0 ? s->published_ms : s->seen_ms;

    return from > 0 && wall_ms > from ? wall_ms - from : 0;
}

void
alert_follows(const struct msg_scored *s, char *out, size_t size)
{
    const char *former = str_empty(s->former) ? "an earlier story" : s->former;

    *out = '\0';
    if (str_empty(s->follows))
        return;
    if (str_empty(s->former_link) ||
        !str_fmt(out, size, "%s of %s, %s", s->follows, former, s->former_link))
        (void)str_fmt(out, size, "%s of %s", s->follows, former);
}

void
alert_duration(int64_t ms, char *out, size_t size)
{
    if (ms < 1000)
        str_fmt(out, size, "%lld ms", (long long)ms);
    else if (ms < 120000)
        str_fmt(out, size, "%.1f s", (double)ms / 1e3);
    else if (ms < 120 * 60000)
        str_fmt(out, size, "%lld min", (long long)(ms / 60000));
    else
        str_fmt(out, size, "%.1f h", (double)ms / 3.6e6);
}

const char *
alert_ticker(const struct msg_scored *s)
{
    return str_empty(s->ticker) ? "?" : s->ticker;
}

static void
shares(const struct msg_metric *m, char *out, size_t size)
{
    static const struct {
        double least;
        char letter;
    } units[] = {{1e9, 'B'}, {1e6, 'M'}, {1e3, 'K'}};

    for (size_t i = 0; i < STR_LEN(units); i++)
        if (m->value >= units[i].least) {
            str_fmt(out, size, "%.1f%c", m->value / units[i].least, units[i].letter);
            return;
        }
    str_fmt(out, size, "%.0f", m->value);
}

static void
dollars(const struct msg_metric *m, char *out, size_t size)
{
    str_fmt(out, size, fabs(m->value) < 1 ? "$%.4f" : "$%.2f", m->value);
}

static void
times(const struct msg_metric *m, char *out, size_t size)
{
    str_fmt(out, size, "%.2fx", m->value);
}

static void
number(const struct msg_metric *m, char *out, size_t size)
{
    str_fmt(out, size, "%.4g", m->value);
}

static const struct figure {
    const char *name;
    const char *label;
    void (*text)(const struct msg_metric *m, char *out, size_t size);
} figures[] = {
    {"price", "Price", dollars},
    {"float", "Float", shares},
    {"vwap", "VWAP", dollars},
    {"rvol", "RVol", times},
};

static const struct figure *
figure_of(const struct msg_metric *m)
{
    for (size_t i = 0; i < STR_LEN(figures); i++)
        if (str_eq(figures[i].name, m->name))
            return &figures[i];
    return NULL;
}

const char *
alert_metric_label(const struct msg_metric *m)
{
    const struct figure *f = figure_of(m);

    return f ? f->label : m->name;
}

static bool
has_value(const struct msg_metric *m)
{
    return str_eq(m->status, "ok") || str_eq(m->status, "stale");
}

/* A second figure says what it is; a distance or a change explains itself by its sign.
 */
static void
detail_text(const struct msg_metric *m, char *out, size_t size)
{
    static const struct {
        const char *name, *format;
    } rows[] = {
        {"short_float_pct", " (%.1f%% short)"},
        {"distance_pct", " (%+.1f%%)"},
        {"change_pct", " (%+.1f%%)"},
    };

    for (size_t i = 0; i < STR_LEN(rows); i++)
        if (str_eq(rows[i].name, m->detail_name))
            str_fmt(out, size, rows[i].format, m->detail);
}

void
alert_metric_text(const struct msg_metric *m, char *out, size_t size)
{
    const struct figure *f = figure_of(m);
    char value[64] = "";
    char detail[48] = "";
    char klass[64] = "";
    const char *stale = str_eq(m->status, "stale") ? " stale" : "";

    if (!has_value(m)) {
        const char *sep = str_empty(m->why) ? "" : ": ";
        str_fmt(out, size, "n/a (%s%s%s)", m->status, sep, m->why ? m->why : "");
        return;
    }
    (f ? f->text : number)(m, value, sizeof value);
    detail_text(m, detail, sizeof detail);
    if (!str_empty(m->klass) && !str_eq(m->klass, "UNKNOWN"))
        str_fmt(klass, sizeof klass, " %s", m->klass);
    str_fmt(out, size, "%s%s%s x%.2f%s", value, detail, klass, m->multiplier, stale);
}

void
alert_face(const struct msg_scored *s, char out[ALERT_FACE_SIZE])
{
    struct buf b;
    char text[ALERT_TEXT_SIZE];

    buf_init(&b, MSG_MAX_BYTES);
    buf_addf(&b, "%s\n%s\n%s\n%s\n", s->verdict, s->reason, s->title, s->link);
    buf_addf(&b, "%s %s\n", s->follows, s->former);
    buf_addf(&b, "%.2f %.2f\n%s\n", s->score, s->sentiment, s->categories);
    for (size_t i = 0; i < s->n_metrics; i++) {
        alert_metric_text(&s->metrics[i], text, sizeof text);
        buf_addf(&b, "%s %s\n", s->metrics[i].name, text);
    }
    hash128_hex(buf_str(&b), b.len, out);
    buf_free(&b);
}

static bool
is_c1(const unsigned char *p)
{
    return p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0;
}

void
alert_plain(const char *text, char *out, size_t size)
{
    str_utf8_clean(out, size, text ? text : "");
    for (unsigned char *p = (unsigned char *)out; *p; p++) {
        if (*p < 0x20 || *p == 0x7f)
            *p = ' ';
        else if (is_c1(p))
            p[0] = p[1] = ' ';
    }
}

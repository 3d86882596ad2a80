#include "alerter/alert_text.h"

#include "base/clock.h"
#include "base/str.h"

#include <ctype.h>
#include <math.h>

enum { TAGS = 3, CUT_AT = 1870 };

#define ZERO_WIDTH_SPACE "\xe2\x80\x8b"

void
alert_ago(int64_t published_ms, int64_t now_ms, char out[ALERT_AGO_SIZE])
{
    static const struct {
        int64_t below_s, unit_s;
        const char *word;
    } rows[] = {
        {3600, 60, "min"},
        {86400, 3600, "h"},
        {INT64_MAX, 86400, "d"},
    };
    int64_t age_s = (now_ms - published_ms) / 1000;
    size_t i = 0;

    if (published_ms <= 0 || age_s < 60) {
        (void)str_copy(out, ALERT_AGO_SIZE,
                       published_ms <= 0 ? "recently" : "just now");
        return;
    }
    while (age_s >= rows[i].below_s)
        i++;
    (void)str_fmt(out, ALERT_AGO_SIZE, "%lld%s ago",
                  (long long)(age_s / rows[i].unit_s), rows[i].word);
}

void
alert_change(double percent, char out[ALERT_CHANGE_SIZE])
{
    if (isnan(percent))
        (void)str_copy(out, ALERT_CHANGE_SIZE, "n/a");
    else
        (void)str_fmt(out, ALERT_CHANGE_SIZE, "%+.2f%%", percent);
}

/* ---- mentions ------------------------------------------------------------------ */

static bool
is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Two names call everybody even behind a letter: "all@everyone" is no address, for
 * what an address ends with has a dot. */
static bool
calls_all(const char *name)
{
    static const char *const names[] = {"everyone", "here"};

    for (size_t i = 0; i < STR_LEN(names); i++) {
        size_t n = strlen(names[i]);

        if (strncmp(name, names[i], n) == 0 && !is_word(name[n]) && name[n] != '-' &&
            !(name[n] == '.' && is_word(name[n + 1])))
            return true;
    }
    return false;
}

/* "<@123>", "<@!123>", "<@&123>" call by number; elsewhere a name has a letter first,
 * and what stands before it is no part of an address. */
static bool
calls(const char *text, const char *at)
{
    char before = at > text ? at[-1] : ' ';
    char next = at[1];

    if (calls_all(at + 1))
        return true;
    if (before == '<')
        return next == '!' || next == '&' || isdigit((unsigned char)next);
    return !is_word(before) && before != '.' && is_word(next) &&
           !isdigit((unsigned char)next);
}

void
alert_unmention(const char *text, char *out, size_t size)
{
    struct buf b;

    buf_init(&b, size + 8);
    for (const char *p = text ? text : ""; *p && b.len + 8 < size; p++) {
        buf_addc(&b, *p);
        if (*p == '@' && calls(text, p))
            buf_adds(&b, ZERO_WIDTH_SPACE);
    }
    (void)str_copy(out, size, buf_str(&b)); /* never ends within a character */
    buf_free(&b);
}

/* ---- the price ----------------------------------------------------------------- */

static const struct msg_metric *
price_of(const struct msg_scored *s)
{
    for (size_t i = 0; i < s->n_metrics; i++)
        if (str_eq(s->metrics[i].name, "price") &&
            (str_eq(s->metrics[i].status, "ok") ||
             str_eq(s->metrics[i].status, "stale")))
            return &s->metrics[i];
    return NULL;
}

double
alert_price(const struct msg_scored *s)
{
    const struct msg_metric *m = price_of(s);

    return m == NULL || m->value <= 0 ? NAN : m->value;
}

double
alert_price_change(const struct msg_scored *s)
{
    const struct msg_metric *m = price_of(s);

    return m == NULL || !str_eq(m->detail_name, "change_pct") ? NAN : m->detail;
}

/* ---- three lines --------------------------------------------------------------- */

static void
add_price(const struct msg_scored *s, struct buf *b)
{
    char change[ALERT_CHANGE_SIZE], price[32];
    double last = alert_price(s);

    alert_change(alert_price_change(s), change);
    if (isnan(last))
        (void)str_copy(price, sizeof price, "n/a");
    else
        (void)str_fmt(price, sizeof price, last < 1 ? "%.4f" : "%.2f", last);
    buf_addf(b, " | px=%s (%s)", price, change);
}

static void
add_tags(const char *categories, struct buf *b)
{
    const char *piece;
    size_t n;

    for (int i = 0; i < TAGS && (piece = str_piece(&categories, ", ", &n)) != NULL; i++)
        buf_addf(b, "%s%.*s", i == 0 ? " | tags: " : ", ", (int)n, piece);
}

void
alert_lines(const struct msg_scored *s, struct buf *out)
{
    char text[ALERT_LINES_MAX + 1], when[CLOCK_ISO_SIZE], follows[ALERT_FOLLOWS_SIZE];
    struct buf b;

    buf_init(&b, MSG_MAX_BYTES);
    buf_addf(&b, "[%s] %s\n%s", str_empty(s->ticker) ? "N/A" : s->ticker, s->title,
             s->feed);
    if (s->published_ms > 0) {
        clock_iso(s->published_ms, when, sizeof when);
        buf_addf(&b, " | %s", when);
    }
    add_price(s, &b);
    add_tags(s->categories, &b);
    alert_follows(s, follows, sizeof follows);
    if (*follows != '\0')
        buf_addf(&b, " | %s", follows);
    if (!str_empty(s->link))
        buf_addf(&b, "\n%s", s->link);
    if (b.len > ALERT_LINES_MAX) {
        (void)str_copy(text, CUT_AT + 1, buf_str(&b));
        buf_addf(out, "%s... (truncated)", text);
    } else {
        buf_adds(out, buf_str(&b));
    }
    buf_free(&b);
}
